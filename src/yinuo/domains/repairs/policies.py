"""Which repair orders an actor sees: those of his units."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.repairs.models import RepairOrder


def visible_repairs(
    actor: Actor, permission: Permission = Permission.REPAIR_READ
) -> QuerySet[RepairOrder]:
    """Repair orders of units where the actor holds the right."""
    return RepairOrder.objects.filter(unit_id__any=actor.units_for(permission))
