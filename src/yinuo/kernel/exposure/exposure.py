"""What has accrued and what is at risk, for each promise of an evaluation that has a price."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from yinuo.kernel.evaluation.conditions import holds_for
from yinuo.kernel.evaluation.evaluation import Evaluation
from yinuo.kernel.evaluation.results import Obligation, RemedyLine, State
from yinuo.kernel.exposure.growth import Lateness, grows_at
from yinuo.kernel.exposure.plainly import PlainPenalty, is_plain
from yinuo.kernel.plan.clauses import Deadline
from yinuo.kernel.plan.remedies import Remedy
from yinuo.kernel.remedies.costs import VENDOR, is_entangled
from yinuo.kernel.remedies.lines import Lines, remedy_lines
from yinuo.kernel.remedies.prices import price

HORIZONS = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))
_NOTHING = Decimal(0)
_MOMENT = timedelta(microseconds=1)
Key = tuple[str, int]


class Exposure(NamedTuple):
    """What one promise costs us, in the plan's currency.

    ``accrued`` is what its miss has brought so far. ``late`` says what would come on top if it
    ended an hour, a day, a week after its due time, or after now when it is missed already; None
    when nothing is owed any more or no due time is known. ``is_unknown``: a base is not known, so
    that the amounts lack something. The figures hold until ``next_at``.
    """

    accrued: Decimal
    late: tuple[Decimal, ...] | None
    is_unknown: bool = False
    next_at: datetime | None = None


class _Sum(NamedTuple):
    amount: Decimal
    is_unknown: bool


def exposures(evaluation: Evaluation, subject: str) -> dict[Key, Exposure]:
    """The exposure of a subject's promises, by clause and number.

    Promises without a price that applies, kept ones and void ones have none. Each is worked out by
    itself: all others stay as they are now.
    """
    costs = evaluation.evaluator.costs
    if not costs:
        return {}
    found = {}
    for one in evaluation.obligations:
        if one.clause_id in costs and one.subject == subject:
            exposure = _exposure(evaluation, one)
            if exposure is not None:
                found[one.clause_id, one.number] = exposure
    return found


def _exposure(evaluation: Evaluation, one: Obligation) -> Exposure | None:
    is_missed = one.state is State.MISSED
    if not (is_missed or one.is_open):
        return None
    accrued = _sum(_of(evaluation.remedies, one)) if is_missed else _Sum(_NOTHING, False)
    remedies = _applying(evaluation, one)
    if not remedies and not accrued.amount:
        return None
    if not one.is_open or one.due_at is None:
        return Exposure(accrued.amount, None, accrued.is_unknown, _claims_end(evaluation, one))
    sums = tuple(_further(evaluation, one, accrued, remedies))
    return Exposure(
        accrued.amount,
        tuple(each.amount for each in sums),
        accrued.is_unknown or any(each.is_unknown for each in sums),
        _next_change(evaluation, one, remedies) if is_missed else None,
    )


def _applying(evaluation: Evaluation, one: Obligation) -> tuple[Remedy, ...]:
    """The penalties that we pay whose conditions hold now."""
    evaluator, subject = evaluation.evaluator, evaluation.subject(one.subject)
    return tuple(
        remedy
        for remedy in evaluator.costs[one.clause_id].remedies
        if evaluator.holds_at(remedy.when, subject, one.started_at)
        and not (
            remedy.unless is not None and evaluator.holds_at(remedy.unless, subject, one.started_at)
        )
    )


# -- as if it were missed ---------------------------------------------------------------------


def _further(
    evaluation: Evaluation, one: Obligation, accrued: _Sum, remedies: tuple[Remedy, ...]
) -> Iterable[_Sum]:
    """What would come on top if the promise ended that much later, for each horizon."""
    if is_excused(evaluation, one) or (one.period is not None and one.state is State.MISSED):
        return [_Sum(_NOTHING, False)] * len(HORIZONS)
    if any(is_entangled(remedy) for remedy in remedies):
        return [_together(evaluation, one, span) for span in HORIZONS]
    if one.period is None and all(is_plain(remedy) for remedy in remedies):
        sums = _plainly(evaluation, one, remedies)
    else:
        lines = Lines(evaluation)
        sums = [_sum(lines.of((as_missed(one, span),))) for span in HORIZONS]
    return [_Sum(each.amount - accrued.amount, each.is_unknown) for each in sums]


def _plainly(evaluation: Evaluation, one: Obligation, remedies: tuple[Remedy, ...]) -> list[_Sum]:
    penalties = [PlainPenalty(evaluation, one, remedy) for remedy in remedies]
    found = []
    for span in HORIZONS:
        amounts = [penalty.amount(one.late_by + span) for penalty in penalties]
        known = (amount for amount in amounts if amount is not None)
        found.append(_Sum(sum(known, _NOTHING), None in amounts))
    return found


def _together(evaluation: Evaluation, one: Obligation, span: timedelta) -> _Sum:
    """What all remedies come to with this miss beside what they come to without it."""
    lines = remedy_lines(evaluation.limited_to(_with_miss(evaluation, one, span)))
    further = _sum(lines).amount - _sum(evaluation.remedies).amount
    return _Sum(further, _sum(_of(lines, one)).is_unknown)


def _with_miss(evaluation: Evaluation, one: Obligation, span: timedelta) -> tuple[Obligation, ...]:
    missed = as_missed(one, span)
    return tuple(missed if each is one else each for each in evaluation.obligations)


def as_missed(one: Obligation, span: timedelta) -> Obligation:
    """The promise ended so much after its due time, or after now when it is missed already.

    A measure is judged by its figure, not by lateness: it ends at the end of its period.
    """
    assert one.due_at is not None
    if one.period is not None:
        return one._replace(state=State.MISSED, late_by=_MOMENT, ended_at=one.due_at)
    late = one.late_by + span
    return one._replace(state=State.MISSED, late_by=late, ended_at=one.due_at + late)


def is_excused(evaluation: Evaluation, one: Obligation) -> bool:
    """Whether what excuses a miss of the promise has happened."""
    clause = evaluation.evaluator.plan.clause(one.clause_id)
    excuse = clause.excused_by if isinstance(clause, Deadline) else None
    return excuse is not None and holds_for(excuse, evaluation.subject(one.subject))


def _of(lines: Iterable[RemedyLine], one: Obligation) -> Iterable[RemedyLine]:
    key = (one.clause_id, one.subject, one.number)
    return (line for line in lines if (line.clause_id, line.subject, line.number) == key)


def is_ours(line: RemedyLine) -> bool:
    """Whether a line is money that we pay."""
    return line.kind == "penalty" and line.paid_by == VENDOR


def _sum(lines: Iterable[RemedyLine]) -> _Sum:
    total, is_unknown = _NOTHING, False
    for line in lines:
        if is_ours(line):
            total += line.amount or _NOTHING
            is_unknown |= line.amount is None
    return _Sum(total, is_unknown)


# -- until when it holds ----------------------------------------------------------------------


def _next_change(
    evaluation: Evaluation, one: Obligation, remedies: Iterable[Remedy]
) -> datetime | None:
    """When the figures of an open miss change by themselves; None when they never do again."""
    assert one.due_at is not None
    if one.period is not None:
        return None
    evaluator, subject = evaluation.evaluator, evaluation.subject(one.subject)
    clock = evaluator.clock_of(evaluator.plan.clause(one.clause_id), subject)
    now, found = evaluation.as_of, []
    for remedy in remedies:
        if _is_full(evaluation, one, remedy):
            continue
        for span in (timedelta(0), *HORIZONS):
            at = grows_at(remedy, Lateness(one.due_at, now + span, clock))
            if at is not None:
                found.append(at - span)
    claims = _claims_end(evaluation, one)
    return min(found if claims is None else [*found, claims], default=None)


def _is_full(evaluation: Evaluation, one: Obligation, remedy: Remedy) -> bool:
    """Whether a cap for one breach is reached, so that nothing grows any more."""
    line = next(
        (each for each in _of(evaluation.remedies, one) if each.remedy_id == remedy.id), None
    )
    if line is None or line.amount is None:
        return False
    evaluator, subject = evaluation.evaluator, evaluation.subject(one.subject)
    for cap in remedy.caps:
        if cap.over is None and cap.shared is None:
            most = price(cap.price, subject, evaluator.parameters.get).times()
            if most is not None and line.amount + line.reduced_by >= evaluator.rounded(most):
                return True
    return False


def _claims_end(evaluation: Evaluation, one: Obligation) -> datetime | None:
    """When what was not claimed is lost, if that is still to come."""
    if one.state is not State.MISSED or one.due_at is None:
        return None
    evaluator, subject = evaluation.evaluator, evaluation.subject(one.subject)
    clock = evaluator.clock_of(evaluator.plan.clause(one.clause_id), subject)
    found = []
    for remedy in evaluator.costs[one.clause_id].remedies:
        if remedy.claim_within is not None:
            within = remedy.claim_within
            until = clock.move(one.due_at, within.number, within.unit, ())
            if until >= evaluation.as_of:
                found.append(until + _MOMENT)
    return min(found, default=None)


class CostLine(NamedTuple):
    """A remedy line of one promise: accrued (``after`` is None), or that much later."""

    after: timedelta | None
    line: RemedyLine


def cost_lines(evaluation: Evaluation, one: Obligation) -> tuple[CostLine, ...]:
    """The lines behind a promise's exposure, in words: what accrued, then what lateness brings.

    Lines of a later instant hold the whole amount then, what has accrued by now included.
    """
    found = [CostLine(None, line) for line in _of(evaluation.remedies, one)]
    if one.is_open and one.due_at is not None and not is_excused(evaluation, one):
        for span in HORIZONS:
            lines = remedy_lines(evaluation.limited_to(_with_miss(evaluation, one, span)))
            found += [CostLine(span, line) for line in _of(lines, one)]
    return tuple(each for each in found if _sum((each.line,)) != _Sum(_NOTHING, False))
