"""Very many open clocks, very many of them due within one minute, two workers, of which one is
killed and one frozen on the way.

    python -m bench.clocks [--open 200000] [--due 20000] [--json]

Each clock that falls due marks its miss and takes the last step of its ladder, which tells two
people. Every effect must be there once; the lag is the time from the due instant to the effect.
A killed worker is started again two seconds later, as its supervisor does; the frozen one sleeps
for longer than its lease and then goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from bench import seed
from bench.company import served_company
from bench.large import WORKER

LIMIT = timedelta(hours=1)
PLAN = """
plan: bench_clocks
title: {zh: 时钟, en: Clocks}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - id: respond
    title: {zh: 响应, en: Response}
    promise: respond
    start: reported
    end: responded
    limit: 1 hour
    escalation:
      - {at_percent: 100 %, notify: [owner, service_director], by: app}
"""
# Seconds from the first due instant.
KILLED_AT, STARTED_AGAIN_AT, FROZEN_AT, THAWED_AT = 15, 17, 30, 50
FIRST_DUE_IN = 20
SPREAD, MOST_LAG = 60, 30


def main() -> int:
    """Measure, print; 1 when an effect is missing, doubled or later than 30 s."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=int, default=200_000)
    parser.add_argument("--due", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with served_company(workers=1):
        owner = os.environ["DATABASE_OWNER_URL"]
        first_due = filled(owner, options.open, options.due)
        with psycopg.connect(owner, autocommit=True) as database:
            lived_through(database, first_due, options.due)
            figures = outcome(database)
    figures["open"] = options.open
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:26}{value:>12}")
    once = all(figures[name] == options.due for name in ("missed", "told_events", "steps"))
    return int(not once or figures["doubled"] > 0 or figures["lag_max_s"] > MOST_LAG)


def filled(owner: str, many: int, due: int) -> datetime:
    """The open clocks; gives the instant at which the first of `due` falls due."""
    from django.contrib.auth import get_user_model

    from yinuo.domains.contracts.services import publish_plan
    from yinuo.domains.network.actors import get_actor
    from yinuo.domains.network.types import SYSTEM
    from yinuo.domains.obligations.services import bind_subject
    from yinuo.domains.obligations.types import Binding, NewFact
    from yinuo.platform.identifiers import new_public_id

    now = datetime.now(UTC)
    users = get_user_model().objects
    admin, taker = (get_actor(users.get(username=name).pk) for name in ("bench", "taker"))
    plan = publish_plan(actor=admin, source=PLAN, source_name="clocks.yaml", now=now)
    binding = Binding(
        "request", new_public_id(), 1, taker.unit_id or 0, plan.pk, None, "Asia/Shanghai",
        owner_id=taker.person_id,
    )  # fmt: skip
    bind_subject(binding, [NewFact("reported", now, "bench")], actor=SYSTEM, now=now)
    with psycopg.connect(owner, autocommit=True) as database:
        seconds = multiplied(database, many, due, now)
    return now + LIMIT + timedelta(seconds=seconds)


def multiplied(database: psycopg.Connection, many: int, due: int, now: datetime) -> float:
    """Copies the one case; gives how many seconds the first due ones are moved from it.

    Loading takes its time, so the copies are moved to their instants only afterwards.
    """
    database.execute(
        "CREATE TEMP TABLE born AS SELECT n, gen_random_uuid() AS public_id"
        " FROM generate_series(1, %s) AS n", [many],
    )  # fmt: skip
    began = datetime.now(UTC)
    ready = began + timedelta(seconds=10 + many / 8_000 + FIRST_DUE_IN)
    moved_due = (ready - LIMIT - now).total_seconds()
    moved = (
        f"make_interval(secs => CASE WHEN new.n <= {due} THEN {moved_due}"
        f" + {SPREAD} * new.n / {due}::float ELSE 86400 + new.n % 3600 END)"
    )
    own = {"subject_id": "new.public_id"}
    for table, columns in (
        ("obligations_subject", ()),
        ("obligations_fact", ("occurred_at", "received_at")),
        ("obligations_obligation", ("started_at", "due_at", "next_at")),
    ):
        values = own | {name: f"old.{name} + {moved}" for name in columns}
        template = f"old.id = (SELECT max(id) FROM {table})"
        multiply_now(database, table, template, values)
    database.execute("VACUUM ANALYZE")
    return moved_due


def multiply_now(
    database: psycopg.Connection, table: str, template: str, values: dict[str, str]
) -> None:
    """Copies of one row for each case born."""
    seed.multiply(database, table, template, "born AS new", values)


def lived_through(database: psycopg.Connection, first_due: datetime, due: int) -> None:
    """Two workers while the clocks fall due; returns when nothing more can come in time."""
    begun = [subprocess.Popen(WORKER, stderr=subprocess.DEVNULL) for _ in range(2)]
    try:
        for at, act in (
            (KILLED_AT, lambda: begun[0].send_signal(signal.SIGKILL)),
            (STARTED_AGAIN_AT, lambda: begun.append(
                subprocess.Popen(WORKER, stderr=subprocess.DEVNULL))),
            (FROZEN_AT, lambda: begun[1].send_signal(signal.SIGSTOP)),
            (THAWED_AT, lambda: begun[1].send_signal(signal.SIGCONT)),
        ):  # fmt: skip
            wait_until(first_due + timedelta(seconds=at))
            act()
        last = first_due + timedelta(seconds=SPREAD + 2 * MOST_LAG)
        counted = "SELECT count(*) FROM obligations_escalation"
        while datetime.now(UTC) < last:
            row = database.execute(counted).fetchone()
            if row and row[0] >= due:
                # Time for a second effect, were there one.
                time.sleep(5)
                return
            time.sleep(1)
    finally:
        for one in begun:
            one.kill()
            one.wait()


def wait_until(at: datetime) -> None:
    """Sleeps until an instant."""
    time.sleep(max((at - datetime.now(UTC)).total_seconds(), 0))


def outcome(database: psycopg.Connection) -> dict[str, Any]:
    """What happened, and how late."""
    row = database.execute(
        "SELECT (SELECT count(*) FROM obligations_obligation WHERE state = 'missed'),"
        " (SELECT count(*) FROM outbox_event WHERE topic = 'obligation.missed'),"
        " (SELECT count(DISTINCT obligation_id) FROM obligations_escalation),"
        " (SELECT count(*) - count(DISTINCT obligation_id) FROM obligations_escalation),"
        " (SELECT count(*) FROM notices_notice),"
        " (SELECT count(*) - count(DISTINCT (subject_id, person_id)) FROM notices_notice),"
        " (SELECT extract(epoch FROM percentile_cont(0.95) WITHIN GROUP"
        " (ORDER BY taken_at - at)) FROM obligations_escalation),"
        " (SELECT extract(epoch FROM max(taken_at - at)) FROM obligations_escalation)"
    ).fetchone()
    assert row is not None
    missed, events, steps, doubled_steps, notices, doubled_notices, p95, most = row
    return {
        "missed": missed,
        "told_events": events,
        "steps": steps,
        "notices": notices,
        "doubled": doubled_steps + doubled_notices,
        "lag_p95_s": round(float(p95 or 0), 1),
        "lag_max_s": round(float(most or 0), 1),
    }


if __name__ == "__main__":
    sys.exit(main())
