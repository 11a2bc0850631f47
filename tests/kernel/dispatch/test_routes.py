"""A day planned: every limit kept, the cost as an independent checker counts it, small days best.

Run uncompiled, so that no test waits for the compiler; `test_compiled_routes` holds that compiling
changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations, product
from random import Random

import numpy as np
import pytest
from bench.dispatch_checker import cost, problems

from yinuo.kernel.dispatch.routes import MUST, Case, explain, of_rounds, of_seconds, plan, replan
from yinuo.kernel.dispatch.routes.explaining import NO_PART, SHIFT_OVER, TOO_LATE

HOUR = 3600


def ints(values) -> np.ndarray:
    return np.array(list(values), dtype=np.int64)


def made(seed: int, shifts: int = 4, visits: int = 12) -> Case:
    """A day with everything in it: homes, limits, prices of lateness, parts, breaks, must-dos."""
    random = Random(seed)
    spots = [(random.randint(0, 60), random.randint(0, 60)) for _ in range(shifts + visits)]
    travel = [[60 * (abs(a - c) + abs(b - d)) for c, d in spots] for a, b in spots]
    for row in travel:  # one way streets: not symmetric, not even a triangle
        row[random.randrange(len(row))] += random.randint(0, 600)
    for number, row in enumerate(travel):
        row[number] = 0
    begin = [random.choice((8, 9, 12)) * HOUR for _ in range(shifts)]
    ready = [random.randint(8, 14) * HOUR for _ in range(visits)]
    place = [shifts + number if random.random() < 0.85 else -1 for number in range(visits)]
    fit = [[random.choice((-1, 0, 0, 500)) for _ in range(visits)] for _ in range(shifts)]
    kinds = random.randint(1, 3)
    placed = [number for number in range(visits) if place[number] >= 0]
    late = {
        number: ((ready[number] + HOUR, 300), (ready[number] + 3 * HOUR, 20_000))
        for number in placed
        if random.random() < 0.5
    }
    return Case(
        travel=np.array(travel, dtype=np.int64),
        shift_from=ints(range(shifts)),
        shift_to=ints(range(shifts)),
        begin=ints(begin),
        until=ints(at + random.choice((5, 10)) * HOUR for at in begin),
        price=ints(random.choice((1, 2)) for _ in range(shifts)),
        place=ints(place),
        ready=ints(ready),
        due=ints(at + random.choice((1, 4, 9)) * HOUR for at in ready),
        service=ints(random.randint(1, 6) * 900 for _ in range(visits)),
        penalty=ints(random.choice((4000, 20_000, MUST)) for _ in range(visits)),
        fit=np.array(fit, dtype=np.int64),
        stock=ints(random.randint(0, 2) for _ in range(shifts * kinds)).reshape(shifts, kinds),
        overtime={0: ((begin[0] + 4 * HOUR, 0), (begin[0] + 10 * HOUR, 9000))},
        lateness=late,
        wants={number: {random.randrange(kinds): 1} for number in placed if random.random() < 0.3},
        rules=("skill",),
    )


@pytest.mark.req("B-32")
@pytest.mark.parametrize("seed", range(8))
def test_every_plan_keeps_all_limits_and_costs_what_the_checker_counts(seed):
    case = made(seed)
    routes = plan(case, seed=seed, effort=of_rounds(40))
    assert problems(case, routes.orders) == []
    assert routes.cost == cost(case, routes.orders)
    served = {visit for order in routes.orders for visit in order}
    assert set(routes.unserved) == set(range(case.visits)) - served
    assert {visit for visit in served if routes.starts[visit] < 0} == set()


def cheapest(case: Case, shift: int, visits: tuple[int, ...]) -> int:
    """What these visits cost in one shift in their best order, all else undone."""
    costs = []
    for order in permutations(visits):
        orders = [order if number == shift else () for number in range(case.shifts)]
        if not problems(case, orders):
            costs.append(cost(case, orders))
    return min(costs, default=1 << 60)


def best_of_all(case: Case) -> int:
    """The cheapest plan by trying every way to share and order the visits."""
    nothing = cost(case, [()] * case.shifts)
    gain = {}
    for shift in range(case.shifts):
        for taken in range(case.visits + 1):
            for visits in combinations(range(case.visits), taken):
                gain[shift, visits] = cheapest(case, shift, visits) - nothing
    best = 1 << 62
    for who in product(range(-1, case.shifts), repeat=case.visits):
        shared = [tuple(v for v in range(case.visits) if who[v] == s) for s in range(case.shifts)]
        best = min(best, nothing + sum(gain[s, visits] for s, visits in enumerate(shared)))
    return best


@pytest.mark.req("B-32")
@pytest.mark.parametrize("seed", range(100, 103))
def test_small_days_are_planned_as_well_as_trying_everything_does(seed):
    case = made(seed, shifts=2, visits=5)
    assert plan(case, seed=1, effort=of_rounds(150)).cost == best_of_all(case)


def test_the_same_seed_and_rounds_give_the_same_plan():
    case = made(5)
    first, again = (plan(case, seed=7, effort=of_rounds(40)) for _ in range(2))
    assert first.orders == again.orders


def easy(visits: int = 4, **given) -> Case:
    """A line of places a quarter of an hour apart; two shifts from its ends."""
    at = ints(range(visits + 2))
    plain = {
        "travel": abs(at[:, None] - at[None, :]) * 900,
        "shift_from": ints((0, visits + 1)),
        "shift_to": ints((0, visits + 1)),
        "begin": ints((8 * HOUR, 8 * HOUR)),
        "until": ints((18 * HOUR, 18 * HOUR)),
        "price": ints((1, 1)),
        "place": ints(range(1, visits + 1)),
        "ready": ints([8 * HOUR] * visits),
        "due": ints([17 * HOUR] * visits),
        "service": ints([HOUR] * visits),
        "penalty": ints([MUST] * visits),
        "fit": np.zeros((2, visits), dtype=np.int64),
    }
    return Case(**{**plain, **given})


def test_an_optional_visit_that_costs_more_than_it_is_worth_stays_undone():
    cheap = easy(1, penalty=ints([10]))
    assert plan(cheap, seed=1, effort=of_rounds(5)).unserved == (0,)
    assert plan(easy(1), seed=1, effort=of_rounds(5)).unserved == ()


def test_a_promised_visit_is_made_whatever_the_road_costs():
    case = easy(4, penalty=ints([MUST, 10, 10, 10]), price=ints((1000, 1000)))
    routes = plan(case, seed=1, effort=of_rounds(30))
    assert 0 not in routes.unserved
    assert routes.missed_must == 0


def test_what_nobody_may_do_is_counted_and_the_rest_is_planned():
    fit = np.zeros((2, 4), dtype=np.int64)
    fit[:, 2] = -1
    routes = plan(easy(4, fit=fit), seed=1, effort=of_rounds(30))
    assert routes.unserved == (2,)
    assert routes.missed_must == 1


def test_a_break_is_taken_wherever_one_is():
    noon = easy(
        3,
        place=ints((1, 2, -1)),
        ready=ints((8 * HOUR, 8 * HOUR, 12 * HOUR)),
        due=ints((17 * HOUR, 17 * HOUR, 13 * HOUR)),
        fit=np.array([[0, 0, 0], [-1, -1, -1]], dtype=np.int64),
    )
    routes = plan(noon, seed=1, effort=of_rounds(30))
    assert routes.cost == 2 * 2 * 900
    assert 12 * HOUR <= routes.starts[2] <= 13 * HOUR
    assert problems(noon, routes.orders) == []


def test_money_for_lateness_outweighs_the_road():
    # Both in shift 0's way; the far one is owed at once, so that it comes first.
    due = {1: ((8 * HOUR + 1800, 50_000),)}
    case = easy(2, lateness=due, fit=np.array([[0, 0], [-1, -1]], dtype=np.int64))
    assert plan(case, seed=1, effort=of_rounds(20)).orders[0] == (1, 0)


@pytest.mark.req("B-32")
def test_a_new_visit_is_put_in_with_the_least_change():
    case = made(3, shifts=5, visits=20)
    before = plan(replace(case, fit=without(case, 19)), seed=1, effort=of_rounds(150))
    free = replan(case, before.orders, moved_cost=0, seed=1, effort=of_rounds(40))
    still = replan(case, before.orders, moved_cost=50_000, seed=1, effort=of_rounds(40))
    assert problems(case, still.orders) == problems(case, free.orders) == []
    assert still.moved <= free.moved
    assert still.moved <= 1
    assert still.cost == cost(case, still.orders)


def without(case: Case, visit: int) -> np.ndarray:
    fit = case.fit.copy()
    fit[:, visit] = -1
    return fit


def test_what_no_longer_fits_is_given_to_others():
    case = easy(4)
    before = plan(case, seed=1, effort=of_rounds(30))
    gone = replace(case, until=ints((8 * HOUR, 18 * HOUR)))  # shift 0 fell ill
    after = replan(gone, before.orders, moved_cost=600, seed=1, effort=of_rounds(30))
    assert problems(gone, after.orders) == []
    assert after.orders[0] == ()
    assert after.unserved == ()
    assert after.moved == len(before.orders[0])


def test_a_cancelled_search_gives_the_best_plan_so_far():
    asked = []

    def is_cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    case = made(4)
    routes = plan(case, seed=1, effort=of_seconds(3600, lambda: 0.0, is_cancelled))
    assert len(asked) == 3
    assert problems(case, routes.orders) == []


def test_why_not_him_names_the_rule_or_the_money():
    case = easy(
        3,
        fit=np.array([[0, 0, 0], [-1, 0, 0]], dtype=np.int64),
        rules=("skill",),
        stock=ints((1, 0)).reshape(2, 1),
        wants={1: {0: 1}},
    )
    orders = plan(case, seed=1, effort=of_rounds(30)).orders
    assert [one.broken for one in explain(case, orders, 0)] == [None, "skill"]
    assert [one.broken for one in explain(case, orders, 1)] == [None, NO_PART]
    both = explain(case, orders, 2)
    assert [one.broken for one in both] == [None, None]
    assert both[0].extra <= both[1].extra
    late = replace(case, due=ints((17 * HOUR, 17 * HOUR, 8 * HOUR)))
    assert TOO_LATE in {one.broken for one in explain(late, ((), ()), 2)}
    over = replace(case, until=ints((9 * HOUR, 18 * HOUR)))
    assert explain(over, ((), ()), 2)[1].broken == SHIFT_OVER


def test_nothing_to_do_and_nobody_to_do_it_are_days_too():
    nothing = easy(0)
    assert plan(nothing, seed=1, effort=of_rounds(5)).orders == ((), ())
    nobody = easy(
        2,
        **{name: ints(()) for name in ("shift_from", "shift_to", "begin", "until", "price")},
        fit=np.zeros((0, 2), dtype=np.int64),
    )
    assert plan(nobody, seed=1, effort=of_rounds(5)).unserved == (0, 1)


@pytest.mark.parametrize(
    "given",
    [
        {"travel": np.zeros((6, 5), dtype=np.int64)},
        {"travel": np.full((6, 6), -1, dtype=np.int64)},
        {"travel": np.zeros((6, 6))},
        {"place": ints((1, 2, 3, 9))},
        {"ready": ints((1, 2, 3))},
        {"fit": np.zeros((4, 2), dtype=np.int64)},
        {"price": ints((1, -1))},
        {"stock": np.zeros((3, 1), dtype=np.int64)},
        {"wants": {0: {0: 1}}},
        {"lateness": {0: ()}},
        {"lateness": {0: ((5, 9), (4, 9))}},
        {"lateness": {0: ((5, 9), (6, 8))}},
        {"place": ints((-1, 1, 2, 3)), "lateness": {0: ((5, 9),)}},
        {"lateness": {9: ((5, 9),)}},
        {"overtime": {5: ((5, 9),)}},
    ],
)
def test_input_that_does_not_fit_is_refused_before_the_engine_sees_it(given):
    with pytest.raises(ValueError, match=r"\w"):
        easy(**given)
