"""Orders of goods as the customer's signed-in contact sees them: his own, and what he may order."""

from __future__ import annotations

from dataclasses import dataclass

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.goods.models import GoodsItem, GoodsOrder
from yinuo.domains.goods.selectors import item_row, lines_of, order_rows, parcels_of
from yinuo.domains.goods.types import GoodsOrderRow, ItemRow, LineRow, ParcelRow
from yinuo.domains.obligations.visitors import OwnPromise, promises_of

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """An order of the visitor's customer with its articles, parcels and promises."""

    row: GoodsOrderRow
    lines: tuple[LineRow, ...]
    parcels: tuple[ParcelRow, ...]
    promises: tuple[OwnPromise, ...]


def own_orders(visitor: Visitor) -> list[OwnOrder]:
    """The newest orders of the visitor's customer."""
    rows = GoodsOrder.objects.filter(customer_id=visitor.customer_id)
    found = list(rows.select_related("customer", "unit").order_by("-id")[:MOST_SHOWN])
    promises = promises_of(visitor, [one.public_id for one in found])
    lines, parcels = lines_of(found), parcels_of(found)
    return [
        OwnOrder(row, lines[one.pk], parcels[one.pk], promises.get(one.public_id, ()))
        for one, row in zip(found, order_rows(found), strict=True)
    ]


def articles_to_order() -> list[ItemRow]:
    """Every article that a customer may order, by code."""
    return [item_row(one) for one in GoodsItem.objects.filter(active=True).order_by("code")]
