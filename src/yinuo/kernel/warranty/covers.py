"""Covers of all assets, and of all requests about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.duties import applies
from yinuo.kernel.evaluation.results import Cover
from yinuo.kernel.evaluation.subjects import Subject, World
from yinuo.kernel.plan.clauses import Warranty
from yinuo.kernel.plan.limits import Amount
from yinuo.kernel.warranty.terms import Entitlement

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator


def covers_of(
    evaluator: Evaluator, world: World, extensions: Mapping[str, tuple[Amount, ...]]
) -> tuple[Cover, ...]:
    """For each warranty clause: every subject of its kind, and every request that links to one.

    A request is judged at the instant it was reported; the subject itself at the instant of
    evaluation. ``extensions`` by subject name lengthen the term.
    """
    clauses = [one for one in evaluator.plan.clauses if isinstance(one, Warranty)]
    made: list[Cover] = []
    for name in world.names() if clauses else ():
        case = world.subject(name)
        for clause in clauses:
            cover = _cover(evaluator, world, clause, case, extensions)
            if cover is not None:
                made.append(cover)
    return tuple(made)


def _cover(
    evaluator: Evaluator,
    world: World,
    clause: Warranty,
    case: Subject,
    extensions: Mapping[str, tuple[Amount, ...]],
) -> Cover | None:
    if case.kind != clause.subject and case.kind not in ("request", "repair"):
        return None
    owner = case.owner(clause.subject)
    if owner is None or not applies(clause, case):
        return None
    asset = world.subject(owner.name)
    at = world.as_of
    if case.kind != clause.subject and case.facts:
        begun = case.first("reported") or case.facts[0]
        at = begun.occurred_at
    extra = extensions.get(asset.name, ())
    return Entitlement(evaluator, clause, world, asset).cover(case, at, extra)
