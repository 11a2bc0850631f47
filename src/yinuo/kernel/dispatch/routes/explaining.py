"""Why a visit is where it is: for every shift the rule that forbids it, or what it costs there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yinuo.kernel.dispatch.routes.case import Case
from yinuo.kernel.dispatch.routes.times import first_missed, legs_of, route_cost

NOT_ALLOWED, NO_PART, SHIFT_OVER, TOO_LATE, PUTS_OFF = (
    "not_allowed",
    "no_part",
    "shift_over",
    "too_late",
    "puts_off",
)


@dataclass(frozen=True, slots=True)
class Option:
    """A visit in one shift, the rest of its route as planned.

    ``extra`` what it costs there, ``travel_seconds`` more on the road, ``position`` after how many
    visits; all None when ``broken`` names the first rule it breaks: one of the case's, or no part
    left, the shift over, the visit's own limit, another visit's limit.
    """

    shift: int
    extra: int | None
    travel_seconds: int | None
    position: int | None
    broken: str | None


def explain(case: Case, orders: Sequence[Sequence[int]], visit: int) -> list[Option]:
    """A visit in every shift: the possible ones first, the cheapest first; then the others.

    The visit is taken out of its route first, so that its own shift is judged as any other.
    """
    found = []
    for shift, order in enumerate(orders):
        others = [each for each in order if each != visit]
        found.append(_option(case, shift, others, visit))
    return sorted(found, key=_rank)


def _rank(one: Option) -> tuple[bool, int, int]:
    return (one.extra is None, one.extra or 0, one.shift)


def _option(case: Case, shift: int, order: list[int], visit: int) -> Option:
    broken = _forbidden(case, shift, order, visit)
    if broken is not None:
        return Option(shift, None, None, None, broken)
    before, road = route_cost(case, shift, order), _road(case, shift, order)
    best: Option | None = None
    reasons = []
    for position in range(len(order) + 1):
        tried = [*order[:position], visit, *order[position:]]
        missed = first_missed(case, shift, legs_of(case, shift, tried))
        if missed is not None:
            reasons.append(_reason(missed.visit, visit))
            continue
        extra = route_cost(case, shift, tried) - before
        if best is None or best.extra is None or extra < best.extra:
            more = _road(case, shift, tried) - road
            best = Option(shift, extra, more, position, None)
    return best or Option(shift, None, None, None, _commonest(reasons))


def _forbidden(case: Case, shift: int, order: list[int], visit: int) -> str | None:
    fit = int(case.fit[shift, visit])
    if fit < 0:
        return case.rules[-1 - fit] if -1 - fit < len(case.rules) else NOT_ALLOWED
    for kind, number in case.wants.get(visit, {}).items():
        taken = sum(case.wants.get(each, {}).get(kind, 0) for each in order)
        if case.stock is None or int(case.stock[shift, kind]) - taken < number:
            return NO_PART
    return None


def _reason(missed: int | None, visit: int) -> str:
    if missed is None:
        return SHIFT_OVER
    return TOO_LATE if missed == visit else PUTS_OFF


def _commonest(reasons: list[str]) -> str:
    """What stands in the way most often; of two the one named first."""
    return max(sorted(set(reasons)), key=reasons.count)


def _road(case: Case, shift: int, order: list[int]) -> int:
    return sum(leg.seconds for leg in legs_of(case, shift, order))
