"""A sheet that was somebody's once, also after it was given to another."""

from __future__ import annotations

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.types import Actor
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.selectors import has_entry


def sheet_given_to(actor: Actor, work_order_id: object) -> WorkOrder | None:
    """The sheet that the actor sees, or that was given to him at some time; None for any other.

    For keeping what he did there, not for showing him the sheet as it is now.
    """
    public_id = parse_public_id(work_order_id)
    if public_id is None:
        return None
    seen = visible_work_orders(actor).filter(public_id=public_id).first()
    if seen is not None:
        return seen
    given = {"person_id": actor.person_id}
    if not has_entry(public_id, "work_order.assigned", after=given):
        return None
    return WorkOrder.objects.filter(public_id=public_id).first()
