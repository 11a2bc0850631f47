"""Whether the breach ledger says what the kernel says, computed afresh from facts and plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from yinuo.domains.breaches.checking import (
    Place,
    Posted,
    broken_sums,
    posted_sums,
    subjects_in_ledger,
)
from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.computing import evaluated
from yinuo.domains.obligations.models import FactRow, SubjectRow
from yinuo.domains.obligations.services.settling import Computed, lines_of

_NOTHING = Decimal(0)
# So many contracts are read together.
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class WrongBreach:
    """A breach whose entries do not come to what they should; `fresh` None: not to their sum."""

    public_id: UUID
    posted: Decimal
    fresh: Decimal | None


def wrong_ledger(*, now: datetime) -> list[WrongBreach]:
    """Breaches whose posted sum is not what the kernel says now, and sums that do not add up.

    Contracts of which a breach is still open are left out: their price grows with the clock. Reads
    every case in the ledger, many contracts at a time.
    """
    wrong = [WrongBreach(one, _NOTHING, None) for one in broken_sums()]
    rows = SubjectRow.objects.filter(subject_id__in=subjects_in_ledger())
    ordered = sorted(rows, key=lambda row: (row.contract_id or 0, row.id))
    parts: list[list[SubjectRow]] = []
    for contract_id, found in groupby(ordered, key=lambda row: row.contract_id):
        cases = list(found)
        # Without a contract no price reaches across.
        parts += [cases] if contract_id is not None else [[case] for case in cases]
    for begin in range(0, len(parts), AT_ONCE):
        wrong += _wrong_of(parts[begin : begin + AT_ONCE], now)
    return wrong


def _wrong_of(parts: Sequence[Sequence[SubjectRow]], now: datetime) -> Iterator[WrongBreach]:
    """What is wrong with these contracts, or cases without one; their rows are read together."""
    ids = {row.subject_id for part in parts for row in part}
    posted: dict[UUID, list[tuple[Place, Posted]]] = {one: [] for one in ids}
    for place, sums in posted_sums(ids).items():
        posted[place[0]].append((place, sums))
    facts: dict[UUID, list[FactRow]] = {one: [] for one in ids}
    for fact in FactRow.objects.filter(subject_id__in=ids).order_by("id"):
        facts[fact.subject_id].append(fact)
    for part in parts:
        mine = [one for row in part for one in posted[row.subject_id]]
        if any(is_open for _, (_, is_open, _) in mine):
            continue
        fresh = _fresh(part, facts, now)
        for place, (public_id, _, amount) in mine:
            if amount != fresh.get(place, _NOTHING):
                yield WrongBreach(public_id, amount, fresh.get(place, _NOTHING))


def _fresh(
    rows: Sequence[SubjectRow], facts: Mapping[UUID, list[FactRow]], now: datetime
) -> dict[Place, Decimal]:
    """What the cases of one contract come to, computed now."""
    fresh: dict[Place, Decimal] = {}
    names = {f"{row.subject_type}:{row.subject_id}": row.subject_id for row in rows}
    computed = [_computed(row, facts[row.subject_id], now) for row in rows]
    for subject, lines in lines_of(computed).items():
        for line in lines:
            if line.amount is not None:
                key = (names[subject], line.clause_id, line.number)
                amount = -line.amount if line.paid_by == "customer" else line.amount
                fresh[key] = fresh.get(key, _NOTHING) + amount
    return fresh


def _computed(row: SubjectRow, facts: list[FactRow], now: datetime) -> Computed:
    binding = binding_of(row)
    return Computed(binding, evaluated(binding, facts, now), facts)
