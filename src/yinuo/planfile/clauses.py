"""Clauses as written: the shared heading, and deadlines, level changes and statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from yinuo.kernel.plan.clauses import Clause, Deadline, LevelChange, Statement
from yinuo.kernel.plan.text import EMPTY
from yinuo.planfile.amounts import AmountShape
from yinuo.planfile.anchors import ANCHOR, FACT_ANCHOR
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.duties import (
    COVERAGE_KEYS,
    RECURRING_KEYS,
    build_coverage,
    build_recurring,
)
from yinuo.planfile.heading import CALENDAR, HEADING, heading
from yinuo.planfile.ladders import REPEAT, ROUNDING, STOP
from yinuo.planfile.limits import FACT, LIMIT
from yinuo.planfile.measures import MEASURE_KEYS, build_measure
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.shapes import (
    BadValueError,
    Bilingual,
    Key,
    ListOf,
    Reader,
    Record,
    Schema,
    Shape,
    Values,
    Word,
    scalar,
)
from yinuo.planfile.source import Node
from yinuo.planfile.warranties import WARRANTY_KEYS, build_warranty

DEADLINE_KEYS: dict[str, Key] = {
    "start": Key(ANCHOR, "what starts it", True),
    "end": Key(ANCHOR, "what keeps it", True),
    "limit": Key(LIMIT, "how long it may take"),
    "direction": Key(
        Word("directions", "a direction", ("after", "before"), False),
        "limit after the start (left out) or before it",
    ),
    "intake": Key(CALENDAR, "a start outside these hours counts from the next opening"),
    "stops": Key(ListOf(STOP), "what may stop the clock"),
    "void_on": Key(
        ListOf(FACT, or_one=True, least=0),
        "facts that end it without breach; left out: cancelled, merged",
    ),
    "rounding": Key(ROUNDING, "due times are rounded"),
    "repeat": Key(REPEAT, "comes again until something happens"),
    "extended_by": Key(FACT, "a fact that moves the due time to its `until`, if told before it"),
    "at_least_after_change": Key(
        AmountShape(), "after a change of level at least this much is left"
    ),
    "broken_by": Key(ListOf(FACT, or_one=True), "facts that break it at once, before the end"),
    "reopened_by": Key(
        ListOf(FACT, or_one=True), "facts that undo the end; the time between does not count"
    ),
    "excused_by": Key(
        ConditionShape(free=True, stated=True),
        "a breach with these attributes is excused, such as its cause",
    ),
    "working_day_ends": Key(
        Word("day_ends", "an end of day", ("midnight", "last_window", "same_clock"), False),
        "when a limit in working days ends; left out: midnight",
    ),
}


def _deadline(values: Values, reader: Reader) -> Clause:
    if "limit" not in values and "broken_by" not in values:
        raise BadValueError(values.node, "missing_key", 'a deadline needs the key "limit"')
    return Deadline(
        **heading(values, reader),
        start=values.get("start"),
        end=values.get("end"),
        limit=values.get("limit"),
        backward=values.get("direction") == "before",
        intake=values.get("intake"),
        stops=values.get("stops", ()),
        void_on=values.get("void_on", ("cancelled", "merged")),
        rounding=values.get("rounding"),
        repeat=values.get("repeat"),
        extended_by=values.get("extended_by"),
        at_least_after_change=values.get("at_least_after_change"),
        broken_by=values.get("broken_by", ()),
        excused_by=values.get("excused_by"),
        reopened_by=values.get("reopened_by", ()),
        day_end=values.get("working_day_ends", "midnight"),
    )


class Sets(Shape):
    """Selectors and the values they take from then on."""

    def read(self, node: Node, reader: Reader) -> tuple[tuple[str, str], ...]:
        condition = ConditionShape().read(node, reader)
        pairs = []
        for (name, _), (_, value) in zip(condition.tests, node.pairs, strict=True):
            pairs.append((name, scalar(value, "one value")))
        return tuple(pairs)

    def schema(self) -> Schema:
        return {"type": "object"}


def _level_change(values: Values, reader: Reader) -> Clause:
    return LevelChange(
        **heading(values, reader, "level_change"),
        start=values.get("start"),
        sets=values.get("sets"),
        limit=values.get("limit"),
        unless=values.get("unless"),
    )


def _statement(values: Values, reader: Reader) -> Clause:
    return Statement(**heading(values, reader), why=values.get("why", EMPTY))


_CHANGE_KEYS: dict[str, Key] = {
    "start": Key(ANCHOR, "what the change follows", True),
    "limit": Key(LIMIT, "how long after it; left out: at once"),
    "unless": Key(FACT_ANCHOR, "a fact that prevents it"),
    "sets": Key(Sets(), "selectors and their new values", True),
}
_STATEMENT_KEYS: dict[str, Key] = {"why": Key(Bilingual(), "why it cannot be measured")}


def _record(kind: str, keys: Mapping[str, Key], build: Callable[[Values, Reader], Any]) -> Record:
    return Record(f"a {kind} clause", {**HEADING, **keys}, build)


KINDS: dict[str, Record] = {
    "recurring": _record("recurring", RECURRING_KEYS, build_recurring),
    "measure": _record("measure", MEASURE_KEYS, build_measure),
    "coverage": _record("coverage", COVERAGE_KEYS, build_coverage),
    "warranty": _record("warranty", WARRANTY_KEYS, build_warranty),
    "deadline": _record("deadline", DEADLINE_KEYS, _deadline),
    "level_change": _record("level change", _CHANGE_KEYS, _level_change),
    "statement": _record("statement", _STATEMENT_KEYS, _statement),
}


class ClauseShape(Shape):
    """A clause; its `kind` says which keys it has."""

    def read(self, node: Node, reader: Reader) -> Clause:
        if node.kind != "map":
            raise BadValueError(node, "wrong_type", "a clause is written as key: value lines")
        kind_node = node.get("kind")
        kind = "deadline" if kind_node is None else scalar(kind_node, "a kind of clause")
        record = KINDS.get(kind)
        if record is None:
            assert kind_node is not None
            hint = did_you_mean(kind, KINDS)
            raise BadValueError(
                kind_node,
                "unknown_word",
                Message('"{kind}" is no kind of clause{hint}', kind=kind[:40], hint=hint),
            )
        clause: Clause = record.read(node, reader)
        return clause

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/clause"}
