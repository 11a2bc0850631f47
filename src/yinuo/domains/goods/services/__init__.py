"""What people do with the catalogue of goods and with orders, one function each."""

from yinuo.domains.goods.services.catalogue import create_item, edit_item
from yinuo.domains.goods.services.changing import answer_change, change_order
from yinuo.domains.goods.services.ending import cancel_order, close_order
from yinuo.domains.goods.services.ordering import order_in_portal, place_order
from yinuo.domains.goods.services.sending import accept_order, deliver_parcel, ship_order
from yinuo.domains.goods.services.visiting import cancel_in_portal, change_in_portal

__all__ = [
    "accept_order",
    "answer_change",
    "cancel_in_portal",
    "cancel_order",
    "change_in_portal",
    "change_order",
    "close_order",
    "create_item",
    "deliver_parcel",
    "edit_item",
    "order_in_portal",
    "place_order",
    "ship_order",
]
