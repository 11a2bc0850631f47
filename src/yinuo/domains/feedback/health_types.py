"""What the health record says: lines of one kind each, with the figures and cases behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class LineKind(StrEnum):
    """What a line is about."""

    OPEN_REQUESTS = "open_requests"
    BROKEN_PROMISES = "broken_promises"
    REPEATS = "repeats"
    VISITS = "visits"
    SATISFACTION = "satisfaction"
    EXPIRING = "expiring"
    PAPERS = "papers"
    AVAILABILITY = "availability"


class Tone(StrEnum):
    """How it bears on the customer: nothing to do, watch it, act."""

    GOOD = "good"
    WATCH = "watch"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class HealthCase:
    """One case behind a line: a `request`, `contract` or `paper` by its number, and when.

    `text` says in Chinese and English what of it matters here; `at` is None where no day is known.
    """

    kind: str
    public_id: UUID
    name: str
    text: tuple[str, str] = ("", "")
    at: datetime | date | None = None


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One line of the summary; `figures` are the numbers its sentence is made of."""

    kind: LineKind
    tone: Tone
    figures: Mapping[str, Any] = field(default_factory=dict)
    cases: tuple[HealthCase, ...] = ()


@dataclass(frozen=True, slots=True)
class Visits:
    """Calls on a customer: the first, how many return visits, the last one, when to go again."""

    first_on: date | None
    returns: int
    last_on: date | None
    again_on: date | None


@dataclass(frozen=True, slots=True)
class Health:
    """The health of a customer or asset at an instant, the lines that ask for action leading."""

    at: datetime
    lines: tuple[HealthLine, ...]
    visits: Visits | None = None

    @property
    def tone(self) -> Tone:
        """The worst of the lines."""
        tones = {line.tone for line in self.lines}
        return next((one for one in (Tone.ACT, Tone.WATCH) if one in tones), Tone.GOOD)
