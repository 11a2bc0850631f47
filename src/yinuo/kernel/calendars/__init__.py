"""Counted time: calendars as data (`CalendarSpec`) and their arithmetic (`Calendar`).

What it never does: read the clock, read a file, know a clause. Conventions, each with a worked
table in `docs/algorithms/clocks.md`: windows and stops are half-open; an amount used up exactly
at a window's end is due at that end; the day of the start is not counted in working days.
"""

from yinuo.kernel.calendars.calendar import Calendar
from yinuo.kernel.calendars.errors import CalendarError
from yinuo.kernel.calendars.spec import (
    EMPTY_WEEK,
    WHOLE_WEEK,
    CalendarSpec,
    CalendarVersion,
    HolidayTable,
    LocalRange,
    Season,
    Week,
    Window,
    always_open,
    minute_of_day,
    week,
    with_holidays,
)
from yinuo.kernel.calendars.statutory import (
    StatutoryYear,
    YearProblem,
    with_years,
    year_problems,
)
from yinuo.kernel.calendars.working_days import DayEnd

__all__ = [
    "EMPTY_WEEK",
    "WHOLE_WEEK",
    "Calendar",
    "CalendarError",
    "CalendarSpec",
    "CalendarVersion",
    "DayEnd",
    "HolidayTable",
    "LocalRange",
    "Season",
    "StatutoryYear",
    "Week",
    "Window",
    "YearProblem",
    "always_open",
    "minute_of_day",
    "week",
    "with_holidays",
    "with_years",
    "year_problems",
]
