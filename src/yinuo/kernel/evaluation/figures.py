"""Figures of measures: what is counted, and what it comes to in a span of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from yinuo.kernel.evaluation.clocks import Clock, number_of
from yinuo.kernel.evaluation.downtime import (
    counted_outages,
    outages,
    planned_stretches,
    seconds_down,
    seconds_in,
)
from yinuo.kernel.evaluation.duties import facts_about, inside
from yinuo.kernel.evaluation.order import clauses_named
from yinuo.kernel.evaluation.periods import falls_on
from yinuo.kernel.evaluation.results import Obligation, Span, State
from yinuo.kernel.evaluation.starts import Found
from yinuo.kernel.evaluation.subjects import Subject, World
from yinuo.kernel.evaluation.targets import rounded, rounded_as
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.anchors import FactAnchor
from yinuo.kernel.plan.clauses import Figure, Measure
from yinuo.kernel.plan.selectors import Condition

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator

UNIT_SECONDS = {"minutes": 60, "hours": 3600, "days": 86_400}
_METERED = FactAnchor(("metered",))
_MOST_STRETCHES = 12


class Figured(NamedTuple):
    """A figure with the number of cases behind it; None when there was nothing to measure.

    ``parts`` are the numbers it was made of, by name (times in seconds); ``stretches`` the first
    outages counted.
    """

    figure: Decimal | None
    cases: int
    parts: tuple[tuple[str, Decimal], ...] = ()
    stretches: tuple[Span, ...] = ()


_NOTHING = Figured(None, 0)


class Figures:
    """The figures of one measure on one subject."""

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
        self.clock = Clock(evaluator.calendars.of(clause.calendar, ""), evaluator.zone)
        self._obligations = obligations

    def facts(self) -> list[Found]:
        """The facts that count, exempt ones left out."""
        return self._split(exempt=False)

    def _split(self, *, exempt: bool) -> list[Found]:
        if self.clause.facts is None:
            return []
        return [one for one in self._about(self.clause.facts) if self._is_exempt(one) is exempt]

    def _is_exempt(self, found: Found) -> bool:
        fact = found[1]
        return fact is not None and any(self._fits(one, fact) for one in self.clause.exempt)

    def _fits(self, condition: Condition, fact: Fact) -> bool:
        return self.evaluator.fits_fact(condition, fact, self.world.subject(fact.subject))

    def group_of(self, fact: Fact) -> str:
        """The group a fact is counted in: its values of the attributes of ``group_by``."""
        subject = self.world.subject(fact.subject)
        names = self.clause.group_by
        return "/".join(str(fact.attrs.get(name, subject.lookup(name) or "–")) for name in names)

    def groups_of_obligations(self, part: Span) -> list[str]:
        """The groups of the measured obligations that began before a period's end."""
        return sorted(
            {
                self._group_of_subject(one.subject)
                for one in self._of_clauses()
                if one.started_at is not None and one.started_at < part.ends_at
            }
        )

    def _group_of_subject(self, name: str) -> str:
        subject = self.world.subject(name)
        return "/".join(str(subject.lookup(one) or "–") for one in self.clause.group_by)

    # -- one figure -------------------------------------------------------------------------

    def figured(
        self, counted: list[Found], facts: list[Found], span: Span, whole: Span, group: str = ""
    ) -> Figured:
        """The figure of the facts ``counted`` in ``span``, rounded as the clause says.

        ``facts`` are those of the group at any time (an outage may begin before the span),
        ``whole`` is the period ``span`` is the elapsed part of: what happens at the very instant
        of the evaluation lies in the period already, though no time of it has passed.
        """
        found = self._exact(counted, facts, span, whole, group)
        if found.figure is None:
            return found
        return found._replace(figure=rounded_as(found.figure, self.clause.rounding))

    def _exact(
        self, counted: list[Found], facts: list[Found], span: Span, whole: Span, group: str
    ) -> Figured:
        clause = self.clause
        figure = clause.figure
        if figure is Figure.SHARE:
            return (
                self._share_of_facts(counted, whole) if clause.facts else self._share(span, group)
            )
        if figure is Figure.RATIO:
            return self._ratio(counted, whole)
        if figure in (Figure.AVAILABILITY, Figure.DOWNTIME, Figure.MTBF):
            return self._time(facts, span, whole)
        if figure is Figure.COUNT:
            return Figured(Decimal(len(counted)), len(counted))
        if figure is Figure.REPEATS:
            return Figured(Decimal(max(len(counted) - 1, 0)), len(counted))
        if figure is Figure.POINTS:
            return self._points(span, whole)
        if figure is Figure.GROWTH:
            grown = self._growth(clause.growth or "", whole)
            return _NOTHING if grown is None else Figured(grown, 1)
        values = self._values(counted, whole, group)
        if figure is Figure.SUM:
            return Figured(sum(values, Decimal(0)), len(values))
        if not values:
            return _NOTHING
        return Figured(_of_values(figure, values, clause.percentile), len(values))

    def _values(self, counted: list[Found], span: Span, group: str) -> list[Decimal]:
        clause = self.clause
        if not clause.of_clauses:
            return _numbers([fact for _, fact in counted if fact], clause.attribute or "")
        seconds = UNIT_SECONDS.get(clause.unit, 3600)
        return [
            Decimal(str(self._length(one).total_seconds())) / seconds
            for one in self._of_clauses(group)
            if one.ended_at is not None and span.begins_at <= one.ended_at < span.ends_at
        ]

    def _length(self, one: Obligation) -> timedelta:
        assert one.ended_at is not None
        assert one.started_at is not None
        runner = self.evaluator.runners.get(one.clause_id)
        clock = runner.timing(self.world.subject(one.subject)).clock if runner else self.clock
        ended = max(one.ended_at, one.started_at)
        stops = [(p.began_at, p.ended_at or self.world.as_of) for p in one.pauses if p.counted]
        return clock.elapsed(one.started_at, ended, stops)

    def _of_clauses(self, group: str = "") -> list[Obligation]:
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
            and not self._is_exempt_case(one)
            and (not group or self._group_of_subject(one.subject) == group)
        ]

    def _is_exempt_case(self, one: Obligation) -> bool:
        subject = self.world.subject(one.subject)
        return any(
            self.evaluator.holds_at(condition, subject, one.started_at)
            for condition in self.clause.exempt
        )

    def _is_mine(self, name: str) -> bool:
        if name == self.subject.name:
            return True
        return any(one.name == self.subject.name for one in self.world.subject(name).linked)

    # -- shares and ratios ------------------------------------------------------------------

    def _share(self, span: Span, group: str) -> Figured:
        due = [
            one
            for one in self._of_clauses(group)
            if one.due_at is not None
            and one.state in (State.MET, State.MISSED)
            and span.begins_at <= falls_on(one.due_at, one.period) < span.ends_at
        ]
        if not due:
            return _NOTHING
        met, total = Decimal(sum(one.state is State.MET for one in due)), Decimal(len(due))
        return Figured(rounded(met * 100 / total), len(due), (("part", met), ("total", total)))

    def _share_of_facts(self, counted: list[Found], span: Span) -> Figured:
        """Good facts among all, or one sum in another, in per cent."""
        facts = [fact for _, fact in counted if fact is not None]
        if self.clause.out_of is not None:
            return self._divided(facts, span, Decimal(100))
        assert self.clause.good is not None
        good = self.clause.good
        part, total = Decimal(sum(self._fits(good, one) for one in facts)), Decimal(len(facts))
        if not facts:
            return _NOTHING
        return Figured(rounded(part * 100 / total), len(facts), (("part", part), ("total", total)))

    def _ratio(self, counted: list[Found], span: Span) -> Figured:
        facts = [fact for _, fact in counted if fact is not None]
        return self._divided(facts, span, self.clause.scale)

    def _divided(self, facts: list[Fact], span: Span, scale: Decimal) -> Figured:
        part, total = self._numerator(facts, span), self._denominator(facts, span)
        if part is None or total is None or total <= 0:
            return _NOTHING
        cases = max(len(facts), 1)
        return Figured(rounded(part * scale / total), cases, (("part", part), ("total", total)))

    def _numerator(self, facts: list[Fact], span: Span) -> Decimal | None:
        clause = self.clause
        if clause.growth is not None:
            return self._growth(clause.growth, span)
        if clause.attribute is not None:
            return sum(_numbers(facts, clause.attribute), Decimal(0))
        return Decimal(len(facts))

    def _denominator(self, facts: list[Fact], span: Span) -> Decimal | None:
        divisor = self.clause.out_of
        assert divisor is not None
        if divisor.growth is not None:
            return self._growth(divisor.growth, span)
        if divisor.owner:
            holder = self.subject.owner(divisor.owner)
            name = divisor.attribute or ""
            return None if holder is None else number_of(holder.attributes.get(name))
        if divisor.facts is not None:
            found = inside(self._about(divisor.facts), span)
            facts = [one[1] for one in found if one[1] is not None and not self._is_exempt(one)]
        if divisor.attribute is None:
            return Decimal(len(facts))
        return sum(_numbers(facts, divisor.attribute), Decimal(0))

    def _growth(self, attribute: str, span: Span) -> Decimal | None:
        """How much a meter grew: the last reading of the span less the last one before it.

        Without a reading before the span its first one counts; each subject has its own meter.
        """
        before: dict[str, Decimal] = {}
        last: dict[str, Decimal] = {}
        for at, fact in self._about(_METERED):
            value = None if fact is None else number_of(fact.attrs.get(attribute))
            if fact is None or value is None or at >= span.ends_at:
                continue
            if at <= span.begins_at or fact.subject not in before:
                before[fact.subject] = value
            last[fact.subject] = value
        if not last:
            return None
        return sum((max(last[one] - before[one], Decimal(0)) for one in last), Decimal(0))

    # -- time -------------------------------------------------------------------------------

    def _time(self, facts: list[Found], span: Span, whole: Span) -> Figured:
        clause, planned = self.clause, self._planned(span)
        until = clause.until
        ends = [] if until is None else self._about(until)
        found = (
            []
            if until is None
            else counted_outages(clause, facts, ends, span, self.clock, self._fits)
        )
        down, cases = seconds_down(found, planned, self.clock, clause.each_started), len(found)
        stretches = tuple(Span(one.began_at, one.ended_at) for one in found[:_MOST_STRETCHES])
        unit = UNIT_SECONDS.get(clause.unit, 3600)
        if clause.figure is Figure.DOWNTIME:
            return Figured(rounded(down / unit), cases, (("down", down),), stretches)
        total = seconds_in([(whole.begins_at, whole.ends_at)], self.clock)
        if clause.figure is Figure.MTBF:
            up = seconds_in([(span.begins_at, span.ends_at)], self.clock) - down
            count = len(inside(facts, whole))
            if not count:
                return _NOTHING
            made = (("up", up), ("stops", Decimal(count)))
            return Figured(rounded(up / unit / count), count, made, stretches)
        if clause.total_without_exempt:
            exempt = outages(self._split(exempt=True), ends, span)
            total -= seconds_down(exempt, planned, self.clock)
            total -= seconds_in(planned, self.clock)
        if total <= 0:
            return _NOTHING
        parts: tuple[tuple[str, Decimal], ...] = (("total", total), ("down", down))
        if planned:
            parts = (*parts, ("planned", seconds_in(planned, self.clock)))
        figure = rounded(max(100 - down * 100 / total, Decimal(0)))
        return Figured(figure, cases, parts, stretches)

    def _planned(self, span: Span) -> list[tuple[datetime, datetime]]:
        rule = self.clause.planned
        if rule is None:
            return []
        return planned_stretches(rule, self._about(rule.facts), span, self.clock)

    def _about(self, anchor: FactAnchor) -> list[Found]:
        return facts_about(self.world, self.subject, anchor, self.evaluator)

    def _points(self, span: Span, whole: Span) -> Figured:
        total, cases = self.clause.start_points, 0
        for rule in self.clause.points:
            if rule.fact is not None:
                found = inside(self._about(rule.fact), whole)
                count = len([one for one in found if not self._is_exempt(one)])
            else:
                ids = clauses_named(self.evaluator.plan.clauses, rule.clause or "")
                count = sum(
                    one.state is State.MISSED
                    and one.clause_id in ids
                    and one.due_at is not None
                    and span.begins_at <= falls_on(one.due_at, one.period) < span.ends_at
                    and self._is_mine(one.subject)
                    for one in self._obligations
                )
            total += rule.points * count
            cases += count
        return Figured(total, cases)


def _numbers(facts: Sequence[Fact], attribute: str) -> list[Decimal]:
    found = [number_of(one.attrs.get(attribute)) for one in facts]
    return [one for one in found if one is not None]


def _of_values(figure: Figure, values: list[Decimal], percentile: Decimal | None) -> Decimal:
    if figure is Figure.SMALLEST:
        return min(values)
    if figure is Figure.LARGEST:
        return max(values)
    if figure is Figure.PERCENTILE:
        ordered = sorted(values)
        rank = -(-len(ordered) * int(percentile or 100) // 100)
        return ordered[max(rank, 1) - 1]
    return rounded(sum(values, Decimal(0)) / len(values))
