"""Which contracts and plan versions an actor sees."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.contracts.models import Contract, PlanDraft, PlanVersion
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


def visible_contracts(
    actor: Actor, permission: Permission = Permission.CONTRACT_READ
) -> QuerySet[Contract]:
    """Contracts of customers in whose unit the actor holds the right."""
    return Contract.objects.filter(customer__unit_id__any=actor.units_for(permission))


def visible_plan_versions(actor: Actor) -> QuerySet[PlanVersion]:
    """Plans belong to the whole company: who may read plans anywhere reads all of them."""
    if actor.may(Permission.PLAN_READ):
        return PlanVersion.objects.all()
    return PlanVersion.objects.none()


def visible_drafts(actor: Actor) -> QuerySet[PlanDraft]:
    """Drafts belong to the whole company: who writes, approves or publishes plans reads them."""
    rights = (Permission.PLAN_WRITE, Permission.PLAN_APPROVE, Permission.PLAN_PUBLISH)
    if any(actor.may(right) for right in rights):
        return PlanDraft.objects.all()
    return PlanDraft.objects.none()
