"""What a customer's own visitor sees of penalties: approved ones, where his plan shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from yinuo.domains.breaches.models import Entry
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.customers.visitors import Visitor

# What comes to the customer, or is a bonus he owes; what others owe us is no matter of his.
_BETWEEN_US = ("vendor", "customer")
Key = tuple[UUID, str, int]


@dataclass(frozen=True, slots=True)
class OwnPenalty:
    """What a missed promise brought the customer; below zero is a bonus that he owes."""

    amount: Decimal
    currency: str


def penalties_of(visitor: Visitor, subject_ids: Iterable[UUID]) -> dict[Key, OwnPenalty]:
    """Approved penalties on these subjects by subject, clause and position; one statement.

    What waits for approval, was waived in full, or is under a plan that does not show money to
    customers is left out.
    """
    rows = Entry.objects.filter(
        breach__customer_id=visitor.customer_id,
        breach__subject_id__in=list(subject_ids),
        approval__isnull=False,
        paid_by__in=_BETWEEN_US,
    )
    names = ("plan_version_id", "subject_id", "clause", "position", "currency")
    grouped = rows.order_by().values_list(*(f"breach__{name}" for name in names))
    found: dict[Key, OwnPenalty] = {}
    for version_id, subject_id, clause, position, currency, amount in grouped.annotate(
        sum=Sum("amount")
    ):
        if amount and compiled_plan(version_id).plan.shows_penalties:
            found[subject_id, clause, position] = OwnPenalty(amount, currency)
    return found
