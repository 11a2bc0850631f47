"""One year of statutory days, as the State Council names it each November for the next year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from yinuo.kernel.calendars.spec import HolidayTable

SATURDAY = 5
# Off in every year since 2000, whatever else the schedule says: (month, day).
ALWAYS_OFF = ((1, 1), (5, 1), (10, 1))


@dataclass(frozen=True, slots=True)
class StatutoryYear:
    """Days off (weekends within them included) and worked weekend days of one calendar year."""

    year: int
    off: frozenset[date]
    worked: frozenset[date]


class YearProblem(StrEnum):
    """What keeps a year from being taken."""

    OTHER_YEAR = "other_year"
    OFF_AND_WORKED = "off_and_worked"
    WORKED_ON_WEEKDAY = "worked_on_weekday"
    NOT_OFF = "not_off"


def year_problems(year: StatutoryYear) -> tuple[tuple[YearProblem, date], ...]:
    """Every day that cannot be right, with the reason, in order of the day; empty when all can.

    A worked day is a Saturday or Sunday by nature; New Year's Day, Labour Day and National Day are
    always off.
    """
    found = [
        *((YearProblem.OTHER_YEAR, day) for day in year.off | year.worked if day.year != year.year),
        *((YearProblem.OFF_AND_WORKED, day) for day in year.off & year.worked),
        *((YearProblem.WORKED_ON_WEEKDAY, day) for day in year.worked if day.weekday() < SATURDAY),
    ]
    always = {date(year.year, month, day) for month, day in ALWAYS_OFF}
    found += [(YearProblem.NOT_OFF, day) for day in always - year.off]
    return tuple(sorted(found, key=lambda one: (one[1], one[0])))


def with_years(table: HolidayTable, years: Iterable[StatutoryYear]) -> HolidayTable:
    """The table with these years in place of what it held of them; each counts as published."""
    held = {one.year: one for one in years}
    off = {day for day in table.holidays if day.year not in held}
    worked = {day for day in table.makeup if day.year not in held}
    return replace(
        table,
        holidays=frozenset(off.union(*(one.off for one in held.values()))),
        makeup=frozenset(worked.union(*(one.worked for one in held.values()))),
        published_years=table.published_years | held.keys(),
    )
