"""Recording that a visit without a sheet was held: a call on the customer, and the promise's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.customers.services.visits import VisitData, record_visit
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services.holding import Held, hold_duty
from yinuo.domains.prevention.keeping import keep_own
from yinuo.domains.prevention.models import DueVisit
from yinuo.domains.prevention.services.locking import locked_visit
from yinuo.domains.prevention.types import Result, Standing
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing

VISITORS_LENGTH, OUTCOME_LENGTH = 200, 4_000


def hold_visit(
    *,
    actor: Actor,
    visit_id: object,
    version: int,
    result: Result,
    source: str,
    now: datetime,
) -> DueVisit:
    """Record a visit that was made without a sheet, with what came of it.

    It becomes a call on the customer, and the contract's promise counts it. Raises InvalidInput
    per field, IllegalMove when a sheet is out, NotFound without the right to keep the customer's
    file.
    """
    _check(result, now)
    with writing(actor=actor, now=now) as work:
        visit = locked_visit(actor, visit_id, version, Standing.DUE, Standing.AGREED)
        _check_day(visit, result.held_on)
        changes = {
            "state": Standing.HELD.value,
            "held_on": result.held_on,
            "held_by": result.visitors.strip(),
            "outcome": result.outcome.strip(),
        }
        stored(visit, expected_version=None, changes=changes)
        _tell(visit, result, source, actor=actor, now=now)
        shown = {"on": result.held_on.isoformat()}
        work.audit("visit.held", visit, after=shown)
        work.emit("visit.held", visit)
        keep_own(visit.series, work)
        return visit


def _tell(visit: DueVisit, result: Result, source: str, *, actor: Actor, now: datetime) -> UUID:
    """The promise counts it and writes the call; a series of our own writes the call itself."""
    series = visit.series
    if series.contract is not None and series.clause:
        held = Held(series.clause, result.held_on, note=result.outcome.strip())
        contract_id = series.contract.public_id
        return hold_duty(actor=actor, contract_id=contract_id, held=held, source=source, now=now)
    data = VisitData(
        visited_on=result.held_on,
        visitors=result.visitors.strip(),
        purpose=series.title_zh,
        outcome=result.outcome.strip(),
        site_id=series.site.public_id if series.site else None,
        contact_id=series.contact.public_id if series.contact else None,
    )
    customer_id = series.customer.public_id
    return record_visit(actor=actor, customer_id=customer_id, data=data, now=now).public_id


def _check_day(visit: DueVisit, held_on: date) -> None:
    """A day before the visit was asked for is another visit's, or a slip of the pen."""
    if held_on < visit.begins_on:
        text = _("This visit counts from %(day)s on: give that day or a later one.")
        raise InvalidInput({"held_on": text % {"day": visit.begins_on.isoformat()}})


def _check(result: Result, now: datetime) -> None:
    problems: dict[str, str] = {}
    # Tomorrow in UTC is today somewhere east of it.
    if result.held_on > now.date() + timedelta(days=1):
        problems["held_on"] = _("This day is still to come.")
    visitors = result.visitors.strip()
    if not visitors or len(visitors) > VISITORS_LENGTH:
        problems["visitors"] = _("Give a text of at most 200 characters.")
    if not result.outcome.strip() or len(result.outcome) > OUTCOME_LENGTH:
        problems["outcome"] = _("Say in at most 4,000 characters what came of it.")
    if problems:
        raise InvalidInput(problems)
