"""What differs between versions of a plan, and what a case would get under one, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yinuo.domains.contracts.comparing import PlanChanges, compare_plans
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.types import PlanVersionRow
from yinuo.domains.obligations.previews import preview_evaluator
from yinuo.kernel.evaluation import Evaluator
from yinuo.kernel.plan.text import Text
from yinuo.surfaces.console import words


@dataclass(frozen=True, slots=True)
class ShownField:
    """One part of a clause before and after; the name of the part is `field`."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause that was added, removed or changed."""

    kind: str
    number: str
    title: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True, slots=True)
class ShownChanges:
    """All changes in the reader's language."""

    clauses: tuple[ShownClause, ...]
    parameters: tuple[ShownField, ...]
    calendars: tuple[str, ...]
    is_empty: bool


@dataclass(frozen=True, slots=True)
class ShownDue:
    """A due time that a case reported now would get, and had under the version before."""

    number: str
    title: str
    due_at: datetime | None
    before: datetime | None
    is_other: bool


def changes_between(before: PlanVersionRow, after: PlanVersionRow) -> ShownChanges:
    """What one published version says otherwise than another; both already visible."""
    return in_words(compare_plans(compiled_plan(before.id).plan, compiled_plan(after.id).plan))


def in_words(changes: PlanChanges) -> ShownChanges:
    """The changes in the reader's language."""
    return ShownChanges(
        clauses=tuple(
            ShownClause(
                one.kind,
                one.number or one.clause,
                _text(one.title),
                tuple(ShownField(f.field, _text(f.before), _text(f.after)) for f in one.fields),
            )
            for one in changes.clauses
        ),
        parameters=tuple(
            ShownField(one.field, _text(one.before), _text(one.after)) for one in changes.parameters
        ),
        calendars=changes.calendars,
        is_empty=changes.is_empty,
    )


def previews(
    evaluator: Evaluator, now: datetime, before: Evaluator | None = None
) -> list[tuple[str, list[ShownDue]]]:
    """For each level of a plan the due times of a case reported at `now`, the earliest leading.

    With `before`, beside those of the version before.
    """
    levels = [(one.code, _text(one.title)) for one in evaluator.plan.levels] or [("", "")]
    return [(title, _dues(evaluator, level, now, before)) for level, title in levels]


def _dues(
    evaluator: Evaluator, level: str, now: datetime, before: Evaluator | None
) -> list[ShownDue]:
    old = {}
    if before is not None:
        found = preview_evaluator(before, level=level, reported_at=now)
        old = {one.clause: one.due_at for one in found}
    return [
        ShownDue(
            one.number or one.clause,
            words.in_language(one.title_zh, one.title_en),
            one.due_at,
            old.get(one.clause),
            is_other=before is not None and old.get(one.clause) != one.due_at,
        )
        for one in preview_evaluator(evaluator, level=level, reported_at=now)
    ]


def _text(text: Text) -> str:
    return words.in_language(text.zh, text.en)
