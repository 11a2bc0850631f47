"""Clauses as rows of a table a customer can read."""

from __future__ import annotations

from typing import Any

from yinuo.kernel.plan.clauses import (
    Clause,
    Coverage,
    Deadline,
    LevelChange,
    Measure,
    Recurring,
    Statement,
    Warranty,
)
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.remedywords import RemedyWording, period_words
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.plan.wording import Wording, amount_words, number_text, target_words


def clause_rows(plan: Plan) -> list[dict[str, Any]]:
    """One row for each clause: texts in both languages, codes as they are."""
    words = Wording(plan)
    remedies = RemedyWording(words)
    return [_row(clause, words, remedies) for clause in plan.clauses]


def _row(clause: Clause, words: Wording, remedies: RemedyWording) -> dict[str, Any]:
    start, end, limit = _parts(clause, words)
    return {
        "clause": clause.id,
        "kind": _kind(clause),
        "number": clause.number,
        "title": clause.title or words.word("promises", clause.promise),
        "text": clause.text,
        "promise": clause.title or words.word("promises", clause.promise),
        "promise_code": clause.promise,
        "subject": clause.subject,
        "owed_by": clause.owed_by,
        "applies_to": words.condition(clause.applies_to),
        "rank": clause.rank,
        "start": start,
        "end": end,
        "limit": limit,
        "calendar": clause.calendar or "always",
        "remedies": remedies.remedies(clause.remedies, by_lateness=not isinstance(clause, Measure)),
        "measured": not isinstance(clause, Statement),
        "default": clause.is_default,
    }


def _kind(clause: Clause) -> str:
    name = type(clause).__name__
    return "level_change" if name == "LevelChange" else name.lower()


def _parts(clause: Clause, words: Wording) -> tuple[Text, Text, Text]:
    if isinstance(clause, Deadline):
        limit = EMPTY if clause.limit is None else words.limit(clause.limit)
        if clause.backward:
            limit = Text(f"之前 {limit.zh}", f"{limit.en} before")
        return words.anchor(clause.start), words.anchor(clause.end), limit
    if isinstance(clause, LevelChange):
        after = Text("即时", "at once") if clause.limit is None else words.limit(clause.limit)
        return words.anchor(clause.start), EMPTY, after
    if isinstance(clause, Warranty):
        return words.anchor(clause.start), EMPTY, words.limit(clause.term)
    if isinstance(clause, Recurring):
        return words.anchor(clause.begins), words.anchor(clause.done), _recurrence(clause)
    if isinstance(clause, Measure):
        return EMPTY, EMPTY, _measure(clause)
    return EMPTY, EMPTY, _kept(clause) if isinstance(clause, Coverage) else EMPTY


def _recurrence(clause: Recurring) -> Text:
    if clause.interval is not None:
        every = amount_words(clause.interval)
        return Text(f"每 {every.zh} 一次", f"every {every.en}")
    if clause.period is not None:
        period = period_words(clause.period)
        return Text(f"每{period.zh} {clause.times} 次", f"{clause.times} × each {period.en}")
    assert clause.usage is not None
    step = f"{clause.usage.attribute} + {number_text(clause.usage.every)}"
    return Text(f"每 {step}", f"every {step}")


def _measure(clause: Measure) -> Text:
    period = period_words(clause.period)
    figure, target = clause.figure.value, f"{target_words(clause.target)} {clause.unit}".strip()
    return Text(f"{period.zh}：{figure} {target}", f"{period.en}: {figure} {target}")


def _kept(clause: Coverage) -> Text:
    items = "、".join(clause.items) or clause.by
    per = "" if clause.per is None else f" / {clause.per} {clause.counted}"
    return Text(f"{clause.each} × {items}{per}", f"{clause.each} × {items}{per}")
