"""Counting the steps of lateness: started or full stretches, working days, points short."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from yinuo.kernel.evaluation.clocks import Clock
from yinuo.kernel.instants import local_date
from yinuo.kernel.plan.limits import DAYS, SECONDS, Amount, Unit

_MOST_STEPS = 100_000
_ONE_DAY = timedelta(days=1)


def stretch_seconds(step: Amount) -> Decimal | None:
    """The fixed length of a step; None for months and working days. A day is 24 hours."""
    if step.unit in SECONDS:
        return step.number * SECONDS[step.unit]
    if step.unit in DAYS:
        return step.number * DAYS[step.unit] * 86_400
    return None


def steps_late(
    step: Amount, due: datetime, until: datetime, late: timedelta, clock: Clock, *, started: bool
) -> int:
    """How many stretches of ``step`` lie between due and ``until``.

    ``started`` counts each begun stretch, so that one microsecond late is one step; otherwise only
    full stretches count. ``late`` is the lateness to count, natural or in the clause's calendar.
    """
    if late <= timedelta(0):
        return 0
    length = stretch_seconds(step)
    if length is None:
        return _steps_by_date(step, due, until, clock, started)
    micros = int(length * 1_000_000)
    whole, rest = divmod(late // timedelta(microseconds=1), micros)
    return min(whole + (1 if started and rest else 0), _MOST_STEPS)


def _steps_by_date(
    step: Amount, due: datetime, until: datetime, clock: Clock, started: bool
) -> int:
    if step.unit is Unit.WORKING_DAY and clock.calendar is not None:
        zone = clock.calendar.spec.zone_info
        last = until - timedelta(microseconds=1)
        first = local_date(due, zone)
        days = clock.calendar.count_working_days(first, local_date(last, zone) + _ONE_DAY)
        whole, rest = divmod(days, int(step.number))
        return max(whole + (1 if started and rest else 0), 1 if started else 0)
    forward = Clock(clock.calendar, clock.zone)
    count = 0
    at = due
    while count < _MOST_STEPS:
        at = forward.move(due, step.number * (count + 1), step.unit, ())
        if at > until or (at == until and started):
            break
        count += 1
    return count + 1 if started else count
