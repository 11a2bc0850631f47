"""Limits: how long a promise runs, as data. A limit says nothing about when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yinuo.kernel.plan.selectors import Condition


class Unit(StrEnum):
    """Units of time. Hours and shorter count in the clause's calendar, days and longer do not."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    WORKING_MINUTE = "working_minute"
    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


SECONDS = {
    Unit.SECOND: 1,
    Unit.MINUTE: 60,
    Unit.HOUR: 3600,
    Unit.WORKING_MINUTE: 60,
    Unit.WORKING_HOUR: 3600,
}
MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
WORKING = frozenset({Unit.WORKING_MINUTE, Unit.WORKING_HOUR, Unit.WORKING_DAY})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of units. ``lowest`` is the lower end of a range; the upper end is the promise."""

    number: Decimal
    unit: Unit
    lowest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FromParameter:
    """The contract's value of a parameter the plan declares (unit and default are there)."""

    name: str


@dataclass(frozen=True, slots=True)
class FromAttribute:
    """A number in a fact; without a fact kind the newest value on the subject or its links.

    Of the number, what lies ``beyond`` counts, in started steps of ``per_started`` when given; each
    one is ``factor`` of ``unit``.
    """

    attribute: str
    unit: Unit
    fact: str | None = None
    default: Decimal | None = None
    factor: Decimal = Decimal(1)
    beyond: Decimal = Decimal(0)
    per_started: Decimal | None = None

    def amount(self, number: Decimal) -> Decimal:
        """How many of ``unit`` a number comes to.

        >>> FromAttribute("km", Unit.MINUTE, factor=Decimal(30), beyond=Decimal(100),
        ...               per_started=Decimal(50)).amount(Decimal(160))
        Decimal('60')
        """
        counted = max(number - self.beyond, Decimal(0))
        if self.per_started is not None:
            whole, rest = divmod(counted, self.per_started)
            counted = whole + (1 if rest else 0)
        return counted * self.factor


@dataclass(frozen=True, slots=True)
class Agreed:
    """The instant a fact names (``until``): the promise is due then."""

    fact: str
    attribute: str = "until"


@dataclass(frozen=True, slots=True)
class ByClock:
    """A time of day some days after the start: ``days`` 0 is the start's own day.

    ``working`` counts working days of the clause's calendar, else natural days. ``minute`` is the
    minute of the day, 1440 for 24:00. With ``weekday`` the day is the next such weekday; with
    ``month_day`` that day of the month ``months`` later (31 is the last day of any month).
    """

    days: int
    minute: int
    working: bool = False
    weekday: int | None = None
    month_day: int | None = None
    months: int = 0


@dataclass(frozen=True, slots=True)
class Sum:
    """One part after the other, in the order written."""

    parts: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class Earliest:
    """The part that is due first; parts that are not known yet are left out."""

    parts: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class Latest:
    """The part that is due last; unknown while any part is unknown."""

    parts: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One row of a table: the limit that holds when the conditions and the time of day fit.

    The start lies before ``before_minute`` of the local day, or with ``is_inclusive`` at it.
    """

    limit: Limit
    when: Condition
    before_minute: int | None = None
    is_inclusive: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """A table: the first case that fits, from the top."""

    cases: tuple[Case, ...]


Limit = Amount | FromParameter | FromAttribute | Agreed | ByClock | Sum | Earliest | Latest | Choose


def parts_of(limit: Limit) -> tuple[Limit, ...]:
    """The limits directly inside a limit."""
    if isinstance(limit, Sum | Earliest | Latest):
        return limit.parts
    if isinstance(limit, Choose):
        return tuple(case.limit for case in limit.cases)
    return ()


def names_in(limit: Limit) -> frozenset[str]:
    """Selectors and parameters whose value decides how long a limit is."""
    names: set[str] = set()
    for part in every_part(limit):
        if isinstance(part, FromParameter):
            names.add(part.name)
        elif isinstance(part, Choose):
            names.update(name for case in part.cases for name in case.when.names)
    return frozenset(names)


def every_part(limit: Limit) -> tuple[Limit, ...]:
    """A limit and everything inside it, outer ones first."""
    found: list[Limit] = [limit]
    for part in parts_of(limit):
        found.extend(every_part(part))
    return tuple(found)
