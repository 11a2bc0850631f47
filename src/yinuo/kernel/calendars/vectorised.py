"""Due times and elapsed times for whole arrays (int64 microseconds UTC)."""

from __future__ import annotations

import numpy as np

from yinuo.kernel.calendars.timeline import Instants, Timeline


def counted_many(line: Timeline, instants: Instants) -> Instants:
    """W(t) for each instant; all lie inside the timeline's range."""
    starts, ends, done, base = line.arrays()
    index = np.searchsorted(starts, instants, side="right") - 1
    return np.where(instants < ends[index], instants - base[index], done[index])


def due_many(line: Timeline, starts: Instants, amount: int | Instants) -> Instants | None:
    """The due instant for each start; None when the range ends before one of them."""
    _, _, done, base = line.arrays()
    target = counted_many(line, starts) + amount
    index = np.searchsorted(done, target, side="left")
    if int(index.max()) >= len(base):
        return None
    return base[index] + target


def elapsed_many(line: Timeline, a: Instants, b: Instants) -> Instants:
    """Counted time in [a, b) for each pair."""
    return counted_many(line, b) - counted_many(line, a)
