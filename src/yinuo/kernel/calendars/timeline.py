"""Counted time over a range of years: window boundaries in UTC with prefix sums.

With W(t) the counted time before t, every question is a search in a sorted list:

* forwards, the due instant of an amount is the *earliest* t with W(t) = W(start) + amount, so
  an amount that is used up exactly at the end of a window is due at that end, not at the next
  opening;
* backwards it is the *latest* t with W(t) = W(start) - amount, the mirror image.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from yinuo.kernel.calendars.intervals import Span, clipped, merged

Instants = npt.NDArray[np.int64]


class Timeline:
    """Immutable. Valid for instants from `low` to `high` (µs UTC), both included.

    `working_days` are the ordinals of the dates that own counted time, for dates from
    `first_day` up to, not including, `last_day`.
    """

    __slots__ = (
        "_arrays", "base", "done", "ends", "first_day", "high", "last_day", "low", "starts",
        "working_days",
    )  # fmt: skip

    def __init__(
        self, spans: list[Span], low: int, high: int, days: tuple[date, date], working: list[int]
    ) -> None:
        self.low: Final = low
        self.high: Final = high
        self.first_day: Final = days[0].toordinal()
        self.last_day: Final = days[1].toordinal()
        self.working_days: Final = working
        # An empty window at `low` spares every search the case "before the first window".
        counted = [(low, low), *clipped(merged(spans), low, high)]
        self.starts: Final = [start for start, _ in counted]
        self.ends: Final = [end for _, end in counted]
        self.done: Final[list[int]] = []  # counted time up to the end of each window
        self.base: Final[list[int]] = []  # end - done: due instant minus the W it stands for
        total = 0
        for start, end in counted:
            total += end - start
            self.done.append(total)
            self.base.append(end - total)
        self._arrays: tuple[Instants, Instants, Instants, Instants] | None = None

    def counted(self, t: int) -> int:
        """W(t): counted time in [low, t)."""
        i = bisect_right(self.starts, t) - 1
        return t - self.base[i] if t < self.ends[i] else self.done[i]

    def forwards(self, start: int, amount: int) -> int | None:
        """The due instant; None when the range ends first. `amount` > 0."""
        i = bisect_right(self.starts, start) - 1
        target = amount + (start - self.base[i] if start < self.ends[i] else self.done[i])
        j = bisect_left(self.done, target, i)
        return self.base[j] + target if j < len(self.base) else None

    def backwards(self, start: int, amount: int) -> int | None:
        """The latest instant with `amount` > 0 between it and `start`; None: range too short."""
        target = self.counted(start) - amount
        if target < 0:
            return None
        return self.base[bisect_right(self.done, target)] + target

    def opening(self, t: int) -> int | None:
        """`t` when it is counted, else the next opening; None when the range ends first."""
        i = bisect_right(self.starts, t) - 1
        if t < self.ends[i]:
            return t
        return self.starts[i + 1] if i + 1 < len(self.starts) else None

    def is_open(self, t: int) -> bool:
        """Whether the moment `t` counts: window start included, end excluded."""
        return t < self.ends[bisect_right(self.starts, t) - 1]

    def spans(self, a: int, b: int) -> list[Span]:
        """The counted windows in [a, b), clipped to it."""
        first, last = bisect_right(self.ends, a), bisect_left(self.starts, b)
        pairs = zip(self.starts[first:last], self.ends[first:last], strict=True)
        return clipped(pairs, a, b)

    def arrays(self) -> tuple[Instants, Instants, Instants, Instants]:
        """(starts, ends, done, base) for vectorised questions."""
        if self._arrays is None:
            self._arrays = (
                np.array(self.starts, dtype=np.int64),
                np.array(self.ends, dtype=np.int64),
                np.array(self.done, dtype=np.int64),
                np.array(self.base, dtype=np.int64),
            )
        return self._arrays
