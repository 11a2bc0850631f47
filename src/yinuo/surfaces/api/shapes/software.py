"""Software versions, the assets they are for, and what was given."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.software.types import ReleaseAssetRow, ReleaseRow
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    instant_or_none,
)


class SoftwareFileShape(BaseModel):
    """A file or document of a version."""

    id: IdText
    name: str
    caption: str
    size_bytes: int
    sha256: str


class SoftwareReleaseShape(BaseModel):
    """A version of the software of a model or product line."""

    id: IdText
    version: int
    number: str
    released_on: DayText
    kind: str
    model: str
    asset_class: str
    paid_feature: bool
    notes_zh: str
    notes_en: str
    withdrawn_at: InstantText | None
    withdraw_reason: str
    files: list[SoftwareFileShape]


class SoftwareReleases(BaseModel):
    """A page of versions."""

    items: list[SoftwareReleaseShape]
    next_cursor: str


class SoftwareAssetShape(BaseModel):
    """An asset a version is for; `refusal` says why it is not entitled, empty when it is."""

    asset_id: IdText
    asset_name: str
    serial: str
    customer_id: IdText
    customer_name: str
    software: str
    there: bool
    refusal: str
    cover: str
    contract_number: str
    delivered_at: InstantText | None


class SoftwareAssets(BaseModel):
    """A page of the assets of a version."""

    items: list[SoftwareAssetShape]
    next_cursor: str


def release(row: ReleaseRow) -> dict[str, Any]:
    """SoftwareReleaseShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "released_on": row.released_on.isoformat(),
        "kind": row.kind,
        "model": row.model,
        "asset_class": row.asset_class,
        "paid_feature": row.is_paid_feature,
        "notes_zh": row.notes_zh,
        "notes_en": row.notes_en,
        "withdrawn_at": instant_or_none(row.withdrawn_at),
        "withdraw_reason": row.withdraw_reason,
        "files": [
            {
                "id": str(one.public_id),
                "name": one.name,
                "caption": one.caption,
                "size_bytes": one.size_bytes,
                "sha256": one.sha256,
            }
            for one in row.files
        ],
    }


def release_asset(row: ReleaseAssetRow) -> dict[str, Any]:
    """SoftwareAssetShape."""
    return {
        "asset_id": str(row.asset.public_id),
        "asset_name": row.asset.name,
        "serial": row.asset.serial,
        "customer_id": str(row.asset.customer_public_id),
        "customer_name": row.asset.customer_name,
        "software": row.asset.software,
        "there": row.is_there,
        "refusal": row.entitlement.refusal.value,
        "cover": row.entitlement.cover,
        "contract_number": row.entitlement.contract_number,
        "delivered_at": instant_or_none(row.delivered_at),
    }
