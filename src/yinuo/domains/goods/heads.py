"""Number and customer of orders of goods, for lists of promises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from yinuo.domains.goods.policies import visible_goods_orders
from yinuo.domains.network.types import Actor


@dataclass(frozen=True, slots=True)
class GoodsHead:
    """Number and customer of an order of goods."""

    public_id: UUID
    number: str
    customer_name: str


def find_goods_heads(actor: Actor, public_ids: Iterable[UUID]) -> dict[UUID, GoodsHead]:
    """The heads of those the actor may see, by public id; one query, none for no ids."""
    wanted = list(public_ids)
    if not wanted:
        return {}
    rows = visible_goods_orders(actor).filter(public_id__in=wanted)
    found = rows.values_list("public_id", "number", "customer__name")
    return {public_id: GoodsHead(public_id, number, name) for public_id, number, name in found}
