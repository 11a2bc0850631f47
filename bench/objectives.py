"""The same day planned by the way alone and by money: penalties and travel side by side.

    python -m bench.objectives [--seconds 5] [--json]

A generated region: engineers with homes, skills and hours, calls of the last day under the plans of
the vendors whose field service the product was built for. When somebody must be there is what the
plan's clause says; being late costs what its remedies say, and where a clause has no price the
usual amount for each hour that dispatch ships with. A restoration that has a price is late when the
visit would end too late. Both plans serve every call and are billed by the same rule; seconds are
processor seconds.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from yinuo.kernel.dispatch.lateness import Lateness
from yinuo.kernel.dispatch.routes import MUST, Case, Routes, of_seconds, plan, warm_up
from yinuo.kernel.dispatch.routes.times import legs_of, price_at
from yinuo.kernel.dispatch.travel import Travel
from yinuo.kernel.evaluation import Evaluation, Evaluator
from yinuo.kernel.exposure import exposures
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.clauses import Deadline
from yinuo.planfile import load_plan

PLANS = Path(__file__).resolve().parents[1] / "plans"
# Levels of each plan under which somebody goes; of five vendors.
LEVELS = {
    "appliance": ("serious", "general"),
    "broadcast": ("serious", "limited"),
    "lowvoltage": ("urgent", "ordinary"),
    "servers": ("down", "degraded"),
    "signage": ("major", "ordinary"),
}
ENGINEERS, CALLS, SKILLS = 30, 150, 3
NOW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # 8 o'clock in Shanghai, a Tuesday
# As dispatch ships: an hour of work, an hour on the road at 30 km/h, an hour late, overtime.
HOUR_FEN, ROAD_FEN, LATE_FEN, LATE_HOURS, OVER_FEN = 8_000, 11_600, 20_000, 48, 12_000
GRAIN = 1_000
BEGINS, ENDS, OVERTIME = 1_800, 36_000, 7_200
_MOST = (1 << 40) - 1
Curves = list[tuple[Lateness, ...]]


def main() -> int:
    """Measure, print; 1 unless planning by money costs less altogether for every seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    warm_up()
    rows = [row for seed in (1, 2, 3) for row in compared(seed, options.seconds)]
    if options.json:
        print(json.dumps(rows))
    else:
        for row in rows:
            print("  ".join(f"{name} {value}" for name, value in row.items()))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return int(any(money["total_yuan"] >= way["total_yuan"] for way, money in pairs))  # type: ignore[operator]


def compared(seed: int, seconds: float) -> Iterator[dict[str, object]]:
    """A row for each objective: by the way alone first, then by money."""
    case, late = region(seed)
    for name, given in (("travel", replace(case, lateness={})), ("money", case)):
        effort = of_seconds(seconds, time.process_time)
        routes = plan(given, seed=seed, effort=effort)
        yield {"seed": seed, "objective": name, **billed(case, late, routes)}


def billed(case: Case, late: Curves, routes: Routes) -> dict[str, object]:
    """What a plan costs in yuan by kind, how many calls come late, hours on the road."""
    penalty = road = over = count = 0
    for shift, order in enumerate(routes.orders):
        for leg in legs_of(case, shift, order):
            road += leg.seconds
            if leg.visit is None:
                over += price_at(case.overtime[shift], leg.start) if order else 0
                continue
            at = int(NOW.timestamp()) + leg.start
            fen = sum(one.fen(at) for one in late[leg.visit])
            penalty, count = penalty + fen, count + (fen > 0)
    travel = road * int(case.price[0]) // GRAIN
    return {
        "undone": len(routes.unserved),
        "late": count,
        "penalty_yuan": round(penalty / 100),
        "travel_yuan": round(travel / 100),
        "overtime_yuan": round(over / GRAIN / 100),
        "total_yuan": round((penalty + travel + over / GRAIN) / 100),
        "road_hours": round(road / 3600, 1),
    }


def region(seed: int) -> tuple[Case, Curves]:
    """The day, seconds counted from now, and what being late costs for each call."""
    random = np.random.default_rng(seed)
    places = ENGINEERS + CALLS
    north = 31.2 + random.normal(0, 0.12, places)
    east = 121.4 + random.normal(0, 0.14, places)
    travel = Travel().matrix((north, east), (north, east), 10)
    np.fill_diagonal(travel, 0)
    wanted = random.integers(0, SKILLS, CALLS)
    has = random.random((ENGINEERS, SKILLS)) < 0.7
    has[np.arange(ENGINEERS), random.integers(0, SKILLS, ENGINEERS)] = True
    service = random.integers(3, 9, CALLS) * 900
    late = [curves(name, level, minutes, int(service[number]))
            for number, (name, level, minutes) in enumerate(calls(random))]  # fmt: skip
    homes = np.arange(ENGINEERS, dtype=np.int64)
    none = np.zeros(CALLS, dtype=np.int64)
    cost = OVERTIME * OVER_FEN * GRAIN // 3600
    case = Case(
        travel=travel,
        shift_from=homes,
        shift_to=homes,
        begin=homes * 0 + BEGINS,
        until=homes * 0 + ENDS + OVERTIME,
        price=homes * 0 + ROAD_FEN * GRAIN // 3600,
        place=ENGINEERS + np.arange(CALLS, dtype=np.int64),
        ready=none,
        due=none + (1 << 40),
        service=service,
        penalty=none + MUST,
        fit=np.where(has[:, wanted], 0, -1).astype(np.int64),
        overtime={int(one): [(ENDS, 0), (ENDS + OVERTIME, cost)] for one in homes},
        lateness={number: points for number, one in enumerate(late) if (points := joined(one))},
    )
    return case, late


def calls(random: np.random.Generator) -> Iterator[tuple[str, str, int]]:
    """For each call the plan, its level, and how many minutes ago it came in."""
    names = sorted(LEVELS)
    for number in range(CALLS):
        name = names[number % len(names)]
        yield name, LEVELS[name][int(random.random() < 0.6)], int(random.integers(5, 480))


_evaluators: dict[str, Evaluator] = {}


def curves(name: str, level: str, minutes: int, service: int) -> tuple[Lateness, ...]:
    """What coming late costs under a plan, for a call of so many minutes ago."""
    if name not in _evaluators:
        source = (PLANS / f"{name}.yaml").read_text(encoding="utf-8")
        _evaluators[name] = Evaluator(load_plan(source, name))
    at = NOW - timedelta(minutes=minutes)
    signed = NOW - timedelta(days=200)
    facts = [
        Fact("contract:1", "signed", signed, signed, {"total": "486000.00", "annual_fee": 120_000}),
        Fact("request:1", "reported", at, at, {"level": level, "contract": "contract:1"}),
        Fact("request:1", "on_site_decided", at, at, {"travel_minutes": 60, "distance_km": 30}),
    ]
    evaluation = _evaluators[name].evaluate(facts, NOW)
    return tuple(_priced(evaluation, service))


def _priced(evaluation: Evaluation, service: int) -> Iterator[Lateness]:
    known = exposures(evaluation, "request:1")
    for one in evaluation.obligations:
        clause = evaluation.evaluator.plan.clause(one.clause_id)
        if not isinstance(clause, Deadline) or not one.is_open or one.due_at is None:
            continue
        exposure = known.get((one.clause_id, one.number))
        if clause.promise == "restore" and exposure is not None and exposure.late is not None:
            yield Lateness.of_exposure(one.due_at - timedelta(seconds=service), NOW, exposure.late)
        elif clause.promise == "on_site":
            if exposure is not None and exposure.late is not None:
                yield Lateness.of_exposure(one.due_at, NOW, exposure.late)
            else:
                yield Lateness.at_rate(one.due_at, LATE_FEN, LATE_HOURS)


def joined(late: tuple[Lateness, ...]) -> list[tuple[int, int]]:
    """The sum of some curves as the engine takes it: seconds from now, thousandths of a fen."""
    zero = int(NOW.timestamp())
    at = sorted({point[0] + more for one in late for point in one.points for more in (0, 1)})
    points = [(each - zero, sum(one.fen(each) for one in late) * GRAIN) for each in at]
    return [(each, min(cost, _MOST)) for each, cost in points] if points else []


if __name__ == "__main__":
    sys.exit(main())
