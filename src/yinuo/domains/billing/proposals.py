"""Charges that finished work sheets call for, by the price list that counts (LV-10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.billing.agreed import ChosenPrices, chosen_prices
from yinuo.domains.billing.bearing import EVERY_PART, paid_parts
from yinuo.domains.billing.charge_models import Charge, Rejection
from yinuo.domains.billing.charge_types import Borne
from yinuo.domains.billing.goodwill import goodwill_of_case
from yinuo.domains.billing.letter_models import Letter
from yinuo.domains.billing.office_hours import office_hours_of
from yinuo.domains.billing.pricing import NOTE_LENGTH, price_list_of
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.fieldwork.stays import Stay, stays_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.used import UsedPart, used_on_sheets
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.pricing import Bill, ByZone, Item, Occasion, PriceList
from yinuo.kernel.work_states import WorkOrderState
from yinuo.platform.scoped import identity, one_of

_S = WorkOrderState
_FINISHED = [one.value for one in (_S.WORKED, _S.SIGNED, _S.RETURNED, _S.FILED)]
_SECONDS, _CENT = Decimal(3600), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a sheet calls for: items of a list, still to be confirmed by a person.

    Cost that nobody wrote down yet (parts, travel) is an item without its figure. After a wrong
    diagnosis it is at our cost, and `reason` says so.
    """

    request_public_id: UUID
    work_order_public_id: UUID
    work_order_number: str
    prices: ChosenPrices
    occurred_on: date
    items: tuple[Item, ...]
    borne_by: str
    reason: str


def propose_charges(actor: Actor, request_id: object) -> tuple[Proposal, ...]:
    """The finished sheets of a request that were neither charged nor rejected yet, each with what
    the customer pays for it; none where everything is covered, or for who may not enter charges.
    Where goodwill covers the case up to an amount, it is entered under it and split where it ends.
    """
    requests = visible_requests(actor).select_related("site", "asset__project", "contract")
    request: Any = one_of(requests, request_id)
    if not actor.may(Permission.CHARGE_WRITE, request.unit_id):
        return ()
    sheets = visible_work_orders(actor).filter(request__public_id=identity(request_id))
    finished: list[Any] = list(sheets.filter(state__in=_FINISHED).order_by("finished_at", "id"))
    charged = set(Charge.objects.filter(request=request).values_list("work_order_id", flat=True))
    rejected = Rejection.objects.filter(request=request).values_list("work_order_id", flat=True)
    settled = charged.union(rejected)
    waiting = [one for one in finished if one.pk not in settled]
    if not waiting:
        return ()
    goodwill = goodwill_of_case(request)
    is_limited = goodwill is not None and goodwill.is_cover
    if not (paid := EVERY_PART if is_limited else paid_parts(request)):
        return ()
    chosen = chosen_prices(actor, request.customer_id, request.contract_id)
    if chosen is None:
        return ()
    wrong = Letter.objects.filter(request=request, wrong_at__isnull=False).order_by("-id").first()
    zone = ZoneInfo(request.site.zone if request.site else settings.TIME_ZONE)
    list_ = price_list_of(chosen.price_list.id)
    used, stays = _used(actor, waiting), stays_of(waiting)
    beside = {one.pk: (used.get(one.pk, []), stays[one.pk]) for one in waiting}
    payer = Borne.COVER if goodwill is not None and goodwill.is_given_next else Borne.CUSTOMER
    return tuple(
        Proposal(
            request_public_id=request.public_id,
            work_order_public_id=one.public_id,
            work_order_number=one.number,
            prices=chosen,
            occurred_on=one.finished_at.astimezone(zone).date(),
            items=items,
            borne_by=(Borne.MISDIAGNOSIS if wrong else payer).value,
            reason=wrong.wrong_reason if wrong else "",
        )
        for one in waiting
        if (items := tuple(_items(list_, one, finished, request, paid, *beside[one.pk])))
    )


def _used(actor: Actor, sheets: Sequence[Any]) -> dict[int, list[UsedPart]]:
    """Parts out of stock by sheet; what they cost us only for who may know it."""
    found = used_on_sheets([one.pk for one in sheets])
    if actor.may(Permission.PART_COST_READ):
        return found
    return {key: [replace(one, unit_cost=None) for one in used] for key, used in found.items()}


def _items(
    list_: PriceList,
    sheet: Any,
    finished: Sequence[Any],
    request: Any,
    paid: frozenset[Bill],
    used: Sequence[UsedPart],
    stays: Sequence[Stay],
) -> Iterable[Item]:
    first = sheet.first_id or sheet.pk
    before = [one for one in finished[: finished.index(sheet)] if (one.first_id or one.pk) == first]
    again = list_.proposed_for(Occasion.SECOND_VISIT) if before else None
    visit = again or list_.proposed_for(Occasion.VISIT)
    if visit is not None and visit.bill in paid:
        if isinstance(visit, ByZone):
            zone = request.site.price_zone if request.site else ""
            known = zone if zone in visit.prices else ""
            yield from _by_zone(visit, known, sheet, stays)
        else:
            yield Item(visit.code)
    overtime = list_.proposed_for(Occasion.OVERTIME)
    if overtime is not None and overtime.bill in paid:
        yield from _overtime(overtime.code, list_, stays, request)
    parts = list_.proposed_for(Occasion.PARTS)
    if parts is not None and parts.bill in paid:
        yield from _parts(parts.code, sheet, used)
    travel = list_.proposed_for(Occasion.TRAVEL)
    if travel is not None and travel.bill in paid:
        yield Item(travel.code)


def _parts(code: str, sheet: Any, used: Sequence[UsedPart]) -> Iterable[Item]:
    """Each part out of stock with what it cost us, passed on; what was only written on the sheet
    is an item whose figure a person fills in."""
    for one in used:
        note = f"{one.number} {one.name}"[:NOTE_LENGTH]
        yield Item(code, quantity=Decimal(one.quantity), cost=one.unit_cost, note=note)
    if sheet.parts_used.strip():
        yield Item(code, note=" ".join(sheet.parts_used.split())[:NOTE_LENGTH])


def _by_zone(visit: ByZone, zone: str, sheet: Any, stays: Sequence[Stay]) -> Iterable[Item]:
    """Everybody who was there; where hours count, those who stayed as long together."""
    if visit.hours is None or not stays:
        yield Item(visit.code, persons=sheet.persons, zone=zone)
        return
    lasted: Counter[Decimal] = Counter()
    for one in stays:
        lasted[_in_hours(one.ends - one.begins)] += one.persons
    for hours, persons in lasted.items():
        yield Item(visit.code, persons=persons, zone=zone, hours=hours)


def _overtime(code: str, list_: PriceList, stays: Sequence[Stay], request: Any) -> Iterable[Item]:
    """The hours outside office hours of every person, when there were any."""
    if not stays:
        return
    hours = office_hours_of(list_, request)
    if hours is None:
        return
    beyond = [_in_hours(hours.outside(one.begins, one.ends)) * one.persons for one in stays]
    if quantity := sum(beyond, Decimal()):
        yield Item(code, quantity=quantity, note=hours.said[:NOTE_LENGTH])


def _in_hours(time: timedelta) -> Decimal:
    """Hundredths of an hour upwards."""
    return (Decimal(int(time.total_seconds())) / _SECONDS).quantize(_CENT, ROUND_CEILING)
