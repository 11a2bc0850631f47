"""Counting a sheet's visit and hours down from those the customer's contract includes (B-22)."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.contracts.services import SheetUse, count_sheet
from yinuo.domains.contracts.types import CoverKind, QuotaKind
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.network.types import Actor

ONE, HUNDREDTH = Decimal(1), Decimal("0.01")
SECONDS_OF_AN_HOUR = 3600


def count_visit(order: WorkOrder, arrived_at: datetime, *, actor: Actor, now: datetime) -> None:
    """Take one visit off the request's contract, where the contract is what covers it."""
    _count(order, QuotaKind.VISITS, ONE, arrived_at, actor=actor, now=now)


def count_hours(order: WorkOrder, *, actor: Actor, now: datetime) -> None:
    """Take the work between arrival and end off the hours of the contract; a report written
    again is counted anew."""
    if order.arrived_at and order.finished_at:
        hours = worked_hours(order.arrived_at, order.finished_at)
        _count(order, QuotaKind.HOURS, hours, order.arrived_at, actor=actor, now=now)


def worked_hours(arrived_at: datetime, finished_at: datetime) -> Decimal:
    """Hours of work to the hundredth, a begun one counted, at least one hundredth."""
    seconds = Decimal((finished_at - arrived_at).total_seconds())
    hours = (seconds / SECONDS_OF_AN_HOUR).quantize(HUNDREDTH, rounding=ROUND_CEILING)
    return max(hours, HUNDREDTH)


def _count(
    order: WorkOrder,
    kind: QuotaKind,
    amount: Decimal,
    arrived_at: datetime,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """The sheet's number names the use, so that it counts once; the day is that of the arrival,
    where the site is."""
    request = order.request
    contract = request.contract if request.cover == CoverKind.CONTRACT else None
    if contract is None:
        return
    zone = request.site.zone if request.site else settings.TIME_ZONE
    used_on = arrived_at.astimezone(ZoneInfo(zone)).date()
    use = SheetUse(kind, amount, order.number, request.public_id, used_on)
    count_sheet(actor=actor, contract=contract, use=use, now=now)
