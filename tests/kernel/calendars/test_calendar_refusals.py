"""A calendar that makes no sense cannot be built."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yinuo.kernel.calendars import (
    EMPTY_WEEK,
    WHOLE_WEEK,
    Calendar,
    CalendarError,
    CalendarSpec,
    LocalRange,
    Season,
    Window,
    always_open,
    week,
)

MORNING = week({0: [("08:00", "12:00")]})


def spec(**changes):
    return CalendarSpec(**{"name": "office", "zone": "Asia/Shanghai", "weekly": MORNING, **changes})


REFUSED = [
    ("unknown_zone", lambda: spec(zone="Asia/Nowhere")),
    ("unknown_zone", lambda: spec(zone="../etc/passwd")),
    ("unknown_zone", lambda: spec(zone="")),
    ("empty_calendar", lambda: spec(weekly=EMPTY_WEEK)),
    ("empty_calendar", lambda: Calendar(spec(without=always_open()))),
    ("bad_window", lambda: week({0: [("08:00", "08:00")]})),
    ("bad_window", lambda: week({0: [("08:00", "24:01")]})),
    ("bad_window", lambda: week({0: [("8", "12:00")]})),
    ("bad_window", lambda: week({0: [("24:00", "06:00")]})),
    ("bad_window", lambda: week({0: [("08:60", "12:00")]})),
    ("bad_window", lambda: week({0: [("八:00", "12:00")]})),
    ("bad_window", lambda: week({7: [("08:00", "12:00")]})),
    ("bad_window", lambda: Window(600, 600)),
    ("bad_window", lambda: Window(600, 2040)),
    ("bad_window", lambda: spec(makeup_weekday=7)),
    ("overlapping_windows", lambda: spec(weekly=week({0: [("08:00", "12:00"), ("11:59", "18:00")]}))),
    ("overlapping_windows", lambda: spec(weekly=week({0: [("22:00", "06:00")], 1: [("05:00", "09:00")]}))),
    ("overlapping_windows", lambda: spec(weekly=week({6: [("22:00", "06:00")], 0: [("05:00", "09:00")]}))),
    ("bad_season", lambda: Season("s", (2, 30), (3, 1), MORNING)),
    (
        "overlapping_seasons",
        lambda: spec(
            seasons=(Season("a", (5, 1), (9, 30), MORNING), Season("b", (9, 30), (10, 31), MORNING))
        ),
    ),
    ("contradictory_day", lambda: spec(holidays=frozenset({date(2026, 1, 1)}), makeup=frozenset({date(2026, 1, 1)}))),
    ("bad_range", lambda: LocalRange(datetime(2026, 1, 2), datetime(2026, 1, 2))),  # noqa: DTZ001
    ("bad_range", lambda: LocalRange(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC))),
]  # fmt: skip


@pytest.mark.req("B-03")
@pytest.mark.parametrize(("code", "build"), REFUSED)
def test_nonsense_is_refused_when_built(code, build) -> None:
    with pytest.raises(CalendarError) as refused:
        build()
    assert refused.value.code == code


def test_windows_that_touch_are_no_overlap() -> None:
    touching = week({0: [("00:00", "08:00"), ("08:00", "24:00")], 1: [("00:00", "06:00")]})
    start = datetime(2026, 3, 1, 16, tzinfo=UTC)
    windows = list(Calendar(spec(weekly=touching)).windows(start, start.replace(day=4)))
    assert [(a.isoformat(), b.isoformat()) for a, b in windows] == [
        ("2026-03-01T16:00:00+00:00", "2026-03-02T22:00:00+00:00")
    ]


def test_a_stop_that_ends_before_it_starts_is_refused() -> None:
    a, b = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    with pytest.raises(CalendarError, match="ends before it starts"):
        Calendar(spec(weekly=WHOLE_WEEK)).elapsed(b, a, [(a, b)])
