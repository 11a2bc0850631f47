"""When the price of a miss changes by itself: the end of a grace, of a step, of a band."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from yinuo.kernel.calendars import Calendar
from yinuo.kernel.evaluation.clocks import Clock
from yinuo.kernel.instants import local_date, midnight
from yinuo.kernel.plan.limits import WORKING, Amount, Unit
from yinuo.kernel.plan.remedies import Extension, Money, Per, Remedy
from yinuo.kernel.remedies.figured import ends, seconds
from yinuo.kernel.remedies.steps import steps_late, stretch_seconds

# What comes right after a boundary: an event exactly at the due instant is in time.
_JUST_AFTER = timedelta(microseconds=1)
_ONE_DAY = timedelta(days=1)
# What grows in proportion is brought up to date at each full hour of lateness, what grows by steps
# shorter than a minute at some full minute.
_IN_PROPORTION = Decimal(3600)
_SHORTEST = Decimal(60)


class Lateness(NamedTuple):
    """How late a promise is at an instant, and the clock its clause counts with."""

    due: datetime
    until: datetime
    clock: Clock


def grows_at(remedy: Remedy, late: Lateness) -> datetime | None:
    """The first instant after `late.until` at which the remedy's amount or days may be others.

    Until then it stays the same, what is counted in proportion excepted. None when it never
    changes by itself. Caps are not looked at.
    """
    graced = _end_of_grace(remedy, late)
    if graced is not None and graced >= late.until:
        return graced + _JUST_AFTER
    term = _steps_of(remedy)
    if term is None:
        return None
    calendar = late.clock.calendar if remedy.in_calendar else None
    counted = late.until - late.due
    if calendar is not None:
        counted = calendar.elapsed(late.due, late.until, ())
    lengths = _lengths(term, seconds(counted))
    found = [_instant(length, late, calendar) for length in lengths]
    return min([*_dated(term, late), *found], default=None)


def _steps_of(remedy: Remedy) -> Money | None:
    """How a remedy grows by steps, in the words of money; None for what is given whole."""
    if isinstance(remedy.term, Money):
        return remedy.term
    if isinstance(remedy.term, Extension):
        return Money(None, per=remedy.term.per, step=remedy.term.step)
    return None


def _end_of_grace(remedy: Remedy, late: Lateness) -> datetime | None:
    """The last instant that the grace forgives."""
    grace = remedy.grace
    if grace is None:
        return None
    length = None if grace.unit in WORKING else stretch_seconds(grace)
    clock = Clock(late.clock.calendar, late.clock.zone)
    if length is None:
        return clock.move(late.due, grace.number, grace.unit, ())
    if remedy.in_calendar and clock.calendar is not None:
        return clock.calendar.add(late.due, _span(length), ())
    return late.due + _span(length)


def _lengths(term: Money, counted: Decimal) -> Iterable[Decimal]:
    """The next ends of steps and bands, in seconds of counted lateness."""
    step = None if term.step is None else stretch_seconds(term.step)
    if term.pro_rata:
        step = _IN_PROPORTION
    if step is not None and term.per in (Per.STARTED, Per.FULL):
        if step < _SHORTEST:
            step = _next_multiple(_SHORTEST, step)
        yield _next_multiple(counted, step)
    for band in term.bands:
        low, high = ends(band)
        for end in (low, high):
            if end is not None and end >= counted:
                yield end
        if term.graduated and step is not None and low is not None and low < counted:
            yield low + _next_multiple(counted - low, step)


def _next_multiple(counted: Decimal, step: Decimal) -> Decimal:
    """The first multiple of a step that is not below a figure."""
    whole, rest = divmod(counted, step)
    return (whole + 1 if rest else whole) * step


def _dated(term: Money, late: Lateness) -> Iterable[datetime]:
    """The next ends of steps that are dates: working days and months."""
    if term.step is None or term.per not in (Per.STARTED, Per.FULL):
        return
    if stretch_seconds(term.step) is not None:
        return
    if term.step.unit is Unit.WORKING_DAY:
        yield _next_midnight(late) + _JUST_AFTER
        return
    yield _end_of_month_step(term.step, late) + _JUST_AFTER


def _next_midnight(late: Lateness) -> datetime:
    calendar = late.clock.calendar
    zone = late.clock.zone if calendar is None else calendar.spec.zone_info
    today = midnight(local_date(late.until, zone), zone)
    return today if today >= late.until else midnight(local_date(late.until, zone) + _ONE_DAY, zone)


def _end_of_month_step(step: Amount, late: Lateness) -> datetime:
    forward = Clock(late.clock.calendar, late.clock.zone)
    span = late.until - late.due
    full = steps_late(step, late.due, late.until, span, forward, started=False)
    end = late.due
    for count in (full, full + 1):
        end = forward.move(late.due, step.number * count, step.unit, ())
        if end >= late.until:
            break
    return end


def _instant(length: Decimal, late: Lateness, calendar: Calendar | None) -> datetime:
    """When so much lateness is counted, and a moment more."""
    if calendar is None:
        return late.due + _span(length) + _JUST_AFTER
    at = calendar.add(late.due, _span(length), ()) + _JUST_AFTER
    return at if at > late.until else calendar.next_open(late.until) + _JUST_AFTER


def _span(length: Decimal) -> timedelta:
    return timedelta(microseconds=int(length * 1_000_000))
