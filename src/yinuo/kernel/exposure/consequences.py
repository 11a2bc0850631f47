"""When what a miss brings besides our own money changes by itself: days, rights, others' money.

What we pay ourselves is looked at with its exposure (`kernel.exposure.exposure`); the ledger also
holds penalties that others pay and what is not money, and they have to grow at their instants too.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.kernel.evaluation.evaluation import Evaluation
from yinuo.kernel.evaluation.results import Obligation, State
from yinuo.kernel.exposure.growth import Lateness, grows_at
from yinuo.kernel.plan.remedies import Remedy

_MOMENT = timedelta(microseconds=1)
Key = tuple[str, int]


def next_growth(evaluation: Evaluation, subject: str) -> dict[Key, datetime]:
    """By clause and number, when a miss of a subject brings something else by itself.

    Only misses with a remedy that is not our own money, and only where an instant is still to come.
    """
    consequences = evaluation.evaluator.consequences
    if not consequences:
        return {}
    found: dict[Key, datetime] = {}
    for one in evaluation.obligations:
        remedies = consequences.get(one.clause_id)
        if remedies and one.subject == subject and one.state is State.MISSED:
            at = _next(evaluation, one, remedies)
            if at is not None:
                found[one.clause_id, one.number] = at
    return found


def _next(evaluation: Evaluation, one: Obligation, remedies: tuple[Remedy, ...]) -> datetime | None:
    if one.due_at is None or one.period is not None:
        return None
    evaluator, subject = evaluation.evaluator, evaluation.subject(one.subject)
    clock = evaluator.clock_of(evaluator.plan.clause(one.clause_id), subject)
    found: list[datetime | None] = []
    for remedy in remedies:
        if one.is_open:
            found.append(grows_at(remedy, Lateness(one.due_at, evaluation.as_of, clock)))
        if remedy.claim_within is not None:
            within = remedy.claim_within
            until = clock.move(one.due_at, within.number, within.unit, ())
            found.append(until + _MOMENT if until >= evaluation.as_of else None)
    return min((at for at in found if at is not None), default=None)
