"""Limits in working days."""

from __future__ import annotations

from datetime import date, time

import pytest
from tests.kernel.calendars.chinese_office import ALWAYS, DUTY, NIGHT, OFFICE, at, shown

from yinuo.kernel.calendars import CalendarError, DayEnd

ENDS = [
    # start, days, end
    ("2026-09-21 10:00", 20, "2026-10-27 00:00"),  # return repair, story 5: end of 26 October
    ("2026-02-15 02:50", 2, "2026-02-26 00:00"),  # part with the customer, story 1
    ("2026-03-02 00:00", 1, "2026-03-04 00:00"),
    ("2026-03-02 23:59", 1, "2026-03-04 00:00"),
    ("2026-02-13 10:00", 1, "2026-02-15 00:00"),  # the make-up Saturday
    ("2026-03-07 10:00", 0, "2026-03-10 00:00"),  # a Saturday: the next working day
    ("2026-03-06 10:00", 0, "2026-03-07 00:00"),
    ("2026-12-30 10:00", 1, "2027-01-01 00:00"),
]


@pytest.mark.req("SA-10", "B-03")
@pytest.mark.parametrize(("start", "days", "end"), ENDS)
def test_limit_ends_at_midnight_after_the_nth_working_day(start, days, end) -> None:
    assert shown(OFFICE.end_of_working_day(at(start), days)) == end


def test_other_ends_of_the_day_are_the_last_window_and_the_same_clock_time() -> None:
    start = at("2026-03-06 09:10")
    assert shown(OFFICE.end_of_working_day(start, 1, DayEnd.LAST_WINDOW)) == "2026-03-09 18:00"
    assert shown(OFFICE.end_of_working_day(start, 1, DayEnd.SAME_CLOCK)) == "2026-03-09 09:10"


BEFORE = [
    ("2026-10-09 10:00", 2, "2026-09-30 00:00"),
    ("2026-03-09 10:00", 1, "2026-03-06 00:00"),
    ("2026-03-08 10:00", 0, "2026-03-06 00:00"),
    ("2026-03-06 10:00", 0, "2026-03-06 00:00"),
]


@pytest.mark.parametrize(("event", "days", "start"), BEFORE)
def test_backwards_the_nth_working_day_before_the_event_begins(event, days, start) -> None:
    assert shown(OFFICE.start_of_working_day(at(event), days)) == start


def test_backwards_ends_are_the_first_opening_and_the_same_clock_time() -> None:
    event = at("2026-03-09 10:07")
    assert shown(OFFICE.start_of_working_day(event, 1, DayEnd.LAST_WINDOW)) == "2026-03-06 08:30"
    assert shown(OFFICE.start_of_working_day(event, 1, DayEnd.SAME_CLOCK)) == "2026-03-06 10:07"


CLOCK = [
    (OFFICE, "2026-03-06 17:59", 1, time(18), "2026-03-09 18:00"),  # next working day 18:00
    (OFFICE, "2026-03-06 17:59", 0, time(18), "2026-03-06 18:00"),
    (OFFICE, "2026-03-06 18:01", 0, time(18), "2026-03-09 18:00"),
    (ALWAYS, "2026-03-06 19:30", 1, 720, "2026-03-07 12:00"),  # after 19:00: noon next day
    (OFFICE, "2026-03-06 10:00", 0, 1440, "2026-03-07 00:00"),
]


@pytest.mark.parametrize(("calendar", "start", "days", "clock", "due"), CLOCK)
def test_clock_time_on_a_working_day(calendar, start, days, clock, due) -> None:
    assert shown(calendar.at_time_on_working_day(at(start), days, clock)) == due


STOPPED = [
    # stops, end of one working day from Monday 2 March
    ([("2026-03-03 09:00", "2026-03-03 17:00")], "2026-03-04 00:00"),  # runs again at midnight
    ([("2026-03-03 09:00", "2026-03-04 09:00")], "2026-03-05 00:00"),  # a day of stop: a day later
    ([("2026-03-03 09:00", "2026-03-04 00:00")], "2026-03-05 00:00"),
    ([("2026-03-04 00:00", "2026-03-05 09:00")], "2026-03-04 00:00"),  # ended when it stopped
    ([("2026-03-06 09:00", "2026-03-09 09:00")], "2026-03-04 00:00"),
    ([("2026-03-02 11:00", "2026-03-03 11:00")], "2026-03-04 00:00"),
]


@pytest.mark.req("B-05")
@pytest.mark.parametrize(("stops", "end"), STOPPED)
def test_a_stop_moves_the_limit_by_the_working_days_that_end_in_it(stops, end) -> None:
    stops = [(at(a), at(b)) for a, b in stops]
    assert shown(OFFICE.end_of_working_day(at("2026-03-02 10:00"), 1, stops=stops)) == end


def test_a_night_shift_belongs_to_the_day_it_starts_on() -> None:
    assert NIGHT.is_working_day(date(2026, 3, 6))
    assert not NIGHT.is_working_day(date(2026, 3, 7))
    end = NIGHT.end_of_working_day(at("2026-03-05 10:00"), 1, DayEnd.LAST_WINDOW)
    assert shown(end) == "2026-03-07 06:00"


def test_working_days_are_counted_between_dates() -> None:
    assert OFFICE.count_working_days(date(2026, 2, 9), date(2026, 3, 2)) == 11
    assert OFFICE.count_working_days(date(2026, 3, 2), date(2026, 2, 9)) == -11
    assert DUTY.count_working_days(date(2026, 10, 1), date(2026, 11, 1)) == 31
    assert OFFICE.nth_working_day(date(2026, 2, 14), -5) == date(2026, 2, 9)


def test_every_day_is_a_working_day_of_a_calendar_that_never_closes() -> None:
    assert shown(ALWAYS.end_of_working_day(at("2026-10-01 15:00"), 3)) == "2026-10-05 00:00"


@pytest.mark.parametrize("question", ["end_of_working_day", "start_of_working_day"])
def test_a_negative_number_of_days_is_refused(question) -> None:
    with pytest.raises(CalendarError, match="0 or more"):
        getattr(OFFICE, question)(at("2026-03-02 10:00"), -1)


def test_a_clock_time_outside_the_day_is_refused() -> None:
    with pytest.raises(CalendarError, match="1440"):
        OFFICE.at_time_on_working_day(at("2026-03-02 10:00"), 1, 1441)
