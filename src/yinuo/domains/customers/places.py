"""Where customers are, for planning ways. The caller has scoped them."""

from __future__ import annotations

from collections.abc import Iterable

from yinuo.domains.customers.models import Site

Place = tuple[float, float]


def first_places(customer_ids: Iterable[int]) -> dict[int, Place]:
    """The first site with a position of each customer (internal ids), in degrees; one statement."""
    rows = Site.objects.filter(
        customer_id__in=list(customer_ids), active=True, latitude__isnull=False
    ).order_by("-id")
    return {
        customer: (float(latitude), float(longitude))
        for customer, latitude, longitude in rows.values_list(
            "customer_id", "latitude", "longitude"
        )
        if latitude is not None and longitude is not None
    }
