"""Trips as they were recorded: when somebody set out for a site and when he was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from yinuo.domains.fieldwork.models import WorkOrder

MOST = 50_000
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class RecordedTrip:
    """One trip; places in degrees of WGS-84, None where unknown."""

    person_id: int
    departed_at: datetime
    arrived_at: datetime
    home: Place | None
    site: Place | None


def recorded_trips(since: datetime) -> list[RecordedTrip]:
    """Everybody's trips since an instant in order of person and time; for sums, not for people."""
    rows = WorkOrder.objects.filter(
        departed_at__gte=since, arrived_at__isnull=False, assignee__isnull=False
    ).order_by("assignee_id", "departed_at")
    columns = rows.values_list(
        "assignee_id",
        "departed_at",
        "arrived_at",
        "assignee__home_latitude",
        "assignee__home_longitude",
        "request__site__latitude",
        "request__site__longitude",
    )
    return [
        RecordedTrip(person, departed, arrived, _place(*home), _place(*site))
        for person, departed, arrived, *places in columns[:MOST]
        for home, site in [(places[:2], places[2:])]
        if departed is not None and arrived is not None
    ]


def _place(latitude: Decimal | None, longitude: Decimal | None) -> Place | None:
    return None if latitude is None or longitude is None else (float(latitude), float(longitude))
