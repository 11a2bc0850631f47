"""What the ledger must satisfy by itself, and what it says for comparing. Reads everything."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, Sum

from yinuo.domains.breaches.models import Breach, Entry
from yinuo.domains.breaches.types import EntryKind

Place = tuple[UUID, str, int]
# The breach, whether it is still open, and what was posted.
Posted = tuple[UUID, bool, Decimal]


def broken_sums() -> list[UUID]:
    """Breaches whose sum is not that of their entries, or whose entries do not follow another."""
    sums = Breach.objects.annotate(total=Sum("entries__amount", default=Decimal(0)))
    wrong = set(sums.filter(~Q(total=F("amount"))).values_list("public_id", flat=True))
    before: dict[int, tuple[int, Decimal]] = {}
    rows = Entry.objects.order_by("breach_id", "sequence").values_list(
        "breach_id", "breach__public_id", "sequence", "sum_before", "sum_after"
    )
    for breach_id, public_id, sequence, sum_before, sum_after in rows.iterator():
        last = before.get(breach_id, (0, Decimal(0)))
        if (sequence, sum_before) != (last[0] + 1, last[1]):
            wrong.add(public_id)
        before[breach_id] = (sequence, sum_after)
    return sorted(wrong)


def subjects_in_ledger() -> set[UUID]:
    """Every subject with a breach."""
    return set(Breach.objects.values_list("subject_id", flat=True))


def posted_sums(subject_ids: set[UUID]) -> dict[Place, Posted]:
    """By subject, clause and position: the breach, whether it is still open, what was posted."""
    rows = Breach.objects.filter(subject_id__in=subject_ids).annotate(
        posted=Sum(
            "entries__amount",
            filter=Q(entries__kind=EntryKind.POSTED.value),
            default=Decimal(0),
        )
    )
    return {
        (row.subject_id, row.clause, row.position): (
            row.public_id,
            row.ended_at is None,
            row.posted,
        )
        for row in rows
    }
