"""What on-call duty takes in and hands out: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from yinuo.domains.network.shifts import Window


class Rhythm(StrEnum):
    """How long a turn of the rotation is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class RotaData:
    """A rota as somebody sets it up; `begins` and `ends` in minutes of the local day."""

    name: str
    begins: int = 480
    ends: int = 1350
    office: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Rotation:
    """Turns to make: these people one after another, each for a day, a week or a month."""

    people: Sequence[object]
    rhythm: Rhythm
    first: date
    turns: int


@dataclass(frozen=True, slots=True)
class RotaRow:
    """A rota."""

    id: int
    public_id: UUID
    version: int
    data: RotaData
    unit_id: int
    unit_name: str


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A turn that counts."""

    public_id: UUID
    version: int
    rota_public_id: UUID
    person_id: int
    person_public_id: UUID
    person_name: str
    person_phone: str
    starts_at: datetime
    ends_at: datetime
    covers_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class CountedTurn:
    """A turn with its rota, and on how many days of the time asked for it had duty time."""

    turn: TurnRow
    rota_name: str
    days: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which calls or turns: of one rota, of one person, of the days from `since` up to and without
    `until`. What is not given narrows nothing."""

    rota_id: object = None
    person_id: object = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Duty time that nobody has; half-open."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A rota at an instant: whether duty counts now, who has the turn, when duty begins again."""

    rota: RotaRow
    counts_now: bool
    turn: TurnRow | None
    next_at: datetime | None
