"""Projects and assets."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.assets.types import AssetRow, ProjectRow
from yinuo.surfaces.api.shapes.values import DayText, IdText, day_or_none, id_or_none


class ProjectShape(BaseModel):
    """A delivery to a customer; its acceptance starts warranty terms."""

    id: IdText
    version: int
    customer_id: IdText
    name: str
    accepted_on: DayText | None
    finished_on: DayText | None


class Projects(BaseModel):
    """A page of projects."""

    items: list[ProjectShape]
    next_cursor: str


class AssetShape(BaseModel):
    """One device or system at a customer."""

    id: IdText
    version: int
    customer_id: IdText
    customer_name: str
    site_id: IdText | None
    site_name: str
    project_id: IdText | None
    name: str
    model: str
    asset_class: str
    serial: str
    purchased_on: DayText | None
    accepted_on: DayText | None
    location: str
    active: bool


class Assets(BaseModel):
    """A page of assets."""

    items: list[AssetShape]
    next_cursor: str


def project(row: ProjectRow) -> dict[str, Any]:
    """ProjectShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "customer_id": str(row.customer_public_id),
        "name": row.name,
        "accepted_on": day_or_none(row.accepted_on),
        "finished_on": day_or_none(row.finished_on),
    }


def asset(row: AssetRow) -> dict[str, Any]:
    """AssetShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "site_id": id_or_none(row.site_public_id),
        "site_name": row.site_name,
        "project_id": id_or_none(row.project_public_id),
        "name": row.name,
        "model": row.model,
        "asset_class": row.asset_class,
        "serial": row.serial,
        "purchased_on": day_or_none(row.purchased_on),
        "accepted_on": day_or_none(row.accepted_on),
        "location": row.location,
        "active": row.active,
    }
