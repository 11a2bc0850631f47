"""Calendars the tests of this folder share."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from yinuo.kernel.calendars import Calendar, CalendarSpec, always_open, week, with_holidays
from yinuo.planfile.holidays import load_statutory_table

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = [("08:30", "12:00"), ("13:30", "18:00")]
OFFICE_SPEC = with_holidays(
    CalendarSpec("office", "Asia/Shanghai", week(dict.fromkeys(range(5), HOURS))),
    load_statutory_table(),
)
OFFICE = Calendar(OFFICE_SPEC)
ALWAYS = Calendar(always_open())
DUTY = Calendar(
    CalendarSpec(
        "duty",
        "Asia/Shanghai",
        week({day: [("08:00", "22:30")] for day in range(7)}),
        without=OFFICE_SPEC,
    )
)
NIGHT = Calendar(
    CalendarSpec("night", "Asia/Shanghai", week({day: [("22:00", "06:00")] for day in range(5)}))
)


def at(text: str) -> datetime:
    """An instant in Shanghai from "2026-03-02 08:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def shown(instant: datetime) -> str:
    """An instant as the clock in Shanghai shows it."""
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
