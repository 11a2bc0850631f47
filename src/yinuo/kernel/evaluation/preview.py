"""Due times a case would get: what a caller is told while on the line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from yinuo.kernel.evaluation.results import Obligation
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.clauses import Deadline

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator


class Promised(NamedTuple):
    """A promise a case would have. ``obligation`` is None while another fact must start it."""

    clause_id: str
    obligation: Obligation | None


def preview(
    evaluator: Evaluator,
    select: Mapping[str, Any],
    at: datetime,
    kind: str = "reported",
    subject_kind: str = "request",
) -> tuple[Promised, ...]:
    """The promises of a case with these attributes, were the fact ``kind`` to occur at ``at``.

    First those with a due time, the earliest leading, then those that wait for another fact.
    """
    name = f"{subject_kind}:preview"
    fact = Fact(name, kind, at, at, dict(select))
    evaluation = evaluator.evaluate([fact], at)
    dated = [Promised(one.clause_id, one) for one in evaluation.of_subject(name)]
    started = {one.clause_id for one in dated}
    waiting = [
        Promised(clause.id, None)
        for clause in evaluator.fitting(evaluation.world.subject(name))
        if clause.id not in started and isinstance(clause, Deadline)
    ]
    return (*dated, *waiting)
