"""Plan a day, and plan it anew with the least change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from yinuo.kernel.dispatch.routes.arrays import (
    ABSENT,
    BEFORE,
    BEST,
    FOLLOWING,
    SHIFT,
    Given,
    Ints,
    Now,
    fresh,
)
from yinuo.kernel.dispatch.routes.case import MUST, Case, given
from yinuo.kernel.dispatch.routes.engine import begin, search
from yinuo.kernel.dispatch.routes.times import cost_of, starts_of

# Rounds done so far to the share of the effort that is spent; from 1 on the search ends.
Effort = Callable[[int], float]
Orders = tuple[tuple[int, ...], ...]
# In middling ways: where annealing begins, where it ends, where it begins on a known plan.
_HOT, _COLD, _WARM = 1.0, 0.01, 0.1
_STEP = 0.02
_SAMPLED = 200
_FIRST_ROUNDS = 8


@dataclass(frozen=True)
class Routes:
    """A plan: for each shift its visits in order, what stays undone, when each visit starts.

    ``starts`` is -1 for what is unserved. ``cost`` is that of `case`, penalties included;
    ``missed_must`` counts visits among the unserved that must be made. ``moved`` counts visits of
    the plan before that another shift makes now or nobody.
    """

    orders: Orders
    unserved: tuple[int, ...]
    starts: Ints
    cost: int
    rounds: int
    moved: int = 0
    missed_must: int = 0


def of_rounds(number: int) -> Effort:
    """So many rounds: the same plan every time."""
    return lambda done: done / number


def of_seconds(
    seconds: float, clock: Callable[[], float], is_cancelled: Callable[[], bool] = lambda: False
) -> Effort:
    """As much as can be done in some seconds of `clock`, from now on, unless it is cancelled."""
    began = clock()

    def spent(done: int) -> float:
        return 1.0 if is_cancelled() else (clock() - began) / seconds

    return spent


def plan(case: Case, *, seed: int, effort: Effort) -> Routes:
    """The cheapest plan that the effort finds, from nothing. It keeps every limit of the case.

    The best plan so far is always complete, so that the effort may end at any time.
    """
    work = given(case)
    now = fresh(work, seed)
    _link(now, [() for _ in range(case.shifts)])
    begin(work, now)
    way = _middling_way(case)
    rounds = _annealed(work, now, effort, (_HOT * way, _COLD * way))
    return _routes(case, now, rounds)


def replan(
    case: Case, orders: Sequence[Sequence[int]], *, moved_cost: int, seed: int, effort: Effort
) -> Routes:
    """The plan changed as little as is worth it: a visit given to another shift costs `moved_cost`.

    `orders` is the plan so far with the visits' numbers in `case`; new visits are in none of its
    routes. What cannot stay where it was (a limit, a shift that ended) is put in anew.
    """
    if len(orders) != case.shifts:
        raise ValueError("the plan so far has a route for each shift")
    kept = [_kept(case, shift, order) for shift, order in enumerate(orders)]
    held = _shift_of(case, orders)
    work = given(replace(case, fit=_stable(case, held, moved_cost)))
    now = fresh(work, seed)
    _link(now, kept)
    _take_from_stock(case, now, kept)
    begin(work, now)
    way = _middling_way(case)
    rounds = _annealed(work, now, effort, (_WARM * way, _COLD * way))
    routes = _routes(case, now, rounds)
    moved = np.count_nonzero((held >= 0) & (_shift_of(case, routes.orders) != held))
    return replace(routes, moved=int(moved))


def warm_up() -> None:
    """Have the engine compiled: some 20 s once, then kept in the compiler's folder."""
    one, two = np.array([0], dtype=np.int64), np.array([0, 1], dtype=np.int64)
    case = Case(
        travel=np.array([[0, 9], [9, 0]]),
        shift_from=one,
        shift_to=one,
        begin=one,
        until=one + 999,
        price=one + 1,
        place=two,
        ready=two,
        due=two + 99,
        service=two,
        penalty=two + 99,
        fit=np.zeros((1, 2), dtype=np.int64),
    )
    plan(case, seed=1, effort=of_rounds(2))


def _annealed(work: Given, now: Now, effort: Effort, span: tuple[float, float]) -> int:
    """Search until the effort is spent, in steps of two hundredths of it; the rounds done."""
    hot, cold = span
    done, step = 0, _FIRST_ROUNDS
    share = effort(0)
    while share < 1.0 and now.figures[BEST] > 0:
        until = min(1.0, share + _STEP)
        cooled = [hot * (cold / hot) ** each for each in (max(share, 0.0), until)]
        search(work, now, step, cooled[0], cooled[1])
        done += step
        share = effort(done)
        wanted = int(done / share * _STEP) if share > 0 else 4 * step
        step = max(1, min(4 * step, wanted))
    return done


def _link(now: Now, orders: Sequence[Sequence[int]]) -> None:
    """Link the routes; what is in none of them is absent."""
    visits, shifts = len(now.absent), len(orders)
    for shift, order in enumerate(orders):
        chain = [visits + shift, *order, visits + shifts + shift]
        now.live[chain[:-1], FOLLOWING], now.live[chain[1:], BEFORE] = chain[1:], chain[:-1]
        now.live[chain[-1], FOLLOWING] = -1
        now.live[list(order), SHIFT] = shift
    absent = np.flatnonzero(now.live[:visits, SHIFT] < 0)
    now.absent[: len(absent)] = absent
    now.figures[ABSENT] = len(absent)


def _take_from_stock(case: Case, now: Now, orders: Sequence[Sequence[int]]) -> None:
    for shift, order in enumerate(orders):
        for visit in order:
            for kind, number in case.wants.get(visit, {}).items():
                now.left[shift, kind] -= number


def _kept(case: Case, shift: int, order: Sequence[int]) -> list[int]:
    """The visits of a route that may stay in it: allowed, on the van, and all limits kept."""
    kept: list[int] = []
    left = {} if case.stock is None else dict(enumerate(case.stock[shift].tolist()))
    for visit in order:
        wanted = case.wants.get(visit, {})
        is_there = all(left[kind] >= number for kind, number in wanted.items())
        if case.fit[shift, visit] < 0 or not is_there:
            continue
        if starts_of(case, shift, [*kept, visit]) is not None:
            kept.append(visit)
            for kind, number in wanted.items():
                left[kind] -= number
    return kept


def _shift_of(case: Case, orders: Sequence[Sequence[int]]) -> Ints:
    held = np.full(case.visits, -1, dtype=np.int64)
    for shift, order in enumerate(orders):
        held[list(order)] = shift
    return held


def _stable(case: Case, held: Ints, moved_cost: int) -> Ints:
    """What each pair costs when a visit that has a shift is given to another one."""
    elsewhere = (held >= 0)[None, :] & (np.arange(case.shifts)[:, None] != held[None, :])
    return np.where(elsewhere & (case.fit >= 0), case.fit + moved_cost, case.fit)


def _middling_way(case: Case) -> float:
    """The cost of a middling way between two visits, over some hundred of them; at least 1."""
    placed = case.place[case.place >= 0]
    some = placed[:: max(1, len(placed) // _SAMPLED)]
    ways = case.travel[np.ix_(some, some)]
    ways = ways[ways > 0]
    if not ways.size or not case.shifts:
        return 1.0
    return max(1.0, float(np.median(ways)) * float(np.median(case.price)))


def _routes(case: Case, now: Now, rounds: int) -> Routes:
    orders = tuple(tuple(_chain(now, shift)) for shift in range(case.shifts))
    starts = np.full(case.visits, -1, dtype=np.int64)
    for shift, order in enumerate(orders):
        found = starts_of(case, shift, order)
        assert found is not None
        starts[list(order)] = found
    unserved = tuple(np.flatnonzero(now.best[: case.visits, SHIFT] < 0).tolist())
    return Routes(
        orders=orders,
        unserved=unserved,
        starts=starts,
        cost=cost_of(case, orders),
        rounds=rounds,
        missed_must=sum(1 for visit in unserved if case.penalty[visit] >= MUST),
    )


def _chain(now: Now, shift: int) -> Iterator[int]:
    visits = len(now.absent)
    node = int(now.best[visits + shift, FOLLOWING])
    while node < visits:
        yield node
        node = int(now.best[node, FOLLOWING])
