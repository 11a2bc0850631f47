"""Which repair orders, standby units and loans an actor sees: those of his units."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.repairs.models import Loan, RepairOrder, StandbyUnit


def visible_repairs(
    actor: Actor, permission: Permission = Permission.REPAIR_READ
) -> QuerySet[RepairOrder]:
    """Repair orders of units where the actor holds the right."""
    return RepairOrder.objects.filter(unit_id__any=actor.units_for(permission))


def visible_standby(
    actor: Actor, permission: Permission = Permission.STANDBY_READ
) -> QuerySet[StandbyUnit]:
    """Standby units of units where the actor holds the right."""
    return StandbyUnit.objects.filter(unit_id__any=actor.units_for(permission))


def visible_loans(actor: Actor, permission: Permission = Permission.STANDBY_READ) -> QuerySet[Loan]:
    """Loans to customers of those units, and of their standby units to whomever."""
    units = actor.units_for(permission)
    own = Q(unit_id__any=units) | Q(standby__unit_id__any=units)
    return Loan.objects.filter(own)
