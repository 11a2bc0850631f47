"""What software versions take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from yinuo.domains.assets.types import AssetRow
from yinuo.platform.files.types import FileView


class ReleaseKind(StrEnum):
    """A whole version, or a patch to one."""

    UPDATE = "update"
    PATCH = "patch"


class Way(StrEnum):
    """How a version reached a customer."""

    MAIL = "mail"
    DOWNLOAD = "download"
    ON_SITE = "on_site"


class HelpWay(StrEnum):
    """How somebody helped with it."""

    PHONE = "phone"
    REMOTE = "remote"


class Refusal(StrEnum):
    """Why an asset is not entitled to a version; empty when it is."""

    NONE = ""
    WITHDRAWN = "withdrawn"
    PAID_FEATURE = "paid_feature"
    TERM_OVER = "term_over"
    NOT_INCLUDED = "not_included"
    NO_CONTRACT = "no_contract"


@dataclass(frozen=True, slots=True)
class ReleaseData:
    """A version of the software of a model, of a product line, or of a model within one."""

    number: str
    released_on: date
    notes_zh: str
    model: str = ""
    asset_class: str = ""
    kind: str = ReleaseKind.UPDATE.value
    is_paid_feature: bool = False
    notes_en: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryData:
    """How a version was given for an asset. `paid_as`: the accepted quote, when it was sold."""

    way: str
    to_whom: str
    delivered_at: datetime | None = None
    is_installed: bool = False
    paid_as: str = ""
    request_id: object = None


@dataclass(frozen=True, slots=True)
class HelpData:
    """Help given with a version for an asset."""

    way: str
    minutes: int
    text: str
    helped_at: datetime | None = None
    is_installed: bool = False


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A version as lists show it."""

    public_id: UUID
    version: int
    number: str
    released_on: date
    kind: str
    model: str
    asset_class: str
    is_paid_feature: bool
    notes_zh: str
    notes_en: str
    published_by: str
    withdrawn_at: datetime | None
    withdraw_reason: str
    files: tuple[FileView, ...] = ()


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Whether an asset may have a version today, by which cover and contract, else why not."""

    refusal: Refusal
    cover: str = ""
    contract_number: str = ""

    @property
    def holds(self) -> bool:
        """True when nothing speaks against it."""
        return self.refusal is Refusal.NONE


@dataclass(frozen=True, slots=True)
class ReleaseAssetRow:
    """An asset that a version is for. `is_there` when it runs this version or a later one."""

    asset: AssetRow
    is_there: bool
    entitlement: Entitlement
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A version given to a customer for an asset."""

    public_id: UUID
    number: str
    release_public_id: UUID
    asset_public_id: UUID
    asset_name: str
    serial: str
    customer_name: str
    way: str
    to_whom: str
    cover: str
    paid_as: str
    is_installed: bool
    delivered_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class HelpRow:
    """Help given with a version."""

    public_id: UUID
    number: str
    asset_public_id: UUID
    asset_name: str
    way: str
    minutes: int
    text: str
    helped_at: datetime
    helped_by: str


@dataclass(frozen=True, slots=True)
class AssetSoftware:
    """The software of one asset: what runs, what there is, what was given and helped."""

    asset: AssetRow
    releases: tuple[tuple[ReleaseRow, ReleaseAssetRow], ...]
    deliveries: tuple[DeliveryRow, ...]
    helps: tuple[HelpRow, ...]
