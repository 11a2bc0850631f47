"""What a visitor sees of promises: those between his customer and us, never our own suppliers'."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.obligations.selectors import obligation_view
from yinuo.domains.obligations.types import ObligationView

VENDOR, CUSTOMER = "vendor", "customer"


@dataclass(frozen=True, slots=True)
class OwnPromise:
    """A promise as the customer sees it; `is_his` when it is he who owes it. `position` tells
    several of one clause apart."""

    promise: ObligationView
    is_his: bool
    position: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises were kept and missed."""

    kept: int
    missed: int


def owed_between_us(plan_version_id: int, clause: str) -> bool:
    """True for what we owe the customer or he owes us; what our suppliers owe is internal."""
    return _owed_by(plan_version_id, clause) in (VENDOR, CUSTOMER)


def promises_of(
    visitor: Visitor, subject_ids: Iterable[UUID]
) -> dict[UUID, tuple[OwnPromise, ...]]:
    """The promises of these subjects that are the visitor's, the one due first leading; one query.

    What a partner, carrier or supplier owes us is no matter of the customer's, nor is a promise
    that no longer applies.
    """
    rows = ObligationRow.objects.filter(
        customer_id=visitor.customer_id, subject_id__in=list(subject_ids)
    ).exclude(state="void")
    found: dict[UUID, list[OwnPromise]] = {}
    for row in rows:
        if owed_between_us(row.plan_version_id, row.clause):
            is_his = _owed_by(row.plan_version_id, row.clause) == CUSTOMER
            own = OwnPromise(obligation_view(row), is_his, row.position)
            found.setdefault(row.subject_id, []).append(own)
    return {subject_id: tuple(sorted(own, key=_order)) for subject_id, own in found.items()}


def tally_of(visitor: Visitor, subject_ids: Iterable[UUID]) -> Tally:
    """How many of our promises on these subjects were kept and missed; one query."""
    ours = ObligationRow.objects.filter(
        customer_id=visitor.customer_id,
        subject_id__in=list(subject_ids),
        state__in=("met", "missed"),
    )
    counts = {"met": 0, "missed": 0}
    grouped = ours.values_list("plan_version_id", "clause", "state").annotate(Count("id"))
    for plan_version_id, clause, state, count in grouped:
        if _owed_by(plan_version_id, clause) == VENDOR:
            counts[state] += count
    return Tally(kept=counts["met"], missed=counts["missed"])


def _owed_by(plan_version_id: int, clause: str) -> str:
    return compiled_plan(plan_version_id).plan.clause(clause).owed_by


def _order(own: OwnPromise) -> tuple[bool, float, str]:
    due_at = own.promise.due_at
    return (due_at is None, due_at.timestamp() if due_at else 0.0, own.promise.clause)
