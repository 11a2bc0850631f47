"""What the asset register hands to others: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

# So many components one report may replace.
MOST_REPLACED = 20


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
    software: str = ""


@dataclass(frozen=True, slots=True)
class KnownAsset:
    """As much of an asset as opening a request needs; `zone` is its site's local time, if known."""

    id: int
    site_id: int | None
    asset_class: str
    zone: str | None
    purchased_on: date | None
    accepted_on: date | None


@dataclass(frozen=True, slots=True)
class Replacement:
    """A component (public id) and what came in its place; empty where it is not known."""

    component_id: UUID
    model: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A part of an asset. `is_factory`: of the factory configuration, or in the place of such a
    part. Dates are local days; `removed_on` is the first day without it."""

    id: int
    public_id: UUID
    version: int
    asset_public_id: UUID
    name: str
    model: str
    serial: str
    is_factory: bool
    added_on: date | None
    removed_on: date | None
    reason: str
    replaced_by_serial: str
    replaced_by_public_id: UUID | None
    # The work order that put it in.
    source_number: str = ""
    source_id: UUID | None = None

    @property
    def is_in(self) -> bool:
        """True while it was not taken out."""
        return self.removed_on is None


@dataclass(frozen=True, slots=True)
class FormerSerialView:
    """What an asset was before its unit was swapped; `until_on` is the first day without it."""

    model: str
    serial: str
    until_on: date
    reason: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Span:
    """A time during which an asset did not work; without end it still lasts."""

    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class DowntimeRow:
    """A downtime entered by hand; one with `void_reason` was taken back and does not count."""

    public_id: UUID
    version: int
    asset_public_id: UUID
    began_at: datetime
    ended_at: datetime | None
    cause: str
    void_reason: str
    recorded_by: str

    @property
    def counts(self) -> bool:
        """True unless it was taken back."""
        return not self.void_reason

    @property
    def span(self) -> Span:
        """When it lasted."""
        return Span(self.began_at, self.ended_at)
