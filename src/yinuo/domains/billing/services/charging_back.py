"""Charging a unit down the network for its part of missed promises (B-09)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from yinuo.domains.billing.charge_back_models import ChargeBack, ChargeBackLine
from yinuo.domains.breaches.back_to_back import UnitPart, parts_of_unit
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require, visible_units
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.platform.days import day_of, end_of
from yinuo.platform.errors import Forbidden, InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of
from yinuo.platform.sequences import next_number

DOCUMENT_KIND = "FK"
CONTRACT = "contract"


def issue_charge_back(
    *, actor: Actor, unit_id: object, until: date, now: datetime, currency: str = "CNY"
) -> ChargeBack:
    """Charge a unit its part of what was missed until a day, as far as it is approved and no
    earlier charge-back holds it.

    What was charged before and is no longer the unit's comes as a line below zero. Raises NotFound;
    Forbidden without the right in that unit and to its own people; InvalidInput for a day to come,
    the headquarters, and when there is nothing to charge.
    """
    with writing(actor=actor, now=now) as work:
        # The lock keeps two people from charging the same.
        unit = one_of(visible_units(actor).select_for_update(), unit_id)
        require(actor, Permission.BREACH_APPROVE, unit.pk)
        _check(unit.parent_id, until, now)
        if actor.unit_id == unit.pk:
            raise Forbidden(_("A unit does not charge itself; the unit above it does."))
        lines = _lines(actor, unit.pk, until, currency)
        if not lines:
            nothing = _("Nothing approved until that day is left to charge this unit.")
            raise InvalidInput({"until": nothing})
        local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
        made = ChargeBack.objects.create(
            number=next_number(f"{DOCUMENT_KIND}-{unit.code}-{local:%Y%m}"),
            unit=unit,
            until=until,
            total=sum((one.amount for one in lines), Decimal("0.00")),
            currency=currency,
            issued_at=now,
            issued_by=actor.label,
        )
        for one in lines:
            one.charge_back = made
        work.add(*lines)
        after = {"number": made.number, "total": str(made.total), "rows": len(lines)}
        work.audit("charge_back.issue", made, after=after)
        work.emit("charge_back.issued", made, {"number": made.number})
        return made


def _check(parent_id: int | None, until: date, now: datetime) -> None:
    problems = {}
    if parent_id is None:
        problems["unit_id"] = _("Nobody stands above this unit who could charge it.")
    if until > day_of(now):
        problems["until"] = _("This day is still to come.")
    if problems:
        raise InvalidInput(problems)


def _lines(actor: Actor, unit_id: int, until: date, currency: str) -> list[ChargeBackLine]:
    charged = _charged(unit_id, currency)
    parts = parts_of_unit(actor, unit_id, before=end_of(until), currency=currency, also=charged)
    numbers = _numbers(actor, parts)
    return [
        _line(one, left, numbers)
        for one in parts
        if (left := one.amount - charged.get(one.breach_id, Decimal(0)))
    ]


def _charged(unit_id: int, currency: str) -> dict[int, Decimal]:
    """What the unit was charged so far, by breach."""
    lines = ChargeBackLine.objects.filter(
        charge_back__unit_id=unit_id, charge_back__currency=currency
    )
    return dict(lines.order_by().values_list("breach_id").annotate(Sum("amount")))


def _numbers(actor: Actor, parts: Iterable[UnitPart]) -> dict[UUID, str]:
    """The numbers of the requests concerned."""
    ids = {one.subject_id for one in parts if one.subject_type != CONTRACT}
    rows = visible_requests(actor).filter(public_id__in=ids)
    return dict(rows.values_list("public_id", "number"))


def _line(part: UnitPart, amount: Decimal, numbers: dict[UUID, str]) -> ChargeBackLine:
    return ChargeBackLine(
        breach_id=part.breach_id,
        case_number=numbers.get(part.subject_id, part.contract_number),
        clause_number=part.clause_number,
        title_zh=part.title_zh,
        title_en=part.title_en,
        due_at=part.due_at,
        late_seconds=part.late_seconds,
        amount=amount,
    )
