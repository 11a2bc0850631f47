"""More sheets than one search handles well: the region is cut in two, each half again if need be.

A cut runs across the longer side of the sheets' places so that half of them lie on each side; the
people are cut at the same share of their hours, in the order of their homes. Then whoever has a
sheet takes it to his side, and a sheet that nobody of its side may do goes to the side that has
somebody. Nobody is on two sides: each side is planned by itself, and the plans are put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from math import cos, radians

from yinuo.domains.dispatch.planning.gathering import Gathered, Row
from yinuo.domains.fieldwork.planning import OpenSheet

# Sheets that are planned together at most: of 900 two halves cost more than one search that takes
# as long, of 1,200 as much (`bench/regions.py`).
LARGEST = 1_000
Place = tuple[float, float]


def parts_of(gathered: Gathered) -> list[Gathered]:
    """The problem in parts of at most `LARGEST` sheets, as far as people can be told apart."""
    people = {row.person.person_id for row in gathered.rows}
    if len(gathered.sheets) <= LARGEST or len(people) < 2:
        return [gathered]
    halves = _halves(gathered)
    if not all(half.sheets and half.rows for half in halves):
        return [gathered]
    return [part for half in halves for part in parts_of(half)]


def _halves(gathered: Gathered) -> list[Gathered]:
    across = _Across([_place(one.latitude, one.longitude) for one in gathered.sheets])
    sheets = sorted(
        gathered.sheets, key=lambda one: (across.along(_place(one.latitude, one.longitude)), one.id)
    )
    middle = len(sheets) // 2
    sides = _sides_of_people(gathered.rows, middle / len(sheets), across)
    side_of = {one.id: int(number >= middle) for number, one in enumerate(sheets)}
    for one in sheets:
        if one.person_id in sides:
            side_of[one.id] = sides[one.person_id]
        elif not _may_be_done(gathered, one, sides, side_of[one.id]) and _may_be_done(
            gathered, one, sides, 1 - side_of[one.id]
        ):
            side_of[one.id] = 1 - side_of[one.id]
    return [
        replace(
            gathered,
            sheets=tuple(one for one in gathered.sheets if side_of[one.id] == side),
            rows=tuple(row for row in gathered.rows if sides[row.person.person_id] == side),
        )
        for side in (0, 1)
    ]


class _Across:
    """How far along the longer side of some places a place lies; the unknown in the middle."""

    def __init__(self, places: Sequence[Place | None]) -> None:
        known = [one for one in places if one is not None]
        norths, easts = [one[0] for one in known], [one[1] for one in known]
        self.by_east = bool(known) and (max(easts) - min(easts)) * cos(radians(norths[0])) > (
            max(norths) - min(norths)
        )
        along = sorted(one[self.by_east] for one in known)
        self.middle = along[len(along) // 2] if along else 0.0

    def along(self, place: Place | None) -> float:
        """Degrees along that side."""
        return self.middle if place is None else place[self.by_east]


def _sides_of_people(rows: Sequence[Row], share: float, across: _Across) -> dict[int, int]:
    """The side of each person: the first half has that share of everybody's hours, at least one."""
    hours: dict[int, float] = {}
    places: dict[int, float] = {}
    for row in rows:
        one = row.person
        spent = (row.ends - row.begins).total_seconds()
        hours[one.person_id] = hours.get(one.person_id, 0.0) + spent
        home = one.home
        places[one.person_id] = across.along(
            _place(home.latitude, home.longitude) if home else None
        )
    order = sorted(hours, key=lambda person: (places[person], person))
    wanted, reached = share * sum(hours.values()), 0.0
    sides = {}
    for number, person in enumerate(order):
        is_first = number == 0 or (reached + hours[person] / 2 <= wanted and person != order[-1])
        sides[person] = 0 if is_first else 1
        reached += hours[person]
    return sides


def _may_be_done(gathered: Gathered, sheet: OpenSheet, sides: Mapping[int, int], side: int) -> bool:
    """Whether anybody of a side may do a sheet on one of the days."""
    rows: Iterable[Row] = (row for row in gathered.rows if sides[row.person.person_id] == side)
    return any(gathered.broken(sheet, row.person.person_id, row.on) == () for row in rows)


def _place(latitude: Decimal | None, longitude: Decimal | None) -> Place | None:
    if latitude is None or longitude is None:
        return None
    return float(latitude), float(longitude)
