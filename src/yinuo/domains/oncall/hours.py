"""In which time a turn counts: the daily hours without office hours, holidays known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.contracts.statutory import statutory_days
from yinuo.domains.network.shifts import Window as OfficeWindow
from yinuo.domains.oncall.types import RotaData
from yinuo.kernel.calendars import (
    Calendar,
    CalendarSpec,
    HolidayTable,
    Week,
    Window,
    with_holidays,
)
from yinuo.kernel.calendars.intervals import Span, minus

WEEK = 7


def duty_calendar(rota: RotaData, table: HolidayTable | None = None) -> Calendar:
    """The calendar of a rota's duty: every day's hours, less the office hours of working days.

    On days off no office hour is taken away; a make-up day has those of a Monday. In years whose
    schedule is not published the statutory days known beforehand count.
    """
    known = table or statutory_days().table
    every = cast(Week, tuple((Window(rota.begins, rota.ends),) for _ in range(WEEK)))
    zone = settings.TIME_ZONE
    office = None
    if rota.office:
        weekly = CalendarSpec(name="office", zone=zone, weekly=_week(rota.office))
        office = with_holidays(weekly, known)
    return Calendar(CalendarSpec(name="duty", zone=zone, weekly=every, without=office))


def gaps_in(calendar: Calendar, turns: Iterable[Span], low: datetime, high: datetime) -> list[Span]:
    """Duty time from `low` to `high` that no turn covers; `turns` sorted and disjoint."""
    return minus(list(calendar.windows(low, high)), turns)


def days_with_duty(
    calendar: Calendar, turns: Iterable[Span], low: datetime, high: datetime
) -> tuple[int, float]:
    """On how many local days from `low` to `high` these turns have duty time, and its seconds."""
    zone = ZoneInfo(settings.TIME_ZONE)
    windows = [
        window
        for begin, end in turns
        if max(low, begin) < min(high, end)
        for window in calendar.windows(max(low, begin), min(high, end))
    ]
    days = {begin.astimezone(zone).date() for begin, _end in windows}
    return len(days), sum((end - begin).total_seconds() for begin, end in windows)


def _week(office: Iterable[OfficeWindow]) -> Week:
    days: dict[int, list[Window]] = defaultdict(list)
    for one in sorted(office):
        days[one.weekday - 1].append(Window(one.start, one.end))
    # Seven of them: what the calendar calls a week.
    return cast(Week, tuple(tuple(days[day]) for day in range(WEEK)))
