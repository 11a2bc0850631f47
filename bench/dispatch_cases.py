"""Public and generated days to plan, read from `../shared/benchmarks/dispatch`."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import numpy as np

from yinuo.kernel.dispatch.routes import MUST, Case

DATA = Path(__file__).resolve().parents[2] / "shared" / "benchmarks" / "dispatch"


def best_known() -> dict[str, int]:
    """Total DIMACS distance in tenths, by instance."""
    with (DATA / "vrptw_bks.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return {row["instance"]: round(float(row["dimacs_distance"]) * 10) for row in rows}


def solomon(path: Path) -> Case:
    """An instance in Solomon's format: distances truncated to a tenth, everything in tenths."""
    lines = [line.split() for line in path.read_text().splitlines()]
    numbers = [[int(word) for word in line] for line in lines if line and line[0].isdigit()]
    vehicles, capacity = numbers[0]
    rows = np.array(numbers[1:], dtype=np.int64)
    x, y = rows[:, 1].astype(float), rows[:, 2].astype(float)
    exact = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :])
    depot = np.zeros(vehicles, dtype=np.int64)
    visits = rows[1:]
    count = len(visits)
    return Case(
        travel=np.floor(exact * 10 + 1e-9).astype(np.int64),
        shift_from=depot,
        shift_to=depot,
        begin=depot + rows[0, 4] * 10,
        until=depot + rows[0, 5] * 10,
        price=depot + 1,
        place=np.arange(1, count + 1, dtype=np.int64),
        ready=visits[:, 4] * 10,
        due=visits[:, 5] * 10,
        service=visits[:, 6] * 10,
        penalty=np.full(count, MUST, dtype=np.int64),
        fit=np.zeros((vehicles, count), dtype=np.int64),
        stock=np.full((vehicles, 1), capacity, dtype=np.int64),
        wants={number: {0: int(row[3])} for number, row in enumerate(visits) if row[3]},
    )


def technicians(name: str) -> Case:
    """One of our own days: engineers with homes, skills, shifts, parts; cost is travel seconds."""
    folder = DATA / "technician"
    day = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    with gzip.open(folder / f"{name}_travel_seconds.csv.gz", "rt") as file:
        travel = np.array([[int(one) for one in row] for row in csv.reader(file)], dtype=np.int64)
    crew, jobs = day["engineers"], day["jobs"]
    penalties = {int(key): value for key, value in day["unserved_penalty_by_priority"].items()}
    fit = np.full((len(crew), len(jobs)), -1, dtype=np.int64)
    for number, job in enumerate(jobs):
        fit[job["eligible_engineers"], number] = 0

    def column(values: list[int]) -> np.ndarray:
        return np.array(values, dtype=np.int64)

    homes = np.arange(len(crew), dtype=np.int64)
    return Case(
        travel=travel,
        shift_from=homes,
        shift_to=homes,
        begin=column([one["shift"][0] for one in crew]),
        until=column([one["shift"][1] for one in crew]),
        price=np.ones(len(crew), dtype=np.int64),
        place=len(crew) + np.arange(len(jobs), dtype=np.int64),
        ready=column([job["start_window"][0] for job in jobs]),
        due=column([job["start_window"][1] for job in jobs]),
        service=column([job["duration"] for job in jobs]),
        penalty=column(
            [
                MUST if job["fixed_engineer"] is not None else penalties[job["priority"]]
                for job in jobs
            ]
        ),
        fit=fit,
        stock=np.array([one["parts_on_van"] for one in crew], dtype=np.int64),
        wants={
            number: {job["part"]: 1} for number, job in enumerate(jobs) if job["part"] is not None
        },
    )
