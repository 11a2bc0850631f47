"""Which days suit a visit: those on which somebody of the unit is near anyway. Pure.

Each day is weighed by how far the nearest stop of that day lies from the visit; a day without any
stop costs the way from the unit's other work. Equal ways: the earlier day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from yinuo.kernel.calendars import HolidayTable
from yinuo.kernel.dispatch.coordinates import distance_km

Place = tuple[float, float]
SATURDAY = 5
# A day on which nobody is anywhere near counts as a way of its own of this length.
ALONE_KM = 80.0
# Each stop already on a day makes it a little fuller: as many kilometres.
FULL_KM = 1.5


@dataclass(frozen=True, slots=True)
class Stop:
    """Where somebody is on a day: whom he visits, who goes (empty when nobody is named yet)."""

    on: date
    place: Place
    customer: str
    engineer: str


@dataclass(frozen=True, slots=True)
class SuitingDay:
    """A day for a visit with its reason: the nearest stop, how far it is, how many stops that
    day has. Without a stop `km` is None."""

    on: date
    km: float | None
    customer: str
    engineer: str
    stops: int


@dataclass(frozen=True, slots=True)
class ToPlace:
    """A visit for which a day is looked for, between two days."""

    key: str
    customer: str
    place: Place | None
    first_on: date
    last_on: date


def working_days(first: date, last: date, table: HolidayTable) -> list[date]:
    """Days on which offices work, by the statutory table; the weekend and days off left out."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [
        day
        for day in days
        if day in table.makeup or (day.weekday() < SATURDAY and day not in table.holidays)
    ]


def suiting_days(
    place: Place | None, days: Sequence[date], stops: Iterable[Stop], most: int
) -> list[SuitingDay]:
    """The best of some days for a visit, the best one leading, at most so many.

    >>> far = Stop(date(2026, 5, 4), (23.0, 114.0), "B", "")
    >>> near = Stop(date(2026, 5, 6), (22.55, 114.0), "A", "Li")
    >>> days = [date(2026, 5, day) for day in (4, 5, 6)]
    >>> [one.on.day for one in suiting_days((22.54, 114.0), days, [far, near], 2)]
    [6, 4]
    """
    by_day: dict[date, list[Stop]] = {day: [] for day in days}
    for stop in stops:
        if stop.on in by_day:
            by_day[stop.on].append(stop)
    weighed = [_weighed(place, day, found) for day, found in by_day.items()]
    weighed.sort(key=lambda one: (one[0], one[1].on))
    return [one for _weight, one in weighed[:most]]


def spread(
    visits: Iterable[ToPlace],
    days: Sequence[date],
    stops: Iterable[Stop],
    full: int,
) -> dict[str, SuitingDay]:
    """A day for each of many visits, those with the least room first; a day takes `full` stops.

    What is placed draws the next ones near it. Visits for which no day is left are missing.
    """
    known: list[Stop] = list(stops)
    taken: dict[date, int] = {}
    for stop in known:
        taken[stop.on] = taken.get(stop.on, 0) + 1
    found: dict[str, SuitingDay] = {}
    for visit in sorted(visits, key=lambda one: (one.last_on, one.first_on, one.key)):
        own = [
            day
            for day in days
            if visit.first_on <= day <= visit.last_on and taken.get(day, 0) < full
        ]
        best = suiting_days(visit.place, own, known, 1)
        if not best:
            continue
        [day] = best
        found[visit.key] = day
        taken[day.on] = taken.get(day.on, 0) + 1
        if visit.place is not None:
            known.append(Stop(day.on, visit.place, visit.customer, ""))
    return found


def _weighed(place: Place | None, day: date, stops: Collection[Stop]) -> tuple[float, SuitingDay]:
    if not stops or place is None:
        return ALONE_KM + FULL_KM * len(stops), SuitingDay(day, None, "", "", len(stops))
    ways = distance_km(
        np.array([one.place[0] for one in stops]),
        np.array([one.place[1] for one in stops]),
        place[0],
        place[1],
    )
    at = int(np.argmin(ways))
    km, nearest = float(ways[at]), list(stops)[at]
    made = SuitingDay(day, round(km, 1), nearest.customer, nearest.engineer, len(stops))
    return min(km, ALONE_KM) + FULL_KM * len(stops), made
