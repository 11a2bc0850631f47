"""The compiled calendar: every question about counted time, in O(log n)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from yinuo.kernel.calendars import vectorised
from yinuo.kernel.calendars.compiling import FIRST_YEAR, LAST_YEAR, YearBlock, compile_years
from yinuo.kernel.calendars.errors import CalendarError
from yinuo.kernel.calendars.intervals import Span, merged, minus, touching
from yinuo.kernel.calendars.spec import MINUTES_PER_DAY, CalendarSpec
from yinuo.kernel.calendars.timeline import Instants, Timeline
from yinuo.kernel.instants import from_us, local_date, midnight_us, span_us, to_us, wall_of, wall_us

Stops = Iterable[tuple[datetime, datetime]]
_ONE_DAY = timedelta(days=1)


class DayEnd(StrEnum):
    """When on the Nth working day a limit in working days ends."""

    MIDNIGHT = "midnight"  # 24:00 local of that day
    LAST_WINDOW = "last_window"  # end of the day's last window
    SAME_CLOCK = "same_clock"  # the clock time of the start


class Calendar:
    """A `CalendarSpec` compiled for questions. Immutable to its users; safe between threads.

    Instants are aware datetimes; answers are in UTC. The `*_us` methods are the same questions
    in whole microseconds since 1970-01-01T00:00Z, for callers that ask very often. Questions are
    answered from 1900 to 2199; beyond, or when the calendar never opens again,
    `CalendarError("beyond_horizon")`.
    """

    def __init__(self, spec: CalendarSpec) -> None:
        self.spec = spec
        self._blocks: dict[int, YearBlock] = {}
        self._line: Timeline = compile_years(spec, self._blocks, range(2025, 2028))
        if spec.without is not None and not self._line.working_days:
            raise CalendarError(
                "empty_calendar", f"nothing is left of {spec.name!r} without {spec.without.name!r}"
            )

    # -- amounts of counted time ------------------------------------------------------------

    def add(self, start: datetime, amount: timedelta, stops: Stops = ()) -> datetime:
        """The instant when `amount` of counted time has passed since `start`.

        The earliest such instant: used up exactly at a window's end, due at that end. A negative
        `amount` counts backwards and gives the latest instant from which that much still lies
        before `start`. Zero gives `start` when it is open, else the next opening. Time inside
        `stops` (half-open pairs of instants, in any order) does not count.
        """
        if stops:
            return from_us(self.add_us(to_us(start), span_us(amount), _stops_us(stops)))
        return from_us(self.add_us(to_us(start), span_us(amount)))

    def add_us(self, start: int, amount: int, stops: list[Span] | None = None) -> int:
        """`add` in microseconds; `stops` sorted and disjoint."""
        if stops:
            return self._add_with_stops(start, amount, stops)
        line = self._line
        if amount > 0:
            if line.low <= start <= line.high:
                due = line.forwards(start, amount)
                if due is not None:
                    return due
            return self._search(start, amount)
        if amount == 0:
            return self.next_open_us(start)
        return self._search_back(start, -amount)

    def elapsed(self, a: datetime, b: datetime, stops: Stops = ()) -> timedelta:
        """Counted time in [a, b) outside `stops`; negative when b is before a."""
        return timedelta(0, 0, self.elapsed_us(to_us(a), to_us(b), _stops_us(stops)))

    def elapsed_us(self, a: int, b: int, stops: list[Span] | None = None) -> int:
        """`elapsed` in microseconds; `stops` sorted and disjoint."""
        if b < a:
            return -self.elapsed_us(b, a, stops)
        line = self._covering(a, b)
        total = line.counted(b) - line.counted(a)
        for start, end in touching(stops, a, b) if stops else ():
            total -= line.counted(min(end, b)) - line.counted(max(start, a))
        return total

    def windows(
        self, a: datetime, b: datetime, stops: Stops = ()
    ) -> Iterator[tuple[datetime, datetime]]:
        """The counted windows in [a, b), clipped to it and cut by `stops`, for explanations."""
        for start, end in self.windows_us(to_us(a), to_us(b), _stops_us(stops)):
            yield from_us(start), from_us(end)

    def windows_us(self, a: int, b: int, stops: list[Span] | None = None) -> list[Span]:
        """`windows` in microseconds."""
        if b <= a:
            return []
        spans = self._covering(a, b).spans(a, b)
        return minus(spans, touching(stops, a, b)) if stops else spans

    def is_open(self, instant: datetime) -> bool:
        """Whether time counts at `instant`: window start included, end excluded."""
        us = to_us(instant)
        return self._covering(us, us).is_open(us)

    def next_open(self, instant: datetime) -> datetime:
        """`instant` when it is open, else the next opening."""
        return from_us(self.next_open_us(to_us(instant)))

    def next_open_us(self, us: int) -> int:
        """`next_open` in microseconds."""
        line = self._covering(us, us)
        while (opening := line.opening(us)) is None:
            line = self._grown(line.low, line.high + 1)
        return opening

    # -- many at once -----------------------------------------------------------------------

    def due_many(self, starts: Instants, amount: int | Instants) -> Instants:
        """`add_us` for an int64 array of instants (µs); `amount` in µs, positive, one or each."""
        if not len(starts):
            return starts.copy()
        line = self._covering(int(starts.min()), int(starts.max()))
        while (due := vectorised.due_many(line, starts, amount)) is None:
            line = self._grown(line.low, line.high + 1)
        return due

    def elapsed_many(self, a: Instants, b: Instants) -> Instants:
        """`elapsed_us` for arrays of instants (µs); negative where b is before a."""
        if not len(a):
            return a.copy()
        low, high = min(int(a.min()), int(b.min())), max(int(a.max()), int(b.max()))
        return vectorised.elapsed_many(self._covering(low, high), a, b)

    # -- working days -----------------------------------------------------------------------

    def is_working_day(self, day: date) -> bool:
        """Whether counted time begins on `day` (local); a night shift belongs to its first day."""
        return self.nth_working_day(day - _ONE_DAY, 1) == day

    def nth_working_day(self, day: date, n: int) -> date:
        """The `n`th working day after `day` (before it when negative), which is not counted.

        0 gives `day` itself when it is a working day, else the next working day.
        """
        line = self._line
        ordinal = day.toordinal()
        while True:
            if line.first_day <= ordinal < line.last_day:
                days = line.working_days
                at = (
                    bisect_right(days, ordinal) + n - 1 if n > 0 else bisect_left(days, ordinal) + n
                )
                if 0 <= at < len(days):
                    return date.fromordinal(days[at])
            line = self._grown_days(ordinal, forwards=n >= 0)

    def count_working_days(self, first: date, last: date) -> int:
        """Working days from `first` up to, not including, `last`."""
        line = self._line
        while not (line.first_day <= first.toordinal() and last.toordinal() <= line.last_day):
            ordinal = first.toordinal() if first.toordinal() < line.first_day else last.toordinal()
            line = self._grown_days(ordinal, forwards=ordinal >= line.last_day)
        days = line.working_days
        return bisect_left(days, last.toordinal()) - bisect_left(days, first.toordinal())

    def end_of_working_day(
        self, start: datetime, n: int, ending: DayEnd = DayEnd.MIDNIGHT, stops: Stops = ()
    ) -> datetime:
        """The end of a limit of `n` working days: the day of `start` (local) is not counted.

        n = 0 means the day of `start` when it is a working day, else the next one. A working day
        whose counted time lies wholly inside `stops` is not counted.
        """
        _require_count(n)
        day = self.nth_working_day(local_date(start, self.spec.zone_info), n)
        if stops:
            day = self._after_stopped_days(local_date(start, self.spec.zone_info), n, stops)
        if ending is DayEnd.MIDNIGHT:
            return self.local_midnight(day + _ONE_DAY)
        if ending is DayEnd.SAME_CLOCK:
            return self._at_clock(day, wall_of(start, self.spec.zone_info).time())
        return from_us(self._own_spans(day)[-1][1])

    def start_of_working_day(
        self, start: datetime, n: int, beginning: DayEnd = DayEnd.MIDNIGHT
    ) -> datetime:
        """Backwards: the beginning of the `n`th working day before the day of `start`.

        MIDNIGHT is 00:00 local of that day, LAST_WINDOW its first opening, SAME_CLOCK the clock
        time of `start`. n = 0 means the day of `start` when it is a working day, else the one
        before.
        """
        _require_count(n)
        day = local_date(start, self.spec.zone_info)
        day = self.nth_working_day(day + _ONE_DAY, -1) if n == 0 else self.nth_working_day(day, -n)
        if beginning is DayEnd.MIDNIGHT:
            return self.local_midnight(day)
        if beginning is DayEnd.SAME_CLOCK:
            return self._at_clock(day, wall_of(start, self.spec.zone_info).time())
        return from_us(self._own_spans(day)[0][0])

    def at_time_on_working_day(self, start: datetime, n: int, clock: time | int) -> datetime:
        """`clock` (a local time, or minutes after midnight up to 1440) on the `n`th working day.

        The day of `start` is not counted. n = 0 means the first working day, that of `start`
        included, on which `clock` is not before `start`.
        """
        _require_count(n)
        minutes = clock if isinstance(clock, int) else None
        if minutes is not None and not 0 <= minutes <= MINUTES_PER_DAY:
            raise CalendarError("bad_count", "a clock time is 0 to 1440 minutes after midnight")
        day = self.nth_working_day(local_date(start, self.spec.zone_info), n)
        due = self._at_clock(day, clock)
        if n == 0 and due < start:
            due = self._at_clock(self.nth_working_day(day, 1), clock)
        return due

    def local_midnight(self, day: date) -> datetime:
        """The first instant of `day` in the calendar's zone."""
        return from_us(midnight_us(day, self.spec.zone_info))

    # -- provisional years ------------------------------------------------------------------

    def is_provisional(self, a: datetime, b: datetime) -> bool:
        """Whether [a, b) touches a local year whose holiday schedule is not published.

        The instant `b` itself does not count: due at 24:00 of 31 December is that year's.
        """
        specs: list[CalendarSpec] = []
        spec: CalendarSpec | None = self.spec
        while spec is not None:
            specs.append(spec)
            spec = spec.without
        low, high = to_us(min(a, b)), to_us(max(a, b))
        last = from_us(max(low, high - 1))
        for each in specs:
            if each.published_years is not None:
                years = range(
                    local_date(from_us(low), each.zone_info).year,
                    local_date(last, each.zone_info).year + 1,
                )
                if not each.published_years.issuperset(years):
                    return True
        return False

    # -- inside -----------------------------------------------------------------------------

    def _add_with_stops(self, start: int, amount: int, stops: list[Span]) -> int:
        if amount < 0:
            return self._add_back_with_stops(start, -amount, stops)
        at = start
        for low, high in stops:
            if high <= at:
                continue
            due = self.add_us(at, amount)
            if due <= low if amount else due < low:
                return due
            if at < low:
                amount -= self.elapsed_us(at, low)
            at = high
        return self.add_us(at, amount)

    def _add_back_with_stops(self, start: int, amount: int, stops: list[Span]) -> int:
        at = start
        for low, high in reversed(stops):
            if low >= at:
                continue
            due = self._search_back(at, amount)
            if due >= high:
                return due
            if at > high:
                amount -= self.elapsed_us(high, at)
            at = low
        return self._search_back(at, amount)

    def _search(self, start: int, amount: int) -> int:
        line = self._covering(start, start)
        while (due := line.forwards(start, amount)) is None:
            line = self._grown(line.low, line.high + 1)
        return due

    def _search_back(self, start: int, amount: int) -> int:
        line = self._covering(start, start)
        while (due := line.backwards(start, amount)) is None:
            line = self._grown(line.low - 1, line.high)
        return due

    def _covering(self, low: int, high: int) -> Timeline:
        line = self._line
        if line.low <= low and high <= line.high:
            return line
        return self._grown(low, high)

    def _grown(self, low: int, high: int) -> Timeline:
        """The timeline, made to cover `low` to `high` with room to spare."""
        line = self._line
        while low < line.low or high > line.high:
            first = date.fromordinal(line.first_day).year
            stop = date.fromordinal(line.last_day).year
            room = max(2, stop - first)
            line = self._compiled(
                first - room if low < line.low else first, stop + room if high > line.high else stop
            )
        return line

    def _grown_days(self, ordinal: int, *, forwards: bool) -> Timeline:
        line = self._line
        first = date.fromordinal(line.first_day).year
        stop = date.fromordinal(line.last_day).year
        room = max(2, stop - first)
        if ordinal < line.first_day or (ordinal < line.last_day and not forwards):
            return self._compiled(first - room, stop)
        return self._compiled(first, stop + room)

    def _compiled(self, first: int, stop: int) -> Timeline:
        first, stop = max(first, FIRST_YEAR), min(stop, LAST_YEAR)
        years = (
            date.fromordinal(self._line.first_day).year,
            date.fromordinal(self._line.last_day).year,
        )
        if (first, stop) == years:
            raise CalendarError(
                "beyond_horizon",
                f"{self.spec.name!r} has no answer between {FIRST_YEAR} and {LAST_YEAR - 1}",
            )
        self._line = compile_years(self.spec, self._blocks, range(first, stop))
        return self._line

    def _own_spans(self, day: date) -> list[Span]:
        """The spans that `day` owns; it is a working day."""
        block = self._blocks[day.year]
        return block.spans_of(day.toordinal())

    def _at_clock(self, day: date, clock: time | int) -> datetime:
        if isinstance(clock, int):
            wall = datetime.combine(day, time()) + timedelta(minutes=clock)
        else:
            wall = datetime.combine(day, clock.replace(tzinfo=None, fold=0))
        return from_us(wall_us(wall, self.spec.zone_info))

    def _after_stopped_days(self, first: date, n: int, stops: Stops) -> date:
        """The nth working day after `first` that `stops` leave some counted time of."""
        stopped = _stops_us(stops)
        day = first
        left = n
        while True:
            day = (
                self.nth_working_day(day, 1) if n or day != first else self.nth_working_day(day, 0)
            )
            if minus(self._own_spans(day), stopped):
                left -= 1
                if left <= 0:
                    return day


def _stops_us(stops: Stops) -> list[Span]:
    spans = [(to_us(a), to_us(b)) for a, b in stops]
    for a, b in spans:
        if b < a:
            raise CalendarError("bad_stop", f"a stop ends before it starts: {from_us(a)}")
    return merged(spans)


def _require_count(n: int) -> None:
    if n < 0:
        raise CalendarError("bad_count", "a number of working days is 0 or more")
