"""Counting with the clock stopped: time inside a stop does not count."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from yinuo.kernel.calendars.errors import CalendarError
from yinuo.kernel.calendars.intervals import Span, merged
from yinuo.kernel.instants import in_utc

Stops = Iterable[tuple[datetime, datetime]]
Move = Callable[[datetime, timedelta], datetime]
Measure = Callable[[datetime, datetime], timedelta]


def normalised(stops: Stops) -> list[Span]:
    """`stops` in UTC, sorted and disjoint. Half-open; one without length stops nothing."""
    spans = [(in_utc(start), in_utc(end)) for start, end in stops]
    for start, end in spans:
        if end < start:
            raise CalendarError("bad_stop", f"a stop ends before it starts, at {start.isoformat()}")
    return merged(spans)


def add_forwards(
    add: Move, elapsed: Measure, start: datetime, amount: timedelta, stops: list[Span]
) -> datetime:
    """The earliest instant when `amount` ≥ 0 of time outside `stops` has passed since `start`.

    Each stop is either after the due instant, and then does not matter, or takes the amount that
    passed before it and lets the count go on at its end.
    """
    for stop_start, stop_end in stops:
        if stop_end <= start:
            continue
        due = add(start, amount)
        if due < stop_start or (due == stop_start and amount):
            return due
        if start < stop_start:
            amount -= elapsed(start, stop_start)
        start = stop_end
    return add(start, amount)


def add_backwards(
    subtract: Move, elapsed: Measure, start: datetime, amount: timedelta, stops: list[Span]
) -> datetime:
    """The latest instant from which `amount` > 0 of time outside `stops` lies before `start`."""
    for stop_start, stop_end in reversed(stops):
        if stop_start >= start:
            continue
        due = subtract(start, amount)
        if due >= stop_end:
            return due
        if stop_end < start:
            amount -= elapsed(stop_end, start)
        start = stop_start
    return subtract(start, amount)
