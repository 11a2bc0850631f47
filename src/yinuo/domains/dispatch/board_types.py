"""The board as pages show it: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from yinuo.domains.network.performers import PlannedUnit
from yinuo.kernel.work_states import BEFORE_VISIT

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class BoardSheet:
    """A sheet on the board: where it is, when it is due, from when to when it stands."""

    public_id: UUID
    version: int
    number: str
    state: str
    customer_name: str
    site_name: str
    product_line: str
    latitude: Decimal | None
    longitude: Decimal | None
    agreed_for: datetime | None
    due_at: datetime | None
    person_public_id: UUID | None
    person_name: str
    minutes: int
    # Who goes along, by name.
    companions: tuple[str, ...] = ()
    begins: datetime | None = None
    ends: datetime | None = None
    # While it waits: its time went by and nobody set out; its engineer works here no more.
    is_overdue: bool = False
    has_left: bool = False

    @property
    def is_ahead(self) -> bool:
        """True until it is under way: so long it may be moved and others named to go along."""
        return self.state in BEFORE_VISIT

    @property
    def is_late(self) -> bool:
        """True when it stands to begin after it is due."""
        return bool(self.due_at and self.begins and self.begins > self.due_at)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One person: hours, absences and visits within the days shown, led or gone along to."""

    person_public_id: UUID
    name: str
    unit_name: str
    latitude: Decimal | None
    longitude: Decimal | None
    hours: tuple[Span, ...]
    absences: tuple[Span, ...]
    sheets: tuple[BoardSheet, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A unit's days: people with their visits, and what nobody has or has no time yet."""

    unit: PlannedUnit
    days: tuple[date, ...]
    rows: tuple[BoardRow, ...]
    waiting: tuple[BoardSheet, ...]
