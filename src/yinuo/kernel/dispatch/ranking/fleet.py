"""The fleet in arrays, and the visit that needs somebody.

Instants are seconds since 1970-01-01T00:00Z, spans seconds, positions WGS-84 degrees, money fen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yinuo.kernel.dispatch.lateness import Lateness

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Busy:
    """Times at which rows of the fleet cannot go: ``[begin, end)``, by row, then by begin.

    ``is_absence``: leave, training, illness; otherwise an appointment that stays.
    """

    row: Ints
    begin: Ints
    end: Ints
    is_absence: Bools

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together or are not in order."""
        if len({len(self.row), len(self.begin), len(self.end), len(self.is_absence)}) != 1:
            raise ValueError("busy times have as many rows as begins and ends")
        if (self.end <= self.begin).any():
            raise ValueError("a busy time ends after it begins")
        if not np.array_equal(np.lexsort((self.begin, self.row)), np.arange(len(self.row))):
            raise ValueError("busy times are in order of row and begin")

    @classmethod
    def none(cls) -> Busy:
        """Nobody is away."""
        empty = np.empty(0, dtype=np.int64)
        return cls(empty, empty, empty, np.empty(0, dtype=np.bool_))


@dataclass(frozen=True)
class Fleet:
    """One row for each engineer and shift; the arrays have a value for each row.

    ``ids`` the engineer (twice when he has two shifts) · ``latitude``, ``longitude`` where he is
    when he can leave, NaN unknown · ``free_from`` not before · ``load_minutes`` work planned that
    day · ``hour_fen`` what his hour costs (a partner's price) · ``nights`` night visits this month
    · ``first_fix`` share repaired at once, NaN unknown · ``skills`` level by skill, 0 none ·
    ``certificates`` (valid from, valid until) · ``tools`` on the van · ``parts`` number on the van.
    A name that is missing in a mapping is had by nobody. ValueError when lengths differ.
    """

    ids: Ints
    latitude: Floats
    longitude: Floats
    shift_begin: Ints
    shift_end: Ints
    free_from: Ints
    load_minutes: Ints
    hour_fen: Ints
    nights: Ints
    first_fix: Floats
    busy: Busy = field(default_factory=Busy.none)
    skills: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    certificates: Mapping[str, tuple[Ints, Ints]] = field(default_factory=dict)
    tools: Mapping[str, Bools] = field(default_factory=dict)
    parts: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse arrays of different lengths."""
        columns: list[NDArray[Any]] = [
            self.latitude,
            self.longitude,
            self.shift_begin,
            self.shift_end,
            self.free_from,
        ]
        columns += [self.load_minutes, self.hour_fen, self.nights, self.first_fix]
        columns += [*self.skills.values(), *self.tools.values(), *self.parts.values()]
        columns += [each for pair in self.certificates.values() for each in pair]
        if any(len(column) != len(self.ids) for column in columns):
            raise ValueError("every column of a fleet has a value for each row")
        rows = self.busy.row
        if len(rows) and (rows[0] < 0 or rows[-1] >= len(self.ids)):
            raise ValueError("a busy time belongs to a row of the fleet")

    def __len__(self) -> int:
        """How many rows."""
        return len(self.ids)

    @cached_property
    def engineers(self) -> tuple[Ints, Ints]:
        """The ids once each, and for each row the place of its engineer among them."""
        ids, places = np.unique(self.ids, return_inverse=True)
        return ids, places.astype(np.int64)

    @cached_property
    def mean_load_minutes(self) -> int:
        """Work planned for a row on average, rounded down; 0 for nobody."""
        return int(self.load_minutes.mean()) if len(self) else 0

    @cached_property
    def mean_nights(self) -> int:
        """Night visits of a row on average, rounded down."""
        return int(self.nights.mean()) if len(self) else 0

    @cached_property
    def mean_first_fix(self) -> float:
        """Share repaired at once where it is known; 1 where it is known of nobody."""
        known = self.first_fix[~np.isnan(self.first_fix)]
        return float(known.mean()) if len(known) else 1.0

    @cached_property
    def busy_bounds(self) -> tuple[Ints, Ints]:
        """For each row where its busy times begin in `busy`, and how many there are."""
        rows = np.arange(len(self.ids))
        first = np.searchsorted(self.busy.row, rows, side="left")
        last = np.searchsorted(self.busy.row, rows, side="right")
        return first.astype(np.int64), (last - first).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Need:
    """The visit that somebody must make.

    ``earliest`` not before; ``latest`` the hard limit of its start, None when lateness only costs.
    ``certificates`` are valid from start to end. ``blocked`` engineers the customer refuses;
    ``allowed``, if any, the only ones. ``preferred`` by the customer, ``familiar`` with the case.
    """

    latitude: float
    longitude: float
    duration: int
    earliest: int
    latest: int | None = None
    lateness: tuple[Lateness, ...] = ()
    skills: Mapping[str, int] = field(default_factory=dict)
    certificates: frozenset[str] = frozenset()
    tools: frozenset[str] = frozenset()
    parts: Mapping[str, int] = field(default_factory=dict)
    blocked: frozenset[int] = frozenset()
    allowed: frozenset[int] = frozenset()
    preferred: frozenset[int] = frozenset()
    familiar: frozenset[int] = frozenset()
    is_night: bool = False

    def __post_init__(self) -> None:
        """Refuse a visit without length."""
        if self.duration <= 0:
            raise ValueError("a visit takes some time")


@dataclass(frozen=True, slots=True)
class Stop:
    """Something already planned in a row's day, in order of time.

    ``latitude`` NaN: where he is then (leave, a break). ``latest`` start that must be kept: its
    planned start for an appointment or leave.
    """

    latitude: float
    longitude: float
    duration: int
    earliest: int
    latest: int
    lateness: tuple[Lateness, ...] = ()
