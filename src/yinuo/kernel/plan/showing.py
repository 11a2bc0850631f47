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
from yinuo.kernel.plan.figurewords import measure_words
from yinuo.kernel.plan.limits import Amount
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.remedywords import RemedyWording, period_words
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.plan.wording import Wording, amount_words, number_text


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
        "remedies": _remedies(clause, remedies),
        "measured": not isinstance(clause, Statement),
        "default": clause.is_default,
    }


def _remedies(clause: Clause, words: RemedyWording) -> Text:
    if isinstance(clause, Measure):
        return words.remedies(clause.remedies, by_lateness=False, unit=clause.unit)
    return words.remedies(clause.remedies, by_lateness=True)


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
        return words.anchor(clause.start), EMPTY, _term(clause, words)
    if isinstance(clause, Recurring):
        return (
            words.anchor(clause.begins),
            words.anchor(clause.done),
            _recurrence(clause, words.plan),
        )
    if isinstance(clause, Measure):
        return EMPTY, EMPTY, measure_words(clause, words.plan)
    return EMPTY, EMPTY, _kept(clause) if isinstance(clause, Coverage) else EMPTY


def _term(clause: Warranty, words: Wording) -> Text:
    term = words.limit(clause.term)
    if clause.no_later_than is None:
        return term
    latest = words.anchor(clause.no_later_than)
    return Text(f"{term.zh}，不晚于{latest.zh}", f"{term.en}, no later than {latest.en}")


def _recurrence(clause: Recurring, plan: Plan) -> Text:
    if clause.interval is not None or clause.interval_parameter:
        if clause.interval is not None:
            every = amount_words(clause.interval)
        else:
            every = _set_by_contract(clause.interval_parameter, plan)
        return Text(f"每 {every.zh} 一次", f"every {every.en}")
    if clause.period is not None:
        period = period_words(clause.period)
        times = Text(str(clause.times), str(clause.times))
        if clause.times_parameter:
            times = _set_by_contract(clause.times_parameter, plan)
        due = _due_words(clause)
        return Text(
            f"每{period.zh} {times.zh} 次{due.zh}", f"{times.en} × each {period.en}{due.en}"
        )
    assert clause.usage is not None
    step = f"{clause.usage.attribute} + {number_text(clause.usage.every)}"
    return Text(f"每 {step}", f"every {step}")


def _due_words(clause: Recurring) -> Text:
    if clause.due_after_begin is not None:
        amount = amount_words(clause.due_after_begin)
        return Text(f"，期初后 {amount.zh}内", f", within {amount.en} of its begin")
    if clause.due_after_end is not None:
        amount = amount_words(clause.due_after_end)
        return Text(f"，期末后 {amount.zh}内", f", within {amount.en} after its end")
    return EMPTY


def _set_by_contract(name: str, plan: Plan) -> Text:
    """`set by the contract (visits, default 4)`."""
    found = next(one for one in plan.parameters if one.name == name)
    title, usual = found.title, found.default
    if usual is None:
        return Text(f"合同约定（{title.zh}）", f"as the contract says ({title.en})")
    shown = Text(number_text(usual), number_text(usual))
    if found.unit is not None:
        shown = amount_words(Amount(usual, found.unit))
    return Text(
        f"合同约定（{title.zh}，默认 {shown.zh}）",
        f"as the contract says ({title.en}, default {shown.en})",
    )


def _kept(clause: Coverage) -> Text:
    items = "、".join(clause.items) or clause.by
    per = "" if clause.per is None else f" / {clause.per} {clause.counted}"
    return Text(f"{clause.each} × {items}{per}", f"{clause.each} × {items}{per}")
