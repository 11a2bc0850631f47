"""The part of a calendar that grows: which years are compiled so far."""

from __future__ import annotations

from datetime import date, datetime

from yinuo.kernel.calendars.compiling import FIRST_YEAR, LAST_YEAR, CompiledYears
from yinuo.kernel.calendars.errors import CalendarError
from yinuo.kernel.calendars.spec import CalendarSpec
from yinuo.kernel.calendars.timeline import Timeline

_AT_FIRST = range(2025, 2028)


class Coverage:
    """A spec and its timeline, which is replaced by a longer one when a question needs it.

    Years are only ever added and a timeline never changes, so threads may ask at the same time:
    at worst one compiles again what another has just compiled.
    """

    def __init__(self, spec: CalendarSpec) -> None:
        self.spec = spec
        self._years = CompiledYears(spec)
        self._line = self._years.timeline(_AT_FIRST)
        self._midnights: dict[date, datetime] = {}  # at most one a day between 1900 and 2200
        if spec.without is not None and not self._line.working_days:
            raise CalendarError(
                "empty_calendar", f"nothing is left of {spec.name!r} without {spec.without.name!r}"
            )

    def _covering(self, low: datetime, high: datetime) -> Timeline:
        """A timeline valid from `low` to `high`."""
        line = self._line
        while low < line.low:
            line = self._earlier(line)
        while high > line.high:
            line = self._later(line)
        return line

    def _earlier(self, line: Timeline) -> Timeline:
        """A timeline that starts before `line` does; each is twice as long as the last."""
        return self._longer(line, range(line.years.start - len(line.years), line.years.stop))

    def _later(self, line: Timeline) -> Timeline:
        """A timeline that ends after `line` does; each is twice as long as the last."""
        return self._longer(line, range(line.years.start, line.years.stop + len(line.years)))

    def _longer(self, line: Timeline, years: range) -> Timeline:
        years = range(max(years.start, FIRST_YEAR), min(years.stop, LAST_YEAR))
        if years == line.years:
            raise CalendarError(
                "beyond_horizon",
                f"{self.spec.name!r} has no answer between {FIRST_YEAR} and {LAST_YEAR - 1}",
            )
        longer = self._years.timeline(years)
        if len(years) > len(self._line.years):
            self._line = longer
        return longer
