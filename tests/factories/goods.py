"""Goods ordered, changed and sent, each act through the service a person would use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from tests.factories.company import Member

from yinuo.domains.customers.models import Customer
from yinuo.domains.goods.models import GoodsItem, GoodsOrder, GoodsShipment
from yinuo.domains.goods.services import (
    accept_order,
    answer_change,
    change_order,
    create_item,
    deliver_parcel,
    place_order,
    ship_order,
)
from yinuo.domains.goods.types import (
    AnswerData,
    ChangeData,
    ItemData,
    OrderData,
    Parcel,
    Receipt,
    Wanted,
)

_codes = count(1)


def _now() -> datetime:
    return datetime.now(UTC)


def make_item(by: Member, name: str = "门牌", **more: Any) -> GoodsItem:
    """An article of the catalogue that lasts five years."""
    known = {"measure": "块", "life_months": 60, "name_en": "door plate", **more}
    data = ItemData(f"article-{next(_codes)}", name, **known)
    return create_item(actor=by.actor, data=data, now=_now())


def order_goods(
    by: Member, customer: Customer, item: GoodsItem, quantity: int = 10, **more: Any
) -> GoodsOrder:
    """An order of one article, placed now."""
    data = OrderData(customer.public_id, (Wanted(item.public_id, quantity),), **more)
    return place_order(actor=by.actor, data=data, now=_now())


def ask_change(by: Member, order: GoodsOrder, item: GoodsItem, quantity: int) -> GoodsOrder:
    """A change of the number wanted that waits for its answer."""
    order.refresh_from_db()
    data = ChangeData((Wanted(item.public_id, quantity),), "数量有误", "李老师")
    return change_order(
        actor=by.actor, order_id=order.public_id, version=order.version, data=data, now=_now()
    )


def take_change(by: Member, order: GoodsOrder) -> GoodsOrder:
    """The change that waits accepted."""
    return answer_change(
        actor=by.actor,
        order_id=order.public_id,
        version=order.version,
        data=AnswerData(is_accepted=True),
        now=_now(),
    )


def send_goods(by: Member, order: GoodsOrder, item: GoodsItem, quantity: int) -> GoodsShipment:
    """A parcel of the order, which is accepted for in ten days when it was not."""
    order.refresh_from_db()
    if order.promised_on is None:
        accept_order(
            actor=by.actor,
            order_id=order.public_id,
            version=order.version,
            promised_on=_now().date() + timedelta(days=10),
            now=_now(),
        )
        order.refresh_from_db()
    ship_order(
        actor=by.actor,
        order_id=order.public_id,
        version=order.version,
        parcel=Parcel((Wanted(item.public_id, quantity),), "顺丰", "SF0001"),
        now=_now(),
    )
    order.refresh_from_db()
    return GoodsShipment.objects.filter(order=order).latest("number")


def sign_goods(by: Member, shipment: GoodsShipment) -> GoodsOrder:
    """The parcel signed for."""
    order = GoodsOrder.objects.get(pk=shipment.order_id)
    return deliver_parcel(
        actor=by.actor,
        shipment_id=shipment.public_id,
        version=order.version,
        receipt=Receipt("门卫老张"),
        now=_now(),
    )


def make_goods(by: Member, customer: Customer) -> dict[str, Any]:
    """One order at each stage, by the names their ids have in paths and bodies."""
    item = make_item(by)
    accepted = order_goods(by, customer, item)
    parcel = send_goods(by, accepted, item, 4)
    done = order_goods(by, customer, item)
    sign_goods(by, send_goods(by, done, item, 10))
    take_change(by, ask_change(by, order_goods(by, customer, item), item, 8))
    asked = order_goods(by, customer, item)
    return {
        "article_id": item,
        "item_id": item,
        "goods_order_id": order_goods(by, customer, item),
        "asked_order_id": ask_change(by, asked, item, 12),
        "sent_order_id": accepted,
        "parcel_id": parcel,
        "done_order_id": done,
    }
