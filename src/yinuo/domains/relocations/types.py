"""What relocations take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

MOST_STEPS, MOST_MINUTES = 60, 100_000


@dataclass(frozen=True, slots=True)
class StepData:
    """A step of the plan. `interruption_minutes`: how long business stands still for it."""

    what: str
    who: str
    planned_from: datetime
    planned_to: datetime
    interruption_minutes: int
    check_how: str
    roll_back: str
    is_parallel: bool = False
    # Where it comes; None for the end.
    position: int | None = None


@dataclass(frozen=True, slots=True)
class StepDoing:
    """One act on a step; `minutes` are those business really stood still."""

    kind: str
    text: str = ""
    minutes: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who said yes for the customer, on which day, with what words."""

    name: str
    on: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class StepEvent:
    """What was done with a step."""

    revision: int
    kind: str
    text: str
    minutes: int | None
    at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step with what may be done with it now, by this actor."""

    public_id: UUID
    position: int
    what: str
    who: str
    planned_from: datetime
    planned_to: datetime
    interruption_minutes: int
    check_how: str
    roll_back: str
    is_parallel: bool
    state: str
    started_at: datetime | None
    ended_at: datetime | None
    real_minutes: int | None
    events: tuple[StepEvent, ...]
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelocationRow:
    """A relocation in a list; minutes as planned and as they were."""

    public_id: UUID
    version: int
    number: str
    state: str
    title: str
    customer_public_id: UUID
    customer_name: str
    unit_id: int
    unit_name: str
    begins_at: datetime | None
    ends_at: datetime | None
    steps: int
    done: int
    planned_minutes: int
    real_minutes: int


@dataclass(frozen=True, slots=True)
class RelocationView:
    """A relocation with its plan, its customer's words, and what this actor may do."""

    row: RelocationRow
    text: str
    revision: int
    planned_by: str
    planned_at: datetime
    content_hash: str
    approved_by: str
    approved_on: date | None
    approved_at: datetime | None
    accepted_by: str
    accepted_on: date | None
    end_text: str
    ended_at: datetime | None
    steps: tuple[StepRow, ...]
    acts: frozenset[str]
