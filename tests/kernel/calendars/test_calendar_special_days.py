"""Seasons, extra days, a calendar without another, statutory days and provisional years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.kernel.calendars.chinese_office import (
    ALWAYS,
    DUTY,
    HOURS,
    OFFICE,
    OFFICE_SPEC,
    at,
    shown,
)

from yinuo.kernel.calendars import Calendar, LocalRange, Season, week, with_holidays
from yinuo.planfile.holidays import load_statutory_table

TABLE = load_statutory_table()
OFF_2026 = [((1, 1), 3), ((2, 15), 9), ((4, 4), 3), ((5, 1), 5), ((6, 19), 3), ((9, 25), 3), ((10, 1), 7)]  # fmt: skip
WORKED_2026 = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]


@pytest.mark.req("B-03")
def test_2026_is_the_state_councils_schedule() -> None:
    off = {date(2026, *first) + timedelta(n) for first, days in OFF_2026 for n in range(days)}
    assert {day for day in TABLE.holidays if day.year == 2026} == off
    assert {day for day in TABLE.makeup if day.year == 2026} == {
        date(2026, *d) for d in WORKED_2026
    }


def test_every_published_year_has_its_fixed_days_and_works_only_on_weekends() -> None:
    assert TABLE.published_years == frozenset(range(2004, 2027))
    for year in TABLE.published_years:
        assert {date(year, 1, 1), date(year, 5, 1), date(year, 10, 1)} <= TABLE.holidays
    assert all(day.weekday() >= 5 for day in TABLE.makeup)
    assert not TABLE.holidays & TABLE.makeup


def test_a_year_to_come_has_the_days_the_law_names_and_no_make_up_days() -> None:
    known = {day for day in TABLE.holidays if day.year == 2027}
    assert known == {
        date(2027, 1, 1),
        *(date(2027, 2, day) for day in (5, 6, 7, 8)),  # Spring Festival is 6 February
        date(2027, 4, 5),
        date(2027, 5, 1),
        date(2027, 5, 2),
        date(2027, 6, 9),
        date(2027, 9, 15),
        *(date(2027, 10, day) for day in (1, 2, 3)),
    }
    assert date(2033, 9, 8) in TABLE.holidays  # Mid-Autumn before the leap month of 2033
    assert not any(day.year >= 2027 for day in TABLE.makeup)


@pytest.mark.parametrize(
    ("start", "end", "provisional"),
    [
        ("2026-12-01 00:00", "2027-01-01 00:00", False),  # 24:00 of 31 December
        ("2026-12-01 00:00", "2027-01-01 00:01", True),
        ("2027-01-01 00:00", "2026-12-01 00:00", False),
        ("2027-03-01 00:00", "2027-03-01 00:00", True),
        ("2003-12-31 23:59", "2004-02-01 00:00", True),
        ("2005-12-31 23:59", "2006-02-01 00:00", False),
    ],
)
def test_a_span_that_touches_an_unpublished_year_is_provisional(start, end, provisional) -> None:
    assert OFFICE.is_provisional(at(start), at(end)) is provisional
    assert (
        DUTY.is_provisional(at(start), at(end)) is provisional
    )  # by the office hours it leaves out
    assert not ALWAYS.is_provisional(at(start), at(end))


@pytest.mark.req("B-03")
def test_publishing_a_year_moves_due_times_only_in_it() -> None:
    notice = replace(
        TABLE,
        makeup=TABLE.makeup | {date(2027, 1, 3)},
        published_years=TABLE.published_years | {2027},
    )
    later = Calendar(
        with_holidays(replace(OFFICE_SPEC, holidays=frozenset(), makeup=frozenset()), notice)
    )
    assert shown(OFFICE.end_of_working_day(at("2026-12-31 10:00"), 1)) == "2027-01-05 00:00"
    assert shown(later.end_of_working_day(at("2026-12-31 10:00"), 1)) == "2027-01-04 00:00"
    assert shown(later.add(at("2026-12-01 10:00"), timedelta(hours=40))) == shown(
        OFFICE.add(at("2026-12-01 10:00"), timedelta(hours=40))
    )
    assert not later.is_provisional(at("2026-12-31 10:00"), at("2027-02-01 00:00"))


def test_days_a_calendar_names_itself_win_over_the_table() -> None:
    own = replace(
        OFFICE_SPEC, holidays=frozenset({date(2026, 2, 14)}), makeup=frozenset({date(2026, 10, 1)})
    )
    calendar = Calendar(with_holidays(own, TABLE))
    assert not calendar.is_working_day(date(2026, 2, 14))
    assert calendar.is_working_day(date(2026, 10, 1))
    assert not calendar.is_working_day(date(2026, 10, 2))


def test_a_make_up_day_has_the_windows_of_the_weekday_it_stands_for() -> None:
    hours = dict.fromkeys(range(5), HOURS) | {4: [("08:30", "12:00")]}
    friday = Calendar(replace(OFFICE_SPEC, weekly=week(hours), makeup_weekday=4))
    monday = Calendar(replace(OFFICE_SPEC, weekly=week(hours)))
    saturday = at("2026-02-14 00:00"), at("2026-02-15 00:00")
    assert friday.elapsed(*saturday) == timedelta(hours=3.5)
    assert monday.elapsed(*saturday) == timedelta(hours=8)


def test_a_season_has_its_own_windows_from_its_first_to_its_last_day() -> None:
    summer = Season(
        "summer", (5, 1), (9, 30), week({day: [("08:00", "12:00")] for day in range(5)})
    )
    winter = Season(
        "winter", (11, 15), (2, 29), week({day: [("09:00", "12:00")] for day in range(5)})
    )
    calendar = Calendar(replace(OFFICE_SPEC, holidays=frozenset(), seasons=(summer, winter)))
    hours = {
        day: calendar.elapsed(at(f"{day} 00:00"), at(f"{day} 23:59")) / timedelta(hours=1)
        for day in ("2026-04-30", "2026-05-01", "2026-09-30", "2026-10-01", "2026-11-13", "2026-11-16",
                    "2027-01-04", "2027-02-26", "2027-03-01", "2028-02-29")
    }  # fmt: skip
    assert list(hours.values()) == [8, 4, 4, 8, 8, 3, 3, 3, 8, 3]


def test_closed_time_wins_over_opened_time() -> None:
    extra = LocalRange(datetime(2026, 3, 7, 9), datetime(2026, 3, 8, 2))  # noqa: DTZ001
    power_cut = LocalRange(datetime(2026, 3, 6, 17), datetime(2026, 3, 7, 10))  # noqa: DTZ001
    calendar = Calendar(replace(OFFICE_SPEC, opened=(extra,), closed=(power_cut,)))
    windows = calendar.windows(at("2026-03-06 13:00"), at("2026-03-09 00:00"))
    assert [(shown(a), shown(b)) for a, b in windows] == [
        ("2026-03-06 13:30", "2026-03-06 17:00"),
        ("2026-03-07 10:00", "2026-03-08 02:00"),
    ]
    assert calendar.is_working_day(date(2026, 3, 7))
    assert calendar.is_working_day(date(2026, 3, 8))  # extra time is cut at midnight


@pytest.mark.req("LV-14")
def test_duty_covers_the_lunch_gap_the_evening_and_the_holidays() -> None:
    on_duty = [
        "2026-10-01 15:00",
        "2026-09-30 12:30",
        "2026-09-30 08:29",
        "2026-09-30 22:29",
        "2026-10-11 10:00",
    ]
    off_duty = [
        "2026-09-30 09:00",
        "2026-10-10 09:00",
        "2026-10-02 23:10",
        "2026-09-30 22:30",
        "2026-09-30 07:59",
    ]
    assert all(DUTY.is_open(at(moment)) for moment in on_duty)
    assert not any(DUTY.is_open(at(moment)) for moment in off_duty)
