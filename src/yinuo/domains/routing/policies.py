"""Which offers an actor sees and answers: those made to the units where he holds the right."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.routing.models import Offer
from yinuo.domains.routing.types import Outcome


def visible_offers(actor: Actor, permission: Permission = Permission.OFFER_READ) -> QuerySet[Offer]:
    """Offers really made to such units; whoever was passed over does not learn of the request."""
    made = Offer.objects.filter(unit_id__any=actor.units_for(permission))
    return made.exclude(outcome=Outcome.PASSED_OVER.value)
