"""Counted time over a range of years: window boundaries in UTC with prefix sums.

With W(t) the counted time before t, every question is a search in a sorted list:

* forwards, the due instant of an amount is the *earliest* t with W(t) = W(start) + amount, so
  an amount that is used up exactly at the end of a window is due at that end, not at the next
  opening;
* backwards it is the *latest* t with W(t) = W(start) - amount, the mirror image.

The lists hold datetimes and timedeltas, not numbers: building a timedelta from a number costs
more than all the rest of a question together.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from yinuo.kernel.calendars.intervals import Span, clipped, merged
from yinuo.kernel.instants import to_us

Instants = npt.NDArray[np.int64]


class Timeline:
    """The windows of consecutive years. Immutable; valid from `low` to `high`, both included.

    `working_days` are the ordinals of the dates in `years` that own counted time. All instants
    given and answered are in UTC.
    """

    __slots__ = (
        "_arrays",
        "base",
        "done",
        "ends",
        "high",
        "low",
        "starts",
        "working_days",
        "years",
    )

    def __init__(
        self, spans: list[Span], bounds: Span, years: range, working_days: list[int]
    ) -> None:
        self.low: Final = bounds[0]
        self.high: Final = bounds[1]
        self.years: Final = years
        self.working_days: Final = working_days
        # An empty window at `low` spares every search the case "before the first window".
        counted = [(self.low, self.low), *clipped(merged(spans), self.low, self.high)]
        self.starts: Final = [start for start, _ in counted]
        self.ends: Final = [end for _, end in counted]
        self.done: Final[list[timedelta]] = []  # counted time up to the end of each window
        self.base: Final[list[datetime]] = []  # end - done: an instant in the window minus its W
        total = timedelta()
        for start, end in counted:
            total += end - start
            self.done.append(total)
            self.base.append(end - total)
        self._arrays: tuple[Instants, Instants, Instants, Instants] | None = None

    def counted(self, t: datetime) -> timedelta:
        """W(t): counted time in [low, t)."""
        i = bisect_right(self.starts, t) - 1
        return t - self.base[i] if t < self.ends[i] else self.done[i]

    def forwards(self, start: datetime, amount: timedelta) -> datetime | None:
        """The due instant of an amount above zero; None when the range ends first."""
        i = bisect_right(self.starts, start) - 1
        target = amount + (start - self.base[i] if start < self.ends[i] else self.done[i])
        j = bisect_left(self.done, target, i)
        return self.base[j] + target if j < len(self.base) else None

    def backwards(self, start: datetime, amount: timedelta) -> datetime | None:
        """The latest instant with `amount` > 0 between it and `start`; None: range too short."""
        target = self.counted(start) - amount
        if target < timedelta():
            return None
        return self.base[bisect_right(self.done, target)] + target

    def opening(self, t: datetime) -> datetime | None:
        """`t` when it is counted, else the next opening; None when the range ends first."""
        i = bisect_right(self.starts, t) - 1
        if t < self.ends[i]:
            return t
        return self.starts[i + 1] if i + 1 < len(self.starts) else None

    def is_open(self, t: datetime) -> bool:
        """Whether the moment `t` counts: window start included, end excluded."""
        return t < self.ends[bisect_right(self.starts, t) - 1]

    def spans(self, a: datetime, b: datetime) -> list[Span]:
        """The counted windows in [a, b), clipped to it."""
        first, last = bisect_right(self.ends, a), bisect_left(self.starts, b)
        pairs = zip(self.starts[first:last], self.ends[first:last], strict=True)
        return clipped(pairs, a, b)

    def arrays(self) -> tuple[Instants, Instants, Instants, Instants]:
        """(starts, ends, done, base) in microseconds, for vectorised questions."""
        if self._arrays is None:
            starts = np.array([to_us(t) for t in self.starts], dtype=np.int64)
            ends = np.array([to_us(t) for t in self.ends], dtype=np.int64)
            done = np.cumsum(ends - starts)
            self._arrays = (starts, ends, done, ends - done)
        return self._arrays
