"""Calls on customers as days, for promises that somebody comes. The caller has scoped them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yinuo.domains.customers.models import CustomerVisit, Site


@dataclass(frozen=True, slots=True)
class Call:
    """A call on a customer: on which day, at which site (internal id, None for no one site)."""

    public_id: UUID
    customer_id: int
    site_id: int | None
    visited_on: date
    recorded_at: datetime


def calls_on(customer_ids: Iterable[int]) -> dict[int, list[Call]]:
    """Every call on customers (internal ids), the earliest leading; one statement."""
    found: dict[int, list[Call]] = {one: [] for one in customer_ids}
    rows = CustomerVisit.objects.filter(customer_id__in=list(found)).order_by("visited_on", "id")
    for row in rows.only("public_id", "customer_id", "site_id", "visited_on", "recorded_at"):
        found[row.customer_id].append(
            Call(row.public_id, row.customer_id, row.site_id, row.visited_on, row.recorded_at)
        )
    return found


def first_zones(customer_ids: Iterable[int]) -> dict[int, str]:
    """The zone of each customer's first site, by internal id; none without a site."""
    rows = Site.objects.filter(customer_id__in=list(customer_ids)).order_by("-id")
    return dict(rows.values_list("customer_id", "zone"))
