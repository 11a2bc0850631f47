"""What problem reports take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from yinuo.domains.obligations.types import ObligationView


class DeliveryWay(StrEnum):
    """How the customer got a report."""

    EMAIL = "email"
    PAPER = "paper"
    FAX = "fax"
    CHAT = "chat"
    PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """One value of a field to choose from."""

    code: str
    title_zh: str
    title_en: str


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One field of a report with its value: a text, or the code of one of `choices`."""

    code: str
    title_zh: str
    title_en: str
    needed: bool
    choices: tuple[ReportChoice, ...]
    value: str

    @property
    def chosen(self) -> ReportChoice | None:
        """The choice that the value names, None for a text."""
        return next((one for one in self.choices if one.code == self.value), None)


@dataclass(frozen=True, slots=True)
class ReportHead:
    """The case a report is about, in the words it had when the report was issued.

    Who was spoken to stands apart from an issued report, so that he can be erased (R59) and the
    report's hash stays provable: `is_erased` when he was.
    """

    number: str
    company: str
    unit: str
    customer: str
    site: str
    contact: str
    phone: str
    asset: str
    level_zh: str
    level_en: str
    reported_at: datetime
    restored_at: datetime | None
    zone: str
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class ReportView:
    """One version of a problem report. `issued_at` None: a draft that may still change."""

    public_id: UUID
    version: int
    edition: int
    request_public_id: UUID
    title_zh: str
    title_en: str
    head: ReportHead
    entries: tuple[ReportEntry, ...]
    digest: str
    drafted_at: datetime
    drafted_by: str
    issued_at: datetime | None
    issued_by: str
    delivered_at: datetime | None
    delivered_by: str
    channel: str
    received_by: str


@dataclass(frozen=True, slots=True)
class ReportsOfRequest:
    """A request's reports, the newest first, and the promise they keep, if its plan has one.

    `blank` is the form for the next draft, filled with what the facts know.
    """

    title_zh: str
    title_en: str
    reports: tuple[ReportView, ...]
    promise: ObligationView | None
    blank: tuple[ReportEntry, ...]
    may_write: bool
    is_restored: bool

    @property
    def draft(self) -> ReportView | None:
        """The one version that may still change."""
        return next((one for one in self.reports if one.issued_at is None), None)

    @property
    def issued(self) -> tuple[ReportView, ...]:
        """The fixed versions, the newest first."""
        return tuple(one for one in self.reports if one.issued_at is not None)


@dataclass(frozen=True, slots=True)
class Delivery:
    """That a report reached the customer: how, who took it, when (None: now)."""

    channel: str
    received_by: str = ""
    occurred_at: datetime | None = None


Answers = Mapping[str, str]
