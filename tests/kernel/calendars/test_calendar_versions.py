"""A calendar whose windows change from a date: each side of the change counts by its own version."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.kernel.calendars.chinese_office import at, shown
from tests.kernel.written import codes, evaluated, fact, only

from yinuo.kernel.calendars import (
    WHOLE_WEEK,
    Calendar,
    CalendarError,
    CalendarSpec,
    CalendarVersion,
    week,
    with_holidays,
)
from yinuo.planfile.holidays import load_statutory_table

OLD = week({day: [("09:00", "17:00")] for day in range(5)})
NEW = week({day: [("09:00", "20:00")] for day in range(6)})
SPEC = CalendarSpec(
    "counter",
    "Asia/Shanghai",
    OLD,
    versions=(
        CalendarVersion(date(2026, 7, 1), NEW),
        CalendarVersion(date(2027, 1, 1), WHOLE_WEEK, ignores_holidays=True),
    ),
)
COUNTER = Calendar(with_holidays(SPEC, load_statutory_table()))


@pytest.mark.req("B-03", "B-04")
@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-06-30 15:00", 4, "2026-07-01 11:00"),
        ("2026-06-30 15:00", 15, "2026-07-02 11:00"),
        ("2026-07-03 19:00", 2, "2026-07-04 10:00"),
        ("2026-12-31 19:00", 3, "2027-01-01 02:00"),
        ("2026-06-26 16:00", 2, "2026-06-29 10:00"),
    ],
)
def test_a_clock_counts_each_side_by_its_own_version(start, hours, due):
    amount = timedelta(hours=hours)
    assert shown(COUNTER.add(at(start), amount)) == due
    assert COUNTER.elapsed(at(start), at(due)) == amount
    back = COUNTER.add(at(due), -amount)
    assert COUNTER.elapsed(back, at(due)) == amount


def test_from_the_version_on_that_ignores_holidays_nothing_is_provisional():
    assert not COUNTER.is_provisional(at("2026-12-31 19:00"), at("2027-01-05 02:00"))
    heeding = Calendar(
        with_holidays(CalendarSpec("office", "Asia/Shanghai", OLD), load_statutory_table())
    )
    assert heeding.is_provisional(at("2026-12-31 19:00"), at("2027-01-05 02:00"))


def test_a_version_begins_with_the_local_day_and_working_days_follow_it():
    assert COUNTER.is_working_day(date(2026, 7, 4))
    assert not COUNTER.is_working_day(date(2026, 6, 27))
    assert shown(COUNTER.end_of_working_day(at("2026-06-30 10:00"), 4)) == "2026-07-05 00:00"


@pytest.mark.parametrize(
    ("dates", "hours", "code"),
    [
        ((date(2026, 7, 1), date(2026, 7, 1)), NEW, "bad_range"),
        ((date(2026, 7, 1), date(2026, 6, 1)), NEW, "bad_range"),
        ((date(2026, 7, 1),), ((),) * 7, "empty_calendar"),
    ],
)
def test_versions_out_of_order_or_without_a_window_are_refused(dates, hours, code):
    with pytest.raises(CalendarError) as refused:
        CalendarSpec(
            "bad",
            "Asia/Shanghai",
            OLD,
            versions=tuple(CalendarVersion(day, hours) for day in dates),
        )
    assert refused.value.code == code


PLAN = """\
plan: trial
title: Trial
version: 1
calendars:
  counter:
    week: {mon-fri: 09:00-17:00}
    holidays: china
    versions:
      - {from: 2026-07-01, week: {mon-sat: 09:00-20:00}}
clauses:
"""
CLAUSE = "  - {id: a, promise: respond, start: reported, end: responded, limit: 4 hours, calendar: counter}\n"


@pytest.mark.req("B-03")
def test_a_plan_says_its_versions_and_names_the_place_of_a_bad_one():
    call = fact("request:1", "reported", "2026-06-30 15:00")
    one = only(evaluated(CLAUSE, [call], "2026-06-30 16:00", PLAN))
    assert shown(one.due_at) == "2026-07-01 11:00"
    late = PLAN.replace(
        "clauses:", "      - {from: 2026-06-01, week: {mon: 09:00-20:00}}\nclauses:"
    )
    assert codes(CLAUSE, late) == [("bad_range", 6, 5)]
    empty = PLAN.replace("mon-sat: 09:00-20:00", "mon: closed")
    assert codes(CLAUSE, empty) == [("empty_calendar", 9, 9)]
