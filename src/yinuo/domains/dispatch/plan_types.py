"""What planning hands out: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID


class RunState(StrEnum):
    """How far a run has come."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    CANCELLED = "cancelled"
    REFUSED = "refused"


class Mode(StrEnum):
    """Whether what is planned stays where it can, or is planned anew."""

    LEAST = "least"
    ANEW = "anew"


class Change(StrEnum):
    """What a line does to the plan that stands."""

    NEW = "new"
    MOVED = "moved"
    KEPT = "kept"
    DROPPED = "dropped"
    UNDONE = "undone"


AT_WORK = frozenset({RunState.WAITING, RunState.WORKING})
# Lines that can be taken over.
TAKING = frozenset({Change.NEW, Change.MOVED})


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as pages show it; amounts in `summary` are yuan as text."""

    public_id: UUID
    unit_name: str
    unit_public_id: UUID
    person: str
    first_on: date
    days: int
    mode: str
    state: str
    percent: int
    created_at: datetime
    ended_at: datetime | None
    refusal: str
    weights: str
    summary: Mapping[str, Any]

    @property
    def is_at_work(self) -> bool:
        """True while the worker has it."""
        return self.state in AT_WORK


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as pages show it. `stale`: the sheet changed since; `taken`: it was taken over."""

    public_id: UUID
    number: int
    work_order_public_id: UUID
    order_number: str
    customer_name: str
    site_name: str
    change: str
    person_name: str
    person_public_id: UUID | None
    leaves_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    before_name: str
    before_at: datetime | None
    due_at: datetime | None
    late: Decimal
    content: Mapping[str, Any]
    is_stale: bool
    is_taken: bool

    @property
    def may_be_taken(self) -> bool:
        """True when it can still be taken over."""
        return self.change in TAKING and not self.is_stale and not self.is_taken


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking lines over came to: how many, and why the others were not."""

    run_public_id: UUID
    taken: int
    refused: Mapping[str, str]
