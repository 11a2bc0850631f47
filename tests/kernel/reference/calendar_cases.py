"""Seeded calendars and moments, drawn towards where calendars go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from tests.kernel.reference.minute_calendar import DAY, MINUTE

from yinuo.kernel.calendars import (
    EMPTY_WEEK,
    WHOLE_WEEK,
    CalendarError,
    CalendarSpec,
    CalendarVersion,
    LocalRange,
    Season,
    Week,
    Window,
)

# (zone, a day near which its clock does something, or the year does)
FOCI = (
    ("Asia/Shanghai", date(2026, 2, 14)),  # make-up Saturday, then nine days off
    ("Asia/Shanghai", date(2024, 2, 29)),
    ("Asia/Shanghai", date(2026, 10, 9)),
    ("America/New_York", date(2026, 3, 8)),  # 02:00 to 03:00
    ("America/New_York", date(2026, 11, 1)),  # 02:00 back to 01:00
    ("Europe/Dublin", date(2025, 3, 30)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour back
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Sao_Paulo", date(2018, 11, 4)),  # midnight is skipped
    ("America/Sao_Paulo", date(2018, 2, 18)),  # 23:00 twice
    ("Asia/Tehran", date(2022, 3, 22)),  # midnight is skipped
    ("Asia/Beirut", date(2024, 3, 31)),  # midnight is skipped
    ("Africa/Cairo", date(2024, 10, 31)),  # 23:00 twice
    ("America/St_Johns", date(2010, 11, 7)),  # 00:01 back to 23:01
    ("Pacific/Apia", date(2011, 12, 30)),  # a whole day is skipped
    ("Pacific/Kwajalein", date(1993, 8, 21)),  # a whole day is skipped
    ("Africa/Casablanca", date(2026, 3, 22)),
    ("Asia/Kathmandu", date(2025, 12, 31)),
    ("Pacific/Chatham", date(2026, 9, 27)),
    ("UTC", date(2023, 12, 31)),
)
FOCUS_DAY = 5  # the focus is this many days into the span
OFFICE = (Window(510, 720), Window(810, 1080))
DAYS = (
    (), OFFICE, OFFICE, (Window(540, 1080),), (Window(0, 1440),), (Window(1320, 1800),),
    (Window(0, 360), Window(1320, 1440)), (Window(60, 120), Window(150, 180)),
    (Window(30, 61), Window(1380, 1500)), (Window(119, 181),), (Window(0, 1),), (Window(1439, 1440),),
    (Window(720, 2159),),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A calendar, and the span of minutes in which it is asked."""

    spec: CalendarSpec
    first: datetime
    last: datetime


def random_week(rng: Random) -> Week:
    if rng.random() < 0.3:
        day = rng.choice(DAYS[1:5])
        return (day, day, day, day, day, (), ())
    return tuple(rng.choice(DAYS) for _ in range(7))  # type: ignore[return-value]


def random_days(rng: Random, focus: date, most: int) -> frozenset[date]:
    return frozenset(focus + rng.randint(-6, 12) * DAY for _ in range(rng.randint(0, most)))


def random_ranges(rng: Random, focus: date, most: int) -> tuple[LocalRange, ...]:
    ranges = []
    for _ in range(rng.randint(0, most)):
        start = datetime.combine(focus, time()) + rng.randint(-6 * 1440, 12 * 1440) * MINUTE
        ranges.append(LocalRange(start, start + rng.choice((1, 30, 90, 600, 1440, 3000)) * MINUTE))
    return tuple(ranges)


def random_seasons(rng: Random, focus: date) -> tuple[Season, ...]:
    if rng.random() < 0.7:
        return ()
    border = focus + rng.randint(-4, 8) * DAY
    other = border + rng.choice((2, 40, 180)) * DAY
    first = Season("first", (border.month, border.day), (other.month, other.day), random_week(rng))
    if rng.random() < 0.5:
        return (first,)
    begin, end = other + DAY, border - 30 * DAY
    return (
        first,
        Season("second", (begin.month, begin.day), (end.month, end.day), random_week(rng)),
    )


def random_versions(rng: Random, focus: date) -> tuple[CalendarVersion, ...]:
    """One or two changes of the windows near the focus, sometimes on the first or last day."""
    begin = focus + rng.randint(-5, 4) * DAY
    starts = (begin, begin + rng.randint(1, 5) * DAY)[: rng.choice((1, 1, 2))]
    return tuple(
        CalendarVersion(
            start,
            WHOLE_WEEK if rng.random() < 0.2 else random_week(rng),
            random_seasons(rng, focus) if rng.random() < 0.2 else (),
            rng.random() < 0.3,
        )
        for start in starts
    )


def random_spec(rng: Random, zone: str, focus: date, depth: int = 0) -> CalendarSpec:
    """A calendar that can be built; what cannot is drawn again."""
    while True:
        holidays = random_days(rng, focus, 5)
        without = None
        if depth == 0 and rng.random() < 0.2:
            other = zone if rng.random() < 0.7 else rng.choice(FOCI)[0]
            without = random_spec(rng, other, focus, depth + 1)
        weekly = rng.choices((random_week(rng), WHOLE_WEEK, EMPTY_WEEK), (20, 4, 1))[0]
        try:
            return CalendarSpec(
                name="generated",
                zone=zone,
                weekly=weekly,
                holidays=holidays if rng.random() < 0.6 else frozenset(),
                makeup=random_days(rng, focus, 3) - holidays,
                makeup_weekday=rng.choice((0, 0, 0, 4, 6)),
                seasons=random_seasons(rng, focus),
                opened=random_ranges(rng, focus, 2) if rng.random() < 0.3 else (),
                closed=random_ranges(rng, focus, 2) if rng.random() < 0.3 else (),
                without=without,
                versions=random_versions(rng, focus) if rng.random() < 0.3 else (),
            )
        except CalendarError:
            continue


def random_case(rng: Random) -> Case:
    zone, focus = rng.choice(FOCI)
    spec = random_spec(rng, zone, focus)
    middle = datetime.combine(focus, time(12), ZoneInfo(zone)).astimezone(UTC)
    return Case(spec, middle - FOCUS_DAY * DAY, middle + 10 * DAY)


def random_moment(rng: Random, case: Case) -> datetime:
    """Often on an hour, on a day near the focus, sometimes anywhere in the span."""
    minutes = (case.last - case.first) // MINUTE
    if rng.random() < 0.7:
        at = round(rng.gauss(FOCUS_DAY, 1.5) * 1440)
        at -= at % rng.choice((1, 30, 60))
        return case.first + min(max(at, 0), minutes - 1) * MINUTE
    return case.first + rng.randrange(minutes) * MINUTE


def random_stops(rng: Random, case: Case) -> tuple[tuple[datetime, datetime], ...]:
    """Up to four stops, in any order, some overlapping or empty."""
    stops = []
    for _ in range(rng.choice((0, 0, 1, 1, 2, 4))):
        start = random_moment(rng, case)
        stops.append((start, start + rng.choice((0, 1, 15, 120, 600, 1440, 2880)) * MINUTE))
    return tuple(stops)
