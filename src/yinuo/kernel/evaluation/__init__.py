"""Evaluating a plan: from clauses and facts to obligations, remedies and covers.

`Evaluator(plan)` once for each plan version, then `.evaluate(facts, as_of)` as often as wanted;
`evaluate` does both. `preview` answers what a case would get. No I/O, no clock: ``as_of`` is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yinuo.kernel.evaluation.evaluation import Evaluation
from yinuo.kernel.evaluation.evaluator import Evaluator
from yinuo.kernel.evaluation.explanation import explain
from yinuo.kernel.evaluation.preview import Promised, preview
from yinuo.kernel.evaluation.results import (
    Cover,
    Note,
    Obligation,
    Pause,
    RemedyLine,
    Span,
    State,
    Value,
)
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.plan import Plan

__all__ = [
    "Cover",
    "Evaluation",
    "Evaluator",
    "Note",
    "Obligation",
    "Pause",
    "Promised",
    "RemedyLine",
    "Span",
    "State",
    "Value",
    "evaluate",
    "explain",
    "preview",
]


def evaluate(
    plan: Plan, facts: Iterable[Fact], as_of: datetime, known_at: datetime | None = None
) -> Evaluation:
    """`Evaluator(plan).evaluate(facts, as_of, known_at)`; keep the evaluator when asking often."""
    return Evaluator(plan).evaluate(facts, as_of, known_at)
