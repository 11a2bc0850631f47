"""Compiling a year of service of a customer or contract, for one document (SA-09)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from yinuo.domains.checklists.found import found_wrong
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.customers.types import CustomerRow
from yinuo.domains.feedback.health import health_of_customer
from yinuo.domains.feedback.health_types import LineKind, Tone
from yinuo.domains.feedback.yearly import satisfied_of_customer
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.yearly import kept_of_customer
from yinuo.domains.prevention.policies import visible_due_visits
from yinuo.domains.prevention.types import OPEN, Standing
from yinuo.domains.prevention.year_types import YearFault, YearReport, YearVisit
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.types import RequestKind
from yinuo.platform.errors import InvalidInput
from yinuo.platform.scoped import one_of

FIRST_YEAR, LAST_YEAR = 2000, 2199
MOST_VISITS, MOST_FAULTS, MOST_DUE = 200, 200, 12
SYMPTOM_LENGTH, WORDS_LENGTH = 160, 1_200
# What of the health record is advice to the customer; the rest is ours alone.
_ADVICE = frozenset({LineKind.REPEATS, LineKind.EXPIRING, LineKind.OPEN_REQUESTS})


def compile_year(
    actor: Actor,
    *,
    customer_id: object = None,
    contract_id: object = None,
    year: int,
    now: datetime,
) -> YearReport:
    """The year of a visible customer, or of one contract of him alone; one of them is named.

    Only what the actor may see counts; a constant number of statements. Raises NotFound,
    InvalidInput for a year that is none or still to come.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    if not FIRST_YEAR <= year <= min(LAST_YEAR, now.astimezone(zone).year):
        raise InvalidInput({"year": _("Give a year that has begun, such as 2026.")})
    contract = None
    if contract_id:
        contract = one_of(visible_contracts(actor).select_related("customer"), contract_id)
    customer = get_customer(actor, contract.customer.public_id if contract else customer_id)
    first, last = date(year, 1, 1), date(year, 12, 31)
    since = datetime(year, 1, 1, tzinfo=zone)
    until = datetime(year + 1, 1, 1, tzinfo=zone)
    pk = contract.pk if contract else None
    visits, more_visits = _visits(actor, customer, pk, first, last)
    faults, more_faults = _faults(actor, customer, pk, since, until)
    health = health_of_customer(actor, customer, now)
    return YearReport(
        customer_id=customer.public_id,
        customer_name=customer.name,
        unit_name=customer.unit_name,
        contract_number=contract.number if contract else "",
        year=year,
        visits=visits,
        more_visits=more_visits,
        faults=faults,
        more_faults=more_faults,
        found=tuple(found_wrong(actor, customer.id, pk, since, until)),
        kept=tuple(kept_of_customer(actor, customer.id, pk, since, until)),
        satisfied=satisfied_of_customer(actor, customer.id, pk, first, last),
        advice=tuple(
            one for one in health.lines if one.kind in _ADVICE and one.tone is not Tone.GOOD
        ),
        due=_due(actor, customer, pk),
    )


def _visits(
    actor: Actor, customer: CustomerRow, contract_id: int | None, first: date, last: date
) -> tuple[tuple[YearVisit, ...], int]:
    """Those held in the year, and those let off or missed that were due in it."""
    held = Q(state=Standing.HELD, held_on__range=(first, last))
    lost = Q(state__in=[Standing.SKIPPED, Standing.MISSED], due_on__range=(first, last))
    rows = _own(actor, customer, contract_id).filter(held | lost)
    number = rows.count()
    found = [_visit(one) for one in rows.order_by("due_on", "id")[:MOST_VISITS]]
    return tuple(sorted(found, key=lambda one: one.on)), max(0, number - MOST_VISITS)


def _due(actor: Actor, customer: CustomerRow, contract_id: int | None) -> tuple[YearVisit, ...]:
    rows = _own(actor, customer, contract_id).filter(state__in=sorted(OPEN))
    return tuple(_visit(one) for one in rows.order_by("due_on", "id")[:MOST_DUE])


def _own(actor: Actor, customer: CustomerRow, contract_id: int | None) -> Any:
    rows = visible_due_visits(actor).filter(customer_id=customer.id)
    if contract_id is not None:
        rows = rows.filter(series__contract_id=contract_id)
    return rows.select_related("series", "sheet")


def _visit(one: Any) -> YearVisit:
    return YearVisit(
        on=one.held_on or one.due_on,
        title_zh=one.series.title_zh,
        title_en=one.series.title_en,
        state=one.state,
        who=one.held_by,
        sheet_number=one.sheet.number if one.sheet else "",
        # Why it was let off or moved is said among ourselves: the customer reads what came of it.
        words=one.outcome[:WORDS_LENGTH],
    )


def _faults(
    actor: Actor,
    customer: CustomerRow,
    contract_id: int | None,
    since: datetime,
    until: datetime,
) -> tuple[tuple[YearFault, ...], int]:
    rows = visible_requests(actor).filter(
        customer_id=customer.id,
        kind=RequestKind.FAULT.value,
        reported_at__gte=since,
        reported_at__lt=until,
    )
    if contract_id is not None:
        rows = rows.filter(contract_id=contract_id)
    number = rows.count()
    found = rows.select_related("asset").order_by("reported_at", "id")[:MOST_FAULTS]
    made = tuple(
        YearFault(
            public_id=one.public_id,
            number=one.number,
            on=one.reported_at.astimezone(since.tzinfo).date(),
            asset=one.asset.name if one.asset else "",
            symptom=one.symptom[:SYMPTOM_LENGTH],
            state=one.state,
        )
        for one in found
    )
    return made, max(0, number - MOST_FAULTS)
