"""Changes of level by rule: facts that follow from other facts and from promises missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.clocks import Clock, DueTime
from yinuo.kernel.evaluation.duties import applies
from yinuo.kernel.evaluation.starts import Finder, compile_anchor
from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.clauses import LevelChange

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator
    from yinuo.kernel.evaluation.results import Obligation

DERIVED = "classified"


class ChangeRule:
    """One level-change clause compiled."""

    def __init__(self, evaluator: Evaluator, clause: LevelChange) -> None:
        self.clause = clause
        zone = evaluator.zone
        self._start: Finder = compile_anchor(clause.start, zone, evaluator.clauses_of)
        self._unless: Finder | None = (
            None
            if clause.unless is None
            else compile_anchor(clause.unless, zone, evaluator.clauses_of)
        )
        clock = Clock(evaluator.calendars.of(clause.calendar, ""), zone)
        self._due: DueTime | None = (
            None if clause.limit is None else evaluator.compiler.compile(clause.limit, clock)
        )

    def fires_at(
        self, subject: Subject, done: dict[str, Obligation], as_of: datetime
    ) -> Fact | None:
        """The change this rule makes on a subject, as a fact; None when it does not apply (yet)."""
        found = self._start(subject, done, None)
        if found is None or found[0] > as_of or not applies(self.clause, subject):
            return None
        at = found[0] if self._due is None else self._due(subject, found[0], ())
        if at is None or at > as_of:
            return None
        if self._unless is not None:
            prevented = self._unless(subject, done, found[0])
            if prevented is not None and prevented[0] <= at:
                return None
        attrs = {**dict(self.clause.sets), "rule": self.clause.id}
        return Fact(subject.name, DERIVED, at, at, attrs, id=f"rule:{self.clause.id}")


def next_change(
    rules: Sequence[ChangeRule],
    subject: Subject,
    done: dict[str, Obligation],
    as_of: datetime,
    fired: set[str],
) -> Fact | None:
    """The earliest change among the rules that have not fired yet."""
    found = [
        (fact.occurred_at, rule.clause.id, fact)
        for rule in rules
        if rule.clause.id not in fired and (fact := rule.fires_at(subject, done, as_of)) is not None
    ]
    return min(found, key=lambda one: one[:2])[2] if found else None
