"""Clauses as rows of a table a customer can read."""

from __future__ import annotations

from typing import Any

from yinuo.kernel.plan.clauses import Clause, Deadline, Statement
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.plan.wording import Wording


def clause_rows(plan: Plan) -> list[dict[str, Any]]:
    """One row for each clause: texts in both languages, codes as they are."""
    words = Wording(plan)
    return [_row(clause, words) for clause in plan.clauses]


def _row(clause: Clause, words: Wording) -> dict[str, Any]:
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
        "remedies": _remedies(clause, words),
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
    return EMPTY, EMPTY, EMPTY


def _remedies(clause: Clause, words: Wording) -> Text:
    return Text(str(len(clause.remedies) or ""), str(len(clause.remedies) or ""))
