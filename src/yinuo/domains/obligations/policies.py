"""Which obligations an actor sees: those of the units where he may read them."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.models import ObligationRow


def visible_obligations(actor: Actor) -> QuerySet[ObligationRow]:
    """Obligations in the actor's units."""
    return ObligationRow.objects.filter(unit_id__any=actor.units_for(Permission.OBLIGATION_READ))
