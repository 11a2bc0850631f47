"""Measures over a window that looks back from each fact: passing the bound is a breach."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.clocks import Clock
from yinuo.kernel.evaluation.duties import inside
from yinuo.kernel.evaluation.figures import Figured
from yinuo.kernel.evaluation.results import Obligation, Span, State
from yinuo.kernel.evaluation.starts import Found
from yinuo.kernel.plan.clauses import Figure

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.measures import MeasuredPromise

_MOMENT = timedelta(microseconds=1)


def rolling(promise: MeasuredPromise, facts: list[Found], life: Span) -> list[Obligation]:
    """One obligation for each excess of each group, and one still kept where there is none."""
    clause = promise.clause
    made: list[Obligation] = []
    for name, group in promise.groups(facts, Span(life.begins_at, life.ends_at)):
        found = inside(group, life)
        was_broken = False
        for number, (at, _) in enumerate(found):
            begins = _back_from(promise, at, life)
            window = Span(begins, at + _MOMENT, name)
            counted = [
                one
                for one in found[: number + 1]
                if one[0] > begins or one[0] >= life.begins_at >= begins
            ]
            measured = promise.figures.figured(counted, group, window, window)
            target = promise.target_at(at)
            broken = measured.figure is not None and not target.holds(measured.figure)
            if (broken and not was_broken) or (broken and clause.figure is Figure.REPEATS):
                made.append(_excess(promise, window, at, measured, len(made)))
            was_broken = broken
        if not was_broken:
            made.append(_still_kept(promise, name, found, life, len(made)))
    return made


def _back_from(promise: MeasuredPromise, at: datetime, life: Span) -> datetime:
    length = promise.clause.period.length
    assert length is not None
    back = Clock(None, promise.clock.zone, backward=True)
    return max(back.move(at, length.number, length.unit, ()), life.begins_at)


def _excess(
    promise: MeasuredPromise, window: Span, at: datetime, measured: Figured, number: int
) -> Obligation:
    return Obligation(
        promise.clause.id,
        promise.clause.promise,
        promise.subject.name,
        State.MISSED,
        window.begins_at,
        at,
        at,
        timedelta(0),
        number=number,
        period=window,
        value=promise.value(measured, promise.target_at(at)),
    )


def _still_kept(
    promise: MeasuredPromise, name: str, found: list[Found], life: Span, number: int
) -> Obligation:
    begins = _back_from(promise, promise.as_of, life)
    window = Span(begins, min(life.ends_at, promise.as_of), name)
    measured = promise.figures.figured(inside(found, window), found, window, window)
    over = promise.as_of >= life.ends_at
    return Obligation(
        promise.clause.id,
        promise.clause.promise,
        promise.subject.name,
        State.MET if over else State.RUNNING,
        begins,
        life.ends_at,
        life.ends_at if over else None,
        timedelta(0),
        number=number,
        period=window,
        value=promise.value(measured, promise.target_at(promise.as_of)),
    )
