"""What contracts' breaches came to, for those who weigh a contract's income against its cost."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from yinuo.domains.breaches.models import Entry
from yinuo.domains.breaches.policies import visible_breaches
from yinuo.domains.breaches.types import EntryKind
from yinuo.domains.network.types import Actor

_STATED_TO_HIM = ("vendor", "customer")


def approved_by_contract(actor: Actor, contract_ids: Iterable[int]) -> dict[int, Decimal]:
    """Approved entries that come to customers, summed by the internal id of their contract; below
    zero where the customer owes a bonus. Contracts without any are left out."""
    rows = Entry.objects.filter(
        breach__in=visible_breaches(actor),
        breach__contract_id__in=list(contract_ids),
        approval__isnull=False,
        paid_by__in=_STATED_TO_HIM,
    )
    sums = rows.order_by().values_list("breach__contract_id").annotate(sum=Sum("amount"))
    return {contract_id: amount for contract_id, amount in sums if contract_id is not None}


def amounts_of_subjects(actor: Actor, subject_ids: Iterable[UUID]) -> dict[UUID, Decimal]:
    """What the breaches of cases come to, approved or not; cases without a visible one left out."""
    rows = visible_breaches(actor).filter(subject_id__in=list(subject_ids))
    return dict(rows.order_by().values_list("subject_id").annotate(sum=Sum("amount")))


def posted_of_subjects(actor: Actor, subject_ids: Iterable[UUID]) -> dict[UUID, Decimal]:
    """What the clauses brought cases, by what was posted; cases without a visible row left out.

    What people waived, corrected or recorded as a loss is not in it.
    """
    rows = Entry.objects.filter(
        breach__in=visible_breaches(actor),
        breach__subject_id__in=list(subject_ids),
        kind=EntryKind.POSTED.value,
    )
    return dict(rows.order_by().values_list("breach__subject_id").annotate(sum=Sum("amount")))
