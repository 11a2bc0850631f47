"""Zones whose clock jumps: windows, working days and calendar units."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from yinuo.kernel.calendars import Calendar, CalendarSpec, always_open, week
from yinuo.kernel.instants import (
    Rounding,
    add_days,
    add_months,
    add_years,
    at_wall,
    round_instant,
    shift_date,
)

NEW_YORK = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def every_day(zone: str, start: str, end: str) -> Calendar:
    return Calendar(CalendarSpec("shift", zone, week({day: [(start, end)] for day in range(7)})))


LENGTHS = [
    # zone, window, day, hours really counted
    ("America/New_York", "00:00", "24:00", "2026-03-08", 23),
    ("America/New_York", "00:00", "24:00", "2026-11-01", 25),
    ("America/New_York", "01:00", "05:00", "2026-03-08", 3),
    ("America/New_York", "02:00", "03:00", "2026-03-08", 0),  # the hour that does not exist
    ("America/New_York", "02:30", "04:00", "2026-03-08", 1),
    ("America/New_York", "00:00", "01:30", "2026-11-01", 1.5),  # until 01:30 the first time
    ("America/New_York", "01:30", "02:00", "2026-11-01", 1.5),  # from then until 02:00
    ("Australia/Lord_Howe", "00:00", "24:00", "2026-04-05", 24.5),
    ("America/Sao_Paulo", "00:00", "02:00", "2018-11-04", 1),  # there was no midnight
    ("Asia/Shanghai", "00:00", "24:00", "2026-03-08", 24),
]


@pytest.mark.req("G16")
@pytest.mark.parametrize(("zone", "start", "end", "day", "hours"), LENGTHS)
def test_a_window_is_as_long_as_the_clock_makes_it(zone, start, end, day, hours) -> None:
    calendar = every_day(zone, start, end)
    midnight = calendar.local_midnight(date.fromisoformat(day))
    following = calendar.local_midnight(date.fromisoformat(day) + timedelta(1))
    assert calendar.elapsed(midnight, following) == hours * HOUR


@pytest.mark.req("G16")
def test_a_day_that_a_zone_skips_is_no_working_day() -> None:
    apia = Calendar(always_open("Pacific/Apia"))
    assert not apia.is_working_day(date(2011, 12, 30))
    assert apia.nth_working_day(date(2011, 12, 29), 1) == date(2011, 12, 31)


WALLS = [
    (
        "America/New_York",
        "2026-03-08T02:30",
        "2026-03-08T07:00",
    ),  # skipped: the instant of the change
    ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),  # twice: the first
    ("America/New_York", "2026-11-01T02:00", "2026-11-01T07:00"),
    ("Asia/Beirut", "2024-03-31T00:00", "2024-03-30T22:00"),
    ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00"),
    ("Asia/Shanghai", "2026-03-08T02:30", "2026-03-07T18:30"),
]


@pytest.mark.req("G16")
@pytest.mark.parametrize(("zone", "local", "utc"), WALLS)
def test_a_wall_clock_time_is_the_first_instant_the_clock_has_reached_it(zone, local, utc) -> None:
    assert at_wall(wall(local), ZoneInfo(zone)) == wall(utc).replace(tzinfo=UTC)


def test_the_wall_clock_rule_is_monotone_over_every_change_of_many_zones() -> None:
    for zone in (
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
        "Africa/Casablanca",
    ):
        moment, last = wall("2017-01-01T00:00"), datetime(1900, 1, 1, tzinfo=UTC)
        while moment.year < 2019:
            here = at_wall(moment, ZoneInfo(zone))
            assert here >= last
            last, moment = here, moment + timedelta(minutes=47)


UNITS = [
    (add_days, "2026-03-07T02:30", 1, "2026-03-08T03:00"),  # 02:30 is skipped: the change
    (add_days, "2026-03-07T02:30", 2, "2026-03-09T02:30"),
    (add_days, "2026-11-02T01:30", -1, "2026-11-01T01:30"),
    (add_months, "2026-01-31T10:00", 1, "2026-03-01T10:00"),
    (add_months, "2026-03-31T10:00", -1, "2026-03-01T10:00"),
    (add_months, "2025-11-30T10:00", 14, "2027-01-30T10:00"),
    (add_years, "2024-02-29T00:00", 3, "2027-03-01T00:00"),
    (add_years, "2024-02-29T00:00", 4, "2028-02-29T00:00"),
    (add_years, "2025-03-18T00:00", 3, "2028-03-18T00:00"),
]


@pytest.mark.req("G16")
@pytest.mark.parametrize(("move", "start", "number", "end"), UNITS)
def test_calendar_units_keep_the_clock_on_the_wall(move, start, number, end) -> None:
    moved = move(at_wall(wall(start), NEW_YORK), number, NEW_YORK)
    assert moved == at_wall(wall(end), NEW_YORK)


def test_nothing_added_stays_even_in_the_repeated_hour() -> None:
    second_time = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert add_days(second_time, 0, NEW_YORK) == second_time


def test_terms_follow_one_another_without_gap_in_date_arithmetic() -> None:
    for ordinal in range(date(2023, 12, 1).toordinal(), date(2024, 4, 1).toordinal()):
        day = date.fromordinal(ordinal)
        assert shift_date(day, months=1) <= shift_date(day + timedelta(1), months=1)


ROUNDED = [
    (15, Rounding.UP, "2026-03-02T10:01", "2026-03-02T10:15"),
    (15, Rounding.UP, "2026-03-02T10:15", "2026-03-02T10:15"),
    (60, Rounding.DOWN, "2026-03-02T10:59", "2026-03-02T10:00"),
    (1440, Rounding.UP, "2026-03-02T10:59", "2026-03-03T00:00"),
]


@pytest.mark.parametrize(("step", "rounding", "instant", "rounded"), ROUNDED)
def test_instants_round_to_steps_of_the_local_day(step, rounding, instant, rounded) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    given = wall(instant).replace(tzinfo=zone)
    assert round_instant(given, step, rounding, zone) == wall(rounded).replace(tzinfo=zone)
    with pytest.raises(ValueError, match="divides"):
        round_instant(given, 7, rounding, zone)
