"""Promises that follow the outcome of a period: a plan of improvement after a month missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from yinuo.kernel.evaluation.conditions import holds_for
from yinuo.kernel.evaluation.deadlines import CompiledDeadline, Run
from yinuo.kernel.evaluation.order import clauses_named
from yinuo.kernel.evaluation.results import Obligation
from yinuo.kernel.evaluation.starts import outcome_at
from yinuo.kernel.evaluation.subjects import World
from yinuo.kernel.plan.anchors import Outcome, OutcomeAnchor
from yinuo.kernel.plan.clauses import Clause, Deadline, Measure, Recurring

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator


class Follower(NamedTuple):
    """A deadline that starts with each outcome of these periodic clauses."""

    runner: CompiledDeadline
    ids: frozenset[str]
    outcome: Outcome


def followers_in(clauses: Sequence[Clause], runners: dict[str, CompiledDeadline]) -> list[Follower]:
    """The deadlines that wait for a measure or a recurring duty."""
    periodic = {one.id for one in clauses if isinstance(one, Measure | Recurring)}
    made: list[Follower] = []
    for clause in clauses:
        if isinstance(clause, Deadline) and isinstance(clause.start, OutcomeAnchor):
            ids = periodic & set(clauses_named(clauses, clause.start.clause))
            if ids:
                made.append(Follower(runners[clause.id], frozenset(ids), clause.start.outcome))
    return made


def followed(
    evaluator: Evaluator, world: World, followers: Iterable[Follower], found: list[Obligation]
) -> list[Obligation]:
    """One obligation for each period that came to the outcome, from when that was settled."""
    made: list[Obligation] = []
    for follower in followers:
        clause = follower.runner.clause
        for name in sorted({one.subject for one in found if one.clause_id in follower.ids}):
            subject = world.subject(name)
            if subject.kind != clause.subject or not holds_for(clause.applies_to, subject):
                continue
            periods = [
                one for one in found if one.subject == name and one.clause_id in follower.ids
            ]
            number = 0
            for one in sorted(periods, key=lambda each: (each.due_at or world.as_of, each.number)):
                at = outcome_at(one, follower.outcome)
                if at is not None and one.ended_at is not None:
                    at = max(at, one.ended_at) if follower.outcome is Outcome.MISSED else at
                if at is None or at > world.as_of:
                    continue
                run = Run(world.as_of, {})
                obligation = follower.runner.apply(subject, run, (at, None), number)
                if obligation is not None:
                    made.append(obligation)
                    number += 1
    return made
