"""The evaluator: a plan compiled once, applied to facts as often as wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from yinuo.kernel.calendars import Calendar, CalendarError
from yinuo.kernel.evaluation.changes import ChangeRule, next_change
from yinuo.kernel.evaluation.clocks import Clock, LimitCompiler
from yinuo.kernel.evaluation.compiled import CompiledCalendars
from yinuo.kernel.evaluation.coverage import coverage_of
from yinuo.kernel.evaluation.deadlines import CompiledDeadline, Run
from yinuo.kernel.evaluation.evaluation import Evaluation
from yinuo.kernel.evaluation.following import followed, followers_in
from yinuo.kernel.evaluation.groups import Group
from yinuo.kernel.evaluation.measures import MeasuredPromise
from yinuo.kernel.evaluation.order import clauses_named, in_order_of_need, measures_in_order
from yinuo.kernel.evaluation.past import was_done
from yinuo.kernel.evaluation.recurring import RecurringDuty
from yinuo.kernel.evaluation.results import Obligation, beyond_horizon
from yinuo.kernel.evaluation.subjects import Subject, World, values_at
from yinuo.kernel.facts import Fact
from yinuo.kernel.money import Money
from yinuo.kernel.plan.clauses import (
    Clause,
    Coverage,
    Deadline,
    LevelChange,
    Measure,
    Recurring,
    Warranty,
)
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.precedence import Key, in_precedence, key_of
from yinuo.kernel.plan.selectors import COMPUTED, Condition, SelectorType, test_holds
from yinuo.kernel.plan.wording import Wording
from yinuo.kernel.remedies.costs import consequences_of, costs_of
from yinuo.kernel.warranty.terms import Entitlement

Chosen = tuple[tuple[Group, tuple[CompiledDeadline, ...]], ...]
_MOST_CHOICES = 20_000


class Evaluator:
    """One plan version compiled: selectors, limits, calendars and ladders.

    Immutable to its users; keep one for each plan version and use it for all requests.
    ``calendars`` replaces the plan's own by name (a shared calendar in a certain version).
    """

    def __init__(self, plan: Plan, calendars: Mapping[str, Calendar] | None = None) -> None:
        self.plan = plan
        self.zone = ZoneInfo(plan.zone)
        self.calendars = CompiledCalendars(plan, calendars or {})
        self.parameters = {one.name: one for one in plan.parameters}
        self._computed = {one.name: one for one in plan.selectors if one.type in COMPUTED}
        self.compiler = LimitCompiler(self.parameters, self.value_at, self.zone)
        self.runners: dict[str, CompiledDeadline] = {}
        self._groups = self._compiled_groups()
        self._names = {
            kind: tuple(sorted({name for group in groups for name in group.names}))
            for kind, groups in self._groups.items()
        }
        self.watched = frozenset(
            name for groups in self._groups.values() for group in groups for name in group.watched
        )
        self._choices: dict[tuple[Any, ...], Chosen] = {}
        self._rules: dict[str, list[ChangeRule]] = {}
        self._duties: dict[str, list[Clause]] = {}
        self._measures, _ = measures_in_order(plan.clauses)
        for clause in plan.clauses:
            if isinstance(clause, LevelChange):
                self._rules.setdefault(clause.subject, []).append(ChangeRule(self, clause))
            elif isinstance(clause, Recurring | Coverage):
                self._duties.setdefault(clause.subject, []).append(clause)
        self._followers = followers_in(plan.clauses, self.runners)
        self.wording = Wording(plan)
        self.costs = costs_of(plan)
        self.consequences = consequences_of(plan)
        self.rewarded = frozenset(
            clause.id for clause in plan.clauses if any(remedy.bonus for remedy in clause.remedies)
        )

    # -- evaluating -------------------------------------------------------------------------

    def evaluate(
        self,
        facts: Iterable[Fact],
        as_of: datetime,
        known_at: datetime | None = None,
        only: str = "",
        counted: Iterable[Obligation] = (),
    ) -> Evaluation:
        """Every promise of the plan on every subject of the facts, as it stands at an instant.

        Facts that occurred after ``as_of`` change nothing; with ``known_at``, facts received
        later than that are left out too. With ``only``, the name of a subject, the promises of
        that one alone are worked out; the others still lend it their attributes, and ``counted``
        are promises of theirs, worked out already, that its measures count. Total: whatever the
        facts say there is an answer.
        """
        world = World(facts, as_of.astimezone(UTC), self.watched, known_at)
        obligations: list[Obligation] = []
        names = [name for name in world.names() if only in {"", name}]
        for name in names:
            kind = name.partition(":")[0]
            if kind in self._groups:
                found = self.on_subject(world.subject(name), world.as_of)
                if kind in self._rules:
                    found = self._with_changes(world, name, found)
                obligations.extend(found)
        for kind, clauses in self._duties.items():
            for name in names:
                if name.partition(":")[0] == kind:
                    obligations.extend(self._duties_on(world, world.subject(name), clauses))
        obligations.extend(self._measured(world, names, [*counted, *obligations]))
        if self._followers:
            obligations.extend(followed(self, world, self._followers, obligations))
        return Evaluation(self, world, tuple(obligations))

    def _with_changes(self, world: World, name: str, found: list[Obligation]) -> list[Obligation]:
        """The obligations of a subject once the plan's rules have changed its level."""
        rules = self._rules[name.partition(":")[0]]
        fired: set[str] = set()
        while len(fired) < len(rules):
            done = {one.clause_id: one for one in found}
            change = next_change(rules, world.subject(name), done, world.as_of, fired)
            if change is None:
                break
            fired.add(str(change.attrs["rule"]))
            found = self.on_subject(world.with_fact(change), world.as_of)
        return found

    def _duties_on(self, world: World, subject: Subject, clauses: list[Clause]) -> list[Obligation]:
        made: list[Obligation] = []
        for clause in clauses:
            try:
                if isinstance(clause, Recurring):
                    made.extend(RecurringDuty(self, clause, world, subject).obligations())
                elif isinstance(clause, Coverage):
                    made.extend(coverage_of(self, clause, world, subject))
            except (CalendarError, OverflowError):
                made.append(beyond_horizon(clause, subject))
        return made

    def _measured(
        self, world: World, names: list[str], obligations: list[Obligation]
    ) -> list[Obligation]:
        """The measures' obligations, and what they measure: a score may count missed measures."""
        made: list[Obligation] = []
        for clause in self._measures:
            known = [*obligations, *made] if made and _looks_at_clauses(clause) else obligations
            for name in names:
                if name.partition(":")[0] == clause.subject:
                    subject = world.subject(name)
                    promise = MeasuredPromise(self, clause, world, subject, known)
                    try:
                        made.extend(promise.obligations())
                    except (CalendarError, OverflowError):
                        made.append(beyond_horizon(clause, subject))
        return made

    def on_subject(self, subject: Subject, as_of: datetime) -> list[Obligation]:
        """The deadline obligations of one subject."""
        run = Run(as_of, {})
        made: list[Obligation] = []
        instants = self._change_instants(subject)
        done = run.done
        for group, candidates in self._chosen(subject):
            try:
                if instants and group.watched:
                    found = group.run_changing(subject, run, instants)
                elif candidates:
                    found = group.run(subject, run, candidates)
                else:
                    continue
            except (CalendarError, OverflowError):
                found = (beyond_horizon(group.runners[0].clause, subject),)
            for one in found:
                done[one.clause_id] = one
                made.append(one)
        return made

    def fitting(self, subject: Subject) -> tuple[Clause, ...]:
        """The clause of each promise that fits a subject's newest attributes."""
        if subject.kind not in self._groups:
            return ()
        return tuple(found[0].clause for _, found in self._chosen(subject) if found)

    def _chosen(self, subject: Subject) -> Chosen:
        names = self._names[subject.kind]
        key = (subject.kind, *[_hashable(subject.lookup(name)) for name in names])
        chosen = self._choices.get(key)
        if chosen is None:
            if len(self._choices) >= _MOST_CHOICES:
                self._choices.clear()
            groups = self._groups[subject.kind]
            chosen = tuple((group, group.candidates(subject)) for group in groups)
            self._choices[key] = chosen
        return chosen

    def _change_instants(self, subject: Subject) -> list[datetime]:
        if not subject.changes and not any(one.changes for one in subject.linked):
            return []
        instants = {change[0] for change in subject.changes}
        for one in subject.linked:
            instants.update(change[0] for change in one.changes)
        return sorted(instants)

    # -- attributes -------------------------------------------------------------------------

    def value_at(self, subject: Subject, name: str, at: datetime | None) -> Any:
        """A selector's value: computed ones from the instant, others from the facts."""
        computed = self._computed.get(name)
        if computed is None:
            if at is None:
                return subject.lookup(name)
            return self._stated_at(subject, name, at)
        if computed.type is SelectorType.COVERED:
            return self._is_covered(computed.clause, subject, at)
        if computed.type is SelectorType.DONE:
            return None if at is None else was_done(self, computed, subject, at)
        if at is None or computed.calendar is None:
            return None
        calendar = self.calendars.of(computed.calendar, "")
        if calendar is None:
            return None
        if computed.type is SelectorType.WORKING_DAY:
            local = at.astimezone(calendar.spec.zone_info).date()
            return "yes" if calendar.is_working_day(local) else "no"
        return "yes" if calendar.is_open(at) else "no"

    def holds_at(self, condition: Condition, subject: Subject, at: datetime | None) -> bool:
        """Whether a condition holds: computed selectors at an instant, attributes as they are."""
        for name, test in condition.tests:
            computed = name in self._computed
            value = self.value_at(subject, name, at) if computed else subject.lookup(name)
            if value is None or not test_holds(test, value):
                return False
        return True

    def fits_fact(self, condition: Condition, fact: Fact, subject: Subject) -> bool:
        """Whether a condition holds for a fact: its own attributes first, then its subject's."""
        for name, test in condition.tests:
            value = fact.attrs.get(name)
            if value is None and name in self._computed:
                value = self.value_at(subject, name, fact.occurred_at)
            elif value is None:
                value = subject.lookup(name)
            if value is None or not test_holds(test, value):
                return False
        return True

    def _is_covered(self, clause_id: str | None, subject: Subject, at: datetime | None) -> Any:
        clause = self.plan.clause(clause_id or "")
        owner, world = subject.owner(clause.subject), subject.world
        if at is None or owner is None or world is None or not isinstance(clause, Warranty):
            return None
        cover = Entitlement(self, clause, world, world.subject(owner.name)).cover(subject, at)
        return "yes" if cover.is_covered else "no"

    @staticmethod
    def _stated_at(subject: Subject, name: str, at: datetime) -> Any:
        for one in (subject, *subject.linked):
            if one.attributes.get(name) is not None:
                return values_at(one, name, at) if one.changes else one.attributes[name]
        return None

    def clock_of(self, clause: Clause, subject: Subject) -> Clock:
        """The clock a clause counts with for a subject."""
        runner = self.runners.get(clause.id)
        if runner is not None:
            return runner.timing(subject).clock
        return Clock(self.calendars.of(clause.calendar, ""), self.zone)

    def rounded(self, amount: Decimal) -> Decimal:
        """An amount of money in the plan's places and rounding."""
        step = Decimal(1).scaleb(-self.plan.money_places)
        return Money(amount, self.plan.currency).rounded(self.plan.money_rounding, step).amount

    # -- compiling --------------------------------------------------------------------------

    def clauses_of(self, name: str) -> tuple[str, ...]:
        """The clause ids a name in an anchor stands for."""
        return clauses_named(self.plan.clauses, name)

    def _compiled_groups(self) -> dict[str, tuple[Group, ...]]:
        by_key: dict[Key, list[Deadline]] = {}
        for clause in self.plan.clauses:
            if isinstance(clause, Deadline):
                by_key.setdefault(key_of(clause), []).append(clause)
        keys, circular = in_order_of_need(by_key)
        computed = frozenset(self._computed)
        groups: dict[str, list[Group]] = {}
        for key in (*keys, *circular):
            runners = [self._compiled(one) for one in in_precedence(by_key[key])]
            groups.setdefault(key[0], []).append(Group(runners, computed, self.value_at))
        return {kind: tuple(made) for kind, made in groups.items()}

    def _compiled(self, clause: Any) -> CompiledDeadline:
        runner = CompiledDeadline(
            clause, self.compiler, self.calendars.of, self.clauses_of, self.zone
        )
        self.runners[clause.id] = runner
        return runner


def _hashable(value: Any) -> Any:
    return repr(value) if isinstance(value, list | dict) else value


def _looks_at_clauses(clause: Measure) -> bool:
    """Whether a measure is made of other promises, not of facts."""
    return bool(clause.of_clauses) or any(rule.clause for rule in clause.points)
