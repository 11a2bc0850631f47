"""Anchors compiled: from a subject's facts, dates and outcomes to the instant that counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from yinuo.kernel.evaluation.clocks import Clock, instant_of
from yinuo.kernel.evaluation.results import Obligation, State
from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.facts import Fact, order_of
from yinuo.kernel.plan.anchors import (
    Anchor,
    DateAnchor,
    FactAnchor,
    FirstKnown,
    Outcome,
    OutcomeAnchor,
    Which,
)
from yinuo.kernel.plan.selectors import fits

Found = tuple[datetime, Fact | None]
Done = Mapping[str, Obligation]
Finder = Callable[[Subject, Done, datetime | None], Found | None]


def compile_anchor(
    anchor: Anchor, zone: ZoneInfo, clauses_of: Callable[[str], tuple[str, ...]]
) -> Finder:
    """A function giving the instant of an anchor at or after a bound (None: no bound).

    ``clauses_of`` gives the clause ids a name stands for: one clause, or all of a promise.
    """
    if isinstance(anchor, FactAnchor):
        return _fact_finder(anchor, zone)
    if isinstance(anchor, DateAnchor):
        return _date_finder(anchor, zone)
    if isinstance(anchor, OutcomeAnchor):
        return _outcome_finder(anchor, clauses_of(anchor.clause))
    finders = tuple(compile_anchor(part, zone, clauses_of) for part in anchor.anchors)
    return _first_known(finders) if isinstance(anchor, FirstKnown) else _all_of(finders)


def _fact_finder(anchor: FactAnchor, zone: ZoneInfo) -> Finder:
    if len(anchor.kinds) == 1 and not anchor.where.tests and anchor.attribute is None:
        kind = anchor.kinds[0]
        return _first_of_kind(kind) if anchor.which is not Which.LAST else _last_of_kind(kind)
    if not anchor.where.tests and anchor.attribute is None and anchor.which is not Which.LAST:
        return _first_of_kinds(anchor.kinds)

    def find(subject: Subject, done: Done, bound: datetime | None) -> Found | None:
        found = matching_facts(anchor, subject, zone)
        if bound is not None and anchor.attribute is None:
            found = [one for one in found if one[0] >= bound]
        if not found:
            return None
        takes_last = anchor.which is Which.LAST or anchor.attribute is not None
        return found[-1] if takes_last else found[0]

    return find


def _first_of_kind(kind: str) -> Finder:
    def find(subject: Subject, done: Done, bound: datetime | None) -> Found | None:
        facts = subject.by_kind.get(kind)
        if facts is None:
            return None
        if bound is None:
            return facts[0].occurred_at, facts[0]
        for fact in facts:
            if fact.occurred_at >= bound:
                return fact.occurred_at, fact
        return None

    return find


def _first_of_kinds(kinds: tuple[str, ...]) -> Finder:
    def find(subject: Subject, done: Done, bound: datetime | None) -> Found | None:
        first: Fact | None = None
        by_kind = subject.by_kind
        for kind in kinds:
            for fact in by_kind.get(kind, ()):
                if bound is None or fact.occurred_at >= bound:
                    if first is None or order_of(fact) < order_of(first):
                        first = fact
                    break
        return None if first is None else (first.occurred_at, first)

    return find


def _last_of_kind(kind: str) -> Finder:
    def find(subject: Subject, done: Done, bound: datetime | None) -> Found | None:
        facts = subject.by_kind.get(kind)
        if facts is None or (bound is not None and facts[-1].occurred_at < bound):
            return None
        return facts[-1].occurred_at, facts[-1]

    return find


def matching_facts(anchor: FactAnchor, subject: Subject, zone: ZoneInfo) -> list[Found]:
    """All facts an anchor means, in order of occurrence, each with the instant that counts."""
    facts = [fact for kind in anchor.kinds for fact in subject.by_kind.get(kind, ())]
    if len(anchor.kinds) > 1:
        facts.sort(key=order_of)
    found: list[Found] = []
    for fact in facts:
        if anchor.where.tests and not fits(anchor.where, fact.attrs):
            continue
        if anchor.attribute is None:
            found.append((fact.occurred_at, fact))
            continue
        named = instant_of(fact.attrs.get(anchor.attribute), zone)
        if named is not None:
            found.append((named, fact))
    return found


def _date_finder(anchor: DateAnchor, zone: ZoneInfo) -> Finder:
    clock = Clock(None, zone)

    def find(subject: Subject, done: Done, bound: datetime | None) -> Found | None:
        owner = subject.owner(anchor.owner)
        if owner is None:
            return None
        value = owner.attributes.get(anchor.attribute)
        at = instant_of(value, zone)
        if at is None:
            return None
        fact = next((one for one in reversed(owner.facts) if anchor.attribute in one.attrs), None)
        if anchor.plus is not None:
            at = clock.move(at, anchor.plus.number, anchor.plus.unit, ())
        return at, fact

    return find


def _outcome_finder(anchor: OutcomeAnchor, clauses: tuple[str, ...]) -> Finder:
    def find(subject: Subject, done: Done, bound: datetime | None) -> Found | None:
        for clause_id in clauses:
            obligation = done.get(clause_id)
            if obligation is not None:
                at = outcome_at(obligation, anchor.outcome)
                return None if at is None else (at, obligation.end_fact)
        return None

    return find


def outcome_at(obligation: Obligation, outcome: Outcome) -> datetime | None:
    """When an obligation came to an outcome; None when it has not."""
    if outcome is Outcome.STARTED:
        return obligation.started_at
    if outcome is Outcome.DUE:
        return obligation.due_at
    if outcome is Outcome.MISSED:
        return obligation.due_at if obligation.state is State.MISSED else None
    if outcome is Outcome.MET and obligation.state is not State.MET:
        return None
    return None if obligation.state is State.VOID else obligation.ended_at


def _first_known(finders: tuple[Finder, ...]) -> Finder:
    def find(subject: Subject, done: Done, bound: datetime | None) -> Found | None:
        for finder in finders:
            found = finder(subject, done, bound)
            if found is not None:
                return found
        return None

    return find


def _all_of(finders: tuple[Finder, ...]) -> Finder:
    def find(subject: Subject, done: Done, bound: datetime | None) -> Found | None:
        found = [finder(subject, done, bound) for finder in finders]
        known = [one for one in found if one is not None]
        return max(known, key=lambda one: one[0]) if len(known) == len(finders) else None

    return find
