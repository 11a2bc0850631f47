"""The compiled calendar: every question about counted time, in O(log n)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from yinuo.kernel.calendars.counted_time import CountedTime
from yinuo.kernel.calendars.spec import CalendarSpec
from yinuo.kernel.calendars.working_days import WorkingDays
from yinuo.kernel.instants import in_utc, local_date

_INSTANT = timedelta(microseconds=1)


class Calendar(CountedTime, WorkingDays):
    """A `CalendarSpec` compiled for questions. Immutable to its users; safe between threads.

    Instants are aware datetimes, answers are in UTC; a naive datetime raises TypeError.
    Questions are answered from 1900 to 2199; beyond, or when the calendar never opens again,
    `CalendarError("beyond_horizon")`.

    >>> from yinuo.kernel.calendars import week
    >>> hours = week({day: [("08:30", "12:00"), ("13:30", "18:00")] for day in range(5)})
    >>> office = Calendar(CalendarSpec("office", "Asia/Shanghai", hours))
    >>> friday = datetime.fromisoformat("2026-03-06T17:50+08:00")
    >>> office.add(friday, timedelta(hours=4)).isoformat()  # Monday 13:50 in Shanghai
    '2026-03-09T05:50:00+00:00'
    """

    def is_provisional(self, a: datetime, b: datetime) -> bool:
        """Whether [a, b) touches a local year whose holiday schedule is not published.

        The instant of the later one does not count: what is due at 24:00 of 31 December is
        settled by that year's schedule. The order of `a` and `b` does not matter.
        """
        low, high = sorted((in_utc(a), in_utc(b)))
        last = max(low, high - _INSTANT)
        for spec in self._specs():
            if spec.published_years is not None:
                first_year = local_date(low, spec.zone_info).year
                last_year = local_date(last, spec.zone_info).year
                unpublished = set(range(first_year, last_year + 1)) - spec.published_years
                if any(spec.heeds_holidays(year) for year in unpublished):
                    return True
        return False

    def _specs(self) -> Iterator[CalendarSpec]:
        spec: CalendarSpec | None = self.spec
        while spec is not None:
            yield spec
            spec = spec.without
