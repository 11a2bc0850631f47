"""Which campaigns an actor sees: those of his units, and those about assets he sees."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yinuo.domains.campaigns.models import Campaign, CampaignAsset
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


def visible_campaign_assets(
    actor: Actor, permission: Permission = Permission.CAMPAIGN_READ
) -> QuerySet[CampaignAsset]:
    """Assets of campaigns at customers in whose unit the actor holds the right."""
    units = actor.units_for(permission)
    return CampaignAsset.objects.filter(asset__customer__unit_id__any=units)


def visible_campaigns(
    actor: Actor, permission: Permission = Permission.CAMPAIGN_READ
) -> QuerySet[Campaign]:
    """Campaigns of units where the actor holds the right; for reading also those that another
    unit runs over assets he sees."""
    own = Q(unit_id__any=actor.units_for(permission))
    if permission is Permission.CAMPAIGN_READ:
        own |= Q(pk__in=visible_campaign_assets(actor).order_by().values("campaign_id"))
    return Campaign.objects.filter(own)
