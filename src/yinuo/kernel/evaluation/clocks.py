"""Clocks: a limit compiled into a function from a start instant to a due instant."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from yinuo.kernel.calendars import Calendar, DayEnd
from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.facts import Fact
from yinuo.kernel.instants import add_days, add_months, at_wall, wall_of
from yinuo.kernel.plan.limits import (
    DAYS,
    MONTHS,
    SECONDS,
    Agreed,
    Amount,
    ByClock,
    Case,
    Choose,
    Earliest,
    FromAttribute,
    FromParameter,
    Limit,
    Sum,
    Unit,
)
from yinuo.kernel.plan.plan import Parameter
from yinuo.kernel.plan.selectors import test_holds

Stops = Sequence[tuple[datetime, datetime]]
DueTime = Callable[[Subject, datetime, Stops], datetime | None]
ValueOf = Callable[[Subject, str, datetime], Any]
MOST = Decimal(10_000_000)
LARGEST = Decimal(10) ** 15
YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Clock:
    """How one clause counts: its calendar (None counts every minute), zone and direction."""

    calendar: Calendar | None
    zone: ZoneInfo
    backward: bool = False
    day_end: DayEnd = DayEnd.MIDNIGHT

    def move(self, start: datetime, number: Decimal, unit: Unit, stops: Stops) -> datetime:
        """``number`` units after the start (before it when the clock runs backward)."""
        if unit in SECONDS:
            span = timedelta(microseconds=int(number * SECONDS[unit] * 1_000_000))
            return self.move_by(start, span, stops)
        if unit is Unit.WORKING_DAY:
            return self._working_days(start, int(number), stops)
        sign = -1 if self.backward else 1
        if unit in DAYS:
            whole = number * DAYS[unit]
            due = self.days_later(start, sign * int(whole))
            due += sign * timedelta(days=float(whole % 1))
        else:
            due = add_months(start, sign * int(number) * MONTHS[unit], self.zone)
        if stops and not self.backward:
            return after_stops(start, due - start, stops)
        return due

    def move_by(self, start: datetime, span: timedelta, stops: Stops) -> datetime:
        """A length of counted time after (before) the start."""
        if self.backward:
            span = -span
        if self.calendar is not None:
            return self.calendar.add(start, span, stops)
        if stops and not self.backward:
            return after_stops(start, span, stops)
        return start + span

    def elapsed(self, start: datetime, end: datetime, stops: Stops) -> timedelta:
        """Counted time between two instants, without the stops."""
        if self.calendar is not None:
            return self.calendar.elapsed(start, end, stops)
        total = end - start
        for began, ended in stops:
            total -= max(min(ended, end) - max(began, start), timedelta(0))
        return total

    def days_later(self, start: datetime, days: int) -> datetime:
        """The same clock time some days later; plain addition while the offset is the same."""
        due = start + timedelta(days=days)
        if start.astimezone(self.zone).utcoffset() == due.astimezone(self.zone).utcoffset():
            return due
        return add_days(start, days, self.zone)

    def _working_days(self, start: datetime, number: int, stops: Stops) -> datetime:
        if self.calendar is None:
            raise ValueError("a limit in working days needs a calendar")
        if self.backward:
            return self.calendar.start_of_working_day(start, number, self.day_end)
        return self.calendar.end_of_working_day(start, number, self.day_end, stops)


def after_stops(start: datetime, span: timedelta, stops: Stops) -> datetime:
    """``span`` of time after the start, the sorted, disjoint stops not counted."""
    due = start + span
    for began, ended in stops:
        if began >= due:
            break
        if ended > start:
            due += ended - max(began, start)
    return due


def number_of(value: Any) -> Decimal | None:
    """A finite number, or None for anything else; yes and no are no numbers.

    >>> number_of("95"), number_of("far")
    (Decimal('95'), None)
    """
    if isinstance(value, Decimal):
        return value if value.is_finite() and abs(value) < LARGEST else None
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < LARGEST else None


def instant_of(value: Any, zone: ZoneInfo) -> datetime | None:
    """An aware instant: from an ISO text, a date (00:00 in the zone) or an instant; else None.

    Years outside 1900 to 2199 are no instants: calendars end there.
    """
    found = _instant_of(value, zone)
    return found if found is not None and found.year in YEARS else None


def _instant_of(value: Any, zone: ZoneInfo) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else at_wall(value, zone)
    if isinstance(value, date):
        return at_wall(datetime.combine(value, time()), zone)
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        return None
    if parsed.year not in YEARS:
        return None
    return parsed if parsed.tzinfo is not None else at_wall(parsed, zone)


class LimitCompiler:
    """Turns limits into functions; holds what they need besides the clock."""

    def __init__(
        self, parameters: Mapping[str, Parameter], value_of: ValueOf, zone: ZoneInfo
    ) -> None:
        self._parameters = parameters
        self._value_of = value_of
        self._zone = zone

    def compile(self, limit: Limit, clock: Clock) -> DueTime:
        """The due time of a limit; None while something it needs is not known."""
        if isinstance(limit, Amount):
            return _amount(limit, clock)
        if isinstance(limit, FromParameter):
            return self._parameter(limit, clock)
        if isinstance(limit, FromAttribute):
            return _attribute(limit, clock)
        if isinstance(limit, Agreed):
            return _agreed(limit, self._zone)
        if isinstance(limit, ByClock):
            return _by_clock(limit, clock)
        if isinstance(limit, Choose):
            return self._choose(limit, clock)
        parts = tuple(self.compile(part, clock) for part in limit.parts)
        if isinstance(limit, Sum):
            return _sum(parts)
        return _earliest(parts) if isinstance(limit, Earliest) else _latest(parts)

    def _parameter(self, limit: FromParameter, clock: Clock) -> DueTime:
        parameter = self._parameters[limit.name]

        def due(subject: Subject, start: datetime, stops: Stops) -> datetime | None:
            number = parameter_value(subject, parameter)
            if number is None or parameter.unit is None:
                return None
            return clock.move(start, number, parameter.unit, stops)

        return due

    def _choose(self, limit: Choose, clock: Clock) -> DueTime:
        rows = tuple((case, self.compile(case.limit, clock)) for case in limit.cases)

        def due(subject: Subject, start: datetime, stops: Stops) -> datetime | None:
            for case, compiled in rows:
                if self.case_fits(case, subject, start, clock.zone):
                    return compiled(subject, start, stops)
            return None

        return due

    def case_fits(self, case: Case, subject: Subject, start: datetime, zone: ZoneInfo) -> bool:
        """Whether a row of a table fits the subject and the local time of the start."""
        if case.before_minute is not None:
            wall = wall_of(start, zone)
            passed = wall - datetime.combine(wall.date(), time())
            last = timedelta(minutes=case.before_minute)
            if passed > last or (passed == last and not case.is_inclusive):
                return False
        for name, test in case.when.tests:
            value = self._value_of(subject, name, start)
            if value is None or not test_holds(test, value):
                return False
        return True


def parameter_value(subject: Subject, parameter: Parameter) -> Decimal | None:
    """The contract's value within the plan's bounds, else the default."""
    number = number_of(subject.lookup(parameter.name))
    if number is None or number <= 0:
        return parameter.default
    if parameter.lowest is not None:
        number = max(number, parameter.lowest)
    if parameter.highest is not None:
        number = min(number, parameter.highest)
    return min(number, MOST)


def _amount(limit: Amount, clock: Clock) -> DueTime:
    number, unit = limit.number, limit.unit
    if unit in DAYS and number == int(number) and not clock.backward:
        return _whole_days(int(number) * DAYS[unit], clock)
    if unit not in SECONDS:
        return lambda subject, start, stops: clock.move(start, number, unit, stops)
    span = timedelta(microseconds=int(number * SECONDS[unit] * 1_000_000))
    calendar = clock.calendar
    if clock.backward:
        return lambda subject, start, stops: clock.move_by(start, span, stops)
    if calendar is not None:
        return lambda subject, start, stops: calendar.add(start, span, stops)
    return lambda subject, start, stops: after_stops(start, span, stops) if stops else start + span


def _whole_days(days: int, clock: Clock) -> DueTime:
    def due(subject: Subject, start: datetime, stops: Stops) -> datetime | None:
        at = clock.days_later(start, days)
        return after_stops(start, at - start, stops) if stops else at

    return due


def _attribute(limit: FromAttribute, clock: Clock) -> DueTime:
    def due(subject: Subject, start: datetime, stops: Stops) -> datetime | None:
        value: Any = None
        if limit.fact is None:
            value = subject.lookup(limit.attribute)
        else:
            for fact in reversed(subject.by_kind.get(limit.fact, ())):
                value = fact.attrs.get(limit.attribute)
                if value is not None:
                    break
        number = number_of(value)
        if number is None or not 0 <= number <= MOST:
            number = limit.default
        if number is None:
            return None
        return clock.move(start, min(limit.amount(number), MOST), limit.unit, stops)

    return due


def _agreed(limit: Agreed, zone: ZoneInfo) -> DueTime:
    def due(subject: Subject, start: datetime, stops: Stops) -> datetime | None:
        return agreed_time(subject.by_kind.get(limit.fact, ()), limit.attribute, start, zone)

    return due


def agreed_time(
    facts: Sequence[Fact], attribute: str, start: datetime, zone: ZoneInfo
) -> datetime | None:
    """The time agreed: a new agreement counts only while the one before was not yet due."""
    due: datetime | None = None
    for fact in facts:
        agreed = instant_of(fact.attrs.get(attribute), zone)
        if agreed is None or fact.occurred_at < start:
            continue
        if due is None or fact.occurred_at <= due:
            due = agreed
    return due


def _on_day_of_month(limit: ByClock, clock: Clock) -> DueTime:
    """That day of a month; when its time has passed already, of the month after."""
    sign = -1 if clock.backward else 1

    def at(wall: datetime, months: int) -> datetime:
        month = wall.month - 1 + sign * months
        year, month = wall.year + month // 12, month % 12 + 1
        day = min(limit.month_day or 31, monthrange(year, month)[1])
        midnight = datetime.combine(date(year, month, day), time())
        return at_wall(midnight + timedelta(minutes=limit.minute), clock.zone)

    def due(subject: Subject, start: datetime, stops: Stops) -> datetime | None:
        wall = wall_of(start, clock.zone)
        found = at(wall, limit.months)
        has_passed = found > start if clock.backward else found < start
        return at(wall, limit.months + 1) if has_passed else found

    return due


def _by_clock(limit: ByClock, clock: Clock) -> DueTime:
    if limit.month_day is not None:
        return _on_day_of_month(limit, clock)
    sign = -1 if clock.backward else 1

    def due(subject: Subject, start: datetime, stops: Stops) -> datetime | None:
        if limit.working and clock.calendar is not None:
            return clock.calendar.at_time_on_working_day(start, limit.days, limit.minute)
        wall = wall_of(start, clock.zone)
        day = datetime.combine(wall.date(), time()) + sign * timedelta(days=limit.days)
        if limit.weekday is not None:
            day += timedelta(days=(limit.weekday - day.weekday()) % 7)
        at = at_wall(day + timedelta(minutes=limit.minute), clock.zone)
        if not clock.backward and at < start:
            step = 7 if limit.weekday is not None else 1
            at = at_wall(day + timedelta(days=step, minutes=limit.minute), clock.zone)
        return at

    return due


def _sum(parts: tuple[DueTime, ...]) -> DueTime:
    def due(subject: Subject, start: datetime, stops: Stops) -> datetime | None:
        at: datetime | None = start
        for part in parts:
            if at is None:
                return None
            at = part(subject, at, stops)
        return at

    return due


def _earliest(parts: tuple[DueTime, ...]) -> DueTime:
    def due(subject: Subject, start: datetime, stops: Stops) -> datetime | None:
        known = [at for part in parts if (at := part(subject, start, stops)) is not None]
        return min(known, default=None)

    return due


def _latest(parts: tuple[DueTime, ...]) -> DueTime:
    def due(subject: Subject, start: datetime, stops: Stops) -> datetime | None:
        known = [part(subject, start, stops) for part in parts]
        return max((at for at in known if at is not None), default=None) if all(known) else None

    return due
