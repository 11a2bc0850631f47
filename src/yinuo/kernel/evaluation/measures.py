"""Measures: a figure over a period, held against a target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from yinuo.kernel.evaluation.clocks import Clock, number_of
from yinuo.kernel.evaluation.conditions import holds_for
from yinuo.kernel.evaluation.downtime import downtime_of
from yinuo.kernel.evaluation.duties import applies, facts_about, inside, life_of
from yinuo.kernel.evaluation.order import clauses_named
from yinuo.kernel.evaluation.periods import spans_between
from yinuo.kernel.evaluation.results import Obligation, Span, State, Value
from yinuo.kernel.evaluation.starts import Found
from yinuo.kernel.evaluation.subjects import Subject, World
from yinuo.kernel.plan.clauses import Figure, Measure, Target
from yinuo.kernel.plan.periods import Partial, PeriodKind
from yinuo.kernel.plan.selectors import fits
from yinuo.kernel.plan.wording import number_text, target_words

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator

_SIX = Decimal("0.000001")
_UNIT_SECONDS = {"minutes": 60, "hours": 3600, "days": 86_400}
_RISING = frozenset({Figure.COUNT, Figure.SUM, Figure.DOWNTIME, Figure.LARGEST, Figure.REPEATS})


class Figured(NamedTuple):
    """A figure with the number of cases behind it; None when there was nothing to measure."""

    figure: Decimal | None
    cases: int


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
        self.clock = Clock(evaluator.calendars.of(clause.calendar, ""), evaluator.zone)
        self._obligations = obligations

    def obligations(self) -> list[Obligation]:
        """One obligation for each period begun (and each group), rolling ones for each excess."""
        clause = self.clause
        if not applies(clause, self.subject):
            return []
        life = life_of(self.evaluator, self.subject, clause.begins, clause.ends, self.as_of)
        if life is None or life.begins_at > self.as_of:
            return []
        facts = self._facts()
        if clause.period.kind is PeriodKind.ROLLING:
            return self._rolling(facts, life)
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
            for name, group in self._groups(facts, part):
                made.append(self._judged(part, name, group, share, len(made)))
        return made

    def _facts(self) -> list[Found]:
        if self.clause.facts is None:
            return []
        found = facts_about(self.world, self.subject, self.clause.facts, self.evaluator)
        return [one for one in found if not self._is_exempt(one)]

    def _exempt_facts(self) -> list[Found]:
        if self.clause.facts is None:
            return []
        found = facts_about(self.world, self.subject, self.clause.facts, self.evaluator)
        return [one for one in found if self._is_exempt(one)]

    def _is_exempt(self, found: Found) -> bool:
        exempt, fact = self.clause.exempt, found[1]
        if exempt is None or fact is None:
            return False
        if fits(exempt, fact.attrs):
            return True
        subject = self.world.subject(fact.subject)
        merged = {name: subject.lookup(name) for name in exempt.names}
        return fits(exempt, {**merged, **fact.attrs})

    def _groups(self, facts: list[Found], part: Span) -> list[tuple[str, list[Found]]]:
        if not self.clause.group_by:
            return [("", facts)]
        groups: dict[str, list[Found]] = {}
        for one in facts:
            if one[0] < part.ends_at:
                groups.setdefault(self._group_name(one), []).append(one)
        return sorted(groups.items())

    def _group_name(self, found: Found) -> str:
        fact = found[1]
        assert fact is not None
        subject = self.world.subject(fact.subject)
        names = self.clause.group_by
        return "/".join(str(fact.attrs.get(name, subject.lookup(name) or "–")) for name in names)

    # -- judging ----------------------------------------------------------------------------

    def _judged(
        self, part: Span, name: str, facts: list[Found], share: Decimal, number: int
    ) -> Obligation:
        until = min(part.ends_at, self.as_of)
        measured = self._figure(inside(facts, part), facts, Span(part.begins_at, until), part)
        target = _scaled(self.clause.target, share)
        is_over = self.as_of >= part.ends_at
        figure = measured.figure
        state, ended = State.RUNNING, None
        too_few = figure is None or measured.cases < self.clause.minimum_cases
        if figure is not None and not too_few and not target.holds(figure):
            if is_over or (self.clause.figure in _RISING and _only_upper(target)):
                state = State.MISSED
        elif is_over:
            state = State.VOID if too_few else State.MET
        if is_over:
            ended = part.ends_at
        label = f"{part.name} {name}".strip()
        note = "no cases" if too_few and is_over else ""
        return Obligation(
            self.clause.id,
            self.clause.promise,
            self.subject.name,
            state,
            part.begins_at,
            part.ends_at,
            ended,
            timedelta(0),
            number=number,
            next_at=None if is_over else part.ends_at,
            next_step="" if is_over else "due",
            period=Span(part.begins_at, part.ends_at, label),
            note=note,
            value=self._value(figure, target, measured.cases),
        )

    def _value(self, figure: Decimal | None, target: Target, cases: int) -> Value | None:
        if figure is None:
            return None
        short = _shortfall(target, figure)
        return Value(figure, target_words(target), self.clause.unit, cases, short)

    def _figure(self, counted: list[Found], facts: list[Found], span: Span, whole: Span) -> Figured:
        clause = self.clause
        figure = clause.figure
        if figure is Figure.SHARE:
            return self._share(span)
        if figure in (Figure.AVAILABILITY, Figure.DOWNTIME):
            return self._time(facts, span, whole)
        if figure is Figure.COUNT:
            return Figured(Decimal(len(counted)), len(counted))
        if figure is Figure.REPEATS:
            return Figured(Decimal(max(len(counted) - 1, 0)), len(counted))
        if figure is Figure.POINTS:
            return self._points(span)
        values = self._values(counted, span)
        if figure is Figure.SUM:
            return Figured(sum(values, Decimal(0)), len(values))
        if not values:
            return Figured(None, 0)
        return Figured(_of_values(figure, values, clause.percentile), len(values))

    def _values(self, counted: list[Found], span: Span) -> list[Decimal]:
        clause = self.clause
        if not clause.of_clauses:
            found = [
                number_of(fact.attrs.get(clause.attribute or "")) for _, fact in counted if fact
            ]
            return [one for one in found if one is not None]
        seconds = _UNIT_SECONDS.get(clause.unit, 3600)
        return [
            Decimal(str(self._length(one).total_seconds())) / seconds
            for one in self._of_clauses()
            if one.ended_at is not None and span.begins_at <= one.ended_at < span.ends_at
        ]

    def _length(self, one: Obligation) -> timedelta:
        assert one.ended_at is not None
        assert one.started_at is not None
        runner = self.evaluator.runners.get(one.clause_id)
        clock = runner.timing(self.world.subject(one.subject)).clock if runner else self.clock
        ended = max(one.ended_at, one.started_at)
        stops = [(p.began_at, p.ended_at or self.as_of) for p in one.pauses if p.counted]
        return clock.elapsed(one.started_at, ended, stops)

    def _of_clauses(self) -> list[Obligation]:
        ids = {
            found
            for name in self.clause.of_clauses
            for found in clauses_named(self.evaluator.plan.clauses, name)
        }
        exempt = self.clause.exempt
        return [
            one
            for one in self._obligations
            if one.clause_id in ids
            and one.state is not State.VOID
            and one.started_at is not None
            and self._is_mine(one.subject)
            and not (exempt is not None and self._subject_fits(one.subject))
        ]

    def _subject_fits(self, name: str) -> bool:
        assert self.clause.exempt is not None
        return holds_for(self.clause.exempt, self.world.subject(name))

    def _is_mine(self, name: str) -> bool:
        if name == self.subject.name:
            return True
        return any(one.name == self.subject.name for one in self.world.subject(name).linked)

    def _share(self, span: Span) -> Figured:
        due = [
            one
            for one in self._of_clauses()
            if one.due_at is not None
            and one.state in (State.MET, State.MISSED)
            and span.begins_at <= one.due_at < span.ends_at
        ]
        if not due:
            return Figured(None, 0)
        met = sum(one.state is State.MET for one in due)
        return Figured(_rounded(Decimal(met) * 100 / len(due)), len(due))

    def _time(self, facts: list[Found], span: Span, whole: Span) -> Figured:
        clause = self.clause
        assert clause.until is not None
        ends = facts_about(self.world, self.subject, clause.until, self.evaluator)
        down, cases = downtime_of(facts, ends, span, self.clock)
        if clause.figure is Figure.DOWNTIME:
            return Figured(_rounded(_seconds(down) / _UNIT_SECONDS.get(clause.unit, 3600)), cases)
        total = self.clock.elapsed(whole.begins_at, whole.ends_at, ())
        if clause.total_without_exempt:
            total -= downtime_of(self._exempt_facts(), ends, span, self.clock)[0]
        if total <= timedelta(0):
            return Figured(None, 0)
        return Figured(_rounded(100 - _seconds(down) * 100 / _seconds(total)), max(cases, 1))

    def _points(self, span: Span) -> Figured:
        total, cases = self.clause.start_points, 0
        for rule in self.clause.points:
            if rule.fact is not None:
                found = facts_about(self.world, self.subject, rule.fact, self.evaluator)
                count = len([one for one in inside(found, span) if not self._is_exempt(one)])
            else:
                ids = clauses_named(self.evaluator.plan.clauses, rule.clause or "")
                count = sum(
                    one.state is State.MISSED
                    and one.clause_id in ids
                    and one.due_at is not None
                    and span.begins_at <= one.due_at < span.ends_at
                    and self._is_mine(one.subject)
                    for one in self._obligations
                )
            total += rule.points * count
            cases += count
        return Figured(total, cases)

    # -- rolling windows --------------------------------------------------------------------

    def _rolling(self, facts: list[Found], life: Span) -> list[Obligation]:
        length = self.clause.period.length
        assert length is not None
        made: list[Obligation] = []
        for name, group in self._groups(facts, Span(life.begins_at, life.ends_at)):
            found = inside(group, life)
            was_broken = False
            for number, (at, _) in enumerate(found):
                back = Clock(None, self.clock.zone, backward=True)
                begins = max(back.move(at, length.number, length.unit, ()), life.begins_at)
                window = Span(begins, at + timedelta(microseconds=1), name)
                counted = [
                    one
                    for one in found[: number + 1]
                    if one[0] > begins or one[0] >= life.begins_at >= begins
                ]
                measured = self._figure(counted, group, window, window)
                broken = measured.figure is not None and not self.clause.target.holds(
                    measured.figure
                )
                if (broken and not was_broken) or (broken and self.clause.figure is Figure.REPEATS):
                    made.append(self._excess(window, at, measured, len(made)))
                was_broken = broken
            if not was_broken:
                made.append(self._still_kept(name, found, life, len(made)))
        return made

    def _excess(self, window: Span, at: datetime, measured: Figured, number: int) -> Obligation:
        return Obligation(
            self.clause.id,
            self.clause.promise,
            self.subject.name,
            State.MISSED,
            window.begins_at,
            at,
            at,
            timedelta(0),
            number=number,
            period=window,
            value=self._value(measured.figure, self.clause.target, measured.cases),
        )

    def _still_kept(self, name: str, found: list[Found], life: Span, number: int) -> Obligation:
        length = self.clause.period.length
        assert length is not None
        back = Clock(None, self.clock.zone, backward=True)
        begins = max(back.move(self.as_of, length.number, length.unit, ()), life.begins_at)
        window = Span(begins, min(life.ends_at, self.as_of), name)
        measured = self._figure(inside(found, window), found, window, window)
        over = self.as_of >= life.ends_at
        return Obligation(
            self.clause.id,
            self.clause.promise,
            self.subject.name,
            State.MET if over else State.RUNNING,
            begins,
            life.ends_at,
            life.ends_at if over else None,
            timedelta(0),
            number=number,
            period=window,
            value=self._value(measured.figure, self.clause.target, measured.cases),
        )


def _of_values(figure: Figure, values: list[Decimal], percentile: Decimal | None) -> Decimal:
    if figure is Figure.LARGEST:
        return max(values)
    if figure is Figure.PERCENTILE:
        ordered = sorted(values)
        rank = -(-len(ordered) * int(percentile or 100) // 100)
        return ordered[max(rank, 1) - 1]
    return _rounded(sum(values, Decimal(0)) / len(values))


def _seconds(span: timedelta) -> Decimal:
    return Decimal(span // timedelta(microseconds=1)) / 1_000_000


def _rounded(figure: Decimal) -> Decimal:
    """Six decimals, without needless zeros."""
    rounded = figure.quantize(_SIX, rounding=ROUND_HALF_UP)
    return Decimal(number_text(rounded))


def _scaled(target: Target, share: Decimal) -> Target:
    if share == 1 or target.at_most is None:
        return target
    return Target(target.at_least, target.above, _rounded(target.at_most * share), target.below)


def _only_upper(target: Target) -> bool:
    return target.at_least is None and target.above is None


def _shortfall(target: Target, figure: Decimal) -> Decimal | None:
    if target.holds(figure):
        return None
    for bound in (target.at_least, target.above):
        if bound is not None and figure <= bound:
            return bound - figure
    upper = target.at_most if target.at_most is not None else target.below
    return None if upper is None else figure - upper
