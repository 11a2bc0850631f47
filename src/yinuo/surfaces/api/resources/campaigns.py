"""`/campaigns`: recalls over a class of assets, how each asset stands, their requests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.assets.classes import AssetClass
from yinuo.domains.campaigns.selectors import (
    get_campaign,
    get_campaign_asset,
    list_campaign_assets,
    list_campaigns,
    preview_campaign,
)
from yinuo.domains.campaigns.services import (
    answer_campaign_asset,
    close_campaign,
    create_campaign,
    extend_campaign,
    open_campaign_requests,
)
from yinuo.domains.campaigns.types import CampaignData, CampaignKind, Standing
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Name, Paging, PathId, Version, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import campaigns as shapes

resource = Resource("campaigns")
answers = Resource("campaigns")
Sentence = Annotated[str, text(200)]
Story = Annotated[str, text(20_000)]


class ClassInput(Input):
    """Which assets: what is given must all hold, what is empty narrows nothing."""

    model: Annotated[str, text(120)] = ""
    asset_class: Annotated[str, text(60)] = ""
    serial_from: Annotated[str, text(80)] = ""
    serial_to: Annotated[str, text(80)] = ""
    component: Annotated[str, text(120)] = ""


class CampaignInput(Input):
    """A campaign to begin."""

    unit_id: Id
    kind: CampaignKind = CampaignKind.RECALL
    title: Name
    text: Story
    due_on: Day
    which: ClassInput


class CampaignFilters(Paging):
    """Which campaigns, by part of the title."""

    text: Sentence = ""


class CampaignAssetFilters(Paging):
    """Which assets of a campaign: in one state, by part of serial number or customer."""

    state: Standing | None = None
    text: Sentence = ""


class ChosenInput(Input):
    """The assets of the campaign (their ids in it) to open requests for."""

    campaign_asset_ids: Annotated[list[Id], Field(min_length=1, max_length=50)]


class StandingInput(Input):
    """How an asset stands; a refusal and taking back what was settled need the reason."""

    version: Version
    state: Standing
    reason: Sentence = ""


class CampaignVersion(Input):
    """The campaign as it was read."""

    version: Version


class CampaignClosing(CampaignVersion):
    """Why it ends."""

    reason: Sentence


@resource.reads("", name="list_campaigns", right=Permission.CAMPAIGN_READ, gives=shapes.Campaigns)
def list_all(request: ApiRequest, filters: Query[CampaignFilters]) -> HttpResponse:
    """Visible campaigns, newest first."""
    page = list_campaigns(request.auth.actor, **filters.model_dump())
    return listed(page, shapes.campaign)


@resource.computes(
    "/preview",
    name="preview_campaign",
    right=Permission.CAMPAIGN_WRITE,
    gives=shapes.CampaignPreview,
)
def preview(request: ApiRequest, data: ClassInput) -> HttpResponse:
    """What a campaign over this class would be about."""
    found = preview_campaign(request.auth.actor, AssetClass(**data.model_dump()))
    return shown(shapes.preview(found))


@resource.reads(
    "/{campaign_id}",
    name="get_campaign",
    right=Permission.CAMPAIGN_READ,
    gives=shapes.CampaignShape,
)
def get_one(request: ApiRequest, campaign_id: PathId) -> HttpResponse:
    """One campaign with its counts."""
    return shown(shapes.campaign(get_campaign(request.auth.actor, campaign_id)))


@resource.reads(
    "/{campaign_id}/assets",
    name="list_campaign_assets",
    right=Permission.CAMPAIGN_READ,
    gives=shapes.CampaignAssets,
)
def assets(
    request: ApiRequest, campaign_id: PathId, filters: Query[CampaignAssetFilters]
) -> HttpResponse:
    """Its assets at customers the caller sees."""
    given = filters.model_dump() | {"state": filters.state or ""}
    page = list_campaign_assets(request.auth.actor, campaign_id=campaign_id, **given)
    return listed(page, shapes.campaign_asset)


@resource.writes("POST", "", name="create_campaign", right=Permission.CAMPAIGN_WRITE, status=201)
def create(request: ApiRequest, data: CampaignInput) -> HttpResponse:
    """Begin a campaign over every asset of the class."""
    call = request.auth
    which = AssetClass(**data.which.model_dump())
    campaign = CampaignData(data.kind.value, data.title, data.text, data.due_on, which)
    act = partial(
        create_campaign, actor=call.actor, unit_id=data.unit_id, data=campaign, now=call.now
    )
    return written(request, lambda: saved(act()), status=201)


@resource.writes(
    "POST", "/{campaign_id}/extension", name="extend_campaign", right=Permission.CAMPAIGN_WRITE
)
def extend(request: ApiRequest, campaign_id: PathId, data: CampaignVersion) -> HttpResponse:
    """Take in the assets that fit since."""
    call = request.auth
    act = partial(
        extend_campaign,
        actor=call.actor,
        campaign_id=campaign_id,
        version=data.version,
        now=call.now,
    )
    return edited(request, data, act, lambda: _present(request, campaign_id))


@resource.writes(
    "POST", "/{campaign_id}/closing", name="close_campaign", right=Permission.CAMPAIGN_WRITE
)
def close(request: ApiRequest, campaign_id: PathId, data: CampaignClosing) -> HttpResponse:
    """End a campaign."""
    call, values = request.auth, data.model_dump()
    act = partial(close_campaign, actor=call.actor, campaign_id=campaign_id, now=call.now, **values)
    return edited(request, data, act, lambda: _present(request, campaign_id))


@resource.writes(
    "POST",
    "/{campaign_id}/requests",
    name="open_campaign_requests",
    right=Permission.REQUEST_OPEN,
    gives=shapes.OpenedRequests,
)
def requests(request: ApiRequest, campaign_id: PathId, data: ChosenInput) -> HttpResponse:
    """Open a request for each chosen asset that has none yet."""
    call = request.auth

    def action() -> Mapping[str, Any]:
        return shapes.opened(
            open_campaign_requests(
                actor=call.actor,
                campaign_id=campaign_id,
                campaign_asset_ids=data.campaign_asset_ids,
                now=call.now,
            )
        )

    return written(request, action)


@answers.writes(
    "POST",
    "/{campaign_asset_id}/answer",
    name="answer_campaign_asset",
    right=Permission.REQUEST_OPEN,
)
def answer(request: ApiRequest, campaign_asset_id: PathId, data: StandingInput) -> HttpResponse:
    """Record how an asset stands with its customer."""
    call, values = request.auth, data.model_dump()
    act = partial(
        answer_campaign_asset,
        actor=call.actor,
        campaign_asset_id=campaign_asset_id,
        now=call.now,
        **values,
    )
    return edited(
        request,
        data,
        act,
        lambda: shapes.campaign_asset(get_campaign_asset(call.actor, campaign_asset_id)),
    )


def _present(request: ApiRequest, campaign_id: str) -> dict[str, object]:
    return shapes.campaign(get_campaign(request.auth.actor, campaign_id))
