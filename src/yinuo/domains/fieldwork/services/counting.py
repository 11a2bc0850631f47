"""Counting a visit down from those the customer's contract includes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.contracts.services import UseData, count_down_if_left
from yinuo.domains.contracts.types import CoverKind
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.network.types import Actor

VISITS, ONE = "visits", Decimal(1)


def count_visit(order: WorkOrder, arrived_at: datetime, *, actor: Actor, now: datetime) -> None:
    """Take one visit off the request's contract when the contract is what covers it (B-22).

    The sheet's number names the visit, so that it counts once. A contract that counts no visits,
    or has none left, stays as it is: that somebody came is a fact all the same.
    """
    request = order.request
    contract = request.contract if request.cover == CoverKind.CONTRACT else None
    if contract is None:
        return
    zone = request.site.zone if request.site else settings.TIME_ZONE
    used_on = arrived_at.astimezone(ZoneInfo(zone)).date()
    data = UseData(VISITS, ONE, order.number, used_on)
    count_down_if_left(actor=actor, contract=contract, data=data, now=now)
