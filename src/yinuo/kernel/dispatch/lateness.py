"""What it costs to come late, as a line over time: the price that ranking and routes minimise."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from yinuo.kernel.instants import EPOCH

# How much later the stored amounts of exposure are counted: an hour, a day, a week.
_HORIZONS = (3600, 86_400, 604_800)
_FEN = Decimal(100)
_MOST = 1 << 62


@dataclass(frozen=True, slots=True)
class Lateness:
    """Fen over seconds since 1970: nothing up to the first instant, then from point to point.

    Between two points the amount rises in a line (whole fen, rounded down), after the last it
    stays. The first point's amount is owed right after its instant, which itself is in time.
    Instants rise, amounts never fall; ValueError otherwise.

    >>> one = Lateness(((1000, 200), (4600, 200), (8200, 600)))
    >>> [one.fen(at) for at in (1000, 1001, 4600, 6400, 99999)]
    [0, 200, 200, 400, 600]
    """

    points: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        """Refuse a line that goes back in time or down."""
        if not self.points or self.points[0][1] < 0:
            raise ValueError("lateness has a first instant and no amount below zero")
        if any(b[0] <= a[0] or b[1] < a[1] for a, b in pairwise(self.points)):
            raise ValueError("the price of being late rises with time")

    @classmethod
    def of_exposure(cls, due: datetime, now: datetime, late: Sequence[Decimal]) -> Lateness:
        """From the amounts of an exposure: an hour, a day, a week after due, or after now if later.

        The amount of an hour is owed from the first moment on, as that of a started hour is; an
        amount below the one before it (a cap shared with others) is taken as that one.
        """
        begin = _seconds(max(due, now))
        points, most = [], 0
        for after, amount in zip((0, *_HORIZONS), (late[0], *late), strict=True):
            most = max(most, int(amount * _FEN))
            points.append((begin + after, most))
        return cls(tuple(points))

    @classmethod
    def at_rate(cls, due: datetime, fen_an_hour: int, hours: int) -> Lateness:
        """For a promise without a price: so much for each hour, for at most so many hours."""
        begin = _seconds(due)
        return cls(((begin, 0), (begin + hours * 3600, fen_an_hour * hours)))

    def fen(self, at: int) -> int:
        """The amount for coming at `at`, seconds since 1970."""
        points = self.points
        if at <= points[0][0]:
            return 0
        number = bisect_right(points, (at, _MOST))
        if number == len(points):
            return points[-1][1]
        (begin, low), (end, high) = points[number - 1], points[number]
        return low + (high - low) * (at - begin) // (end - begin)

    def fens(self, at: ArrayLike) -> NDArray[np.int64]:
        """The amounts for coming at each instant."""
        instants = np.asarray(at, dtype=np.int64)
        times = np.array([point[0] for point in self.points], dtype=np.int64)
        amounts = np.array([point[1] for point in self.points], dtype=np.int64)
        following = np.clip(np.searchsorted(times, instants, side="right"), 1, len(times) - 1)
        if len(times) == 1:
            return np.where(instants <= times[0], 0, amounts[0])
        before = following - 1
        rise, span = amounts[following] - amounts[before], times[following] - times[before]
        line = amounts[before] + rise * np.minimum(instants - times[before], span) // span
        return np.where(instants <= times[0], 0, line)


def _seconds(instant: datetime) -> int:
    return int((instant - EPOCH).total_seconds())
