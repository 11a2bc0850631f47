"""Which relocations an actor sees: those of his units."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.relocations.models import Relocation, RelocationStep


def visible_relocations(
    actor: Actor, permission: Permission = Permission.RELOCATION_READ
) -> QuerySet[Relocation]:
    """Relocations of units where the actor holds the right."""
    return Relocation.objects.filter(unit_id__any=actor.units_for(permission))


def visible_relocation_steps(
    actor: Actor, permission: Permission = Permission.RELOCATION_READ
) -> QuerySet[RelocationStep]:
    """Steps of those."""
    units = actor.units_for(permission)
    return RelocationStep.objects.filter(relocation__unit_id__any=units)
