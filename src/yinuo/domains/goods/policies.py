"""Which orders of goods an actor sees: those of his units; the catalogue is the company's."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.goods.models import GoodsItem, GoodsOrder, GoodsShipment
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


def visible_goods_orders(
    actor: Actor, permission: Permission = Permission.GOODS_READ
) -> QuerySet[GoodsOrder]:
    """Orders of units where the actor holds the right."""
    return GoodsOrder.objects.filter(unit_id__any=actor.units_for(permission))


def visible_parcels(actor: Actor) -> QuerySet[GoodsShipment]:
    """Parcels of the orders the actor sees."""
    return GoodsShipment.objects.filter(order__in=visible_goods_orders(actor))


def visible_items(
    actor: Actor, permission: Permission = Permission.GOODS_READ
) -> QuerySet[GoodsItem]:
    """The catalogue belongs to the whole company: who holds the right anywhere reads all of it."""
    return GoodsItem.objects.all() if actor.may(permission) else GoodsItem.objects.none()
