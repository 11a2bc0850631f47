"""Which facts a plan's clauses wait for on a kind of subject, and what they read in them.

A promise whose start or end nobody can record is doomed to a miss; surfaces offer every kind found
here, with a field for each figure, instant or code that a clause looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yinuo.kernel.plan.anchors import FactAnchor, facts_in
from yinuo.kernel.plan.clauses import Acknowledgement, Clause, Deadline, LevelChange, Stop
from yinuo.kernel.plan.limits import Agreed, FromAttribute, Limit, parts_of
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.selectors import OneOf, Test
from yinuo.kernel.steps import FieldType, StepField

_ANSWERS = {
    Acknowledgement.REQUIRED: "pause_acknowledged",
    Acknowledgement.UNLESS_OBJECTED: "pause_objected",
}
Asked = dict[str, dict[str, StepField]]


def asked_facts(plan: Plan, subject: str = "request") -> dict[str, tuple[StepField, ...]]:
    """Fact kinds that deadlines and level changes on this subject name, with their fields.

    In the order of the clauses. Pauses with `paused` and `resumed` are not among them.
    """
    found: Asked = {}
    for clause in plan.clauses:
        if clause.subject == subject:
            for anchor in _anchors(clause):
                for kind in anchor.kinds:
                    _note(found, kind, _fields_of(anchor))
            for kind in _kinds(clause):
                _note(found, kind, ())
            for limit in _limits(clause):
                _note_limit(found, limit)
    return {kind: tuple(fields.values()) for kind, fields in found.items()}


def stops_of(plan: Plan, subject: str = "request") -> tuple[Stop, ...]:
    """The reasons for which clauses on this subject let their clock stop, each once.

    A reason needs proof when one of the clauses asks for it.
    """
    found: dict[str, Stop] = {}
    for clause in plan.clauses:
        if clause.subject == subject and isinstance(clause, Deadline):
            for stop in clause.stops:
                if stop.begins == "paused" and not (
                    stop.reason in found and found[stop.reason].proof
                ):
                    found[stop.reason] = stop
    return tuple(found.values())


def _anchors(clause: Clause) -> Iterator[FactAnchor]:
    if isinstance(clause, Deadline):
        yield from facts_in(clause.start)
        yield from facts_in(clause.end)
    elif isinstance(clause, LevelChange):
        yield from facts_in(clause.start)
        if clause.unless is not None:
            yield clause.unless


def _kinds(clause: Clause) -> Iterator[str]:
    """Kinds named without conditions beside start and end."""
    if not isinstance(clause, Deadline):
        return
    yield from clause.broken_by
    yield from clause.reopened_by
    if clause.extended_by is not None:
        yield clause.extended_by
    if clause.repeat is not None:
        yield from clause.repeat.until
    for stop in clause.stops:
        yield from (kind for kind in (stop.begins, stop.ends) if kind not in ("paused", "resumed"))
        if stop.acknowledgement in _ANSWERS:
            yield _ANSWERS[stop.acknowledgement]


def _limits(clause: Clause) -> Iterator[Limit]:
    if not isinstance(clause, Deadline):
        return
    if clause.limit is not None:
        yield from _all_parts(clause.limit)
    if clause.extended_by is not None:
        yield Agreed(clause.extended_by)


def _all_parts(limit: Limit) -> Iterator[Limit]:
    yield limit
    for part in parts_of(limit):
        yield from _all_parts(part)


def _fields_of(anchor: FactAnchor) -> Iterable[StepField]:
    for name, test in anchor.where.tests:
        yield _field(name, test)
    if anchor.attribute is not None:
        yield StepField(anchor.attribute, FieldType.INSTANT)


def _field(name: str, test: Test) -> StepField:
    if not isinstance(test, OneOf):
        return StepField(name, FieldType.NUMBER)
    if test.values <= {"yes", "no"}:
        return StepField(name, FieldType.YES_NO)
    return StepField(name, FieldType.CODE, choices=tuple(sorted(test.values)))


def _note_limit(found: Asked, limit: Limit) -> None:
    if isinstance(limit, Agreed):
        _note(found, limit.fact, (StepField(limit.attribute, FieldType.INSTANT, needed=True),))
    elif isinstance(limit, FromAttribute) and limit.fact is not None:
        kind = FieldType.MINUTES if limit.unit.value == "minute" else FieldType.NUMBER
        _note(found, limit.fact, (StepField(limit.attribute, kind),))


def _note(found: Asked, kind: str, fields: Iterable[StepField]) -> None:
    known = found.setdefault(kind, {})
    for field in fields:
        before = known.get(field.name)
        if before is None:
            known[field.name] = field
        elif before.choices and field.choices:
            codes = tuple(sorted({*before.choices, *field.choices}))
            known[field.name] = StepField(field.name, field.type, field.needed, codes)
