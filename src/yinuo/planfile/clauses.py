"""Clauses as written: the shared heading, and deadlines, level changes and statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from yinuo.kernel.plan.clauses import Clause, Deadline, LevelChange, Statement
from yinuo.kernel.plan.selectors import ALWAYS
from yinuo.kernel.plan.text import EMPTY
from yinuo.kernel.plan.words import OWERS, PROMISES, SUBJECT_KINDS
from yinuo.planfile.amounts import AmountShape
from yinuo.planfile.anchors import ANCHOR, FACT_ANCHOR
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.ladders import REPEAT, ROUNDING, STOP, LadderShape
from yinuo.planfile.limits import FACT, LIMIT
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.remedies import REMEDY
from yinuo.planfile.shapes import (
    CLAUSE_ID,
    CODE,
    BadValue,
    Bilingual,
    Key,
    Known,
    ListOf,
    Number,
    Reader,
    Record,
    Schema,
    Shape,
    String,
    Values,
    Word,
    YesNo,
    scalar,
)
from yinuo.planfile.source import Node

CALENDAR = Known("calendars", "a calendar of this plan", also=("always",))
HEADING: dict[str, Key] = {
    "id": Key(String("an id such as on_site.serious", CLAUSE_ID), "name of the clause, unique in the plan", True),
    "kind": Key(String("a kind"), "deadline (left out), recurring, measure, coverage, warranty, level_change, statement"),
    "number": Key(String(), "the clause's number in the contract"),
    "title": Key(Bilingual(), "a short name"),
    "text": Key(Bilingual(), "the promise in words"),
    "promise": Key(Word("promises", "a promise", PROMISES), "what is promised"),
    "slot": Key(String("a name", CODE), "keeps several promises of the same kind apart"),
    "subject": Key(Word("subjects", "a subject kind", SUBJECT_KINDS), "what it is about; left out: request"),
    "owed_by": Key(Word("owers", "a party", OWERS, False), "who owes it; left out: vendor"),
    "applies_to": Key(ConditionShape(), "selectors that must fit"),
    "rank": Key(Number("-1000", "1000", whole=True), "wins over competing clauses of lower rank; left out: 0"),
    "default": Key(YesNo(), "the figure is a shipped default, not from the contract"),
    "evidence": Key(ListOf(String(), or_one=True), "what proves it"),
    "remedies": Key(ListOf(REMEDY), "what a breach brings"),
    "escalation": Key(LadderShape(), "a ladder's name, or its steps"),
    "calendar": Key(CALENDAR, "the time that counts; left out: the plan's, else always"),
    "local_time": Key(YesNo(), "clock times are those of the customer's zone (attribute timezone)"),
}  # fmt: skip
DEADLINE_KEYS: dict[str, Key] = {
    "start": Key(ANCHOR, "what starts it", True),
    "end": Key(ANCHOR, "what keeps it", True),
    "limit": Key(LIMIT, "how long it may take"),
    "direction": Key(Word("directions", "a direction", ("after", "before"), False), "limit after the start (left out) or before it"),
    "intake": Key(CALENDAR, "a start outside these hours counts from the next opening"),
    "stops": Key(ListOf(STOP), "what may stop the clock"),
    "void_on": Key(ListOf(FACT, or_one=True, least=0), "facts that end it without breach; left out: cancelled, merged"),
    "rounding": Key(ROUNDING, "due times are rounded"),
    "repeat": Key(REPEAT, "comes again until something happens"),
    "extended_by": Key(FACT, "a fact that moves the due time to its `until`, if told before it"),
    "at_least_after_change": Key(AmountShape(), "after a change of level at least this much is left"),
    "broken_by": Key(ListOf(FACT, or_one=True), "facts that break it at once, before the end"),
    "working_day_ends": Key(Word("day_ends", "an end of day", ("midnight", "last_window", "same_clock"), False), "when a limit in working days ends; left out: midnight"),
}  # fmt: skip


def heading(values: Values, reader: Reader, promise: str = "other") -> dict[str, Any]:
    """The fields every clause has, from what was written."""
    remedies = tuple(
        _named(remedy, number, values) for number, remedy in enumerate(values.get("remedies", ()))
    )
    number = values.get("number", "")
    return {
        "id": values.get("id"), "promise": values.get("promise", promise), "number": number,
        "title": values.get("title", EMPTY), "text": values.get("text", EMPTY),
        "slot": values.get("slot", ""), "subject": values.get("subject", "request"),
        "owed_by": values.get("owed_by", "vendor"),
        "applies_to": values.get("applies_to", ALWAYS), "rank": int(values.get("rank", 0)),
        "is_default": bool(values.get("default", False)), "evidence": values.get("evidence", ()),
        "remedies": remedies, "ladder": values.get("escalation", reader.shared.get("ladder", ())),
        "calendar": values.get("calendar", reader.shared.get("calendar")),
        "local_time": bool(values.get("local_time", False)),
    }  # fmt: skip


def _named(remedy: Any, number: int, values: Values) -> Any:
    from dataclasses import replace

    payer = remedy.paid_by or values.get("owed_by", "vendor")
    return replace(remedy, id=remedy.id or str(number + 1), paid_by=payer)


def _deadline(values: Values, reader: Reader) -> Clause:
    if "limit" not in values and "broken_by" not in values:
        raise BadValue(values.node, "missing_key", 'a deadline needs the key "limit"')
    return Deadline(
        **heading(values, reader), start=values.get("start"), end=values.get("end"),
        limit=values.get("limit"), backward=values.get("direction") == "before",
        intake=values.get("intake"), stops=values.get("stops", ()),
        void_on=values.get("void_on", ("cancelled", "merged")), rounding=values.get("rounding"),
        repeat=values.get("repeat"), extended_by=values.get("extended_by"),
        at_least_after_change=values.get("at_least_after_change"),
        broken_by=values.get("broken_by", ()), day_end=values.get("working_day_ends", "midnight"),
    )  # fmt: skip


class _Sets(Shape):
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
        **heading(values, reader, "level_change"), start=values.get("start"),
        sets=values.get("sets"), limit=values.get("limit"), unless=values.get("unless"),
    )  # fmt: skip


def _statement(values: Values, reader: Reader) -> Clause:
    return Statement(**heading(values, reader), why=values.get("why", EMPTY))


_CHANGE_KEYS: dict[str, Key] = {
    "start": Key(ANCHOR, "what the change follows", True),
    "limit": Key(LIMIT, "how long after it; left out: at once"),
    "unless": Key(FACT_ANCHOR, "a fact that prevents it"),
    "sets": Key(_Sets(), "selectors and their new values", True),
}
_STATEMENT_KEYS: dict[str, Key] = {"why": Key(Bilingual(), "why it cannot be measured")}


def _record(kind: str, keys: Mapping[str, Key], build: Callable[[Values, Reader], Any]) -> Record:
    return Record(f"a {kind} clause", {**HEADING, **keys}, build)


KINDS: dict[str, Record] = {
    "deadline": _record("deadline", DEADLINE_KEYS, _deadline),
    "level_change": _record("level change", _CHANGE_KEYS, _level_change),
    "statement": _record("statement", _STATEMENT_KEYS, _statement),
}


class ClauseShape(Shape):
    """A clause; its `kind` says which keys it has."""

    def read(self, node: Node, reader: Reader) -> Clause:
        if node.kind != "map":
            raise BadValue(node, "wrong_type", "a clause is written as key: value lines")
        kind_node = node.get("kind")
        kind = "deadline" if kind_node is None else scalar(kind_node, "a kind of clause")
        record = KINDS.get(kind)
        if record is None:
            assert kind_node is not None
            hint = did_you_mean(kind, KINDS)
            raise BadValue(kind_node, "unknown_word", f'"{kind[:40]}" is no kind of clause{hint}')
        clause: Clause = record.read(node, reader)
        return clause

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/clause"}
