"""When the next period of a periodic promise begins: until then nothing about it is owed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.duties import life_of
from yinuo.kernel.evaluation.periods import spans_between
from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.plan.clauses import Measure, Recurring
from yinuo.kernel.plan.periods import PeriodKind

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator


def next_beginning(evaluator: Evaluator, subject: Subject, as_of: datetime) -> datetime | None:
    """The next instant after ``as_of`` at which a period of the subject's promises begins.

    None when all of them are over, or when nothing on the subject comes by the period. What is due
    after the end of a period begins with that end.
    """
    found: list[datetime] = []
    for clause in evaluator.plan.clauses:
        if not isinstance(clause, Recurring | Measure) or clause.subject != subject.kind:
            continue
        life = life_of(evaluator, subject, clause.begins, clause.ends, as_of)
        if life is None:
            continue
        if life.begins_at > as_of:
            found.append(life.begins_at)
        elif clause.period is not None and clause.period.kind is not PeriodKind.ROLLING:
            after_end = isinstance(clause, Recurring) and clause.due_after_end is not None
            spans = spans_between(clause.period, life.begins_at, life.ends_at, evaluator.zone)
            edges = (part.ends_at if after_end else part.begins_at for _, part in spans)
            found.extend(next(([at] for at in edges if at > as_of), []))
    return min(found, default=None)
