"""Whether the breach ledger says what the kernel says, computed afresh from facts and plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from yinuo.domains.breaches.checking import broken_sums, posted_sums, subjects_in_ledger
from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.computing import evaluated
from yinuo.domains.obligations.models import FactRow, SubjectRow
from yinuo.domains.obligations.services.settling import Computed, lines_of

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class WrongBreach:
    """A breach whose entries do not come to what they should; `fresh` None: not to their sum."""

    public_id: UUID
    posted: Decimal
    fresh: Decimal | None


def wrong_ledger(*, now: datetime) -> list[WrongBreach]:
    """Breaches whose posted sum is not what the kernel says now, and sums that do not add up.

    Contracts of which a breach is still open are left out: their price grows with the clock. Reads
    every case in the ledger, contract by contract.
    """
    wrong = [WrongBreach(one, _NOTHING, None) for one in broken_sums()]
    rows = SubjectRow.objects.filter(subject_id__in=subjects_in_ledger())
    ordered = sorted(rows, key=lambda row: (row.contract_id or 0, row.id))
    for contract_id, found in groupby(ordered, key=lambda row: row.contract_id):
        cases = list(found)
        # Without a contract no price reaches across.
        parts = [cases] if contract_id is not None else [[case] for case in cases]
        for part in parts:
            wrong += _wrong_of(part, now)
    return wrong


def _wrong_of(rows: Sequence[SubjectRow], now: datetime) -> Iterator[WrongBreach]:
    posted = posted_sums({row.subject_id for row in rows})
    if any(is_open for _, is_open, _ in posted.values()):
        return
    fresh: dict[tuple[UUID, str, int], Decimal] = {}
    names = {f"{row.subject_type}:{row.subject_id}": row.subject_id for row in rows}
    for subject, lines in lines_of([_computed(row, now) for row in rows]).items():
        for line in lines:
            if line.amount is not None:
                key = (names[subject], line.clause_id, line.number)
                amount = -line.amount if line.paid_by == "customer" else line.amount
                fresh[key] = fresh.get(key, _NOTHING) + amount
    for key, (public_id, _, amount) in posted.items():
        if amount != fresh.get(key, _NOTHING):
            yield WrongBreach(public_id, amount, fresh.get(key, _NOTHING))


def _computed(row: SubjectRow, now: datetime) -> Computed:
    binding = binding_of(row)
    facts = list(FactRow.objects.filter(subject_id=row.subject_id).order_by("id"))
    return Computed(binding, evaluated(binding, facts, now), facts)
