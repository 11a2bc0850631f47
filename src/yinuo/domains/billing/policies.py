"""Which price lists and quotes an actor sees."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.billing.models import PriceListVersion, Quote
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


def visible_price_lists(actor: Actor) -> QuerySet[PriceListVersion]:
    """Prices belong to the whole company: who may read them anywhere reads all of them."""
    if actor.may(Permission.PRICE_READ):
        return PriceListVersion.objects.all()
    return PriceListVersion.objects.none()


def visible_quotes(actor: Actor, permission: Permission = Permission.QUOTE_READ) -> QuerySet[Quote]:
    """Quotes of the units where the actor holds the right."""
    return Quote.objects.filter(unit_id__any=actor.units_for(permission))
