"""From a `CalendarSpec` to a `Timeline`: local windows become UTC spans, year by year."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from yinuo.kernel.calendars.intervals import Span, merged, minus, touching
from yinuo.kernel.calendars.spec import MINUTES_PER_DAY, CalendarSpec, LocalRange, Window
from yinuo.kernel.calendars.timeline import Timeline
from yinuo.kernel.instants import at_wall, midnight

FIRST_YEAR = 1900
LAST_YEAR = 2200
_ONE_DAY = timedelta(days=1)
Midnights = tuple[datetime, datetime, datetime]


class YearBlock:
    """The counted spans that the days of one year own, and which of its days own any.

    `first_span[i]` is the index of the first span of `working_days[i]`.
    """

    __slots__ = ("first_span", "spans", "working_days")

    def __init__(self, spec: CalendarSpec, year: int, without: list[Span]) -> None:
        holes = _ranges(spec, spec.closed)
        self.spans: list[Span] = []
        self.working_days: list[int] = []
        self.first_span: list[int] = []
        opened = _opened_by_day(spec)
        for day, midnights in _days(spec, year):
            own = [_window_span(spec, day, midnights, window) for window in spec.day_windows(day)]
            own = merged(own + opened.get(day, []))
            for taken in (holes, without):
                if own and taken:
                    own = minus(own, touching(taken, own[0][0], own[-1][1]))
            if own:
                self.working_days.append(day.toordinal())
                self.first_span.append(len(self.spans))
                self.spans.extend(own)

    def spans_of(self, ordinal: int) -> list[Span]:
        """The spans that a day of this year owns; none when it is not a working day."""
        at = bisect_left(self.working_days, ordinal)
        if at == len(self.working_days) or self.working_days[at] != ordinal:
            return []
        following = self.first_span[at + 1 : at + 2] or [len(self.spans)]
        return self.spans[self.first_span[at] : following[0]]


def _days(spec: CalendarSpec, year: int) -> Iterator[tuple[date, Midnights]]:
    """The days of `year`, each with the instants of this, the next and the second next midnight."""
    day = date(year, 1, 1)
    zone = spec.zone_info
    this, following = midnight(day, zone), midnight(day + _ONE_DAY, zone)
    while day.year == year:
        second = midnight(day + 2 * _ONE_DAY, zone)
        yield day, (this, following, second)
        day, this, following = day + _ONE_DAY, following, second


def _window_span(spec: CalendarSpec, day: date, midnights: Midnights, window: Window) -> Span:
    return (
        _minute_instant(spec, day, midnights, window.start),
        _minute_instant(spec, day, midnights, window.end),
    )


def _minute_instant(spec: CalendarSpec, day: date, midnights: Midnights, minute: int) -> datetime:
    """The instant of a minute after `day`'s midnight; days without a clock change need no zone."""
    days, rest = divmod(minute, MINUTES_PER_DAY)
    if not rest:
        return midnights[days]
    if midnights[days + 1] - midnights[days] == _ONE_DAY:
        return midnights[days] + timedelta(minutes=rest)
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    return at_wall(wall, spec.zone_info)


def _ranges(spec: CalendarSpec, ranges: tuple[LocalRange, ...]) -> list[Span]:
    zone = spec.zone_info
    return merged((at_wall(r.start, zone), at_wall(r.end, zone)) for r in ranges)


def _opened_by_day(spec: CalendarSpec) -> dict[date, list[Span]]:
    """Extra opened time, cut at local midnight: each part belongs to its own date."""
    zone = spec.zone_info
    by_day: dict[date, list[Span]] = {}
    for extra in spec.opened:
        start = extra.start
        while start < extra.end:
            end = min(extra.end, datetime.combine(start.date() + _ONE_DAY, time()))
            span = (at_wall(start, zone), at_wall(end, zone))
            by_day.setdefault(start.date(), []).append(span)
            start = end
    return by_day


class CompiledYears:
    """The years of a calendar, and of the one taken away from it, compiled when first asked for."""

    def __init__(self, spec: CalendarSpec) -> None:
        self._spec = spec
        self._blocks: dict[int, YearBlock] = {}
        self._without = None if spec.without is None else CompiledYears(spec.without)

    def block(self, year: int) -> YearBlock:
        """The block of one year."""
        if year not in self._blocks:
            self._blocks[year] = YearBlock(self._spec, year, self._taken_around(year))
        return self._blocks[year]

    def timeline(self, years: range) -> Timeline:
        """The timeline of consecutive years.

        Valid from the second day of the first year, because a window of the day before the first
        may still be running on the first.
        """
        blocks = [self.block(year) for year in years]
        spans = [span for block in blocks for span in block.spans]
        working = [day for block in blocks for day in block.working_days]
        low = midnight(date(years.start, 1, 2), self._spec.zone_info)
        high = midnight(date(years.stop, 1, 1), self._spec.zone_info)
        return Timeline(spans, (low, high), years, working)

    def _taken_around(self, year: int) -> list[Span]:
        """The time to take away, with room for another zone and night shifts."""
        if self._without is None:
            return []
        years = range(year - 1, year + 2)
        return merged(span for each in years for span in self._without.block(each).spans)
