"""A calendar counted the slow obvious way: one minute after another.

Written from `docs/algorithms/clocks.md`, not from the kernel: it shares the spec's data classes
and nothing else. A window of day D from s to e is running from the first moment the clock on the
wall has reached "D s" until the first moment it has reached "D e"; the clock has reached x when
it shows x or a later time now or did so before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yinuo.kernel.calendars import CalendarSpec

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
Stops = Sequence[tuple[datetime, datetime]]


class OutOfSpanError(Exception):
    """The answer lies outside the minutes that were listed."""


def in_force(spec: CalendarSpec, day: date):
    """The spec itself, or the last of its versions whose date has come."""
    found = spec
    for version in spec.versions:
        if version.effective_from <= day:
            found = version
    return found


def season_weekly(spec: CalendarSpec, day: date):
    spec = in_force(spec, day)
    for season in spec.seasons:
        (m1, d1), (m2, d2) = season.first, season.last
        after_first = (day.month, day.day) >= (m1, d1)
        before_last = (day.month, day.day) <= (m2, d2)
        wraps = (m1, d1) > (m2, d2)
        if (after_first or before_last) if wraps else (after_first and before_last):
            return season.weekly
    return spec.weekly


def windows_starting_on(spec: CalendarSpec, day: date) -> list[tuple[datetime, datetime]]:
    """The regular windows of a day as wall-clock times."""
    ignores_holidays = getattr(in_force(spec, day), "ignores_holidays", False)
    if day in spec.holidays and not ignores_holidays:
        return []
    is_makeup = day in spec.makeup and not ignores_holidays
    weekday = spec.makeup_weekday if is_makeup else day.weekday()
    midnight = datetime.combine(day, time())
    return [
        (midnight + timedelta(minutes=window.start), midnight + timedelta(minutes=window.end))
        for window in season_weekly(spec, day)[weekday]
    ]


class MinuteCalendar:
    """Every minute of [first, last) with the days that own it; no owner means it is closed."""

    def __init__(self, spec: CalendarSpec, first: datetime, last: datetime) -> None:
        self.spec = spec
        self.zone = ZoneInfo(spec.zone)
        self.first = first.astimezone(UTC)
        self.owners: list[tuple[date, ...]] = []
        self.reached: list[datetime] = []
        without = MinuteCalendar(spec.without, first, last) if spec.without else None
        windows: dict[date, list[tuple[datetime, datetime]]] = {}
        # The clock has reached at least what it showed in the two days before.
        reached = max(
            (self.first - k * timedelta(minutes=15)).astimezone(self.zone).replace(tzinfo=None)
            for k in range(200)
        )
        t = self.first
        while t < last:
            reached = max(reached, t.astimezone(self.zone).replace(tzinfo=None))
            today = reached.date()
            owners = []
            for day in (today - DAY, today):
                if day not in windows:
                    windows[day] = windows_starting_on(spec, day)
                if any(start <= reached < end for start, end in windows[day]):
                    owners.append(day)
            if today not in owners and any(r.start <= reached < r.end for r in spec.opened):
                owners.append(today)
            if any(r.start <= reached < r.end for r in spec.closed):
                owners = []
            if without is not None and without.owners[len(self.owners)]:
                owners = []
            self.owners.append(tuple(owners))
            self.reached.append(reached)
            t += MINUTE
        self.working_days = {day for owners in self.owners for day in owners}

    def index(self, t: datetime) -> int:
        index = (t - self.first) // MINUTE
        if not 0 <= index <= len(self.owners):
            raise OutOfSpanError
        return index

    def instant(self, index: int) -> datetime:
        return self.first + index * MINUTE

    def counts(self, index: int, stops: Stops) -> bool:
        """Whether the minute that starts at `index` counts."""
        if not 0 <= index < len(self.owners):
            raise OutOfSpanError
        if not self.owners[index]:
            return False
        t = self.instant(index)
        return not any(a <= t < b for a, b in stops)

    def is_open(self, t: datetime) -> bool:
        return self.counts(self.index(t), ())

    def add(self, start: datetime, minutes: int, stops: Stops = ()) -> datetime:
        index, left = self.index(start), minutes
        if minutes < 0:
            while left < 0:
                index -= 1
                left += self.counts(index, stops)
            return self.instant(index)
        if minutes == 0:
            while not self.counts(index, stops):
                index += 1
            return self.instant(index)
        while left > 0:
            left -= self.counts(index, stops)
            index += 1
        return self.instant(index)

    def elapsed(self, a: datetime, b: datetime, stops: Stops = ()) -> timedelta:
        return sum(self.counts(i, stops) for i in range(self.index(a), self.index(b))) * MINUTE

    def windows(self, a: datetime, b: datetime, stops: Stops = ()):
        spans, opened = [], None
        for i in range(self.index(a), self.index(b)):
            if self.counts(i, stops):
                opened = self.instant(i) if opened is None else opened
            elif opened is not None:
                spans.append((opened, self.instant(i)))
                opened = None
        if opened is not None:
            spans.append((opened, b))
        return spans

    # -- days ----------------------------------------------------------------------------------

    def whole_days(self) -> list[date]:
        """The local dates all of whose windows lie inside the listed minutes."""
        first = self.first.astimezone(self.zone).date() + DAY
        last = self.instant(len(self.owners)).astimezone(self.zone).date() - 2 * DAY
        return [first + n * DAY for n in range((last - first).days + 1)]

    def is_working_day(self, day: date) -> bool:
        if day not in self.whole_days():
            raise OutOfSpanError
        return day in self.working_days

    def first_reached(self, wall: datetime) -> datetime:
        """The first listed minute at which the clock on the wall has reached `wall`."""
        i = bisect_left(self.reached, wall)
        if i == len(self.reached):
            raise OutOfSpanError
        return self.instant(i)

    def end_of_day(self, day: date, ending: str, start: datetime) -> datetime:
        if ending == "midnight":
            return self.first_reached(datetime.combine(day + DAY, time()))
        if ending == "last_window":
            return self.instant(max(i for i, o in enumerate(self.owners) if day in o) + 1)
        wall = start.astimezone(self.zone).replace(tzinfo=None)
        if wall.date() == day:
            return start
        return self.first_reached(datetime.combine(day, wall.time()))

    def end_of_working_day(
        self, start: datetime, n: int, ending: str, stops: Stops = ()
    ) -> datetime:
        day = start.astimezone(self.zone).date()
        day = day + DAY if n else day
        left = max(n, 1)
        while True:
            if self.is_working_day(day):
                end = self.end_of_day(day, ending, start)
                left -= not any(a < end <= b for a, b in stops)
                if left == 0:
                    return end
            day += DAY

    def start_of_working_day(self, start: datetime, n: int) -> datetime:
        day = start.astimezone(self.zone).date()
        day = day - DAY if n else day
        left = max(n, 1)
        while True:
            left -= self.is_working_day(day)
            if left == 0:
                return self.first_reached(datetime.combine(day, time()))
            day -= DAY
