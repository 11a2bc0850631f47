"""Who sees how it was decided who goes."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.dispatch.models import Decision, PlanRun
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


def visible_decisions(actor: Actor) -> QuerySet[Decision]:
    """Decisions about sheets of the units where the actor may send people."""
    units = actor.units_for(Permission.WORK_ORDER_ASSIGN)
    return Decision.objects.filter(work_order__unit_id__any=units)


def visible_runs(actor: Actor) -> QuerySet[PlanRun]:
    """Plans of the units where the actor may send people."""
    return PlanRun.objects.filter(unit_id__any=actor.units_for(Permission.WORK_ORDER_ASSIGN))
