"""The dispatch engine on public and own days, beside PyVRP, VROOM and OR-Tools where installed.

    python -m bench.dispatch [--full] [--json]

Seconds are processor seconds of one core for our engine and PyVRP, wall seconds for VROOM and
OR-Tools; seeds are fixed; every plan, ours and theirs, is judged by `dispatch_checker`. Quick: six
Solomon instances, two of our own days, one urgent visit, ranking (about two minutes on an idle
core, with compiling). `--full`: all Solomon and Homberger 200 instances and all of our own days.
Data: `../shared/benchmarks/dispatch`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from bench import dispatch_oracles as oracles
from bench.dispatch_cases import DATA, best_known, solomon, technicians
from bench.dispatch_checker import cost, problems
from bench.dispatch_ranking import ranking_times
from yinuo.kernel.dispatch.routes import MUST, Case, Routes, of_seconds, plan, replan, warm_up

# Best plans seen of our own days, from hours of search.
BEST_SEEN = {
    "e60_j300_seed1": 253_417,
    "e60_j300_seed2": 229_829,
    "e48_j300_seed1": 310_913,
}
QUICK_SOLOMON = ("C101", "C204", "R101", "R204", "RC101", "RC204")
# Seconds on the road that it is worth to leave a visit with whom it was promised by.
MOVED_COST = 600
Orders = Sequence[Sequence[int]]
Row = dict[str, float | int | str | None]


def main() -> int:
    """Measure and print; 1 when one of our plans breaks a rule or is not what it says it costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    began = time.process_time()
    warm_up()
    rows: dict[str, object] = {
        "load": [round(each, 1) for each in os.getloadavg()],
        "compile_cpu_seconds": round(time.process_time() - began, 1),
    }
    seeds = (1, 2, 3) if options.full else (1,)
    for name, measure in measurements(options.full, seeds).items():
        rows[name] = measure()
        if not options.json:
            show(name, rows[name])
    rows["load_after"] = [round(each, 1) for each in os.getloadavg()]
    if options.json:
        print(json.dumps(rows))
    else:
        print(f"load {rows['load']} before, {rows['load_after']} after; compiling took "
              f"{rows['compile_cpu_seconds']} s of processor time")  # fmt: skip
    return 0


def measurements(full: bool, seeds: Sequence[int]) -> dict[str, Callable[[], object]]:
    """What is measured, by name; nothing runs yet."""
    if not DATA.is_dir():
        return {"rank 5,000": ranking_times}
    names = sorted(path.stem for path in (DATA / "solomon").glob("*.txt"))
    chosen = names if full else QUICK_SOLOMON
    homberger = sorted(path.stem for path in (DATA / "homberger_200").glob("*.txt"))
    found: dict[str, Callable[[], object]] = {
        "solomon": lambda: gaps("solomon", chosen, 5 if full else 3, seeds)
    }
    if full:
        found["homberger 200"] = lambda: gaps("homberger_200", homberger, 10, seeds[:1])
    found["technicians"] = lambda: days(full, seeds)
    found["urgent"] = lambda: urgent(20 if full else 5, seeds)
    found["rank 5,000"] = ranking_times
    return found


def planned(case: Case, seconds: float, seed: int) -> Routes:
    """Our plan, judged: it keeps every rule and costs what it says."""
    routes = plan(case, seed=seed, effort=of_seconds(seconds, time.process_time))
    judge(case, routes)
    return routes


def judge(case: Case, routes: Routes) -> None:
    """End the run when one of our plans is not what it claims to be."""
    broken = problems(case, routes.orders)
    if broken or cost(case, routes.orders) != routes.cost:
        sys.exit(f"a plan of ours is wrong: {broken[:3]}, cost {routes.cost}")


def gaps(folder: str, names: Sequence[str], seconds: float, seeds: Sequence[int]) -> list[Row]:
    """Gap to the best known DIMACS distance for each instance, ours and PyVRP's, in percent."""
    best, rows = best_known(), []
    for name in names:
        case = solomon(DATA / folder / f"{name}.txt")
        ours = [percent(planned(case, seconds, seed).cost, best[name]) for seed in seeds]
        other = oracles.pyvrp(case, seconds, 1)
        theirs = None
        if other is not None and oracles.is_whole(case, other):
            theirs = percent(cost(case, other), best[name])
        row: Row = {"day": name, "seconds": seconds, "ours": mean(ours), "pyvrp": theirs}
        rows.append(row)
    whole: Row = {"day": "mean", "seconds": seconds}
    for key in ("ours", "pyvrp"):
        values = [float(row[key]) for row in rows if row[key] is not None]
        whole[key] = mean(values) if values else None
    return [*rows, whole] if len(names) < 10 else [whole, *worst(rows)]


def worst(rows: list[Row]) -> list[Row]:
    """The five instances with the largest gap of ours."""
    return sorted(rows, key=lambda row: -float(row["ours"] or 0))[:5]


def days(full: bool, seeds: Sequence[int]) -> list[Row]:
    """Our own days: percent above the best plan seen, and how many visits stay undone."""
    rows = []
    for name in BEST_SEEN if full else ("e60_j300_seed1", "e48_j300_seed1"):
        case = technicians(name)
        seconds = 10 if name.startswith("e48") else 5
        found = [planned(case, seconds, seed) for seed in seeds]
        gap = mean([percent(one.cost, BEST_SEEN[name]) for one in found])
        undone = mean([len(one.unserved) for one in found])
        rows.append({"day": name, "by": "ours", "seconds": seconds, "gap": gap, "undone": undone})
        others = {
            "vroom": oracles.vroom(case, seconds),
            "ortools": oracles.ortools(case, seconds),
        }
        for by, orders in others.items():
            row: Row = {"day": name, "by": by, "seconds": seconds, "gap": None, "undone": None}
            if orders is not None and oracles.is_whole(case, orders):
                row["gap"] = percent(cost(case, orders), BEST_SEEN[name])
                row["undone"] = case.visits - sum(map(len, orders))
            rows.append(row)
    return rows


def urgent(seconds: float, seeds: Sequence[int]) -> list[Row]:
    """A visit of the highest penalty comes into a plan: cost above a long search, visits moved."""
    case = technicians("e60_j300_seed1")
    rows = []
    for seed in seeds:
        optional = np.where(case.penalty < MUST, case.penalty, 0)
        news = int(np.flatnonzero(optional == optional.max())[seed])
        hidden = case.fit.copy()
        hidden[:, news] = -1
        before = planned(replace(case, fit=hidden), seconds, seed).orders
        long = replan_of(case, before, seconds, seed)
        least = long.cost + MOVED_COST * long.moved
        for given in (0.1, 0.5):
            began = time.perf_counter()
            routes = replan_of(case, before, given, seed)
            rows.append(
                {
                    "seed": seed,
                    "seconds": given,
                    "wall": round(time.perf_counter() - began, 3),
                    "above_long": percent(routes.cost + MOVED_COST * routes.moved, least),
                    "moved": routes.moved,
                    "undone_must": routes.missed_must,
                }
            )
    return rows


def replan_of(case: Case, before: Orders, seconds: float, seed: int) -> Routes:
    """Our plan anew with the least change, judged."""
    effort = of_seconds(seconds, time.process_time)
    routes = replan(case, before, moved_cost=MOVED_COST, seed=seed, effort=effort)
    judge(case, routes)
    return routes


def mean(values: Sequence[float]) -> float:
    """Rounded to a hundredth."""
    return round(statistics.fmean(values), 2)


def percent(amount: int, best: int) -> float:
    """How far above the best, in percent."""
    return round((amount / best - 1) * 100, 3)


def show(name: str, rows: object) -> None:
    """One line for each row."""
    print(f"-- {name}", flush=True)
    for row in rows if isinstance(rows, list) else [rows]:
        print("   " + "  ".join(f"{key} {value}" for key, value in row.items()), flush=True)


if __name__ == "__main__":
    sys.exit(main())
