"""The embedded estimate, corrected by the trips that were recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.dispatch.models import TravelFactors
from yinuo.domains.fieldwork.trips import RecordedTrip, recorded_trips
from yinuo.kernel.dispatch.coordinates import distance_km
from yinuo.kernel.dispatch.travel import LEAST_TRIPS, Factors, Travel, Trip, calibrated

# Roads and people change: older trips say nothing.
LOOKED_BACK = timedelta(days=180)
Place = tuple[float, float]


def present_travel() -> Travel:
    """The estimate with the factors last worked out; without any as shipped."""
    row = TravelFactors.objects.order_by("-id").first()
    if row is None:
        return Travel()
    content = row.content
    hours = {(band, hour): ratio for band, hour, ratio in content["by_hour"]}
    factors = Factors(content["overall"], dict(content["by_band"]), hours)
    return Travel(factors=factors)


def calibrate(now: datetime) -> int:
    """Work the factors out anew from the recorded trips of half a year; how many there were.

    Fewer than the kernel's least number of trips change nothing.
    """
    trips = list(_trips(recorded_trips(now - LOOKED_BACK)))
    if len(trips) < LEAST_TRIPS:
        return len(trips)
    found = calibrated(Travel().roads, trips)
    content = {
        "overall": found.overall,
        "by_band": sorted(found.by_band.items()),
        "by_hour": [[band, hour, ratio] for (band, hour), ratio in sorted(found.by_hour.items())],
    }
    TravelFactors.objects.create(computed_at=now, trips=len(trips), content=content)
    return len(trips)


def _trips(rows: list[RecordedTrip]) -> Iterator[Trip]:
    """From home to the first site of a day, then from site to site; unknown places are left out."""
    zone = ZoneInfo(settings.TIME_ZONE)
    last: dict[int, tuple[date, Place | None]] = {}
    for one in rows:
        local = one.departed_at.astimezone(zone)
        day, place = last.get(one.person_id, (None, None))
        origin = place if day == local.date() else one.home
        last[one.person_id] = (local.date(), one.site)
        seconds = (one.arrived_at - one.departed_at).total_seconds()
        if origin is not None and one.site is not None and seconds > 0:
            yield Trip(float(distance_km(*origin, *one.site)), local.hour, seconds)
