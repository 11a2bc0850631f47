"""Requests for parts: their states and what is handed out of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class AskState(StrEnum):
    """How far a request for parts is. Shipped when all of it left, done when nothing is owed."""

    ASKED = "asked"
    APPROVED = "approved"
    SHIPPED = "shipped"
    DONE = "done"
    DECLINED = "declined"
    CANCELLED = "cancelled"


OPEN_ASKS = frozenset({AskState.ASKED, AskState.APPROVED, AskState.SHIPPED})


@dataclass(frozen=True, slots=True)
class LineDone:
    """So many of a line, with their serial numbers where the part is followed by them."""

    line_id: int
    quantity: int = 0
    serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Back:
    """What of a line came back: old parts taken out, or new ones that were not needed."""

    line_id: int
    old: int = 0
    unused: int = 0
    serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskLineRow:
    """One part of a request for parts, and how far it came."""

    id: int
    part_id: UUID
    number: str
    name: str
    measure: str
    tracking: str
    quantity: int
    reserved: int
    shipped: int
    received: int
    used: int
    old_back: int
    unused_back: int

    @property
    def to_ship(self) -> int:
        """Approved and still in the depot."""
        return self.quantity - self.shipped

    @property
    def to_receive(self) -> int:
        """Under way."""
        return self.shipped - self.received

    @property
    def at_hand(self) -> int:
        """With whoever asked, neither used nor given back."""
        return self.received - self.used - self.unused_back

    @property
    def old_owed(self) -> int:
        """Old parts that are not back yet."""
        return self.used - self.old_back


@dataclass(frozen=True, slots=True)
class AskRow:
    """A request for parts."""

    public_id: UUID
    version: int
    number: str
    state: str
    request_id: UUID
    request_number: str
    sheet_id: UUID | None
    sheet_number: str
    depot_id: UUID
    depot_name: str
    depot_unit_id: int
    request_unit_id: int
    note: str
    nearest_id: UUID
    nearest_name: str
    filled: bool
    asked_at: datetime
    asked_by: str
    asker_id: UUID
    decided_at: datetime | None
    decided_by: str
    reason: str
    lines: tuple[AskLineRow, ...] = ()
