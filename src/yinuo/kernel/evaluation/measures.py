"""Measures: a figure over a period, held against a target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.confirmation import confirmation_of
from yinuo.kernel.evaluation.duties import applies, inside, life_of
from yinuo.kernel.evaluation.figures import Figured, Figures
from yinuo.kernel.evaluation.periods import spans_between
from yinuo.kernel.evaluation.results import Obligation, Span, State, Value
from yinuo.kernel.evaluation.rolling import rolling
from yinuo.kernel.evaluation.starts import Found
from yinuo.kernel.evaluation.subjects import Subject, World
from yinuo.kernel.evaluation.targets import (
    margin,
    only_lower,
    only_upper,
    scaled,
    shortfall,
    target_at,
)
from yinuo.kernel.plan.clauses import Figure, Measure, Target
from yinuo.kernel.plan.periods import Partial, PeriodKind
from yinuo.kernel.plan.wording import target_words

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator

_RISING = frozenset({Figure.COUNT, Figure.SUM, Figure.DOWNTIME, Figure.LARGEST, Figure.REPEATS})


class MeasuredPromise:
    """One measure applied to one subject."""

    def __init__(
        self,
        evaluator: Evaluator,
        clause: Measure,
        world: World,
        subject: Subject,
        obligations: Sequence[Obligation],
    ) -> None:
        self.evaluator = evaluator
        self.clause = clause
        self.world = world
        self.subject = subject
        self.as_of = world.as_of
        self.figures = Figures(evaluator, clause, world, subject, obligations)
        self.clock = self.figures.clock

    def obligations(self) -> list[Obligation]:
        """One obligation for each period begun (and each group), rolling ones for each excess."""
        clause = self.clause
        if not applies(clause, self.subject):
            return []
        life = life_of(self.evaluator, self.subject, clause.begins, clause.ends, self.as_of)
        if life is None or life.begins_at > self.as_of:
            return []
        facts = self.figures.facts()
        if clause.period.kind is PeriodKind.ROLLING:
            return rolling(self, facts, life)
        made: list[Obligation] = []
        spans = spans_between(clause.period, life.begins_at, life.ends_at, self.evaluator.zone)
        for whole, part in spans:
            if part.begins_at > self.as_of:
                break
            partial = (whole.begins_at, whole.ends_at) != (part.begins_at, part.ends_at)
            if partial and clause.partial is Partial.SKIPPED:
                continue
            share = Decimal(1)
            if partial and clause.partial is Partial.PRORATED:
                seconds = (part.ends_at - part.begins_at).total_seconds()
                share = Decimal(str(seconds / (whole.ends_at - whole.begins_at).total_seconds()))
            for name, group in self.groups(facts, part):
                made.append(self._judged(part, name, group, share, len(made)))
        return made

    def groups(self, facts: list[Found], part: Span) -> list[tuple[str, list[Found]]]:
        """The groups counted apart, each with its facts before a period's end."""
        if not self.clause.group_by:
            return [("", facts)]
        if self.clause.of_clauses:
            return [(name, []) for name in self.figures.groups_of_obligations(part)]
        groups: dict[str, list[Found]] = {}
        for at, fact in facts:
            if at < part.ends_at and fact is not None:
                groups.setdefault(self.figures.group_of(fact), []).append((at, fact))
        return sorted(groups.items())

    def target_at(self, at: datetime) -> Target:
        """The target with the bounds the contract had at an instant."""
        clause = self.clause
        return target_at(clause.target, clause.bounds, self.evaluator.parameters, self.subject, at)

    # -- judging ----------------------------------------------------------------------------

    def _judged(
        self, part: Span, name: str, facts: list[Found], share: Decimal, number: int
    ) -> Obligation:
        until = min(part.ends_at, self.as_of)
        span = Span(part.begins_at, until)
        measured = self.figures.figured(inside(facts, part), facts, span, part, name)
        target = scaled(self.target_at(part.ends_at), share)
        is_over = self.as_of >= part.ends_at
        label = f"{part.name} {name}".strip()
        one = Obligation(
            self.clause.id,
            self.clause.promise,
            self.subject.name,
            State.RUNNING,
            part.begins_at,
            part.ends_at,
            number=number,
            next_at=None if is_over else part.ends_at,
            next_step="" if is_over else "due",
            period=Span(part.begins_at, part.ends_at, label),
            value=self.value(measured, target),
        )
        if self.clause.confirmed_by:
            return self._confirmed(one, measured, target, part) if is_over else one
        return self._settled(one, measured, target, part.ends_at if is_over else None)

    def _settled(
        self, one: Obligation, measured: Figured, target: Target, ended: datetime | None
    ) -> Obligation:
        figure = measured.figure
        if figure is None or measured.cases < self.clause.minimum_cases or target == Target():
            if ended is None:
                return one
            return one._replace(state=State.VOID, ended_at=ended, note="no cases")
        if not target.holds(figure):
            is_early = self.clause.figure in _RISING and only_upper(target)
            is_early |= self.clause.figure is Figure.SMALLEST and only_lower(target)
            missed = ended is not None or is_early
            return one._replace(state=State.MISSED if missed else one.state, ended_at=ended)
        return one._replace(state=State.RUNNING if ended is None else State.MET, ended_at=ended)

    def _confirmed(
        self, one: Obligation, measured: Figured, target: Target, part: Span
    ) -> Obligation:
        """Nothing is judged before the figure is confirmed; the confirmed one counts."""
        found = confirmation_of(
            self.evaluator, self.clause, self.world, self.subject, part, self.clock
        )
        if found is None:
            silent = self.clause.confirm_within
            at = None if silent is None else self.clock.move(
                part.ends_at, silent.number, silent.unit, ()
            )  # fmt: skip
            return one._replace(note="unconfirmed", next_at=at, next_step="due" if at else "")
        if found.figure is not None:
            measured = Figured(found.figure, max(measured.cases, self.clause.minimum_cases))
            one = one._replace(value=self.value(measured, target))
        return self._settled(one, measured, target, found.at)

    def value(self, measured: Figured, target: Target) -> Value | None:
        """The figure beside its target, with what it was made of."""
        figure = measured.figure
        if figure is None:
            return None
        return Value(
            figure,
            target_words(target),
            self.clause.unit,
            measured.cases,
            shortfall(target, figure),
            margin(target, figure),
            target,
            measured.parts,
            measured.stretches,
        )
