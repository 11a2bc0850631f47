"""A plan judged by itself: nothing here comes from the engine but the case's columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from yinuo.kernel.dispatch.routes import Case


def problems(case: Case, orders: Sequence[Sequence[int]]) -> list[str]:
    """Every rule of the case that the plan breaks, in words; empty when it may be driven."""
    found = []
    times = Counter(visit for order in orders for visit in order)
    found += [f"visit {visit} is made {count} times" for visit, count in times.items() if count > 1]
    if len(orders) != len(case.begin):
        found.append("not one route for each shift")
    for shift, order in enumerate(orders):
        found += [f"shift {shift}: {each}" for each in _route_problems(case, shift, order)]
    return found


def cost(case: Case, orders: Sequence[Sequence[int]]) -> int:
    """What the plan costs: seconds on the road, fit, lateness, overtime, what stays undone."""
    amount = 0
    undone = set(range(len(case.place)))
    for shift, order in enumerate(orders):
        undone -= set(order)
        road = 0
        for visit, arrival, leg in _driven(case, shift, order):
            road += leg
            if visit is None:
                amount += _price(case.overtime.get(shift), arrival)
            else:
                begin = max(arrival, int(case.ready[visit]))
                amount += int(case.fit[shift][visit]) + _price(case.lateness.get(visit), begin)
        amount += road * int(case.price[shift])
    return amount + sum(int(case.penalty[visit]) for visit in undone)


def _driven(case: Case, shift: int, order: Sequence[int]) -> list[tuple[int | None, int, int]]:
    """(visit or None for home, arrival, seconds of the leg) for each stop."""
    clock, here, stops = int(case.begin[shift]), int(case.shift_from[shift]), []
    for visit in [*order, None]:
        there = int(case.shift_to[shift] if visit is None else case.place[visit])
        leg = int(case.travel[here][there]) if there != -1 else 0
        clock += leg
        stops.append((visit, clock, leg))
        if visit is not None:
            clock = max(clock, int(case.ready[visit])) + int(case.service[visit])
        here = there if there != -1 else here
    return stops


def _route_problems(case: Case, shift: int, order: Sequence[int]) -> list[str]:
    found = []
    taken: Counter[int] = Counter()
    for visit, arrival, _ in _driven(case, shift, order):
        if visit is None:
            if arrival > case.until[shift]:
                found.append(f"back {arrival - case.until[shift]} s after the end")
            continue
        if case.fit[shift][visit] < 0:
            found.append(f"may not make visit {visit}")
        if max(arrival, int(case.ready[visit])) > case.due[visit]:
            found.append(f"comes to visit {visit} after its limit")
        taken.update(case.wants.get(visit, {}))
    for kind, number in taken.items():
        if case.stock is None or number > case.stock[shift][kind]:
            found.append(f"takes {number} of part {kind}")
    return found


def _price(points: Sequence[tuple[int, int]] | None, at: int) -> int:
    """Nothing up to the first point, then along the line, flat after the last."""
    if not points or at <= points[0][0]:
        return 0
    passed = [number for number, point in enumerate(points) if point[0] <= at]
    number = passed[-1]
    if number == len(points) - 1:
        return points[number][1]
    (begin, low), (end, high) = points[number], points[number + 1]
    return low + (high - low) * (at - begin) // (end - begin)
