"""Which series and due visits an actor sees: those of the units where he holds the right."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.models import Decision, DueVisit, Series


def visible_series(
    actor: Actor, permission: Permission = Permission.PREVENTION_READ
) -> QuerySet[Series]:
    """Series of those units."""
    return Series.objects.filter(unit_id__any=actor.units_for(permission))


def visible_due_visits(
    actor: Actor, permission: Permission = Permission.PREVENTION_READ
) -> QuerySet[DueVisit]:
    """Visits of those series."""
    return DueVisit.objects.filter(unit_id__any=actor.units_for(permission))


def visible_decisions(
    actor: Actor, permission: Permission = Permission.PREVENTION_READ
) -> QuerySet[Decision]:
    """What was decided about suggestions in those units."""
    return Decision.objects.filter(unit_id__any=actor.units_for(permission))
