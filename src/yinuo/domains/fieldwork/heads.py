"""Short heads of work orders, for lists of things that belong to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.types import Actor


@dataclass(frozen=True, slots=True)
class WorkOrderHead:
    """Number and customer of a sheet."""

    public_id: UUID
    number: str
    customer_name: str


def find_work_order_heads(actor: Actor, public_ids: Iterable[UUID]) -> dict[UUID, WorkOrderHead]:
    """The heads of those sheets the actor may see, by public id; one query, none for no ids."""
    wanted = list(public_ids)
    if not wanted:
        return {}
    rows = visible_work_orders(actor).filter(public_id__in=wanted)
    found = rows.values_list("public_id", "number", "customer__name")
    return {public_id: WorkOrderHead(public_id, number, name) for public_id, number, name in found}
