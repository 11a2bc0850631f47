"""Which work orders an actor sees, and which steps he may take on one."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yinuo.domains.fieldwork.models import Companion, WorkOrder
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.work_states import WORK_STEPS, WorkOrderState
from yinuo.platform.errors import Forbidden

# Steps of the visit belong to the one who goes; the others to the service centre.
_RIGHT_FOR = {
    "assigned": Permission.WORK_ORDER_ASSIGN,
    "returned": Permission.WORK_ORDER_FILE,
    "filed": Permission.WORK_ORDER_FILE,
    "aborted": Permission.WORK_ORDER_ISSUE,
}
_ON_THE_ROAD = frozenset(WORK_STEPS) - {"assigned", "filed", "aborted"}


def visible_work_orders(
    actor: Actor, permission: Permission = Permission.WORK_ORDER_READ
) -> QuerySet[WorkOrder]:
    """Sheets of the units where the actor holds the right, and those he has to work on himself."""
    seen = Q(unit_id__any=actor.units_for(permission))
    performs = Q(unit_id__any=actor.units_for(Permission.WORK_ORDER_PERFORM))
    own = performs & goes_to(actor.person_id)
    return WorkOrder.objects.filter(seen | own if actor.person_id else seen)


def goes_to(person_id: int | None) -> Q:
    """Sheets that somebody leads, and those to which he goes along."""
    along = Companion.objects.filter(person_id=person_id or 0).values("work_order_id")
    return Q(assignee_id=person_id or 0) | Q(pk__in=along)


def may_step(actor: Actor, order: WorkOrder, kind: str) -> bool:
    """True when the actor may take this step on this sheet, whatever its state.

    The assignee does his visit; whoever assigns may record it for him, as from the phone or from
    paper. Anybody who performs such work may take an unassigned sheet himself (LV-03).
    """
    performs = actor.may(Permission.WORK_ORDER_PERFORM, order.unit_id)
    if kind in _ON_THE_ROAD:
        if order.assignee_id == actor.person_id and performs:
            return True
        if actor.may(Permission.WORK_ORDER_ASSIGN, order.unit_id):
            return True
    right = _RIGHT_FOR.get(kind)
    if right is not None and actor.may(right, order.unit_id):
        return True
    return kind == "assigned" and performs and order.assignee_id is None


def require_step(actor: Actor, order: WorkOrder, kind: str) -> None:
    """Pass when the actor may take this step on this sheet; else Forbidden."""
    if not may_step(actor, order, kind):
        raise Forbidden


def next_steps(actor: Actor, order: WorkOrder) -> tuple[str, ...]:
    """The steps that are possible in the sheet's state and allowed to the actor."""
    state = WorkOrderState(order.state)
    return tuple(
        kind
        for kind, step in WORK_STEPS.items()
        if step.after(state) and may_step(actor, order, kind)
    )
