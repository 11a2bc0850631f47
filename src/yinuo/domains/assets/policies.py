"""Which assets and projects an actor sees: those of the customers in his units."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.assets.models import Asset, PastEvent, Project
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


def visible_assets(actor: Actor, permission: Permission = Permission.ASSET_READ) -> QuerySet[Asset]:
    """Assets of customers in whose unit the actor holds the right."""
    return Asset.objects.filter(customer__unit_id__any=actor.units_for(permission))


def visible_projects(
    actor: Actor, permission: Permission = Permission.ASSET_READ
) -> QuerySet[Project]:
    """Projects of those customers."""
    return Project.objects.filter(customer__unit_id__any=actor.units_for(permission))


def visible_past_events(
    actor: Actor, permission: Permission = Permission.ASSET_READ
) -> QuerySet[PastEvent]:
    """What was brought in of the past of those assets."""
    return PastEvent.objects.filter(asset__in=visible_assets(actor, permission))
