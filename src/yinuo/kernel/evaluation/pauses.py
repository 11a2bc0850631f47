"""Pauses: when the clock of a clause stands still, and why a claimed pause does not count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from yinuo.kernel.evaluation.clocks import Clock
from yinuo.kernel.evaluation.results import Pause
from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.clauses import Acknowledgement, Stop

Stops = list[tuple[datetime, datetime]]


def pauses_of(
    subject: Subject, stops: Sequence[Stop], as_of: datetime, clock: Clock
) -> tuple[Pause, ...]:
    """Every pause claimed on the subject that the clause has a word about, in order.

    An open pause has no end. A pause of a reason the clause does not allow is shown as not counted.
    """
    found: list[Pause] = []
    allowed = {stop.reason for stop in stops if stop.begins == "paused"}
    for stop in stops:
        left = None if stop.budget is None else _natural(stop, clock, as_of)
        for begin in subject.by_kind.get(stop.begins, ()):
            if stop.begins == "paused" and begin.attrs.get("reason") != stop.reason:
                continue
            pause = _judged(subject, stop, begin, clock)
            if left is not None and pause.counted:
                pause, left = _within_budget(pause, left, as_of)
            found.append(pause)
    for begin in subject.by_kind.get("paused", ()):
        reason = str(begin.attrs.get("reason", ""))
        if reason not in allowed:
            ended = _end_of(subject, "resumed", begin)
            found.append(Pause(reason, begin.occurred_at, ended, False, "reason_not_allowed"))
    return tuple(sorted(found, key=lambda one: (one.began_at, one.reason)))


def counted_stops(pauses: Sequence[Pause], as_of: datetime) -> Stops:
    """The stretches that do not count: sorted, disjoint, an open pause up to ``as_of``."""
    return merged(
        (pause.began_at, pause.ended_at if pause.ended_at is not None else as_of)
        for pause in pauses
        if pause.counted
    )


def merged(stretches: Iterable[tuple[datetime, datetime]]) -> Stops:
    """Stretches sorted, without overlaps and empty ones."""
    found: Stops = []
    for began, ended in sorted(stretches):
        if ended <= began:
            continue
        if found and began <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ended))
        else:
            found.append((began, ended))
    return found


def _judged(subject: Subject, stop: Stop, begin: Fact, clock: Clock) -> Pause:
    ended = _end_of(subject, stop.ends, begin)
    why = ""
    if stop.proof and not (begin.attrs.get("proof") or begin.attrs.get("evidence")):
        why = "no_proof"
    elif stop.acknowledgement is Acknowledgement.REQUIRED:
        if not _answers(subject, "pause_acknowledged", begin, ended):
            why = "not_acknowledged"
    elif stop.acknowledgement is Acknowledgement.UNLESS_OBJECTED:
        objections = _answers(subject, "pause_objected", begin, None)
        if objections and _in_time(objections[0], begin, stop, clock):
            why = "objected"
    return Pause(stop.reason, begin.occurred_at, ended, not why, why)


def _in_time(objection: Fact, begin: Fact, stop: Stop, clock: Clock) -> bool:
    window = stop.objection_window
    if window is None:
        return True
    until = clock.move(begin.occurred_at, window.number, window.unit, ())
    return objection.occurred_at <= until


def _answers(subject: Subject, kind: str, begin: Fact, ended: datetime | None) -> list[Fact]:
    reason = begin.attrs.get("reason")
    later = [fact for fact in subject.by_kind.get("paused", ()) if _after(fact, begin)]
    before_next = later[0].occurred_at if later and ended is not None else None
    return [
        fact
        for fact in subject.by_kind.get(kind, ())
        if fact.occurred_at >= begin.occurred_at
        and (before_next is None or fact.occurred_at < before_next)
        and fact.attrs.get("reason", reason) == reason
    ]


def _after(fact: Fact, other: Fact) -> bool:
    return fact.occurred_at > other.occurred_at


def _end_of(subject: Subject, kind: str, begin: Fact) -> datetime | None:
    reason = begin.attrs.get("reason")
    for fact in subject.by_kind.get(kind, ()):
        if fact.occurred_at >= begin.occurred_at and fact.attrs.get("reason", reason) == reason:
            return fact.occurred_at
    return None


def _natural(stop: Stop, clock: Clock, as_of: datetime) -> timedelta:
    assert stop.budget is not None
    plain = Clock(None, clock.zone)
    begin = datetime(2001, 1, 1, tzinfo=as_of.tzinfo)
    return plain.move(begin, stop.budget.number, stop.budget.unit, ()) - begin


def _within_budget(pause: Pause, left: timedelta, as_of: datetime) -> tuple[Pause, timedelta]:
    ended = pause.ended_at if pause.ended_at is not None else as_of
    length = ended - pause.began_at
    if length < left or (length == left and pause.ended_at is not None):
        return pause, left - length
    if left <= timedelta(0):
        return pause._replace(counted=False, why="budget_spent"), left
    return pause._replace(ended_at=pause.began_at + left, why="budget_reached"), timedelta(0)
