"""What one version of a plan says otherwise than another, clause by clause, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yinuo.kernel.plan.clauses import LadderStep
from yinuo.kernel.plan.plan import Parameter, Plan
from yinuo.kernel.plan.showing import clause_rows
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.plan.wording import amount_words, number_text
from yinuo.kernel.plan.words import ROLES

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
# What a reader is shown of a clause, in this order; the code names the words on screen.
_FIELDS = ("title", "text", "limit", "start", "end", "applies_to", "calendar", "remedies")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One part of a clause before and after, in both languages; empty where it was not."""

    field: str
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause that was `added`, `removed` or `changed`, with what changed about it."""

    kind: str
    clause: str
    number: str
    title: Text
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """Everything that differs: clauses, the figures contracts may set, and calendars by name."""

    clauses: tuple[ClauseChange, ...]
    parameters: tuple[FieldChange, ...]
    calendars: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """True when both say the same."""
        return not (self.clauses or self.parameters or self.calendars)


def compare_plans(before: Plan, after: Plan) -> PlanChanges:
    """What `after` says otherwise than `before`, in the order of `after`, removed ones last."""
    old = {row["clause"]: row for row in _rows(before)}
    found: list[ClauseChange] = []
    for row in _rows(after):
        known = old.pop(row["clause"], None)
        if known is None:
            found.append(_change(ADDED, row))
        elif fields := _fields(known, row):
            found.append(_change(CHANGED, row, fields))
    found += [_change(REMOVED, row) for row in old.values()]
    return PlanChanges(tuple(found), _parameters(before, after), _calendars(before, after))


def _rows(plan: Plan) -> list[dict[str, Any]]:
    rows = clause_rows(plan)
    for row, clause in zip(rows, plan.clauses, strict=True):
        row["ladder"] = _ladder(clause.ladder)
    return rows


def _change(kind: str, row: dict[str, Any], fields: Iterable[FieldChange] = ()) -> ClauseChange:
    return ClauseChange(kind, row["clause"], row["number"], row["title"], tuple(fields))


def _fields(before: dict[str, Any], after: dict[str, Any]) -> list[FieldChange]:
    return [
        FieldChange(name, _text(before[name]), _text(after[name]))
        for name in (*_FIELDS, "ladder")
        if before[name] != after[name]
    ]


def _text(value: Any) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, tuple | list):
        texts = [_text(one) for one in value]
        return Text("；".join(one.zh for one in texts), "; ".join(one.en for one in texts))
    return Text(str(value), str(value)) if value else EMPTY


def _ladder(steps: Iterable[LadderStep]) -> Text:
    shown = [_step(step) for step in steps]
    return Text("；".join(one.zh for one in shown), "; ".join(one.en for one in shown))


def _step(step: LadderStep) -> Text:
    zh = "、".join(ROLES[role].zh for role in step.notify)
    en = ", ".join(ROLES[role].en for role in step.notify)
    if step.percent is not None:
        return Text(f"{number_text(step.percent)} % {zh}", f"{number_text(step.percent)} % {en}")
    for amount, before, after in (
        (step.before_due, "到期前", "before due"),
        (step.after_start, "开始后", "after the start"),
        (step.after_due, "到期后", "after due"),
        (step.every, "每", "each"),
    ):
        if amount is not None:
            words = amount_words(amount)
            return Text(f"{before} {words.zh} {zh}", f"{words.en} {after} {en}")
    return Text(zh, en)


def _parameters(before: Plan, after: Plan) -> tuple[FieldChange, ...]:
    old = {one.name: one for one in before.parameters}
    new = {one.name: one for one in after.parameters}
    return tuple(
        FieldChange(name, _parameter(old.get(name)), _parameter(new.get(name)))
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    )


def _parameter(one: Parameter | None) -> Text:
    if one is None:
        return EMPTY
    bounds = [
        f"{sign} {number_text(figure)}"
        for sign, figure in (("=", one.default), ("≥", one.lowest), ("≤", one.highest))
        if figure is not None
    ]
    shown = ", ".join(bounds)
    return Text(f"{one.title.zh or one.name} {shown}", f"{one.title.en or one.name} {shown}")


def _calendars(before: Plan, after: Plan) -> tuple[str, ...]:
    old, new = dict(before.calendars), dict(after.calendars)
    return tuple(name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name))
