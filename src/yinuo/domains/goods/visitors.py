"""Orders of goods as the customer's signed-in contact sees them: his own, and what he may order."""

from __future__ import annotations

from dataclasses import dataclass

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.goods.models import GoodsItem, GoodsOrder, GoodsRevision
from yinuo.domains.goods.selectors import item_row, lines_of, order_rows, parcels_of
from yinuo.domains.goods.types import GoodsOrderRow, ItemRow, LineRow, ParcelRow
from yinuo.domains.obligations.visitors import OwnPromise, promises_of
from yinuo.kernel.goods_states import GoodsState
from yinuo.platform.scoped import one_of

MOST_SHOWN = 20
_CHANGEABLE = (GoodsState.ORDERED.value, GoodsState.ACCEPTED.value)


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """An order of the visitor's customer with its articles, parcels and promises."""

    row: GoodsOrderRow
    lines: tuple[LineRow, ...]
    parcels: tuple[ParcelRow, ...]
    promises: tuple[OwnPromise, ...]
    # A change of it waits for our answer.
    is_asked: bool = False

    @property
    def may_change(self) -> bool:
        """Nothing of it has left, it is not over, and no other change waits."""
        return self.row.state in _CHANGEABLE and not self.row.shipped and not self.is_asked


def own_orders(visitor: Visitor) -> list[OwnOrder]:
    """The newest orders of the visitor's customer."""
    rows = GoodsOrder.objects.filter(customer_id=visitor.customer_id)
    return _own(visitor, list(rows.select_related("customer", "unit").order_by("-id")[:MOST_SHOWN]))


def own_order(visitor: Visitor, order_id: object) -> OwnOrder:
    """One order of the visitor's customer; NotFound for anybody else's."""
    rows = GoodsOrder.objects.filter(customer_id=visitor.customer_id)
    return _own(visitor, [one_of(rows.select_related("customer", "unit"), order_id)])[0]


def _own(visitor: Visitor, found: list[GoodsOrder]) -> list[OwnOrder]:
    """The same with what hangs on them; a bounded number of statements."""
    promises = promises_of(visitor, [one.public_id for one in found])
    lines, parcels = lines_of(found), parcels_of(found)
    waiting = GoodsRevision.objects.filter(order__in=found, number__gt=1, answer__isnull=True)
    asked = set(waiting.values_list("order_id", flat=True))
    return [
        OwnOrder(
            row,
            lines[one.pk],
            parcels[one.pk],
            promises.get(one.public_id, ()),
            one.pk in asked,
        )
        for one, row in zip(found, order_rows(found), strict=True)
    ]


def articles_to_order() -> list[ItemRow]:
    """Every article that a customer may order, by code."""
    return [item_row(one) for one in GoodsItem.objects.filter(active=True).order_by("code")]
