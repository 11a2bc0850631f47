"""The contracts of a customer as his own visitor sees them: number, plan, days; no money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yinuo.domains.contracts.models import Contract
from yinuo.domains.customers.visitors import Visitor

MOST_CONTRACTS = 20


@dataclass(frozen=True, slots=True)
class OwnContract:
    """A contract; `ends_on` is the first day without it, none while it has no end."""

    public_id: UUID
    number: str
    title_zh: str
    title_en: str
    starts_on: date
    ends_on: date | None


def contracts_of(visitor: Visitor) -> list[OwnContract]:
    """The contracts of the visitor's customer, the newest first, at most twenty."""
    rows = Contract.objects.filter(customer_id=visitor.customer_id).select_related("plan_version")
    return [
        OwnContract(
            public_id=row.public_id,
            number=row.number,
            title_zh=row.plan_version.title_zh,
            title_en=row.plan_version.title_en,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows.order_by("-starts_on", "-id")[:MOST_CONTRACTS]
    ]
