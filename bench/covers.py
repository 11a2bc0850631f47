"""Is this free? The cover of one call among very many assets and contracts.

    python -m bench.covers [--assets 200000] [--contracts 50000] [--times 300] [--json]

A fresh database: a quarter as many customers as assets, half of the contracts naming an asset, a
fifth of them suspended or with a quota. Times are those of `find_cover` (a request opened) and of
`explain_cover` (the reasons asked for), database included, in milliseconds, beside our own
processor time and the machine's load average.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg

from bench.callers import company
from bench.seed import multiply

GOAL_MS = 50.0


def main() -> int:
    """Measure, print; 1 when a decision takes longer than the goal at p95."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=int, default=200_000)
    parser.add_argument("--contracts", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with company() as owner:
        grown(owner, options.assets, options.contracts)
        figures = measured(owner, options.times)
    load = round(os.getloadavg()[0], 1)
    if options.json:
        print(json.dumps({"load": load, "figures": figures}))
    else:
        print(f"{options.assets:,} assets, {options.contracts:,} contracts, load average {load}")
        for name, one in figures.items():
            print(f"{name:10}" + "".join(f"{key:>9} {value:7.2f}" for key, value in one.items()))
    return int(figures["decide"]["p95_ms"] > GOAL_MS)


def grown(owner: str, assets: int, contracts: int) -> None:
    """Customers, their assets and their contracts, many from the few that services made."""
    first = "old.id = (SELECT min(id) FROM {0})".format
    with psycopg.connect(owner, autocommit=True) as database:
        series = f"generate_series(1, {assets // 4}) AS new(n)"
        named = {"name": "'客户' || md5(new.n::text)", "name_key": "md5(new.n::text)"}
        multiply(database, "customers_customer", first("customers_customer"), series, named)
        database.execute(
            "CREATE TEMP TABLE owner AS SELECT id, row_number() OVER (ORDER BY id DESC) AS n"
            " FROM customers_customer"
        )
        database.execute("CREATE INDEX ON owner (n)")
        spread = (
            "(SELECT each.n, owner.id AS customer FROM generate_series(1, {0}) AS each(n)"
            " JOIN owner ON owner.n = each.n % {1} + 1) AS new"
        )
        multiply(
            database,
            "assets_asset",
            first("assets_asset"),
            spread.format(assets, assets // 4),
            {
                "customer_id": "new.customer",
                "site_id": "NULL",
                "serial": "'K' || lpad(new.n::text, 9, '0')",
                "purchased_on": "date '2024-01-01' + (new.n % 900)::int",
            },
        )
        multiply(
            database,
            "contracts_contract",
            first("contracts_contract"),
            spread.format(contracts, assets // 8),
            {
                "customer_id": "new.customer",
                "number": "'K-' || new.n",
                "starts_on": "date '2024-01-01' + (new.n % 700)::int",
                "annual_fee": "CASE WHEN new.n % 3 = 0 THEN 12000 END",
            },
        )
        database.execute(
            "INSERT INTO contracts_coverage (contract_id, asset_id) SELECT c.id,"
            " (SELECT min(a.id) FROM assets_asset a WHERE a.customer_id = c.customer_id)"
            " FROM contracts_contract c WHERE c.id % 2 = 0"
        )
        database.execute(
            "INSERT INTO contracts_suspension (public_id, version, contract_id, begins_on, reason,"
            " suspended_by, resumed_by) SELECT gen_random_uuid(), 1, id, '2026-01-01', 'x', 'x', ''"
            " FROM contracts_contract WHERE id % 10 = 0"
        )
        database.execute(
            "INSERT INTO contracts_quota (public_id, contract_id, kind, begins_on, included, used)"
            " SELECT gen_random_uuid(), id, 'visits', starts_on, 4, id % 5"
            " FROM contracts_contract WHERE id % 10 = 1"
        )
        database.execute("VACUUM ANALYZE")


def measured(owner: str, times: int) -> dict[str, dict[str, float]]:
    """Times of deciding and of explaining, for assets picked at random."""
    from yinuo.domains.contracts.candidates import Question, explain_cover
    from yinuo.domains.contracts.covers import Covered, find_cover
    from yinuo.domains.contracts.warranty import Dates
    from yinuo.domains.network.actors import get_actor
    from yinuo.domains.network.selectors import find_user_id

    actor = get_actor(find_user_id("taker") or 0)
    now = datetime.now(UTC)
    with psycopg.connect(owner) as database:
        rows = database.execute(
            "SELECT a.id, a.public_id, a.customer_id, c.public_id, a.purchased_on"
            " FROM assets_asset a JOIN customers_customer c ON c.id = a.customer_id"
            " WHERE a.serial LIKE 'K%%' ORDER BY md5(a.id::text) LIMIT %s",
            [2 * times],
        ).fetchall()
    random.Random(5).shuffle(rows)

    def decide(row: Any) -> None:
        thing = Covered(row[2], None, row[0], "Asia/Shanghai", Dates(row[4]))
        find_cover(thing, now)

    def explain(row: Any) -> None:
        explain_cover(actor, Question(customer_id=row[3], asset_id=row[1], at=now))

    return {"decide": timed(decide, rows), "explain": timed(explain, rows)}


def timed(ask: Callable[[Any], None], rows: list[Any]) -> dict[str, float]:
    """p50, p95 and worst in milliseconds over the rows, the first half of them only to warm up."""
    half = len(rows) // 2
    for row in rows[:half]:
        ask(row)
    taken, processor = [], time.process_time()
    for row in rows[half:]:
        began = time.perf_counter()
        ask(row)
        taken.append((time.perf_counter() - began) * 1000)
    own = (time.process_time() - processor) * 1000 / len(taken)
    cuts = statistics.quantiles(taken, n=20)
    return {"p50_ms": cuts[9], "p95_ms": cuts[18], "worst_ms": max(taken), "cpu_ms": own}


if __name__ == "__main__":
    sys.exit(main())
