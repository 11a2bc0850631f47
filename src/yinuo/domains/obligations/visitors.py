"""What a visitor sees of promises: those between his customer and us, never our own suppliers'."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.obligations.selectors import obligation_view
from yinuo.domains.obligations.types import ObligationView

VENDOR, CUSTOMER = "vendor", "customer"


@dataclass(frozen=True, slots=True)
class OwnPromise:
    """A promise as the customer sees it; `is_his` when it is he who owes it."""

    promise: ObligationView
    is_his: bool


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
        owed_by = compiled_plan(row.plan_version_id).plan.clause(row.clause).owed_by
        if owed_by in (VENDOR, CUSTOMER):
            own = OwnPromise(obligation_view(row), owed_by == CUSTOMER)
            found.setdefault(row.subject_id, []).append(own)
    return {subject_id: tuple(sorted(own, key=_order)) for subject_id, own in found.items()}


def _order(own: OwnPromise) -> tuple[bool, float, str]:
    due_at = own.promise.due_at
    return (due_at is None, due_at.timestamp() if due_at else 0.0, own.promise.clause)
