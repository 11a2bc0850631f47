"""A calendar as data: which local times count.

Everything here is frozen, hashable and refuses nonsense when built, so that an empty or
contradictory calendar is an error of the plan, never a surprise at run time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from yinuo.kernel.calendars.errors import CalendarError

MINUTES_PER_DAY = 1440
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def minute_of_day(text: str) -> int:
    """Minutes after midnight of "HH:MM"; "24:00" is the end of the day.

    >>> minute_of_day("08:30"), minute_of_day("24:00")
    (510, 1440)
    """
    hours, colon, minutes = text.strip().partition(":")
    if not (colon and hours.isascii() and hours.isdigit() and len(hours) <= 2):
        raise CalendarError("bad_window", f"{text!r} is not a time like 08:30")
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) == 2):
        raise CalendarError("bad_window", f"{text!r} is not a time like 08:30")
    total = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or total > MINUTES_PER_DAY:
        raise CalendarError("bad_window", f"{text!r} is not a time of the day (00:00 to 24:00)")
    return total


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Local times that count, `start` included, `end` excluded, in minutes after midnight.

    A window that crosses midnight has an `end` over 1440 and belongs to the day it starts on.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < MINUTES_PER_DAY:
            raise CalendarError("bad_window", "a window starts between 00:00 and 23:59")
        whole_day = (self.start, self.end) == (0, MINUTES_PER_DAY)
        if not (self.start < self.end < self.start + MINUTES_PER_DAY or whole_day):
            raise CalendarError("bad_window", "a window is shorter than a day, or 00:00–24:00")

    @classmethod
    def of(cls, start: str, end: str) -> Window:
        """The window from `start` to `end`; an `end` not after `start` is on the next day.

        >>> Window.of("22:00", "06:00")
        Window(start=1320, end=1800)
        """
        first, last = minute_of_day(start), minute_of_day(end)
        if first == last:
            raise CalendarError(
                "bad_window", f"{start}–{end} has no length; a whole day is 00:00–24:00"
            )
        return cls(first, last if last > first else last + MINUTES_PER_DAY)

    def __str__(self) -> str:
        end = self.end if self.end <= MINUTES_PER_DAY else self.end - MINUTES_PER_DAY
        return f"{self.start // 60:02}:{self.start % 60:02}–{end // 60:02}:{end % 60:02}"


Day = tuple[Window, ...]
Week = tuple[Day, Day, Day, Day, Day, Day, Day]
WHOLE_DAY: Day = (Window(0, MINUTES_PER_DAY),)
_LEAP_DAY_ONE = date(2000, 1, 1)
EMPTY_WEEK: Week = ((), (), (), (), (), (), ())
WHOLE_WEEK: Week = (WHOLE_DAY,) * 7


def week(days: Mapping[int, Iterable[tuple[str, str]]]) -> Week:
    """A week from weekday (0 is Monday) to its windows; days left out are closed.

    >>> week({0: [("08:30", "12:00"), ("13:30", "18:00")]})[0][1]
    Window(start=810, end=1080)
    """
    if not set(days) <= set(range(7)):
        raise CalendarError("bad_window", "weekdays are numbered 0 (Monday) to 6 (Sunday)")
    built = tuple(
        tuple(sorted(Window.of(start, end) for start, end in days.get(day, ()))) for day in range(7)
    )
    return built[0], built[1], built[2], built[3], built[4], built[5], built[6]


def _check_week(days: Week) -> None:
    for weekday, windows in enumerate(days):
        if list(windows) != sorted(windows):
            raise CalendarError("bad_window", f"windows of {WEEKDAYS[weekday]} are not in order")
        following = [MINUTES_PER_DAY + window.start for window in days[(weekday + 1) % 7][:1]]
        starts = [window.start for window in windows[1:]] + following
        for window, next_start in zip(windows, starts, strict=False):
            if window.end > next_start:
                raise CalendarError(
                    "overlapping_windows", f"{WEEKDAYS[weekday]} {window} overlaps the next window"
                )


@dataclass(frozen=True, slots=True)
class Season:
    """Other windows from `first` to `last` of every year, both (month, day), both included.

    A season may cross the year end (November to February). 29 Feb as `last` is the end of
    February in every year.
    """

    name: str
    first: tuple[int, int]
    last: tuple[int, int]
    weekly: Week

    def __post_init__(self) -> None:
        for month, day in (self.first, self.last):
            try:
                date(2000, month, day)
            except ValueError:
                raise CalendarError("bad_season", f"there is no day {month}-{day}") from None
        _check_week(self.weekly)

    def covers(self, day: date) -> bool:
        """Whether `day` is in the season."""
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True, slots=True)
class LocalRange:
    """A stretch of wall-clock time, `start` included, `end` excluded; naive datetimes."""

    start: datetime
    end: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise CalendarError("bad_range", "a range is written in the calendar's wall-clock time")
        if self.start >= self.end:
            raise CalendarError("bad_range", "a range ends after it starts")


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """Days off and worked weekend days, for the years whose schedule is published.

    In other years `holidays` may hold the days known beforehand; due times there are provisional.
    """

    name: str
    version: str
    holidays: frozenset[date]
    makeup: frozenset[date]
    published_years: frozenset[int]


@dataclass(frozen=True, slots=True)
class CalendarVersion:
    """Other windows from the start of a local date on, until the next version begins.

    With ``ignores_holidays`` days off and make-up days are ordinary days from then on.
    """

    effective_from: date
    weekly: Week
    seasons: tuple[Season, ...] = ()
    ignores_holidays: bool = False

    def __post_init__(self) -> None:
        _check_week(self.weekly)
        if not any(any(days) for days in (self.weekly, *(one.weekly for one in self.seasons))):
            raise CalendarError(
                "empty_calendar", f"the version from {self.effective_from} never opens"
            )


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """Which time counts, in one zone.

    The windows of a day: those of `makeup_weekday` when the date is in `makeup`, none when it is
    in `holidays`, else those of its weekday; from the season the date is in, else from `weekly`.
    `opened` adds time, `closed` takes it away and wins; then `without` is taken away.
    `published_years` None means that no yearly schedule is needed (7×24): nothing is provisional.
    A window that crosses midnight belongs to the day it starts on, also when the next is closed.
    `versions`, in order of their dates, replace `weekly` and `seasons` from those dates on.
    """

    name: str
    zone: str
    weekly: Week
    holidays: frozenset[date] = frozenset()
    makeup: frozenset[date] = frozenset()
    makeup_weekday: int = 0
    published_years: frozenset[int] | None = None
    seasons: tuple[Season, ...] = ()
    opened: tuple[LocalRange, ...] = ()
    closed: tuple[LocalRange, ...] = ()
    without: CalendarSpec | None = None
    version: str = ""
    versions: tuple[CalendarVersion, ...] = ()
    zone_info: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            zone_info = ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError):
            raise CalendarError("unknown_zone", f"unknown time zone {self.zone!r}") from None
        object.__setattr__(self, "zone_info", zone_info)
        _check_week(self.weekly)
        self._check_days()
        _check_seasons(self.seasons)
        self._check_versions()

    def _check_days(self) -> None:
        weeks = (self.weekly, *(season.weekly for season in self.seasons))
        if not any(any(days) for days in weeks) and not self.opened:
            raise CalendarError("empty_calendar", f"calendar {self.name!r} never opens")
        if not 0 <= self.makeup_weekday <= 6:
            raise CalendarError("bad_window", "weekdays are numbered 0 (Monday) to 6 (Sunday)")
        both = self.holidays & self.makeup
        if both:
            raise CalendarError(
                "contradictory_day", f"{min(both)} is both a holiday and a make-up day"
            )

    def _check_versions(self) -> None:
        starts = [one.effective_from for one in self.versions]
        if any(later <= earlier for earlier, later in pairwise(starts)):
            raise CalendarError("bad_range", "versions are written in order, each from a later day")
        for one in self.versions:
            _check_seasons(one.seasons)

    def version_on(self, day: date) -> CalendarVersion | None:
        """The version in force on a day; None before the first."""
        return next((one for one in reversed(self.versions) if one.effective_from <= day), None)

    def heeds_holidays(self, year: int) -> bool:
        """Whether days off matter on some day of a year."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        begun = [one for one in self.versions if first < one.effective_from <= last]
        return any(
            one is None or not one.ignores_holidays for one in (self.version_on(first), *begun)
        )

    def day_windows(self, day: date) -> Day:
        """The regular windows that start on `day`, before `opened`, `closed` and `without`."""
        version = self.version_on(day) if self.versions else None
        source = self if version is None else version
        weekday = day.weekday()
        if version is None or not version.ignores_holidays:
            if day in self.holidays:
                return ()
            weekday = self.makeup_weekday if day in self.makeup else weekday
        for season in source.seasons:
            if season.covers(day):
                return season.weekly[weekday]
        return source.weekly[weekday]


def _check_seasons(seasons: tuple[Season, ...]) -> None:
    leap_year = (_LEAP_DAY_ONE + timedelta(days) for days in range(366))
    for day in leap_year if len(seasons) > 1 else ():
        covering = [season.name for season in seasons if season.covers(day)]
        if len(covering) > 1:
            raise CalendarError(
                "overlapping_seasons", f"{day:%m-%d} is in the seasons {', '.join(covering)}"
            )


def always_open(zone: str = "Asia/Shanghai", name: str = "7x24") -> CalendarSpec:
    """Every minute counts, holidays too."""
    return CalendarSpec(name=name, zone=zone, weekly=WHOLE_WEEK)


def with_holidays(spec: CalendarSpec, table: HolidayTable) -> CalendarSpec:
    """`spec` with the days off, make-up days and published years of `table` added.

    Days the calendar names itself win: a firm that closes on a state make-up day stays closed.
    """
    return replace(
        spec,
        holidays=spec.holidays | (table.holidays - spec.makeup),
        makeup=spec.makeup | (table.makeup - spec.holidays),
        published_years=(spec.published_years or frozenset()) | table.published_years,
    )
