"""What is at risk: the sums of exposure over very many live promises.

    python -m bench.exposure [--live 100000] [--times 60] [--json]

A fresh database. One request under a plan with penalties is opened through the services and
multiplied, one in ten with a breach that is over, spread over 2,000 customers with a contract each.
Times are those of the reads behind the page (sums and each grouping, and a page of promises),
database included, in milliseconds, beside the machine's load average. Before that, a sample of what
is stored is compared with a fresh computation.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import psycopg

from bench.callers import company
from bench.seed import multiply

GOAL_MS = 300.0
CUSTOMERS = 2_000


def main() -> int:
    """Measure, print; 1 when a read takes longer than the goal at p95."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--live", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with company() as owner:
        template()
        grown(owner, options.live)
        figures = measured(options.times)
    load = round(os.getloadavg()[0], 1)
    if options.json:
        print(json.dumps({"load": load, "figures": figures}))
    else:
        print(f"{options.live:,} live promises with a price, load average {load}")
        for name, one in figures.items():
            print(f"{name:10}" + "".join(f"{key:>9} {value:8.2f}" for key, value in one.items()))
    return int(max(one["p95_ms"] for one in figures.values()) > GOAL_MS)


def template() -> None:
    """One case under the sign maker's plan: a response that came too late, a restoration agreed."""
    from django.conf import settings

    from yinuo.domains.contracts.services import ContractData, create_contract, publish_plan
    from yinuo.domains.customers.services import create_customer
    from yinuo.domains.network.actors import get_actor
    from yinuo.domains.network.selectors import find_user_id, list_units
    from yinuo.domains.obligations.checking import wrong_money
    from yinuo.domains.requests.services import open_request, record_steps
    from yinuo.domains.requests.types import Intake, StepFact

    now = datetime.now(UTC)
    called, answered = now - timedelta(hours=6), now - timedelta(hours=1)
    admin = get_actor(find_user_id("bench") or 0)
    taker = get_actor(find_user_id("taker") or 0)
    source = (settings.PLANS_FOLDER / "signage.yaml").read_text(encoding="utf-8")
    plan = publish_plan(actor=admin, source=source, source_name="signage.yaml", now=now)
    unit = next(unit for unit in list_units(taker) if unit.parent_public_id)
    customer = create_customer(actor=taker, unit_id=unit.public_id, name="标牌客户", now=now)
    terms = ContractData("BP-1", plan.public_id, date(2020, 1, 1), total=Decimal(486_000))
    create_contract(actor=taker, customer_id=customer.public_id, data=terms, now=now)
    intake = Intake(customer.public_id, "灯箱松动", level="major", category="light")
    request = open_request(actor=taker, intake=intake, now=called)
    until = {"until": (now + timedelta(days=2)).isoformat()}
    steps = [StepFact("responded", answered), StepFact("restoration_agreed", answered, until)]
    record_steps(
        actor=taker, request_id=request.public_id, facts=steps, source="console", now=answered
    )
    assert not wrong_money(now=answered), "stored exposure is not what a fresh computation gives"


def grown(owner: str, live: int) -> None:
    """Many customers with a contract each, many cases from the one."""
    with psycopg.connect(owner, autocommit=True) as database:
        series = f"generate_series(1, {CUSTOMERS}) AS new(n)"
        where = "old.id = (SELECT max(id) FROM customers_customer)"
        named = {
            "name": "'客户' || md5(new.n::text)",
            "name_key": "md5(new.n::text)",
            "unit_id": "(SELECT id FROM network_unit WHERE level = 2 OFFSET new.n % 8 LIMIT 1)",
        }
        multiply(database, "customers_customer", where, series, named)
        database.execute(
            "CREATE TEMP TABLE owner AS SELECT id, unit_id, row_number() OVER (ORDER BY id DESC)"
            " AS n FROM customers_customer"
        )
        of_owner = f"(SELECT * FROM owner WHERE n <= {CUSTOMERS}) AS new"
        where = "old.id = (SELECT max(id) FROM contracts_contract)"
        named = {"customer_id": "new.id", "number": "'E-' || new.n"}
        multiply(database, "contracts_contract", where, of_owner, named)
        database.execute(
            "CREATE TEMP TABLE born AS SELECT each.n, gen_random_uuid() AS subject, owner.id AS"
            " customer, owner.unit_id AS unit, contract.id AS contract"
            f" FROM generate_series(1, {live}) AS each(n)"
            f" JOIN owner ON owner.n = each.n % {CUSTOMERS} + 1"
            " JOIN contracts_contract contract ON contract.customer_id = owner.id"
        )
        database.execute("ANALYZE born")
        values = {
            "subject_id": "new.subject",
            "customer_id": "new.customer",
            "unit_id": "new.unit",
            "contract_id": "new.contract",
        }
        case = "old.subject_id = (SELECT max(subject_id::text)::uuid FROM obligations_subject)"
        amounts = {"late_day": "old.late_day + new.n % 977"}
        restore = f"{case} AND old.clause = 'restore'"
        multiply(database, "obligations_obligation", restore, "born AS new", values | amounts)
        tenth = "(SELECT * FROM born WHERE n % 10 = 0) AS new"
        respond = f"{case} AND old.clause = 'respond'"
        multiply(database, "obligations_obligation", respond, tenth, values)
        # As many again that are kept: what no index over open ones may look at.
        kept = {"subject_id": "gen_random_uuid()", "state": "'met'", "ended_at": "now()"}
        gone = dict.fromkeys(("accrued", "late_hour", "late_day", "late_week", "next_at"), "NULL")
        multiply(database, "obligations_obligation", restore, "born AS new", values | kept | gone)
        database.execute("VACUUM ANALYZE")


def measured(times: int) -> dict[str, dict[str, float]]:
    """Times of the reads of one who sees every unit."""
    from yinuo.domains.network.actors import get_actor
    from yinuo.domains.network.selectors import find_user_id
    from yinuo.domains.obligations import exposure

    actor = get_actor(find_user_id("taker") or 0)
    reads: dict[str, Callable[[], Any]] = {
        "sums": lambda: exposure.sum_exposure(actor),
        **{by: partial(exposure.group_exposure, actor, by) for by in exposure.GROUPS},
        "promises": lambda: exposure.list_priced(actor),
        "unpriced": lambda: exposure.count_unpriced(actor),
    }
    return {name: timed(read, times) for name, read in reads.items()}


def timed(read: Callable[[], Any], times: int) -> dict[str, float]:
    """p50, p95 and worst in milliseconds, three reads before them only to warm up."""
    for _ in range(3):
        read()
    taken, processor = [], time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        read()
        taken.append((time.perf_counter() - began) * 1000)
    own = (time.process_time() - processor) * 1000 / times
    cuts = statistics.quantiles(taken, n=20)
    return {"p50_ms": cuts[9], "p95_ms": cuts[18], "worst_ms": max(taken), "cpu_ms": own}


if __name__ == "__main__":
    sys.exit(main())
