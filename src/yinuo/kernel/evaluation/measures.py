"""Measures: a figure over a period, held against a target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from yinuo.kernel.evaluation.clocks import Clock, number_of
from yinuo.kernel.evaluation.conditions import holds_for
from yinuo.kernel.evaluation.confirmation import confirmation_of
from yinuo.kernel.evaluation.downtime import (
    outages,
    planned_stretches,
    seconds_down,
    seconds_in,
)
from yinuo.kernel.evaluation.duties import applies, facts_about, inside, life_of
from yinuo.kernel.evaluation.order import clauses_named
from yinuo.kernel.evaluation.periods import spans_between
from yinuo.kernel.evaluation.results import Obligation, Span, State, Value
from yinuo.kernel.evaluation.starts import Found
from yinuo.kernel.evaluation.subjects import Subject, World
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.anchors import FactAnchor
from yinuo.kernel.plan.clauses import Figure, Measure, Target
from yinuo.kernel.plan.periods import Partial, PeriodKind
from yinuo.kernel.plan.selectors import Condition, fits
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
        fact = found[1]
        return fact is not None and any(self._fits(one, fact) for one in self.clause.exempt)

    def _fits(self, condition: Condition, fact: Fact) -> bool:
        if fits(condition, fact.attrs):
            return True
        subject = self.world.subject(fact.subject)
        known = {name: subject.lookup(name) for name in condition.names}
        return fits(condition, {**known, **fact.attrs})

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
            value=self._value(measured.figure, target, measured.cases),
        )
        if self.clause.confirmed_by:
            return self._confirmed(one, measured, target, part) if is_over else one
        return self._settled(one, measured, target, part.ends_at if is_over else None)

    def _settled(
        self, one: Obligation, measured: Figured, target: Target, ended: datetime | None
    ) -> Obligation:
        figure = measured.figure
        if figure is None or measured.cases < self.clause.minimum_cases:
            if ended is None:
                return one
            return one._replace(state=State.VOID, ended_at=ended, note="no cases")
        if not target.holds(figure):
            is_early = self.clause.figure in _RISING and _only_upper(target)
            is_early |= self.clause.figure is Figure.SMALLEST and _only_lower(target)
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
            one = one._replace(value=self._value(found.figure, target, measured.cases))
        return self._settled(one, measured, target, found.at)

    def _value(self, figure: Decimal | None, target: Target, cases: int) -> Value | None:
        if figure is None:
            return None
        short, beyond = _shortfall(target, figure), _margin(target, figure)
        return Value(figure, target_words(target), self.clause.unit, cases, short, beyond)

    def _figure(self, counted: list[Found], facts: list[Found], span: Span, whole: Span) -> Figured:
        clause = self.clause
        figure = clause.figure
        if figure is Figure.SHARE:
            return self._share_of_facts(counted) if clause.facts else self._share(span)
        if figure in (Figure.AVAILABILITY, Figure.DOWNTIME, Figure.MTBF):
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
        return [
            one
            for one in self._obligations
            if one.clause_id in ids
            and one.state is not State.VOID
            and one.started_at is not None
            and self._is_mine(one.subject)
            and not self._is_exempt_subject(one.subject)
        ]

    def _is_exempt_subject(self, name: str) -> bool:
        subject = self.world.subject(name)
        return any(holds_for(one, subject) for one in self.clause.exempt)

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

    def _share_of_facts(self, counted: list[Found]) -> Figured:
        """Good facts among all, or one attribute's sum in another's, in per cent."""
        clause = self.clause
        facts = [fact for _, fact in counted if fact is not None]
        if clause.out_of is not None:
            part, total = _sum_of(facts, clause.attribute or ""), _sum_of(facts, clause.out_of)
        else:
            assert clause.good is not None
            good = clause.good
            part = Decimal(sum(self._fits(good, one) for one in facts))
            total = Decimal(len(facts))
        return Figured(_rounded(part * 100 / total), len(facts)) if total > 0 else Figured(None, 0)

    def _time(self, facts: list[Found], span: Span, whole: Span) -> Figured:
        clause, planned = self.clause, self._planned(span)
        until = clause.until
        ends = [] if until is None else self._about(until)
        found = [] if until is None else outages(facts, ends, span, clause.weights)
        down, cases = seconds_down(found, planned, self.clock), len(found)
        unit = _UNIT_SECONDS.get(clause.unit, 3600)
        if clause.figure is Figure.DOWNTIME:
            return Figured(_rounded(down / unit), cases)
        total = seconds_in([(whole.begins_at, whole.ends_at)], self.clock)
        if clause.figure is Figure.MTBF:
            up = seconds_in([(span.begins_at, span.ends_at)], self.clock) - down
            count = len(inside(facts, span))
            return Figured(_rounded(up / unit / count), count) if count else Figured(None, 0)
        if clause.total_without_exempt:
            total -= seconds_down(outages(self._exempt_facts(), ends, span), planned, self.clock)
            total -= seconds_in(planned, self.clock)
        if total <= 0:
            return Figured(None, 0)
        return Figured(_rounded(100 - down * 100 / total), max(cases, 1))

    def _planned(self, span: Span) -> list[tuple[datetime, datetime]]:
        rule = self.clause.planned
        if rule is None:
            return []
        return planned_stretches(rule, self._about(rule.facts), span, self.clock)

    def _about(self, anchor: FactAnchor) -> list[Found]:
        return facts_about(self.world, self.subject, anchor, self.evaluator)

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


def _sum_of(facts: list[Fact], attribute: str) -> Decimal:
    found = [number_of(one.attrs.get(attribute)) for one in facts]
    return sum((one for one in found if one is not None), Decimal(0))


def _of_values(figure: Figure, values: list[Decimal], percentile: Decimal | None) -> Decimal:
    if figure is Figure.SMALLEST:
        return min(values)
    if figure is Figure.LARGEST:
        return max(values)
    if figure is Figure.PERCENTILE:
        ordered = sorted(values)
        rank = -(-len(ordered) * int(percentile or 100) // 100)
        return ordered[max(rank, 1) - 1]
    return _rounded(sum(values, Decimal(0)) / len(values))


def _rounded(figure: Decimal) -> Decimal:
    """Six decimals, without needless zeros."""
    rounded = figure.quantize(_SIX, rounding=ROUND_HALF_UP)
    return Decimal(number_text(rounded))


def _scaled(target: Target, share: Decimal) -> Target:
    if share == 1 or target.at_most is None:
        return target
    return Target(target.at_least, target.above, _rounded(target.at_most * share), target.below)


def _margin(target: Target, figure: Decimal) -> Decimal | None:
    """By how much a kept target is passed, on its nearer side; None when it is missed."""
    if not target.holds(figure):
        return None
    low = target.at_least if target.at_least is not None else target.above
    high = target.at_most if target.at_most is not None else target.below
    margins = [figure - low] if low is not None else []
    margins += [high - figure] if high is not None else []
    return min(margins, default=None)


def _only_lower(target: Target) -> bool:
    return target.at_most is None and target.below is None


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
