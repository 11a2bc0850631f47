"""Questions about amounts of counted time: when is it due, how much has passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from yinuo.kernel.calendars import vectorised
from yinuo.kernel.calendars.coverage import Coverage
from yinuo.kernel.calendars.intervals import Span, minus, touching
from yinuo.kernel.calendars.stops import Stops, add_backwards, add_forwards, normalised
from yinuo.kernel.calendars.timeline import Instants
from yinuo.kernel.instants import from_us, in_utc

_NOTHING = timedelta()


class CountedTime(Coverage):
    """Adding, measuring and listing counted time."""

    def add(self, start: datetime, amount: timedelta, stops: Stops = ()) -> datetime:
        """The instant when `amount` of counted time has passed since `start`, in UTC.

        The earliest such instant: used up exactly at a window's end, due at that end. A negative
        `amount` counts backwards and gives the latest instant from which that much still lies
        before `start`. Zero gives `start` when it is open, else the next opening. Time inside
        `stops` (half-open pairs of instants, in any order) does not count.
        """
        if start.tzinfo is not UTC:
            start = in_utc(start)
        if stops:
            return self._add_with_stops(start, amount, normalised(stops))
        line = self._line
        if amount > _NOTHING and line.low <= start <= line.high:
            due = line.forwards(start, amount)
            if due is not None:
                return due
        return self._add(start, amount)

    def elapsed(self, a: datetime, b: datetime, stops: Stops = ()) -> timedelta:
        """Counted time in [a, b) outside `stops`; negative when b is before a."""
        a, b = in_utc(a), in_utc(b)
        if b < a:
            return -self.elapsed(b, a, stops)
        total = self._elapsed(a, b)
        if stops:
            for start, end in touching(normalised(stops), a, b):
                total -= self._elapsed(max(start, a), min(end, b))
        return total

    def windows(self, a: datetime, b: datetime, stops: Stops = ()) -> Iterator[Span]:
        """The counted windows in [a, b), clipped to it and cut by `stops`, for explanations."""
        a, b = in_utc(a), in_utc(b)
        if a < b:
            yield from minus(self._covering(a, b).spans(a, b), normalised(stops))

    def is_open(self, instant: datetime) -> bool:
        """Whether time counts at `instant`: window start included, end excluded."""
        instant = in_utc(instant)
        return self._covering(instant, instant).is_open(instant)

    def next_open(self, instant: datetime) -> datetime:
        """`instant` when it is open, else the next opening; in UTC."""
        return self._add(in_utc(instant), _NOTHING)

    def due_many(self, starts: Instants, amount: int | Instants) -> Instants:
        """`add` for many: int64 microseconds since 1970-01-01T00:00Z in and out.

        `amount` is in microseconds, above zero, one for all or one for each.
        """
        if not starts.size:
            return starts.copy()
        line = self._covering(from_us(int(starts.min())), from_us(int(starts.max())))
        while (due := vectorised.due_many(line, starts, amount)) is None:
            line = self._later(line)
        return due

    def elapsed_many(self, a: Instants, b: Instants) -> Instants:
        """`elapsed` for many pairs, in microseconds; negative where b is before a."""
        if not a.size:
            return a.copy()
        low, high = min(int(a.min()), int(b.min())), max(int(a.max()), int(b.max()))
        return vectorised.elapsed_many(self._covering(from_us(low), from_us(high)), a, b)

    def _add(self, start: datetime, amount: timedelta) -> datetime:
        """`add` without stops, however far; `start` in UTC."""
        if amount < _NOTHING:
            return self._subtract(start, -amount)
        line = self._covering(start, start)
        while True:
            due = line.forwards(start, amount) if amount else line.opening(start)
            if due is not None:
                return due
            line = self._later(line)

    def _subtract(self, start: datetime, amount: timedelta) -> datetime:
        line = self._covering(start, start)
        while (due := line.backwards(start, amount)) is None:
            line = self._earlier(line)
        return due

    def _elapsed(self, a: datetime, b: datetime) -> timedelta:
        line = self._covering(a, b)
        return line.counted(b) - line.counted(a)

    def _add_with_stops(self, start: datetime, amount: timedelta, stops: list[Span]) -> datetime:
        if amount < _NOTHING:
            return add_backwards(self._subtract, self._elapsed, start, -amount, stops)
        return add_forwards(self._add, self._elapsed, start, amount, stops)
