"""What bounds remedies together: mutual exclusion, and caps over a period or the contract."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.periods import falls_on, span_holding
from yinuo.kernel.evaluation.results import RemedyLine
from yinuo.kernel.money import money_text
from yinuo.kernel.plan.remedies import Cap, Remedy
from yinuo.kernel.plan.text import Text
from yinuo.kernel.remedies.prices import price

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluation import Evaluation

_Key = tuple[str, str, datetime | None]


def limited(evaluation: Evaluation, lines: list[RemedyLine]) -> tuple[RemedyLine, ...]:
    """The lines with exclusions and caps applied; what is taken off stands in ``reduced_by``."""
    return capped((evaluation, line) for line in excluded(evaluation, lines))


def _remedy_of(evaluation: Evaluation, line: RemedyLine) -> Remedy:
    clause = evaluation.evaluator.plan.clause(line.clause_id)
    return next(one for one in clause.remedies if one.id == line.remedy_id)


def excluded(evaluation: Evaluation, lines: list[RemedyLine]) -> list[RemedyLine]:
    """The lines, those brought to nothing that a larger one of their group excludes."""
    largest: dict[_Key, int] = {}
    for number, line in enumerate(lines):
        group = _remedy_of(evaluation, line).group
        if group is None or line.amount is None:
            continue
        key = _together(line, group)
        if key not in largest or line.amount > (lines[largest[key]].amount or Decimal(0)):
            largest[key] = number
    kept: list[RemedyLine] = []
    for number, line in enumerate(lines):
        group = _remedy_of(evaluation, line).group
        key = _together(line, group or "")
        if group is None or key not in largest or largest[key] == number or line.amount is None:
            kept.append(line)
            continue
        winner = lines[largest[key]]
        kept.append(
            _reduced(
                line,
                Decimal(0),
                Text(
                    f"与 {winner.clause_id} 互斥，取较大者",
                    f"excluded by {winner.clause_id}, which is larger",
                ),
            )
        )
    return kept


def _together(line: RemedyLine, group: str) -> _Key:
    """Lines of one subject exclude each other; those of periods only within the same period."""
    return (line.subject, group, None if line.period is None else line.period.begins_at)


def capped(lines: Iterable[tuple[Evaluation, RemedyLine]]) -> tuple[RemedyLine, ...]:
    """The lines within the caps of periods and contracts, each by its own evaluation's figures.

    They come in the order in which caps are used up; they may be of several subjects.
    """
    spent: dict[_Key, Decimal] = {}
    return tuple(_within_caps(evaluation, line, spent) for evaluation, line in lines)


def _within_caps(
    evaluation: Evaluation, line: RemedyLine, spent: dict[_Key, Decimal]
) -> RemedyLine:
    """The line with every cap of a period held; what is paid counts towards all of them."""
    if line.amount is None:
        return line
    caps = [
        cap
        for cap in _remedy_of(evaluation, line).caps
        if cap.over is not None or cap.shared is not None
    ]
    subject = evaluation.subject(line.subject)
    left: list[tuple[Decimal, Decimal]] = []
    for cap in caps:
        most = price(cap.price, subject, evaluation.evaluator.parameters.get).times()
        if most is not None:
            used = spent.get(_key(evaluation, line, cap), Decimal(0))
            room = max(evaluation.evaluator.rounded(most) - used, Decimal(0))
            left.append((room, most))
    room, most = min(left, default=(line.amount, Decimal(0)))
    paid = min(line.amount, room)
    for cap in caps:
        key = _key(evaluation, line, cap)
        spent[key] = spent.get(key, Decimal(0)) + paid
    if paid == line.amount:
        return line
    shown = money_text(most)
    return _reduced(line, paid, Text(f"累计封顶 {shown}", f"total capped at {shown}"))


def _key(evaluation: Evaluation, line: RemedyLine, cap: Cap) -> _Key:
    name = cap.shared or f"{line.clause_id}/{line.remedy_id}"
    begins: datetime | None = None
    if cap.over is not None and line.incurred_at is not None:
        contract = evaluation.subject(line.subject).owner("contract")
        at = falls_on(line.incurred_at, line.period)
        span = span_holding(cap.over, at, contract, evaluation.evaluator.zone)
        begins = span.begins_at if span is not None else None
    return (name, line.contract, begins)


def _reduced(line: RemedyLine, amount: Decimal, why: Text) -> RemedyLine:
    before = line.amount or Decimal(0)
    words = line.computation
    return line._replace(
        amount=amount.quantize(before),
        reduced_by=before - amount,
        computation=Text(f"{words.zh}；{why.zh}", f"{words.en}; {why.en}"),
    )
