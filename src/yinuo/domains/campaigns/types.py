"""What campaigns take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from yinuo.domains.assets.classes import AssetClass
from yinuo.domains.assets.types import AssetRow


class CampaignKind(StrEnum):
    """Why the assets are called upon."""

    RECALL = "recall"
    CAMPAIGN = "campaign"


class Standing(StrEnum):
    """How an asset of a campaign stands."""

    OPEN = "open"
    AGREED = "agreed"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CampaignData:
    """A campaign as somebody sets it up."""

    kind: str
    title: str
    text: str
    due_on: date
    which: AssetClass


@dataclass(frozen=True, slots=True)
class Preview:
    """What a class of assets finds: how many, at how many customers, and the first of them."""

    assets: int
    customers: int
    first: tuple[AssetRow, ...]


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign with how many visible assets stand how."""

    id: int
    public_id: UUID
    version: int
    kind: str
    title: str
    text: str
    due_on: date
    which: AssetClass
    unit_id: int
    unit_name: str
    created_at: datetime
    created_by: str
    closed_at: datetime | None
    close_reason: str
    tallies: dict[str, int] = field(default_factory=dict)

    @property
    def assets(self) -> int:
        """Visible assets in any state."""
        return sum(self.tallies.values())

    @property
    def settled(self) -> int:
        """Those done or refused."""
        return self.tallies.get(Standing.DONE, 0) + self.tallies.get(Standing.REFUSED, 0)

    @property
    def percent(self) -> int:
        """Settled ones of a hundred, rounded down: 100 only when all are."""
        return self.settled * 100 // self.assets if self.assets else 0

    def is_late(self, today: date) -> bool:
        """True when it runs beyond its day with assets not settled."""
        return self.closed_at is None and self.due_on < today and self.settled < self.assets


@dataclass(frozen=True, slots=True)
class CampaignAssetRow:
    """One asset of a campaign. Restored requests count as done, whatever was recorded."""

    public_id: UUID
    version: int
    state: str
    reason: str
    changed_at: datetime
    changed_by: str
    asset_public_id: UUID
    asset_name: str
    model: str
    serial: str
    customer_public_id: UUID
    customer_name: str
    unit_id: int
    site_name: str
    request_public_id: UUID | None
    request_number: str
    request_state: str


@dataclass(frozen=True, slots=True)
class OpenCampaign:
    """What an asset is still called upon for."""

    public_id: UUID
    kind: str
    title: str
    text: str
    due_on: date
    asset_public_id: UUID
    asset_name: str
    serial: str
    campaign_asset_id: UUID
    state: str
    request_public_id: UUID | None
    request_number: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening requests came to: how many new ones, and why which assets got none."""

    opened: int
    there_already: int
    refused: tuple[tuple[str, str], ...] = ()
