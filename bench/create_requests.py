"""Requests created through the API each second, beside pgbench running the same SQL.

    python -m bench.create_requests [--seconds 10] [--connections 8] [--json]

Every call signs in by token, finds place, asset and cover, computes the promises, and commits
request, facts, obligations, audit, outbox and idempotency key. The SQL of one call is recorded and
given to pgbench on the same database, with fresh ids in each transaction; the product and pgbench
take turns, and the ratio is the product's rate over pgbench's. The client shares the processors.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import random
import statistics
import sys
import threading
import time
import uuid
from typing import Any

from bench.company import Company, served_company
from bench.profile import profile_of_one_call
from bench.same_sql import pgbench_rate, recorded_call

WARM_UP_SECONDS = 3.0
ROUNDS = 2
PATH = "/api/v1/requests"


def main() -> int:
    """Measure, print; 1 when any answer was not 201."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with served_company(workers=multiprocessing.cpu_count()) as company:
        load(company, options.connections, WARM_UP_SECONDS)
        call = recorded_call(company)
        statements = sum(not line.startswith("\\set") for line in call)
        each = options.seconds / ROUNDS
        seconds: list[float] = []
        refused, rates, pgbench_rates = 0, [], []
        for _ in range(ROUNDS):
            answers, bad = load(company, options.connections, each)
            seconds += answers
            refused += bad
            rates.append(len(answers) / each)
            pgbench_rates.append(pgbench_rate(company, call, options.connections, each))
        figures = summary(seconds, refused, rates, pgbench_rates, statements)
        figures["profile_ms"] = profile_of_one_call(company)
    show(figures, as_json=options.json)
    return int(refused > 0)


def load(company: Company, connections: int, seconds: float) -> tuple[list[float], int]:
    """Answer times of all 201 answers within the time, and the number of other answers."""
    answers: list[float] = []
    refused = [0]
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=client, args=(company, until, answers, refused))
        for _ in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, refused[0]


def client(company: Company, until: float, answers: list[float], refused: list[int]) -> None:
    """One connection, one request after the other."""
    connection = http.client.HTTPConnection(company.address, timeout=30)
    headers = {"Authorization": f"Bearer {company.token}", "Content-Type": "application/json"}
    while time.monotonic() < until:
        body = json.dumps(random.choice(company.bodies))
        began = time.perf_counter()
        connection.request("POST", PATH, body, {**headers, "Idempotency-Key": str(uuid.uuid4())})
        response = connection.getresponse()
        response.read()
        if response.status == 201:
            answers.append(time.perf_counter() - began)
        else:
            refused[0] += 1


def summary(
    seconds: list[float],
    refused: int,
    rates: list[float],
    pgbench_rates: list[float],
    statements: int,
) -> dict[str, Any]:
    """The figures; milliseconds and requests per second."""
    cuts = statistics.quantiles(seconds, n=100)
    rate, beside = statistics.mean(rates), statistics.mean(pgbench_rates)
    return {
        "requests_per_second": round(rate, 1),
        "p50_ms": round(cuts[49] * 1000, 1),
        "p95_ms": round(cuts[94] * 1000, 1),
        "not_created": refused,
        "pgbench_per_second": round(beside, 1),
        "ratio": round(rate / beside, 3),
        "statements": statements,
    }


def show(figures: dict[str, Any], *, as_json: bool) -> None:
    """A table, or the figures as JSON."""
    if as_json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        if not isinstance(value, dict):
            print(f"{name:24}{value:>12}")
    print("where the time of one call goes, in process, ms")
    for name, value in figures["profile_ms"].items():
        print(f"  {name:22}{value:>12}")


if __name__ == "__main__":
    sys.exit(main())
