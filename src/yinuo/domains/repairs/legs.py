"""The legs of repair orders with when each was done, as everybody sees them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yinuo.domains.repairs.models import RepairStep
from yinuo.domains.repairs.types import Leg
from yinuo.kernel.repair_states import LEGS


def legs_of_orders(orders: list[Any]) -> dict[int, tuple[Leg, ...]]:
    """The legs of repair orders the caller has checked, by internal id; one query."""
    steps = RepairStep.objects.filter(order_id__in=[one.pk for one in orders], kind__in=LEGS)
    done: dict[int, dict[str, tuple[datetime, str]]] = {one.pk: {} for one in orders}
    for order_id, kind, at, waybill in steps.order_by("id").values_list(
        "order_id", "kind", "done_at", "waybill"
    ):
        done[order_id][kind] = (at, waybill)
    return {
        one.pk: tuple(legs_of(done[one.pk], is_paid=one.is_paid, pick_up=one.pick_up))
        for one in orders
    }


def legs_of(steps: dict[str, tuple[datetime, str]], *, is_paid: bool, pick_up: bool) -> list[Leg]:
    """The legs in their order, each with when it was done; what does not apply is left out.

    >>> [leg.kind for leg in legs_of({}, is_paid=False, pick_up=False)][:3]
    ['received', 'diagnosed', 'repaired']
    """
    left_out = {"quoted"} if not is_paid else set()
    if not pick_up:
        left_out.add("collected")
    found = []
    last = max((at for at, kind in enumerate(LEGS) if kind in steps), default=-1)
    for place, kind in enumerate(LEGS):
        if kind in left_out and kind not in steps:
            continue
        done_at, waybill = steps.get(kind, (None, ""))
        found.append(Leg(kind, done_at, waybill, done_at is None and place < last))
    return found
