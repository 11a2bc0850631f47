"""Escalation ladders: at which instants whom to tell, and what happens next by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from yinuo.kernel.evaluation.clocks import MOST, Clock, Stops
from yinuo.kernel.plan.clauses import LadderStep
from yinuo.kernel.plan.limits import Amount

_MOST_REPEATS = 1000


class Rung(NamedTuple):
    """One escalation that takes place at an instant."""

    at: datetime
    step: int
    notify: tuple[str, ...]
    by: tuple[str, ...]


class Ladder:
    """The escalation steps of one clause."""

    __slots__ = ("_shares", "_steps")

    def __init__(self, steps: Sequence[LadderStep]) -> None:
        self._steps = tuple(steps)
        self._shares = all(step.percent is not None and step.every is None for step in steps)

    def next_after(
        self, now: datetime, started: datetime, due: datetime, clock: Clock, stops: Stops
    ) -> tuple[datetime | None, str]:
        """The first instant after ``now`` at which a step is taken or the promise is due."""
        at: datetime | None = due if due > now else None
        name = "due" if at is not None else ""
        for number, step in enumerate(self._steps):
            first = self._first(step, started, due, clock, stops)
            if first is not None and first <= now and step.every is not None:
                first = _next_repeat(step, first, now, clock)
            if first is not None and first > now and (at is None or first <= at):
                if first != at or name == "due":
                    name = f"step:{number}" if first != due else f"due,step:{number}"
                at = first
        return at, name

    def rungs(
        self, until: datetime, started: datetime, due: datetime, clock: Clock, stops: Stops
    ) -> tuple[Rung, ...]:
        """Every step up to an instant (inclusive), in order."""
        found: list[Rung] = []
        for number, step in enumerate(self._steps):
            at = self._first(step, started, due, clock, stops)
            taken = 0
            while at is not None and at <= until and taken < _MOST_REPEATS:
                found.append(Rung(at, number, step.notify, step.by))
                taken += 1
                if step.every is None or (step.times is not None and taken >= step.times):
                    break
                at = clock_natural(clock).move(at, step.every.number, step.every.unit, ())
        return tuple(sorted(found))

    def _first(
        self, step: LadderStep, started: datetime, due: datetime, clock: Clock, stops: Stops
    ) -> datetime | None:
        if step.percent is not None:
            return at_share(step, started, due, clock, stops)
        if step.before_due is not None:
            return _moved(due, step.before_due, clock, back=True)
        if step.after_start is not None:
            return _moved(started, step.after_start, clock)
        first = due if step.after_due is None else _moved(due, step.after_due, clock)
        if step.every is not None and step.after_due is None:
            return _moved(due, step.every, clock)
        return first


def at_share(
    step: LadderStep, started: datetime, due: datetime, clock: Clock, stops: Stops
) -> datetime:
    """When a percentage of the counted time between start and due has passed; 100 % is due."""
    assert step.percent is not None
    if step.percent == 100:
        return due
    calendar = clock.calendar
    parts = int(min(step.percent, MOST) * 100)
    if calendar is None or clock.backward or due < started:
        total = due - started - _stopped(started, due, stops)
        return clock_natural(clock).move_by(started, total * parts // 10_000, stops)
    total = calendar.elapsed(started, due, stops)
    if total <= timedelta(0):
        return due
    return calendar.add(started, total * parts // 10_000, stops)


def clock_natural(clock: Clock) -> Clock:
    """The same zone, every minute counted."""
    return Clock(None, clock.zone)


def _stopped(started: datetime, due: datetime, stops: Stops) -> timedelta:
    total = timedelta(0)
    for began, ended in stops:
        total += max(min(ended, due) - max(began, started), timedelta(0))
    return total


def _moved(at: datetime, amount: Amount, clock: Clock, back: bool = False) -> datetime:
    return Clock(None, clock.zone, backward=back).move(at, amount.number, amount.unit, ())


def _next_repeat(step: LadderStep, first: datetime, now: datetime, clock: Clock) -> datetime | None:
    assert step.every is not None
    second = clock_natural(clock).move(first, step.every.number, step.every.unit, ())
    gap = second - first
    if gap <= timedelta(0):
        return None
    count = (now - first) // gap + 1
    if step.times is not None and count >= step.times:
        return None
    return first + gap * count
