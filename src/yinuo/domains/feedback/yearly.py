"""How satisfied a customer was within a span: the answers that count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yinuo.domains.feedback.policies import visible_answers
from yinuo.domains.network.types import Actor

MOST_OPINIONS = 20


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody said, on which day, and how satisfied he was."""

    on: date
    satisfaction: str
    said_by: str
    words: str


@dataclass(frozen=True, slots=True)
class Satisfied:
    """Answers by satisfaction, their average in points (None without any), and what was said."""

    counts: tuple[tuple[str, int], ...]
    average: Decimal | None
    opinions: tuple[Opinion, ...]


def satisfied_of_customer(
    actor: Actor, customer_id: int, contract_id: int | None, first: date, last: date
) -> Satisfied:
    """The visible answers of a customer between two days, of one contract's requests when named
    (internal ids, already scoped). One statement."""
    rows = visible_answers(actor).filter(
        customer_id=customer_id, counts=True, case_on__range=(first, last)
    )
    if contract_id is not None:
        rows = rows.filter(request__contract_id=contract_id)
    found = list(rows.order_by("case_on", "id"))
    counts: dict[str, int] = {}
    for one in found:
        counts[one.satisfaction] = counts.get(one.satisfaction, 0) + 1
    total = sum((one.points for one in found), Decimal(0))
    said = [
        Opinion(one.case_on, one.satisfaction, one.said_by, one.opinion)
        for one in found
        if one.opinion.strip()
    ]
    average = (total / len(found)).quantize(Decimal("0.01")) if found else None
    return Satisfied(tuple(counts.items()), average, tuple(said[:MOST_OPINIONS]))
