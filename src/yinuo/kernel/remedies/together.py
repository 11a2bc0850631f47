"""Remedies of several cases of one contract, where caps and counts of breaches reach across them.

Each case is evaluated by itself, with the terms of the contract it began with; what a cap over a
period leaves for one case then depends on the others. Evaluated in one world with one set of
terms, the lines are the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from yinuo.kernel.evaluation.evaluation import Evaluation
from yinuo.kernel.evaluation.results import RemedyLine
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.remedies.limits import capped, excluded
from yinuo.kernel.remedies.lines import Breaches, Lines, settled


def reaches_across(plan: Plan) -> bool:
    """Whether a remedy of the plan depends on breaches of other cases of the same contract."""
    return any(
        remedy.after_breaches > 1
        or any(cap.over is not None or cap.shared is not None for cap in remedy.caps)
        for clause in plan.clauses
        for remedy in clause.remedies
    )


def remedies_together(evaluations: Sequence[Evaluation]) -> tuple[RemedyLine, ...]:
    """What the breaches of all cases have brought, caps and exclusions applied, in their order.

    The evaluations are of one instant and of different subjects; each line is priced by its own.
    """
    counted: Breaches = {}
    makers = [Lines(evaluation, counted) for evaluation in evaluations]
    breaches = [
        (maker.order(one), place, one)
        for place, maker in enumerate(makers)
        for one in settled(maker.evaluation)
    ]
    breaches.sort(key=lambda breach: breach[:2])
    by_case: dict[int, list[RemedyLine]] = {}
    order: list[tuple[int, int]] = []
    for _, place, one in breaches:
        mine = by_case.setdefault(place, [])
        for line in makers[place].of_one(one):
            order.append((place, len(mine)))
            mine.append(line)
    kept = {place: excluded(evaluations[place], lines) for place, lines in by_case.items()}
    return capped((evaluations[place], kept[place][number]) for place, number in order)
