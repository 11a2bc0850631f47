"""Number and customer of orders, for lists of promises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from yinuo.domains.billing.policies import visible_quotes
from yinuo.domains.network.types import Actor


@dataclass(frozen=True, slots=True)
class OrderHead:
    """Number and customer of an accepted quote whose goods were promised for a day."""

    public_id: UUID
    number: str
    customer_name: str


def find_order_heads(actor: Actor, public_ids: Iterable[UUID]) -> dict[UUID, OrderHead]:
    """The heads of those the actor may see, by public id; one query, none for no ids."""
    wanted = list(public_ids)
    if not wanted:
        return {}
    rows = visible_quotes(actor).filter(public_id__in=wanted)
    found = rows.values_list("public_id", "number", "customer__name")
    return {public_id: OrderHead(public_id, number, name) for public_id, number, name in found}
