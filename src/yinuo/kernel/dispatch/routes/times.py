"""A route gone through by hand: when each visit starts, what everything costs. No compiler."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from yinuo.kernel.dispatch.routes.case import Case, Points


class Leg(NamedTuple):
    """One step of a route: the visit (None: back home), seconds on the road, begin of work."""

    visit: int | None
    seconds: int
    start: int


def legs_of(case: Case, shift: int, order: Sequence[int]) -> list[Leg]:
    """The route as it would run, whether it keeps the limits or not; the last leg leads home."""
    at, place, legs = int(case.begin[shift]), int(case.shift_from[shift]), []
    for visit in order:
        to = int(case.place[visit])
        seconds = 0 if to < 0 else int(case.travel[place, to])
        start = max(at + seconds, int(case.ready[visit]))
        legs.append(Leg(visit, seconds, start))
        at, place = start + int(case.service[visit]), place if to < 0 else to
    seconds = int(case.travel[place, case.shift_to[shift]])
    return [*legs, Leg(None, seconds, at + seconds)]


def starts_of(case: Case, shift: int, order: Sequence[int]) -> list[int] | None:
    """When each visit of a route starts; None when a limit is missed."""
    legs = legs_of(case, shift, order)
    if first_missed(case, shift, legs) is not None:
        return None
    return [leg.start for leg in legs[:-1]]


def first_missed(case: Case, shift: int, legs: Sequence[Leg]) -> Leg | None:
    """The first leg that comes after its limit."""
    for leg in legs:
        due = case.until[shift] if leg.visit is None else case.due[leg.visit]
        if leg.start > due:
            return leg
    return None


def route_cost(case: Case, shift: int, order: Sequence[int]) -> int:
    """What a route costs: road, fit, lateness, overtime."""
    amount = 0
    for leg in legs_of(case, shift, order):
        amount += leg.seconds * int(case.price[shift])
        if leg.visit is None:
            amount += price_at(case.overtime.get(shift, ()), leg.start)
        else:
            amount += int(case.fit[shift, leg.visit])
            amount += price_at(case.lateness.get(leg.visit, ()), leg.start)
    return amount


def cost_of(case: Case, orders: Sequence[Sequence[int]]) -> int:
    """What a plan costs: its routes, and the penalties of what is in none of them."""
    served = {visit for order in orders for visit in order}
    unserved = (visit for visit in range(case.visits) if visit not in served)
    routes = sum(route_cost(case, shift, order) for shift, order in enumerate(orders))
    return routes + sum(int(case.penalty[visit]) for visit in unserved)


def price_at(points: Points, at: int) -> int:
    """The price of lateness at an instant: nothing up to the first point, then in lines."""
    if not points or at <= points[0][0]:
        return 0
    for (begin, low), (end, high) in pairwise(points):
        if at < end:
            return low + (high - low) * (at - begin) // (end - begin)
    return points[-1][1]
