"""Questions about working days: the Nth one, when it ends, how many there are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from yinuo.kernel.calendars.coverage import Coverage
from yinuo.kernel.calendars.errors import CalendarError
from yinuo.kernel.calendars.intervals import Span
from yinuo.kernel.calendars.spec import MINUTES_PER_DAY
from yinuo.kernel.calendars.stops import Stops, normalised
from yinuo.kernel.calendars.timeline import Timeline
from yinuo.kernel.instants import at_wall, in_utc, local_date, midnight, wall_of

_ONE_DAY = timedelta(days=1)


class DayEnd(StrEnum):
    """When on the Nth working day a limit in working days ends (backwards: begins)."""

    MIDNIGHT = "midnight"  # 24:00 local of that day; backwards its 00:00
    LAST_WINDOW = "last_window"  # end of its last window; backwards its first opening
    SAME_CLOCK = "same_clock"  # the clock time of the start


class WorkingDays(Coverage):
    """Counting days that own counted time; a night shift belongs to the day it starts on."""

    def is_working_day(self, day: date) -> bool:
        """Whether any counted window starts on `day` (a local date)."""
        return self.nth_working_day(day, 0) == day

    def nth_working_day(self, day: date, n: int) -> date:
        """The `n`th working day after `day` (before it when negative), `day` not counted.

        0 gives `day` itself when it is a working day, else the next one.
        """
        ordinal = day.toordinal()
        line = self._covering_dates(day, day)
        while True:
            days = line.working_days
            at = bisect_right(days, ordinal) + n - 1 if n > 0 else bisect_left(days, ordinal) + n
            if 0 <= at < len(days):
                return date.fromordinal(days[at])
            line = self._later(line) if n >= 0 else self._earlier(line)

    def count_working_days(self, first: date, last: date) -> int:
        """Working days from `first` up to, not including, `last`; negative when `last` is before.

        The same dates the other way round give the same number with the other sign.
        """
        if last < first:
            return -self.count_working_days(last, first)
        days = self._covering_dates(first, last).working_days
        return bisect_left(days, last.toordinal()) - bisect_left(days, first.toordinal())

    def end_of_working_day(
        self, start: datetime, n: int, ending: DayEnd = DayEnd.MIDNIGHT, stops: Stops = ()
    ) -> datetime:
        """The end of a limit of `n` working days; the local day of `start` is not counted.

        n = 0 means the day of `start` when it is a working day, else the next one. A day counts
        when the clock runs at its end, so each stop moves the limit by the number of working days
        that end inside it, and no limit ends while the clock is stopped. With LAST_WINDOW or
        SAME_CLOCK and n = 0 the answer may be before `start`.
        """
        first, stopped = self._first_day(start, n), normalised(stops)
        if not stopped:
            return self._end(self.nth_working_day(first, n), start, ending)
        day = self.nth_working_day(first, min(n, 1))
        left = max(n, 1)
        while True:
            end = self._end(day, start, ending)
            left -= not any(low < end <= high for low, high in stopped)
            if not left:
                return end
            if end > stopped[-1][1]:
                return self._end(self.nth_working_day(day, left), start, ending)
            day = self.nth_working_day(day, 1)

    def start_of_working_day(
        self, start: datetime, n: int, beginning: DayEnd = DayEnd.MIDNIGHT
    ) -> datetime:
        """Backwards: the beginning of the `n`th working day before the local day of `start`.

        n = 0 means the day of `start` when it is a working day, else the one before.
        """
        first = self._first_day(start, n)
        day = self.nth_working_day(first, -n) if n else self.nth_working_day(first + _ONE_DAY, -1)
        if beginning is DayEnd.MIDNIGHT:
            return self.local_midnight(day)
        if beginning is DayEnd.LAST_WINDOW:
            return self._own_spans(day)[0][0]
        return self._clock(day, start)

    def at_time_on_working_day(self, start: datetime, n: int, clock: time | int) -> datetime:
        """`clock` (local time, or minutes after midnight up to 1440) on the `n`th working day.

        The local day of `start` is not counted. n = 0 means the first working day, that of
        `start` included, on which `clock` is not before `start`.
        """
        if isinstance(clock, int):
            if not 0 <= clock <= MINUTES_PER_DAY:
                raise CalendarError("bad_count", "a clock time is 0 to 1440 minutes after midnight")
            after_midnight = timedelta(minutes=clock)
        else:
            after_midnight = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
        day = self.nth_working_day(self._first_day(start, n), n)
        due = self._after_midnight(day, after_midnight)
        if n == 0 and due < start:
            due = self._after_midnight(self.nth_working_day(day, 1), after_midnight)
        return due

    def local_midnight(self, day: date) -> datetime:
        """The first instant of `day` in the calendar's zone, in UTC."""
        found = self._midnights.get(day)
        if found is None:
            found = self._midnights[day] = midnight(day, self.spec.zone_info)
        return found

    def _first_day(self, start: datetime, n: int) -> date:
        if n < 0:
            raise CalendarError("bad_count", "a number of working days is 0 or more")
        return local_date(start, self.spec.zone_info)

    def _after_midnight(self, day: date, after: timedelta) -> datetime:
        return at_wall(datetime.combine(day, time()) + after, self.spec.zone_info)

    def _end(self, day: date, start: datetime, ending: DayEnd) -> datetime:
        if ending is DayEnd.MIDNIGHT:
            return self.local_midnight(day + _ONE_DAY)
        if ending is DayEnd.LAST_WINDOW:
            return self._own_spans(day)[-1][1]
        return self._clock(day, start)

    def _clock(self, day: date, start: datetime) -> datetime:
        """The clock time of `start` on `day`; on the day of `start` that is `start` itself."""
        wall = wall_of(start, self.spec.zone_info)
        if day == wall.date():
            return in_utc(start)
        return at_wall(datetime.combine(day, wall.time()), self.spec.zone_info)

    def _own_spans(self, day: date) -> list[Span]:
        """The spans a working day of a compiled year owns."""
        return self._years.block(day.year).spans_of(day.toordinal())

    def _covering_dates(self, first: date, last: date) -> Timeline:
        line = self._line
        while first.year < line.years.start:
            line = self._earlier(line)
        while last.year >= line.years.stop:
            line = self._later(line)
        return line
