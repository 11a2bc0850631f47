"""Other programs on the same days: PyVRP, VROOM, OR-Tools. Each gives routes, or None if absent.

They get what they can model, and one core each. PyVRP has the same processor seconds as our engine;
VROOM and OR-Tools count wall seconds, so their figures want an idle machine.
"""

from __future__ import annotations

import time
from datetime import timedelta
from importlib.util import find_spec

import numpy as np

from bench.dispatch_checker import problems
from yinuo.kernel.dispatch.routes import MUST, Case

Orders = list[list[int]]
_FORBIDDEN = 50_000


def pyvrp(case: Case, seconds: float, seed: int) -> Orders | None:
    """Classic instances only: shifts that are all alike."""
    if find_spec("pyvrp") is None:
        return None
    from pyvrp import Model

    model = Model()
    places = [model.add_location(0, 0) for _ in range(len(case.travel))]
    begin, until = int(case.begin[0]), int(case.until[0])
    depot = model.add_depot(places[0], tw_early=begin, tw_late=until)
    assert case.stock is not None
    model.add_vehicle_type(
        case.shifts, int(case.stock[0, 0]), depot, depot, tw_early=begin, tw_late=until
    )
    for visit in range(case.visits):
        model.add_client(
            places[int(case.place[visit])],
            delivery=case.wants.get(visit, {}).get(0, 0),
            service_duration=int(case.service[visit]),
            tw_early=int(case.ready[visit]),
            tw_late=int(case.due[visit]),
        )
    for a, row in enumerate(case.travel.tolist()):
        for b, way in enumerate(row):
            if a != b:
                model.add_edge(places[a], places[b], way, way)
    best = model.solve(_Spent(seconds), seed=seed, collect_stats=False, display=False).best
    orders = [[int(one.idx) for one in route if one.is_client()] for route in best.routes()]
    return orders + [[] for _ in range(case.shifts - len(orders))]


class _Spent:
    """Stops PyVRP after seconds of the processor, so that a busy machine is unjust to nobody."""

    def __init__(self, seconds: float) -> None:
        self.until = time.process_time() + seconds

    def __call__(self, best_cost: float) -> bool:
        return time.process_time() >= self.until


def vroom(case: Case, seconds: float) -> Orders | None:
    """Eligibility as skills, penalties as priorities (which VROOM serves whatever they cost)."""
    if find_spec("vroom") is None:
        return None
    import vroom

    day = vroom.Input()
    day.set_durations_matrix("car", case.travel.astype(np.uint32))
    kinds = 0 if case.stock is None else case.stock.shape[1]
    for shift in range(case.shifts):
        day.add_vehicle(
            vroom.Vehicle(
                shift,
                start=int(case.shift_from[shift]),
                end=int(case.shift_to[shift]),
                capacity=[] if case.stock is None else case.stock[shift].tolist(),
                skills=set(np.flatnonzero(case.fit[shift] >= 0).tolist()),
                time_window=vroom.TimeWindow(int(case.begin[shift]), int(case.until[shift])),
            )
        )
    ranks = sorted(set(case.penalty.tolist()))
    for visit in range(case.visits):
        wanted = case.wants.get(visit, {})
        day.add_job(
            vroom.Job(
                visit,
                location=int(case.place[visit]),
                default_service=int(case.service[visit]),
                delivery=vroom.Amount([wanted.get(kind, 0) for kind in range(kinds)]),
                skills={visit},
                priority=20 * ranks.index(int(case.penalty[visit])),
                time_windows=[vroom.TimeWindow(int(case.ready[visit]), int(case.due[visit]))],
            )
        )
    found = day.solve(exploration_level=5, nb_threads=1, timeout=timedelta(seconds=seconds))
    orders: Orders = [[] for _ in range(case.shifts)]
    steps = found.routes[found.routes["type"] == "job"]
    for shift, visit in zip(steps["vehicle_id"], steps["id"], strict=True):
        orders[int(shift)].append(int(visit))
    return orders


def ortools(case: Case, seconds: float) -> Orders | None:  # noqa: C901 (one model)
    """Routing with penalties for what is dropped and guided local search."""
    if find_spec("ortools") is None:
        return None
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    shifts, visits = case.shifts, case.visits
    place = np.concatenate([case.place, case.shift_from, case.shift_to]).tolist()
    service = [*case.service.tolist(), *[0] * (2 * shifts)]
    starts = [visits + shift for shift in range(shifts)]
    ends = [visits + shifts + shift for shift in range(shifts)]
    manager = pywrapcp.RoutingIndexManager(visits + 2 * shifts, shifts, starts, ends)
    model = pywrapcp.RoutingModel(manager)
    travel = case.travel.tolist()

    def way(a: int, b: int) -> int:
        return travel[place[manager.IndexToNode(a)]][place[manager.IndexToNode(b)]]

    def span(a: int, b: int) -> int:
        return way(a, b) + service[manager.IndexToNode(a)]

    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitCallback(way))
    horizon = int(case.until.max())
    model.AddDimension(model.RegisterTransitCallback(span), horizon, horizon, False, "time")
    clock = model.GetDimensionOrDie("time")
    for shift in range(shifts):
        for end in (model.Start(shift), model.End(shift)):
            clock.CumulVar(end).SetRange(int(case.begin[shift]), int(case.until[shift]))
    for visit in range(visits):
        index = manager.NodeToIndex(visit)
        due = min(int(case.due[visit]), horizon)
        clock.CumulVar(index).SetRange(int(case.ready[visit]), due)
        may = np.flatnonzero(case.fit[:, visit] >= 0).tolist()
        model.VehicleVar(index).SetValues([-1, *may])
        model.AddDisjunction([index], min(int(case.penalty[visit]), 50 * _FORBIDDEN))
    for kind in range(0 if case.stock is None else case.stock.shape[1]):
        wants = [case.wants.get(visit, {}).get(kind, 0) for visit in range(visits)]
        wants += [0] * (2 * shifts)
        taken = model.RegisterUnaryTransitCallback(lambda a, w=wants: w[manager.IndexToNode(a)])
        assert case.stock is not None
        stock = case.stock[:, kind].tolist()
        model.AddDimensionWithVehicleCapacity(taken, 0, stock, True, f"part {kind}")
    how = pywrapcp.DefaultRoutingSearchParameters()
    first, local = (
        routing_enums_pb2.FirstSolutionStrategy,
        routing_enums_pb2.LocalSearchMetaheuristic,
    )
    how.first_solution_strategy = first.PARALLEL_CHEAPEST_INSERTION
    how.local_search_metaheuristic = local.GUIDED_LOCAL_SEARCH
    how.time_limit.FromMilliseconds(int(seconds * 1000))
    found = model.SolveWithParameters(how)
    if found is None:
        return None
    orders: Orders = []
    for shift in range(shifts):
        orders.append([])
        index = found.Value(model.NextVar(model.Start(shift)))
        while not model.IsEnd(index):
            orders[-1].append(manager.IndexToNode(index))
            index = found.Value(model.NextVar(index))
    return orders


def is_whole(case: Case, orders: Orders) -> bool:
    """Whether a plan keeps every limit and makes what must be made."""
    made = {visit for order in orders for visit in order}
    must = set(np.flatnonzero(case.penalty >= MUST).tolist())
    return not problems(case, orders) and must <= made
