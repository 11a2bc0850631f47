"""Charging work done for a request, and correcting what was charged by further rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yinuo.domains.billing.bearing import EVERY_PART, paid_parts
from yinuo.domains.billing.charge_models import Charge
from yinuo.domains.billing.charge_types import Beyond, Borne, Entry, Work
from yinuo.domains.billing.goodwill import (
    CaseGoodwill,
    goodwill_of_case,
    is_given,
    require_goodwill,
)
from yinuo.domains.billing.keeping import kept_item, kept_line
from yinuo.domains.billing.models import PriceListVersion
from yinuo.domains.billing.policies import visible_charges, visible_price_lists
from yinuo.domains.billing.pricing import price_by, price_list_of
from yinuo.domains.billing.splitting import split_rows
from yinuo.domains.contracts.types import CoverKind
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.plan.text import Text
from yinuo.kernel.pricing import Bill, Item
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.work import Work as Step
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

REASON_LENGTH = 4_000
_OF_REQUEST = ("unit", "site", "asset__project", "contract")
_OF_CHARGE = ("request__contract", "request__site", "request__asset__project", "price_list")


class _Place(NamedTuple):
    """What every row of one act has in common."""

    request: Any
    work_order_id: int | None
    price_list: PriceListVersion


def charge_work(*, actor: Actor, request_id: object, work: Work, now: datetime) -> list[Charge]:
    """Enter work done for a request into the ledger, a row for each line that prices make of it.

    The customer bears only what the request's cover leaves to him (`paid_parts`); what it makes
    free is entered at our cost, as are goodwill and a wrong diagnosis, both with a reason. Where
    the goodwill that the contract gives for a case ends, a line is split and the rest is borne as
    without it; or given all the same by who may (`require_goodwill`). Raises NotFound for a
    request, sheet or list outside the actor's scope, InvalidInput by field, IllegalMove for what a
    sheet was charged for already.
    """
    with writing(actor=actor, now=now) as step:
        requests = visible_requests(actor).select_related(*_OF_REQUEST)
        request = one_of(requests.select_for_update(of=("self",)), request_id)
        require(actor, Permission.CHARGE_WRITE, request.unit_id)
        place = _Place(
            request,
            _sheet(actor, request, work.work_order_id),
            one_of(visible_price_lists(actor), work.price_list_id),
        )
        rows = _rows(place, work.items, actor, now)
        goodwill = goodwill_of_case(request)
        paid = paid_parts(request)
        chargeable = EVERY_PART if goodwill is not None and goodwill.is_used_up else paid
        reason = _checked(request.cover, work, now, chargeable)
        _require_borne(rows, work.borne_by, paid, chargeable)
        _require_not_charged(place, rows)
        for row in rows:
            row.occurred_on = work.occurred_on
            row.borne_by = work.borne_by
            row.reason = reason
        if goodwill is not None and is_given(work.borne_by, request.cover):
            if work.beyond == Beyond.GIVEN.value:
                _give(goodwill, rows, work.reason.strip(), place, actor, step)
            else:
                rows = _split(goodwill, rows, goodwill.left, request)
        return _entered(rows, "charge.enter", step)


def correct_charge(
    *, actor: Actor, charge_id: object, items: Sequence[Item], reason: str, now: datetime
) -> list[Charge]:
    """Take a charge back and enter what it should have been; without items it is only taken back.

    Both are new rows that name the old one, which stays. A line that was split is taken back as a
    whole, and split anew where the goodwill ends. Raises InvalidInput without a reason,
    IllegalMove for a reversal or what was taken back before.
    """
    said = _reason(reason)
    with writing(actor=actor, now=now) as step:
        charges = visible_charges(actor).select_related(*_OF_CHARGE)
        named = one_of(charges.select_for_update(of=("self", "request")), charge_id)
        require(actor, Permission.CHARGE_WRITE, named.unit_id)
        if (
            named.entry != Entry.CHARGE.value
            or Charge.objects.filter(corrects=named, entry=Entry.REVERSAL.value).exists()
        ):
            raise IllegalMove(_("This row was taken back already."))
        parts = _parts(named)
        old = parts[0]
        back = [_reversal(one, actor, now) for one in parts]
        place = _Place(old.request, old.work_order_id, old.price_list)
        rows = _rows(place, items, actor, now) if items else []
        for row in rows:
            row.corrects_id = named.pk
            row.contract_id, row.cover = old.contract_id, old.cover
            row.occurred_on, row.borne_by, row.reason = old.occurred_on, old.borne_by, said
        for row in back:
            row.reason = said
        goodwill = goodwill_of_case(old.request)
        if goodwill is not None and is_given(old.borne_by, old.cover):
            rows = _split(goodwill, rows, goodwill.left_without(old.amount), old.request)
        return _entered([*back, *rows], "charge.correct", step)


def _parts(charge: Charge) -> list[Charge]:
    """The rows that bear the line of a charge: itself, or both of a split one, what is given
    first."""
    if charge.split is None:
        return [charge]
    rows = Charge.objects.filter(split=charge.split, entry=Entry.CHARGE.value)
    return list(rows.select_related(*_OF_CHARGE).order_by("id"))


def _split(goodwill: CaseGoodwill, rows: list[Charge], left: Decimal, request: Any) -> list[Charge]:
    """The rows with what goodwill no longer holds borne as without it."""
    paid = EVERY_PART if goodwill.is_cover else paid_parts(request)

    def bear_rest(row: Charge) -> None:
        is_paid = row.line["bill"] in paid
        row.borne_by = (Borne.CUSTOMER if is_paid else Borne.COVER).value
        if row.corrects_id is None:
            row.reason = "" if is_paid else row.cover

    return split_rows(rows, left, bear_rest)


def _give(
    goodwill: CaseGoodwill,
    rows: Sequence[Charge],
    reason: str,
    place: _Place,
    actor: Actor,
    step: Step,
) -> None:
    """Give goodwill within its limit, or beyond it by who may, told in the audit."""
    unit_id, more = place.request.unit_id, _sum(rows)
    if require_goodwill(actor, unit_id, goodwill, more, reason):
        after = {"limit": str(goodwill.limit), "used": str(goodwill.used + more)}
        step.audit("request.exceed_goodwill", place.request, after=after, reason=reason)


def _sum(rows: Sequence[Charge]) -> Decimal:
    return sum((one.amount for one in rows), Decimal("0.00"))


def _checked(cover: str, work: Work, now: datetime, paid: frozenset[Bill]) -> str:
    """The reason that is kept; InvalidInput when who bears it does not follow from the cover."""
    problems: dict[str, Any] = {}
    if work.borne_by not in {one.value for one in Borne}:
        problems["borne_by"] = _("Choose one.")
    elif work.borne_by == Borne.CUSTOMER.value and not paid:
        problems["borne_by"] = _(
            "The cover of this request is not paid: the customer owes nothing."
        )
    elif (
        work.borne_by == Borne.COVER.value and cover == CoverKind.PAID.value and paid == EVERY_PART
    ):
        problems["borne_by"] = _("This request has no cover that makes it free.")
    if work.beyond not in {one.value for one in Beyond}:
        problems["beyond"] = _("Choose one.")
    if work.occurred_on > now.astimezone(ZoneInfo(settings.TIME_ZONE)).date():
        problems["occurred_on"] = _("This day is still to come.")
    reason = work.reason.strip()
    if work.borne_by in {Borne.GOODWILL.value, Borne.MISDIAGNOSIS.value} and not reason:
        problems["reason"] = _("Say why.")
    if len(reason) > REASON_LENGTH:
        problems["reason"] = _("Use at most %(most)d characters.") % {"most": REASON_LENGTH}
    if problems:
        raise InvalidInput(problems)
    return reason or (cover if work.borne_by == Borne.COVER.value else "")


def _require_borne(
    rows: Sequence[Charge], borne_by: str, paid: frozenset[Bill], chargeable: frozenset[Bill]
) -> None:
    """InvalidInput naming the items whose part of the bill somebody else bears."""
    problems: dict[str, Any] = {}
    for row in rows:
        if row.line["item"] < 0:
            continue
        if borne_by == Borne.CUSTOMER.value and row.line["bill"] not in chargeable:
            problems[f"items.{row.line['item']}.code"] = _("The cover makes this free.")
        elif borne_by == Borne.COVER.value and row.line["bill"] in paid:
            problems[f"items.{row.line['item']}.code"] = _("No cover makes this free.")
    if problems:
        raise InvalidInput(problems)


def _require_not_charged(place: _Place, rows: Sequence[Charge]) -> None:
    """IllegalMove when a sheet was charged for one of these already and that was not taken back;
    the lock on the request keeps two people from doing it at once."""
    if place.work_order_id is None:
        return
    charges = Charge.objects.filter(entry=Entry.CHARGE.value)
    back = Charge.objects.filter(entry=Entry.REVERSAL.value).values("corrects_id")
    standing = charges.filter(work_order_id=place.work_order_id).exclude(pk__in=back)
    known = {line["code"] for line in standing.values_list("line", flat=True)}
    for row in rows:
        if row.line["item"] >= 0 and row.line["code"] in known:
            title = Text(*row.line["title"]).in_language(get_language() or "zh-hans")
            said = _("“%(title)s” of this sheet was charged already. Correct that row instead.")
            raise IllegalMove(said % {"title": title})


def _reason(reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Say why, in at most 4,000 characters.")})
    return said


def _sheet(actor: Actor, request: Any, work_order_id: object) -> int | None:
    if not work_order_id:
        return None
    sheet = one_of(visible_work_orders(actor), work_order_id)
    if sheet.request_id != request.pk:
        raise NotFound
    return sheet.pk


def _rows(place: _Place, items: Sequence[Item], actor: Actor, now: datetime) -> list[Charge]:
    priced = price_by(price_list_of(place.price_list.pk), items)
    request = place.request
    return [
        Charge(
            entry=Entry.CHARGE.value,
            unit_id=request.unit_id,
            customer_id=request.customer_id,
            contract_id=request.contract_id,
            request=request,
            work_order_id=place.work_order_id,
            price_list=place.price_list,
            item=kept_item(items[line.item]) if line.item >= 0 else {},
            line=kept_line(line),
            amount=line.amount.amount,
            currency=line.amount.currency,
            cover=request.cover,
            recorded_at=now,
            recorded_by=actor.label,
        )
        for line in priced.lines
    ]


def _reversal(old: Charge, actor: Actor, now: datetime) -> Charge:
    return Charge(
        entry=Entry.REVERSAL.value,
        borne_by=old.borne_by,
        unit_id=old.unit_id,
        customer_id=old.customer_id,
        contract_id=old.contract_id,
        request_id=old.request_id,
        work_order_id=old.work_order_id,
        price_list_id=old.price_list_id,
        corrects_id=old.pk,
        occurred_on=old.occurred_on,
        item=old.item,
        line=old.line,
        amount=-old.amount,
        split=old.split,
        currency=old.currency,
        cover=old.cover,
        recorded_at=now,
        recorded_by=actor.label,
    )


def _entered(rows: list[Charge], action: str, step: Step) -> list[Charge]:
    step.add(*rows)
    for row in rows:
        after = {"entry": row.entry, "amount": str(row.amount), "borne_by": row.borne_by}
        step.audit(action, row, after=after, reason=row.reason)
    step.emit("charge.entered", rows[0])
    return rows
