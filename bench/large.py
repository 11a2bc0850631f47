"""Lists and pages on a large company, and computing its live promises anew.

    python -m bench.large [--requests 100000] [--contacts 200000] [--json]

Every page is asked for in one process through the WSGI application, first with few requests and
then with all: times in milliseconds, and the number of statements, which must not grow. Then two
workers compute every live promise anew, as after a new table of statutory days, while the pages
are asked for further on.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from bench import seed
from bench.company import served_company
from bench.same_sql import post

FEW = 500
CALLS = 60
# One request of so many is open.
OPEN_SHARE = 6
WORKER = (sys.executable, "-m", "yinuo.config.worker")
LIVE = "state IN ('running', 'paused') OR (state = 'missed' AND ended_at IS NULL)"


def main() -> int:
    """Measure, print; 1 when a page asks more statements for many rows than for few."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--contacts", type=int, default=200_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with served_company(workers=1) as company:
        for index in range(20):
            company.bodies.insert(0, company.bodies.pop())
            post(company, f"bench-template-{index}")
        owner = os.environ["DATABASE_OWNER_URL"]
        few = measured_pages(grown(owner, FEW, FEW))
        many = measured_pages(grown(owner, options.requests - FEW, options.contacts - FEW))
        figures = {"pages": {name: {**many[name], "queries_few": few[name]["queries"]}
                             for name in many}, "anew": computed_anew(owner)}  # fmt: skip
    if options.json:
        print(json.dumps(figures))
    else:
        show(figures)
    grew = [n for n, one in figures["pages"].items() if one["queries"] > one["queries_few"]]
    return int(bool(grew))


def grown(owner: str, requests: int, contacts: int) -> str:
    """The database with so many rows more; gives its address back."""
    with psycopg.connect(owner, autocommit=True) as database:
        seed.contacts(database, contacts)
        seed.cases(database, requests, open_share=OPEN_SHARE)
        database.execute("DROP TABLE owner, template, born")
        database.execute("VACUUM ANALYZE")
    return owner


def pages(owner: str) -> dict[str, str]:
    """The addresses measured, by name."""
    with psycopg.connect(owner) as database:
        row = database.execute("SELECT public_id FROM requests_request ORDER BY id DESC LIMIT 1")
        (request,) = row.fetchone() or ("",)
    return {
        "request list": "/requests/",
        "request list, all": "/requests/?state=all",
        "today's promises": "/promises/",
        "today's counter": "/promises/version/",
        "request page": f"/requests/{request}/",
        "caller by number": "/intake/find/?q=13812",
        "caller by end of number": "/intake/find/?q=4567",
        "caller by name": "/intake/find/?q=联系亄",
        "caller by company": "/intake/find/?q=客户12",
    }


def measured_pages(owner: str) -> dict[str, dict[str, Any]]:
    """Times and statements of each page."""
    return {name: measured(address) for name, address in pages(owner).items()}


def measured(address: str) -> dict[str, Any]:
    """p50 and p95 of one page in milliseconds, its statements, and our own processor time."""
    from django.db import connection

    client = browser()
    asked: list[str] = []

    def count(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        asked.append(str(sql))
        return execute(sql, params, many, context)

    client.get(address)
    with connection.execute_wrapper(count):
        assert client.get(address).status_code == 200, address
    times, processor = [], time.process_time()
    for _ in range(CALLS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(times, n=20)
    return {
        "p50_ms": round(cuts[9], 1),
        "p95_ms": round(cuts[18], 1),
        "cpu_ms": round((time.process_time() - processor) * 1000 / CALLS, 1),
        "queries": len(asked),
    }


def browser() -> Any:
    """A browser of the person who takes the calls."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(SERVER_NAME="localhost", headers={"Accept-Language": "zh-hans"})
    client.force_login(get_user_model().objects.get(username="taker"))
    return client


@contextmanager
def workers(number: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many worker processes, ended afterwards."""
    begun = [subprocess.Popen(WORKER, stderr=subprocess.DEVNULL) for _ in range(number)]
    try:
        yield begun
    finally:
        for one in begun:
            one.kill()
            one.wait()


def computed_anew(owner: str) -> dict[str, Any]:
    """Seconds until no live promise carries the older table of days, and pages meanwhile."""
    client, times = browser(), []
    with psycopg.connect(owner, autocommit=True) as database:
        found = database.execute(f"SELECT count(*) FROM obligations_obligation WHERE {LIVE}")
        (live,) = found.fetchone() or (0,)
        older = "UPDATE obligations_subject SET holidays = 0 WHERE holidays IS NOT NULL"
        database.execute(older)
        database.execute("VACUUM ANALYZE obligations_subject")
        left = "SELECT 1 FROM obligations_subject WHERE holidays = 0 LIMIT 1"
        with workers(2):
            time.sleep(3)
            began = time.monotonic()
            while database.execute(left).fetchone():
                asked = time.perf_counter()
                client.get("/promises/")
                times.append((time.perf_counter() - asked) * 1000)
                time.sleep(0.2)
            seconds = time.monotonic() - began + 3
    return {
        "live_promises": live,
        "seconds_at_most": round(seconds, 1),
        "per_second": round(live / seconds),
        "page_p95_ms_meanwhile": round(statistics.quantiles(times, n=20)[18], 1),
    }


def show(figures: dict[str, Any]) -> None:
    """Tables."""
    print(f"{'page':26}{'p50 ms':>9}{'p95 ms':>9}{'cpu ms':>9}{'queries':>9}{'with few':>10}")
    for name, one in figures["pages"].items():
        print(f"{name:26}{one['p50_ms']:>9}{one['p95_ms']:>9}{one['cpu_ms']:>9}{one['queries']:>9}"
              f"{one['queries_few']:>10}")  # fmt: skip
    for name, value in figures["anew"].items():
        print(f"{name:26}{value:>12}")


if __name__ == "__main__":
    sys.exit(main())
