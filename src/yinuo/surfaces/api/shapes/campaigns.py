"""Campaigns and their assets."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from yinuo.domains.campaigns.types import (
    CampaignAssetRow,
    CampaignRow,
    Opened,
    Preview,
    Standing,
)
from yinuo.surfaces.api.shapes import assets
from yinuo.surfaces.api.shapes.assets import AssetShape
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    id_or_none,
    instant,
    instant_or_none,
)


class ChosenAssets(BaseModel):
    """How the assets of a campaign were chosen."""

    model: str
    asset_class: str
    serial_from: str
    serial_to: str
    component: str


class CampaignShape(BaseModel):
    """A campaign; the counts are of the assets the caller sees."""

    id: IdText
    version: int
    kind: str
    title: str
    text: str
    due_on: DayText
    which: ChosenAssets
    unit_name: str
    created_at: InstantText
    created_by: str
    closed_at: InstantText | None
    close_reason: str
    open: int
    agreed: int
    done: int
    refused: int


class Campaigns(BaseModel):
    """A page of campaigns."""

    items: list[CampaignShape]
    next_cursor: str


class CampaignAssetShape(BaseModel):
    """An asset of a campaign."""

    id: IdText
    version: int
    state: str
    reason: str
    changed_at: InstantText
    changed_by: str
    asset_id: IdText
    asset_name: str
    model: str
    serial: str
    customer_id: IdText
    customer_name: str
    site_name: str
    request_id: IdText | None
    request_number: str
    request_state: str


class CampaignAssets(BaseModel):
    """A page of the assets of a campaign."""

    items: list[CampaignAssetShape]
    next_cursor: str


class CampaignPreview(BaseModel):
    """What a class of assets finds: counts, and the first of them."""

    assets: int
    customers: int
    first: list[AssetShape]


class RefusedAsset(BaseModel):
    """An asset that a request could not be opened for."""

    asset: str
    reason: str


class OpenedRequests(BaseModel):
    """What opening requests came to."""

    opened: int
    there_already: int
    refused: list[RefusedAsset]


def campaign(row: CampaignRow) -> dict[str, Any]:
    """CampaignShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "due_on": row.due_on.isoformat(),
        "which": asdict(row.which),
        "unit_name": row.unit_name,
        "created_at": instant(row.created_at),
        "created_by": row.created_by,
        "closed_at": instant_or_none(row.closed_at),
        "close_reason": row.close_reason,
        **{state.value: row.tallies.get(state, 0) for state in Standing},
    }


def campaign_asset(row: CampaignAssetRow) -> dict[str, Any]:
    """CampaignAssetShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "state": row.state,
        "reason": row.reason,
        "changed_at": instant(row.changed_at),
        "changed_by": row.changed_by,
        "asset_id": str(row.asset_public_id),
        "asset_name": row.asset_name,
        "model": row.model,
        "serial": row.serial,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "site_name": row.site_name,
        "request_id": id_or_none(row.request_public_id),
        "request_number": row.request_number,
        "request_state": row.request_state,
    }


def preview(found: Preview) -> dict[str, Any]:
    """CampaignPreview."""
    return {
        "assets": found.assets,
        "customers": found.customers,
        "first": [assets.asset(one) for one in found.first],
    }


def opened(result: Opened) -> dict[str, Any]:
    """OpenedRequests."""
    return {
        "opened": result.opened,
        "there_already": result.there_already,
        "refused": [{"asset": name, "reason": why} for name, why in result.refused],
    }
