"""Software versions, the assets they are for, and what was given."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.software.types import (
    AssetSoftware,
    DeliveryRow,
    HelpRow,
    ReleaseAssetRow,
    ReleaseRow,
)
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    instant,
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


class SoftwareDeliveryShape(BaseModel):
    """A version given for an asset: free by `cover`, or sold as `paid_as`."""

    id: IdText
    release_id: IdText
    number: str
    asset_id: IdText
    asset_name: str
    serial: str
    customer_name: str
    way: str
    to_whom: str
    cover: str
    paid_as: str
    installed: bool
    delivered_at: InstantText
    recorded_by: str


class SoftwareDeliveries(BaseModel):
    """A page of the deliveries of a version."""

    items: list[SoftwareDeliveryShape]
    next_cursor: str


class SoftwareHelpShape(BaseModel):
    """Help given with a version for an asset."""

    id: IdText
    number: str
    way: str
    minutes: int
    text: str
    helped_at: InstantText
    helped_by: str


class SoftwareStandShape(BaseModel):
    """How an asset stands to a version; `refusal` is empty when it may have it."""

    release_id: IdText
    number: str
    kind: str
    there: bool
    refusal: str
    cover: str
    contract_number: str
    delivered_at: InstantText | None


class AssetSoftwareShape(BaseModel):
    """What an asset runs, the newest versions for it, the last deliveries and helps."""

    asset_id: IdText
    software: str
    releases: list[SoftwareStandShape]
    deliveries: list[SoftwareDeliveryShape]
    helps: list[SoftwareHelpShape]


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
        **_stand(row),
    }


def delivery(row: DeliveryRow) -> dict[str, Any]:
    """SoftwareDeliveryShape."""
    return {
        "id": str(row.public_id),
        "release_id": str(row.release_public_id),
        "number": row.number,
        "asset_id": str(row.asset_public_id),
        "asset_name": row.asset_name,
        "serial": row.serial,
        "customer_name": row.customer_name,
        "way": row.way,
        "to_whom": row.to_whom,
        "cover": row.cover,
        "paid_as": row.paid_as,
        "installed": row.is_installed,
        "delivered_at": instant(row.delivered_at),
        "recorded_by": row.recorded_by,
    }


def asset_software(found: AssetSoftware) -> dict[str, Any]:
    """AssetSoftwareShape."""
    return {
        "asset_id": str(found.asset.public_id),
        "software": found.asset.software,
        "releases": [
            {
                "release_id": str(row.public_id),
                "number": row.number,
                "kind": row.kind,
                **_stand(one),
            }
            for row, one in found.releases
        ],
        "deliveries": [delivery(one) for one in found.deliveries],
        "helps": [_help(one) for one in found.helps],
    }


def _stand(row: ReleaseAssetRow) -> dict[str, Any]:
    return {
        "there": row.is_there,
        "refusal": row.entitlement.refusal.value,
        "cover": row.entitlement.cover,
        "contract_number": row.entitlement.contract_number,
        "delivered_at": instant_or_none(row.delivered_at),
    }


def _help(row: HelpRow) -> dict[str, Any]:
    return {
        "id": str(row.public_id),
        "number": row.number,
        "way": row.way,
        "minutes": row.minutes,
        "text": row.text,
        "helped_at": instant(row.helped_at),
        "helped_by": row.helped_by,
    }
