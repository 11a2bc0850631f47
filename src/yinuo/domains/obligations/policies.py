"""Which obligations an actor sees: those of the units where he may read them."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.models import ObligationRow


def visible_obligations(actor: Actor) -> QuerySet[ObligationRow]:
    """Obligations in the actor's units."""
    return ObligationRow.objects.filter(unit_id__any=actor.units_for(Permission.OBLIGATION_READ))


def money_units(actor: Actor) -> frozenset[int]:
    """Units where the actor sees promises and what they cost."""
    seen = actor.units_for(Permission.OBLIGATION_READ)
    return seen & actor.units_for(Permission.EXPOSURE_READ)


def visible_money(actor: Actor) -> QuerySet[ObligationRow]:
    """Obligations in the units where the actor may see what they cost."""
    return ObligationRow.objects.filter(unit_id__any=money_units(actor))
