"""The best place for a visit in a day that is planned already, worked out exactly."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import NamedTuple

import numpy as np

from yinuo.kernel.dispatch.coordinates import distance_km
from yinuo.kernel.dispatch.ranking.fleet import Fleet, Need, Stop
from yinuo.kernel.dispatch.ranking.terms import fen_of_overtime, fen_on_road, lateness_of_trip
from yinuo.kernel.dispatch.ranking.weights import Weights
from yinuo.kernel.dispatch.travel import Travel


class Place(NamedTuple):
    """Where in a day a visit goes, and the terms that depend on it."""

    position: int
    start: int
    travel_seconds: int
    terms: dict[str, int]


class Legs(NamedTuple):
    """Seconds and kilometres between the start (0), the stops (1 …) and the visit (last)."""

    seconds: list[list[int]]
    kilometres: list[list[float]]
    placed: list[bool]


class _Walk(NamedTuple):
    """A day as it would run: price of lateness, seconds and kilometres on the road, its end."""

    late: int
    seconds: int
    kilometres: float
    end: int
    start: int
    leaves: int
    trip: int


class Day(NamedTuple):
    """One row of the fleet with what is planned for it, and the visit to be put in."""

    fleet: Fleet
    row: int
    begin: int
    stops: Sequence[Stop]
    need: Need


def best_place(day: Day, legs: Legs, weights: Weights) -> Place | None:
    """The place that costs least; None when the visit fits nowhere. `legs` are those of the day.

    Every stop keeps its latest start; the last one ends within the shift and its overtime, or no
    later than it did before.
    """
    before = _walk(day, legs, [*range(1, len(day.stops) + 1)], None)
    if before is None:
        return None
    visit = len(day.stops) + 1
    last = max(int(day.fleet.shift_end[day.row]) + weights.overtime_seconds, before.end)
    found: Place | None = None
    for position in range(len(day.stops) + 1):
        order = [*range(1, position + 1), visit, *range(position + 1, visit)]
        walk = _walk(day, legs, order, last)
        if walk is None:
            continue
        place = _priced(day, position, (before, walk), weights)
        if found is None or sum(place.terms.values()) < sum(found.terms.values()):
            found = place
    return found


def legs_of(days: Sequence[Day], travel: Travel, hour: int) -> list[Legs]:
    """The legs of some days, worked out together; shorter days are filled up with nowhere."""
    if not days:
        return []
    longest = max(len(day.stops) for day in days) + 2
    north, east = np.full((2, len(days), longest), np.nan)
    for number, day in enumerate(days):
        filled = len(day.stops) + 2
        north[number, :filled], east[number, :filled] = _positions(day)
    straight = distance_km(north[:, :, None], east[:, :, None], north[:, None, :], east[:, None, :])
    seconds = travel.seconds_for(straight, hour).tolist()
    kilometres = np.nan_to_num(travel.roads.kilometres(straight)).tolist()
    return [
        Legs(seconds[number], kilometres[number], _placed(day)) for number, day in enumerate(days)
    ]


def _positions(day: Day) -> tuple[list[float], list[float]]:
    """Latitudes and longitudes: where the day starts, its stops, the visit."""
    fleet, row, need = day.fleet, day.row, day.need
    norths = [float(fleet.latitude[row]), *(one.latitude for one in day.stops), need.latitude]
    easts = [float(fleet.longitude[row]), *(one.longitude for one in day.stops), need.longitude]
    return norths, easts


def _placed(day: Day) -> list[bool]:
    """A stop without a place is had where he is; a start or visit without one is unknown."""
    return [True, *(not isnan(one.latitude) for one in day.stops), True]


def _walk(day: Day, legs: Legs, order: list[int], last: int | None) -> _Walk | None:
    """Go through the day in `order`; None when a latest start is missed or it ends too late.

    Without `last` nothing is refused: the day is as it is.
    """
    at, where = day.begin, 0
    late = seconds = start = leaves = trip = 0
    kilometres = 0.0
    for number in order:
        is_visit = number == len(day.stops) + 1
        one = day.need if is_visit else day.stops[number - 1]
        leg = legs.seconds[where][number] if legs.placed[number] else 0
        begin = max(at + leg, one.earliest)
        if last is not None and one.latest is not None and begin > one.latest:
            return None
        if legs.placed[number]:
            seconds += leg
            kilometres += legs.kilometres[where][number]
            where = number
        if is_visit:
            start, leaves, trip = begin, at, leg
        elif one.lateness:
            late += sum(curve.fen(begin) for curve in one.lateness)
        at = begin + one.duration
    if last is not None and at > last:
        return None
    return _Walk(late, seconds, kilometres, at, start, leaves, trip)


def _priced(day: Day, position: int, walks: tuple[_Walk, _Walk], weights: Weights) -> Place:
    before, after = walks
    hour_fen = int(day.fleet.hour_fen[day.row])
    shift_end = int(day.fleet.shift_end[day.row])
    road = [fen_on_road(walk.seconds, walk.kilometres, hour_fen, weights) for walk in walks]
    over = [fen_of_overtime(max(walk.end - shift_end, 0), hour_fen, weights) for walk in walks]
    terms = {
        "late": lateness_of_trip(day.need, after.leaves, after.trip, weights),
        "others": after.late - before.late,
        "travel": road[1] - road[0],
        "overtime": over[1] - over[0],
    }
    return Place(position, after.start, after.trip, terms)
