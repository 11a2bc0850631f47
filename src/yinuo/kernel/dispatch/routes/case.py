"""What is planned: shifts and visits as checked int64 arrays.

Time is in seconds from any instant, cost in any small integer unit; money is best given in
thousandths of a fen, so that a second on the road (1.67 fen at 60 yuan an hour) has a whole price.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from yinuo.kernel.dispatch.routes.arrays import NEVER, Given, Ints

Points = Sequence[tuple[int, int]]
# The penalty of a visit that must be made; costs stay below it.
MUST = 1 << 44
_LARGEST = 1 << 40
_NEIGHBOURS = 120


@dataclass(frozen=True)
class Case:
    """A day, or some days, to be planned. ValueError for input that cannot be planned with.

    ``travel[a, b]`` seconds between places. Shifts: ``shift_from`` and ``shift_to`` are the places
    where one begins and ends, ``begin`` and ``until`` when one leaves and must be back (overtime
    included), ``price`` the cost of a second on the road, ``overtime`` by shift the price of being
    back late as points (instant, cost), ``stock[shift, kind]`` what is on the van.

    Visits: ``place`` (-1: wherever one is, for leave and breaks), ``ready`` and ``due`` earliest
    and latest start, ``service`` seconds, ``penalty`` the cost of leaving it undone (`MUST` or
    more: never on purpose), ``lateness`` by visit the price of starting late as points, ``wants``
    by visit what it takes by kind. ``fit[shift, visit]`` what it costs more that just this shift
    makes this visit; below zero it may not, and -1-k names rule k of ``rules``.
    """

    travel: Ints
    shift_from: Ints
    shift_to: Ints
    begin: Ints
    until: Ints
    price: Ints
    place: Ints
    ready: Ints
    due: Ints
    service: Ints
    penalty: Ints
    fit: Ints
    stock: Ints | None = None
    overtime: Mapping[int, Points] = field(default_factory=dict)
    lateness: Mapping[int, Points] = field(default_factory=dict)
    wants: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what does not fit together."""
        _check_shapes(self)
        _check_values(self)
        for points in (*self.overtime.values(), *self.lateness.values()):
            _check_points(points)

    @property
    def visits(self) -> int:
        """How many visits there are."""
        return len(self.place)

    @property
    def shifts(self) -> int:
        """How many shifts there are."""
        return len(self.begin)


def given(case: Case) -> Given:
    """The case as the engine takes it."""
    visits, shifts = case.visits, case.shifts
    stock = np.zeros((shifts, 1), dtype=np.int64) if case.stock is None else case.stock
    fit = np.ascontiguousarray(case.fit.T)
    may = fit >= 0
    wants = [sorted(case.wants.get(visit, {}).items()) for visit in range(visits)]
    curves: list[Points] = [case.lateness.get(visit, ()) for visit in range(visits)]
    curves += [()] * shifts + [case.overtime.get(shift, ()) for shift in range(shifts)]
    wants_of = _bounds([len(one) for one in wants])
    return Given(
        travel=_array(case.travel),
        back=_array(case.travel.T),
        fixed=_fixed(case, _bounds([len(points) for points in curves]), wants_of),
        curves=_array([point for points in curves for point in points]).reshape(-1, 2),
        wants=_array([pair for one in wants for pair in one]).reshape(-1, 2),
        fit=_array(fit),
        may_first=_bounds(may.sum(axis=1).tolist()),
        may=_array(np.nonzero(may)[1]),
        penalty=_array(np.minimum(case.penalty, MUST)),
        price=_array(case.price),
        alike=_alike(case, stock),
        stock=_array(stock),
        near=_near(case),
        orders=_orders(case, may, wants),
    )


def _fixed(case: Case, curves: Ints, wants: Ints) -> Ints:
    """What never changes of a node, in the columns of `arrays`."""
    nothing = _array(np.zeros(2 * case.shifts))
    columns = (
        _joined(case.place, case.shift_from, case.shift_to),
        _joined(case.ready, case.begin, case.begin),
        _joined(np.minimum(case.due, NEVER), np.full(case.shifts, NEVER), case.until),
        _joined(case.service, nothing),
        curves[:-1],
        curves[1:],
        _joined(wants[:-1], nothing),
        _joined(wants[1:], nothing),
    )
    return np.ascontiguousarray(np.stack(columns, axis=1))


def _array(values: object) -> Ints:
    return np.ascontiguousarray(values, dtype=np.int64)


def _joined(*parts: object) -> Ints:
    return np.concatenate([_array(part) for part in parts])


def _bounds(counts: Iterable[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(_array(list(counts)))]).astype(np.int64)


def _alike(case: Case, stock: Ints) -> Ints:
    """Shifts that are alike in everything have the same number."""
    known: dict[object, int] = {}
    found = []
    for shift in range(case.shifts):
        plain = (case.shift_from, case.shift_to, case.begin, case.until, case.price)
        key = (
            tuple(int(column[shift]) for column in plain),
            stock[shift].tobytes(),
            case.fit[shift].tobytes(),
            tuple(case.overtime.get(shift, ())),
        )
        found.append(known.setdefault(key, len(known)))
    return _array(found)


def _near(case: Case) -> Ints:
    """For each visit the visits nearest to it, itself first; -1 fills up."""
    count = min(case.visits, _NEIGHBOURS)
    if not count:
        return np.zeros((0, 0), dtype=np.int64)
    placed = np.flatnonzero(case.place >= 0)
    found = np.full((case.visits, count), -1, dtype=np.int64)
    found[:, 0] = np.arange(case.visits)
    places = case.place[placed]
    for visit, place in zip(placed.tolist(), places.tolist(), strict=True):
        way = case.travel[place, places] + case.travel[places, place]
        way[np.searchsorted(placed, visit)] = -1
        nearest = placed[np.argsort(way, kind="stable")[:count]]
        found[visit, : len(nearest)] = nearest
    return found


def _orders(case: Case, may: np.ndarray, wants: list[list[tuple[int, int]]]) -> Ints:
    """Keys in whose order visits are put in; what is the same for all visits is left out."""
    taken = [sum(number for _, number in one) for one in wants]
    keys = (
        -_array(taken),
        -np.minimum(case.penalty, MUST),
        may.sum(axis=1),
        -case.service,
        np.minimum(case.due, NEVER) - case.ready,
        case.ready,
    )
    rows = [key for key in keys if case.visits and np.ptp(key)]
    return _array(rows).reshape(len(rows), case.visits)


def _check_shapes(case: Case) -> None:
    visits, shifts = case.visits, case.shifts
    if case.travel.ndim != 2 or case.travel.shape[0] != case.travel.shape[1]:
        raise ValueError("travel is a square matrix")
    for column in (case.shift_from, case.shift_to, case.until, case.price):
        if column.shape != (shifts,):
            raise ValueError("every column of shifts has a value for each shift")
    for column in (case.ready, case.due, case.service, case.penalty):
        if column.shape != (visits,):
            raise ValueError("every column of visits has a value for each visit")
    if case.fit.shape != (shifts, visits):
        raise ValueError("fit has a row for each shift and a column for each visit")
    if case.stock is not None and (case.stock.ndim != 2 or len(case.stock) != shifts):
        raise ValueError("stock has a row for each shift")


def _check_values(case: Case) -> None:
    places = len(case.travel)
    for name, column, least, most in (
        ("travel", case.travel, 0, _LARGEST),
        ("place", case.place, -1, places - 1),
        ("shift_from", case.shift_from, 0, places - 1),
        ("shift_to", case.shift_to, 0, places - 1),
        ("price", case.price, 0, 1 << 20),
        ("begin", case.begin, -_LARGEST, _LARGEST),
        ("until", case.until, -_LARGEST, _LARGEST),
        ("ready", case.ready, -_LARGEST, _LARGEST),
        ("due", case.due, -_LARGEST, NEVER),
        ("service", case.service, 0, _LARGEST),
        ("penalty", case.penalty, 0, NEVER),
        ("fit", case.fit, -(1 << 20), _LARGEST),
    ):
        if column.dtype.kind not in "iu":
            raise ValueError(f"{name} holds whole numbers")
        if column.size and not least <= int(column.min()) <= int(column.max()) <= most:
            raise ValueError(f"{name} lies between {least} and {most}")
    named = (*case.lateness, *case.wants)
    if any(not 0 <= visit < case.visits for visit in named):
        raise ValueError("lateness and wants belong to a visit")
    if any(not 0 <= shift < case.shifts for shift in case.overtime):
        raise ValueError("overtime belongs to a shift")
    if any(case.place[visit] < 0 for visit in named):
        raise ValueError("what has no place is neither late nor takes parts")
    kinds = 0 if case.stock is None else case.stock.shape[1]
    if any(not 0 <= kind < kinds for wanted in case.wants.values() for kind in wanted):
        raise ValueError("what a visit takes is a kind of the stock")


def _check_points(points: Points) -> None:
    if not points or any(b[0] <= a[0] or b[1] < a[1] for a, b in pairwise(points)):
        raise ValueError("a price of lateness has points, and rises with time")
    if points[0][1] < 0 or points[-1][1] > _LARGEST:
        raise ValueError(f"a price of lateness lies between 0 and {_LARGEST}")
