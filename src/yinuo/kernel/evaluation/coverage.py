"""Coverage duties: what must be kept at all times, and what is missing now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from yinuo.kernel.evaluation.clocks import Clock, instant_of, number_of
from yinuo.kernel.evaluation.duties import applies, facts_about
from yinuo.kernel.evaluation.results import Obligation, State
from yinuo.kernel.evaluation.starts import compile_anchor
from yinuo.kernel.evaluation.subjects import Subject, World
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.anchors import FactAnchor
from yinuo.kernel.plan.clauses import Coverage, Kept

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator

# A count that a person took of what a duty keeps, with the clause, what is needed and there.
COUNTED = "counted"
_DELIVERED = FactAnchor(("delivered", "installed", "commissioned"))


def coverage_of(
    evaluator: Evaluator, clause: Coverage, world: World, subject: Subject
) -> list[Obligation]:
    """The state of a coverage duty now: one obligation, for documents one for each item."""
    if not applies(clause, subject):
        return []
    if clause.kept is Kept.DOCUMENT:
        return _documents(evaluator, clause, world, subject)
    counted = _last_count(clause, subject)
    if counted is not None:
        return [_as_counted(clause, subject, counted)]
    needed, have = _held(evaluator, clause, world, subject)
    if not needed:
        return []
    missing = tuple(
        f"{name or clause.role or clause.kept}: {have.get(name, 0)}/{count}"
        for name, count in sorted(needed.items())
        if have.get(name, 0) < count
    )
    state = State.MISSED if missing else State.MET
    since = _since(evaluator, world, subject)
    return [
        Obligation(
            clause.id,
            clause.promise,
            subject.name,
            state,
            since,
            None,
            None,
            timedelta(0),
            missing=missing,
        )
    ]


def _held(
    evaluator: Evaluator, clause: Coverage, world: World, subject: Subject
) -> tuple[dict[str, int], dict[str, int]]:
    """What the duty asks for and what the world of the subject has of it, by name."""
    if clause.kept is Kept.PEOPLE:
        return _people(evaluator, clause, world, subject)
    needed = _needed_items(evaluator, clause, world, subject)
    if clause.kept is Kept.STOCK:
        return needed, _stock(clause, world)
    return needed, _certified(evaluator, clause, world)


def _last_count(clause: Coverage, subject: Subject) -> Fact | None:
    """The last count that a person took of the duty; it stands until the next one."""
    counts = [
        fact
        for fact in subject.facts
        if fact.kind == COUNTED and fact.attrs.get("clause") == clause.id
    ]
    return max(counts, key=lambda fact: (fact.occurred_at, fact.received_at), default=None)


def _as_counted(clause: Coverage, subject: Subject, count: Fact) -> Obligation:
    """The duty by a count: its ``have`` against what was ``needed`` of each item that day."""
    needed, have = count.attrs.get("needed", {}), count.attrs.get("have", {})
    missing = tuple(
        f"{name or clause.role or clause.kept}: {have.get(name, 0)}/{number}"
        for name, number in sorted(needed.items())
        if have.get(name, 0) < number
    )
    return Obligation(
        clause.id,
        clause.promise,
        subject.name,
        State.MISSED if missing else State.MET,
        count.occurred_at,
        None,
        None,
        timedelta(0),
        start_fact=count,
        missing=missing,
    )


def _since(evaluator: Evaluator, world: World, subject: Subject) -> datetime | None:
    found = facts_about(world, subject, _DELIVERED, evaluator)
    return found[0][0] if found else None


def _needed_items(
    evaluator: Evaluator, clause: Coverage, world: World, subject: Subject
) -> dict[str, int]:
    names: dict[str, int] = dict.fromkeys(clause.items, clause.each)
    if clause.items:
        return names
    counts: dict[str, int] = {}
    for _, fact in facts_about(world, subject, _DELIVERED, evaluator):
        assert fact is not None
        value = fact.attrs.get(clause.by, world.subject(fact.subject).lookup(clause.by))
        for item in value if isinstance(value, list | tuple) else [value]:
            if item is not None:
                counts[str(item)] = counts.get(str(item), 0) + _quantity(fact)
    if clause.per is None:
        return dict.fromkeys(counts, clause.each)
    return {name: -(-count // clause.per) * clause.each for name, count in counts.items()}


def _quantity(fact: Fact) -> int:
    number = number_of(fact.attrs.get("quantity", 1))
    return int(min(max(number or Decimal(0), Decimal(0)), Decimal(10**9)))


def _stock(clause: Coverage, world: World) -> dict[str, int]:
    have: dict[str, int] = {}
    for fact in _facts(world, ("stocked", "withdrawn_from_stock")):
        name = str(fact.attrs.get(clause.by, ""))
        sign = 1 if fact.kind == "stocked" else -1
        have[name] = have.get(name, 0) + sign * _quantity(fact)
    return have


def _certified(evaluator: Evaluator, clause: Coverage, world: World) -> dict[str, int]:
    have: dict[str, set[str]] = {}
    for fact in _facts(world, ("certified", "certificate_expired")):
        expires = instant_of(fact.attrs.get("expires_on"), evaluator.zone)
        held = fact.kind == "certified" and (expires is None or expires > world.as_of)
        value: Any = fact.attrs.get(clause.by, "")
        for name in value if isinstance(value, list | tuple) else [value]:
            people = have.setdefault(str(name), set())
            people.discard(fact.subject)
            if held:
                people.add(fact.subject)
    return {name: len(people) for name, people in have.items()}


def _people(
    evaluator: Evaluator, clause: Coverage, world: World, subject: Subject
) -> tuple[dict[str, int], dict[str, int]]:
    on_duty: set[str] = set()
    for fact in _facts(world, ("staffed", "unstaffed")):
        if clause.role and fact.attrs.get("role", clause.role) != clause.role:
            continue
        on_duty.discard(fact.subject)
        if fact.kind == "staffed":
            on_duty.add(fact.subject)
    needed = clause.each
    if clause.per is not None:
        needed = -(-_counted(clause, world, subject) // clause.per) * clause.each
    return ({"": needed} if needed else {}), {"": len(on_duty)}


def _counted(clause: Coverage, world: World, subject: Subject) -> int:
    stated = number_of(subject.lookup("quantity"))
    if stated is not None and stated >= 0:
        return int(min(stated, Decimal(10**9)))
    prefix = clause.counted + ":"
    return sum(
        any(one.name == subject.name for one in world.subject(name).linked)
        for name in world.names()
        if name.startswith(prefix)
    )


def _facts(world: World, kinds: Iterable[str]) -> list[Fact]:
    wanted = tuple(kinds)
    found = [
        fact
        for name in world.with_facts_of(wanted)
        for fact in world.subject(name).facts
        if fact.kind in wanted
    ]
    return sorted(found, key=lambda fact: (fact.occurred_at, fact.received_at, fact.subject))


def _documents(
    evaluator: Evaluator, clause: Coverage, world: World, subject: Subject
) -> list[Obligation]:
    assert clause.start is not None
    assert clause.limit is not None
    begun = compile_anchor(clause.start, evaluator.zone, evaluator.clauses_of)(subject, {}, None)
    if begun is None or begun[0] > world.as_of:
        return []
    clock = Clock(evaluator.calendars.of(clause.calendar, ""), evaluator.zone)
    due = evaluator.compiler.compile(clause.limit, clock)(subject, begun[0], ())
    handed = facts_about(world, subject, FactAnchor(("documented",)), evaluator)
    made: list[Obligation] = []
    for item in clause.items:
        fact = next((one for at, one in handed if one and one.attrs.get("document") == item), None)
        ended = None if fact is None else fact.occurred_at
        late = timedelta(0)
        if due is not None:
            late = max((ended or world.as_of) - due, timedelta(0))
        state = State.MISSED if late else State.RUNNING if ended is None else State.MET
        made.append(
            Obligation(
                clause.id,
                clause.promise,
                subject.name,
                state,
                begun[0],
                due,
                ended,
                late,
                next_at=due if ended is None and not late else None,
                next_step="due" if ended is None and not late else "",
                number=len(made),
                start_fact=begun[1],
                end_fact=fact,
                missing=() if fact else (item,),
                note=item,
            )
        )
    return made
