"""Reading campaigns; every function is limited to what the actor may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from yinuo.domains.assets.classes import AssetClass, assets_of_class, checked_class
from yinuo.domains.assets.selectors import asset_row
from yinuo.domains.campaigns.models import Campaign, CampaignAsset
from yinuo.domains.campaigns.policies import visible_campaign_assets, visible_campaigns
from yinuo.domains.campaigns.types import (
    CampaignAssetRow,
    CampaignRow,
    OpenCampaign,
    Preview,
    Standing,
)
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.reports import RESTORED
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

FIRST_SHOWN = 20
MOST_BESIDE = 5
_RESTORED = sorted(state.value for state in RESTORED)
_TO_SETTLE = [Standing.OPEN.value, Standing.AGREED.value]


def preview_campaign(actor: Actor, which: AssetClass) -> Preview:
    """The assets a campaign of this class would be about; InvalidInput for a class that is none."""
    found = assets_of_class(actor, checked_class(which), Permission.CAMPAIGN_WRITE)
    counts = found.aggregate(assets=Count("pk"), customers=Count("customer_id", distinct=True))
    first = found.select_related("customer", "site", "project").order_by("serial", "id")
    rows = tuple(asset_row(one) for one in first[:FIRST_SHOWN])
    return Preview(counts["assets"], counts["customers"], rows)


def list_campaigns(
    actor: Actor, *, text: str = "", cursor: str = "", limit: int = 50
) -> Page[CampaignRow]:
    """Visible campaigns, newest first, by part of their title."""
    found = visible_campaigns(actor).select_related("unit")
    if word := text.strip():
        found = found.filter(title__icontains=word)
    page = page_of(found, order=("-id",), cursor=cursor, limit=limit)
    tallies = _tallies(actor, [one.pk for one in page.items])
    return page.map(lambda one: _row(one, tallies.get(one.pk, {})))


def get_campaign(actor: Actor, campaign_id: object) -> CampaignRow:
    """One visible campaign; NotFound otherwise."""
    found = one_of(visible_campaigns(actor).select_related("unit"), campaign_id)
    return _row(found, _tallies(actor, [found.pk]).get(found.pk, {}))


def list_campaign_assets(
    actor: Actor,
    *,
    campaign_id: object,
    state: str = "",
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[CampaignAssetRow]:
    """Visible assets of a visible campaign, in one state when named, by customer or serial."""
    campaign = one_of(visible_campaigns(actor), campaign_id)
    found = _with_rest(standing(visible_campaign_assets(actor))).filter(campaign=campaign)
    if state in set(Standing):
        found = found.filter(standing=state)
    if word := text.strip():
        found = found.filter(Q(asset__serial__holds=word) | Q(asset__customer__name__holds=word))
    return page_of(found, order=("id",), cursor=cursor, limit=limit).map(_asset_row)


def get_campaign_asset(actor: Actor, campaign_asset_id: object) -> CampaignAssetRow:
    """One visible asset of a campaign; NotFound otherwise."""
    found = _with_rest(standing(visible_campaign_assets(actor)))
    return _asset_row(one_of(found, campaign_asset_id))


def campaign_of(actor: Actor, campaign_asset_id: object) -> CampaignRow:
    """The campaign that a visible asset of it belongs to; NotFound otherwise."""
    found = one_of(
        visible_campaign_assets(actor).select_related("campaign__unit"), campaign_asset_id
    )
    return _row(found.campaign, {})


def campaigns_of_asset(actor: Actor, asset_id: object) -> list[OpenCampaign]:
    """What an asset (public id) is still called upon for, the earliest day first."""
    return _open(actor, Q(asset__public_id=identity(asset_id)))


def campaigns_of_customer(actor: Actor, customer_id: object) -> list[OpenCampaign]:
    """The same for the first assets of a customer (public id), at most five."""
    return _open(actor, Q(asset__customer__public_id=identity(customer_id)))


def _open(actor: Actor, which: Q) -> list[OpenCampaign]:
    if not actor.may(Permission.CAMPAIGN_READ):
        return []
    found = standing(visible_campaign_assets(actor)).filter(
        which, campaign__closed_at__isnull=True, standing__in=_TO_SETTLE
    )
    rows = found.select_related("campaign", "asset", "request").order_by("campaign__due_on", "id")
    return [
        OpenCampaign(
            public_id=one.campaign.public_id,
            kind=one.campaign.kind,
            title=one.campaign.title,
            text=one.campaign.text,
            due_on=one.campaign.due_on,
            asset_public_id=one.asset.public_id,
            asset_name=one.asset.name,
            serial=one.asset.serial,
            campaign_asset_id=one.public_id,
            state=one.state,
            request_public_id=one.request.public_id if one.request else None,
            request_number=one.request.number if one.request else "",
        )
        for one in rows[:MOST_BESIDE]
    ]


def standing(found: QuerySet[CampaignAsset]) -> QuerySet[Any]:
    """The same rows with `standing`: what was recorded, or done once their request is restored."""
    is_done = When(state__in=_TO_SETTLE, request__state__in=_RESTORED, then=Value("done"))
    return found.annotate(standing=Case(is_done, default=F("state"), output_field=CharField()))


def _tallies(actor: Actor, campaign_ids: list[int]) -> dict[int, dict[str, int]]:
    found = standing(visible_campaign_assets(actor)).filter(campaign_id__in=campaign_ids)
    counted = found.order_by().values_list("campaign_id", "standing").annotate(Count("pk"))
    tallies: dict[int, dict[str, int]] = {}
    for campaign_id, state, count in counted:
        tallies.setdefault(campaign_id, {})[state] = count
    return tallies


def _with_rest(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.select_related("asset__customer", "asset__site", "request")


def _row(one: Campaign, tallies: dict[str, int]) -> CampaignRow:
    return CampaignRow(
        id=one.pk,
        public_id=one.public_id,
        version=one.version,
        kind=one.kind,
        title=one.title,
        text=one.text,
        due_on=one.due_on,
        which=AssetClass(one.model, one.asset_class, one.serial_from, one.serial_to, one.component),
        unit_id=one.unit_id,
        unit_name=one.unit.name,
        created_at=one.created_at,
        created_by=one.created_by,
        closed_at=one.closed_at,
        close_reason=one.close_reason,
        tallies=tallies,
    )


def _asset_row(one: CampaignAsset) -> CampaignAssetRow:
    asset, request = one.asset, one.request
    return CampaignAssetRow(
        public_id=one.public_id,
        version=one.version,
        state=getattr(one, "standing", one.state),
        reason=one.reason,
        changed_at=one.changed_at,
        changed_by=one.changed_by,
        asset_public_id=asset.public_id,
        asset_name=asset.name,
        model=asset.model,
        serial=asset.serial,
        customer_public_id=asset.customer.public_id,
        customer_name=asset.customer.name,
        unit_id=asset.customer.unit_id,
        site_name=asset.site.name if asset.site else "",
        request_public_id=request.public_id if request else None,
        request_number=request.number if request else "",
        request_state=request.state if request else "",
    )
