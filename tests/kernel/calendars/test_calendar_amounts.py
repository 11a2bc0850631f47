"""Amounts of counted time: the conventions of docs/algorithms/clocks.md, case by case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.kernel.calendars.chinese_office import ALWAYS, DUTY, NIGHT, OFFICE, at, shown

H = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

FORWARDS = [
    # calendar, start, minutes, due
    (OFFICE, "2026-03-06 17:50", 240, "2026-03-09 13:50"),  # over a weekend and a lunch gap
    (OFFICE, "2026-03-02 08:30", 210, "2026-03-02 12:00"),  # used up at noon: due at noon
    (OFFICE, "2026-03-02 08:30", 211, "2026-03-02 13:31"),
    (OFFICE, "2026-03-02 12:00", 1, "2026-03-02 13:31"),  # noon itself is not counted
    (OFFICE, "2026-03-02 18:00", 480, "2026-03-03 18:00"),
    (OFFICE, "2026-02-13 17:50", 240, "2026-02-14 13:50"),  # Saturday is a make-up day
    (OFFICE, "2026-02-14 17:50", 240, "2026-02-24 13:50"),  # nine days off behind it
    (OFFICE, "2026-03-02 08:30", 0, "2026-03-02 08:30"),
    (OFFICE, "2026-03-02 12:00", 0, "2026-03-02 13:30"),  # nothing: the next opening
    (OFFICE, "2026-03-07 10:00", 0, "2026-03-09 08:30"),
    (ALWAYS, "2026-10-01 15:00", 48 * 60, "2026-10-03 15:00"),  # standby unit, story 3
    (ALWAYS, "2026-12-31 23:59", 2, "2027-01-01 00:01"),
    (DUTY, "2026-10-09 08:29", 2, "2026-10-09 12:01"),  # duty pauses in office hours
    (DUTY, "2026-10-02 23:10", 0, "2026-10-03 08:00"),  # first in the list at 08:00, story 3
    (NIGHT, "2026-03-06 22:00", 8 * 60, "2026-03-07 06:00"),  # Friday's shift ends on Saturday
    (NIGHT, "2026-03-07 05:59", 2, "2026-03-09 22:01"),
    (NIGHT, "2026-03-08 23:00", 60, "2026-03-09 23:00"),  # no shift starts on Sunday
]


@pytest.mark.req("B-03", "LV-14")
@pytest.mark.parametrize(("calendar", "start", "minutes", "due"), FORWARDS)
def test_amount_is_due_at_the_earliest_instant_it_is_used_up(calendar, start, minutes, due) -> None:
    assert shown(calendar.add(at(start), minutes * MINUTE)) == due


BACKWARDS = [
    ("2026-03-09 13:50", 240, "2026-03-06 17:50"),
    ("2026-03-03 08:30", 480, "2026-03-02 08:30"),  # not Friday 18:00: the latest instant
    ("2026-03-02 13:30", 210, "2026-03-02 08:30"),
    ("2026-03-02 13:30", 209, "2026-03-02 08:31"),
    ("2026-02-24 08:30", 480, "2026-02-14 08:30"),
    ("2026-03-08 12:00", 30, "2026-03-06 17:30"),
]


@pytest.mark.req("B-03")
@pytest.mark.parametrize(("event", "minutes", "latest"), BACKWARDS)
def test_backwards_gives_the_latest_instant_with_so_much_time_before_the_event(
    event, minutes, latest
) -> None:
    assert shown(OFFICE.add(at(event), -minutes * MINUTE)) == latest
    assert OFFICE.elapsed(at(latest), at(event)) == minutes * MINUTE
    assert OFFICE.elapsed(at(latest) + MINUTE, at(event)) < minutes * MINUTE


STOPPED = [
    # start, minutes, stops, due
    ("2026-03-02 09:00", 60, [("2026-03-02 09:30", "2026-03-02 10:30")], "2026-03-02 11:00"),
    ("2026-03-02 09:00", 60, [("2026-03-02 10:00", "2026-03-03 10:00")], "2026-03-02 10:00"),
    ("2026-03-02 09:00", 60, [("2026-03-02 09:59", "2026-03-03 10:00")], "2026-03-03 10:01"),
    ("2026-03-02 09:00", 60, [("2026-03-01 09:00", "2026-03-02 09:30")], "2026-03-02 10:30"),
    ("2026-03-02 09:00", 60, [("2026-03-02 18:00", "2026-03-02 19:00")], "2026-03-02 10:00"),
    ("2026-03-02 11:30", 60, [("2026-03-02 12:00", "2026-03-02 13:30")], "2026-03-02 14:00"),
    (  # overlapping, out of order
        "2026-03-02 09:00",
        60,
        [("2026-03-02 10:00", "2026-03-02 11:00"), ("2026-03-02 09:30", "2026-03-02 10:30")],
        "2026-03-02 11:30",
    ),
    ("2026-03-02 09:00", 0, [("2026-03-02 09:00", "2026-03-02 09:30")], "2026-03-02 09:30"),
    ("2026-03-03 09:00", -60, [("2026-03-02 17:00", "2026-03-02 17:45")], "2026-03-02 16:45"),
]


@pytest.mark.req("B-03", "B-05")
@pytest.mark.parametrize(("start", "minutes", "stops", "due"), STOPPED)
def test_time_inside_stops_is_not_counted(start, minutes, stops, due) -> None:
    stops = [(at(a), at(b)) for a, b in stops]
    assert shown(OFFICE.add(at(start), minutes * MINUTE, stops)) == due


def test_elapsed_is_the_sum_of_the_windows_shown() -> None:
    a, b = at("2026-02-13 10:00"), at("2026-02-24 09:00")
    stops = [(at("2026-02-13 11:00"), at("2026-02-13 14:00"))]
    shown_windows = [(shown(s), shown(e)) for s, e in OFFICE.windows(a, b, stops)]
    assert shown_windows == [
        ("2026-02-13 10:00", "2026-02-13 11:00"),
        ("2026-02-13 14:00", "2026-02-13 18:00"),
        ("2026-02-14 08:30", "2026-02-14 12:00"),
        ("2026-02-14 13:30", "2026-02-14 18:00"),
        ("2026-02-24 08:30", "2026-02-24 09:00"),
    ]
    assert OFFICE.elapsed(a, b, stops) == 13.5 * H
    assert OFFICE.elapsed(b, a, stops) == -13.5 * H


@pytest.mark.req("B-04")
def test_elapsed_time_and_time_left_add_up_wherever_a_clock_is_cut() -> None:
    start, amount = at("2026-02-13 10:00"), 20 * H
    due = OFFICE.add(start, amount)
    cut = start
    while cut < due:
        left = amount - OFFICE.elapsed(start, cut)
        assert OFFICE.add(cut, left) == due
        cut += timedelta(hours=5, minutes=7)


def test_microseconds_are_kept() -> None:
    start = at("2026-03-02 09:00") + timedelta(microseconds=7)
    assert OFFICE.add(start, timedelta(microseconds=5)) == start + timedelta(microseconds=5)


def test_questions_far_from_today_are_answered_and_beyond_the_horizon_refused() -> None:
    from yinuo.kernel.calendars import CalendarError

    assert shown(ALWAYS.add(at("1950-05-01 00:00"), 24 * H)) == "1950-05-02 00:00"
    assert ALWAYS.elapsed(at("1950-05-01 00:00"), at("2150-05-01 00:00")).days == 73_049
    with pytest.raises(CalendarError, match="no answer") as refused:
        ALWAYS.add(at("2199-01-01 00:00"), timedelta(days=800))
    assert refused.value.code == "beyond_horizon"


def test_a_time_without_zone_is_refused() -> None:
    naive = at("2026-03-02 09:00").replace(tzinfo=None)
    for question in (OFFICE.is_open, OFFICE.next_open):
        with pytest.raises(TypeError):
            question(naive)
    with pytest.raises(TypeError):
        OFFICE.add(naive, H)
    with pytest.raises(TypeError):
        OFFICE.elapsed(naive, naive)
