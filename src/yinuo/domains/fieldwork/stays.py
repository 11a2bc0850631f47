"""From when to when how many people worked on site, as charges count it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from yinuo.domains.fieldwork.companions import companions_of
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.types import CompanionRow

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Stay:
    """So many people who were there for the same time."""

    begins: datetime
    ends: datetime
    persons: int


def stays_of(orders: Iterable[WorkOrder]) -> Mapping[int, tuple[Stay, ...]]:
    """By finished sheet (internal id), the longest time first; none without an arrival.

    Whoever went along and wrote hours of his own counts with them, everybody else as the lead.
    One statement. The caller has checked the sheets.
    """
    sheets = list(orders)
    along = companions_of([one.pk for one in sheets])
    return {one.pk: tuple(_stays(one, along.get(one.pk, ()))) for one in sheets}


def _stays(order: WorkOrder, companions: Iterable[CompanionRow]) -> Iterable[Stay]:
    begins, ends = order.arrived_at, order.finished_at
    if begins is None or ends is None or ends <= begins:
        return
    own = [(one.began_at, one.ended_at) for one in companions if one.began_at and one.ended_at]
    # The report says how many worked there: nobody is counted whom it leaves out.
    own = own[: max(order.persons - 1, 0)]
    counted: Counter[Span] = Counter({(begins, ends): order.persons - len(own)})
    counted.update(own)
    longest = sorted(counted.items(), key=lambda one: one[0][0] - one[0][1])
    for span, persons in longest:
        yield Stay(*span, persons)
