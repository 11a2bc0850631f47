"""What the asset register hands to others: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A delivery to a customer."""

    id: int
    public_id: UUID
    version: int
    customer_public_id: UUID
    name: str
    accepted_on: date | None
    finished_on: date | None = None


@dataclass(frozen=True, slots=True)
class AssetRow:
    """An asset with the dates that warranty terms start from."""

    id: int
    public_id: UUID
    version: int
    customer_id: int
    customer_public_id: UUID
    customer_name: str
    site_id: int | None
    site_public_id: UUID | None
    site_name: str
    project_public_id: UUID | None
    name: str
    model: str
    asset_class: str
    serial: str
    purchased_on: date | None
    accepted_on: date | None
    active: bool
    location: str = ""


@dataclass(frozen=True, slots=True)
class KnownAsset:
    """As much of an asset as opening a request needs; `zone` is its site's local time, if known."""

    id: int
    site_id: int | None
    asset_class: str
    zone: str | None
    purchased_on: date | None
    accepted_on: date | None
