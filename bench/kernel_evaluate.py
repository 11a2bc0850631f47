"""How long evaluating many requests from scratch takes, and how much memory it needs.

    python bench/kernel_evaluate.py [--requests 100000] [--json]

Each request has seven to nine deadline promises, 8.8 on average (7×24, office hours with a lunch
gap and Chinese holidays, working days, a pause), and about eight facts. One process, one core.
Facts are made before the clock starts; compiling the plan is part of the time.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import sys
import time
from datetime import UTC, datetime, timedelta

from yinuo.kernel.evaluation import Evaluator, State
from yinuo.kernel.facts import Fact
from yinuo.planfile import load_plan

HEAD = """
plan: bench
title: Bench
version: 1
calendars:
  office:
    week: {mon-fri: ["08:30-12:00", "13:30-18:00"]}
    holidays: china
selectors:
  level: {values: [serious, general]}
ladders:
  standard:
    - {at_percent: 50 %, notify: owner}
    - {at_percent: 80 %, notify: service_manager}
    - {at_percent: 100 %, notify: service_director}
    - {every: 4 hours, notify: leadership}
escalation: standard
clauses:
"""
CLAUSES = """
  - {id: respond, promise: respond, start: reported, end: responded, limit: 30 minutes}
  - {id: accept, promise: accept, start: reported, end: responded, limit: 15 minutes}
  - {id: remote, promise: remote_help, start: reported, end: [remote_started, arrived], limit: 1 hour}
  - {id: on_site.s, promise: on_site, applies_to: {level: serious}, start: reported, end: arrived, limit: 4 hours}
  - {id: on_site.g, promise: on_site, applies_to: {level: general}, start: reported, end: arrived, limit: 8 hours, calendar: office}
  - {id: restore, promise: restore, start: reported, end: restored, limit: 16 hours, calendar: office, stops: [waiting_for_part]}
  - {id: part, promise: ship_part, start: reported, end: [part_shipped, restored], limit: 2 working days, calendar: office}
  - {id: report, promise: report, start: restored, end: report_delivered, limit: 24 hours}
  - {id: call_back, promise: return_visit, start: restored, end: called_back, limit: 4 hours, calendar: office}
  - {id: close, promise: other, start: reported, end: closed, limit: 15 days}
"""  # noqa: E501
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def made_facts(requests: int) -> list[Fact]:
    """About eight facts a request, spread over a year; one in ten is still open."""
    facts: list[Fact] = []
    for number in range(requests):
        subject = f"request:{number}"
        at = BEGIN + timedelta(minutes=(number * 7919) % 480_000)
        level = "serious" if number % 3 == 0 else "general"
        steps = [
            ("reported", 0),
            ("responded", 20),
            ("remote_started", 45),
            ("arrived", 200 + number % 300),
        ]
        if number % 5 == 0:
            steps += [("paused", 260), ("resumed", 900)]
        if number % 10:
            steps += [
                ("restored", 1000),
                ("report_delivered", 2000),
                ("called_back", 2500),
                ("closed", 5000),
            ]
        for kind, minutes in steps:
            attrs: dict[str, str] = {}
            if kind == "reported":
                attrs = {"level": level}
            elif kind in ("paused", "resumed"):
                attrs = {"reason": "waiting_for_part"}
            occurred = at + timedelta(minutes=minutes)
            facts.append(Fact(subject, kind, occurred, occurred, attrs))
    return facts


def peak_mib() -> float:
    """Most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    facts = made_facts(options.requests)
    gc.collect()
    gc.freeze()  # the facts are the caller's; the collector need not walk them again and again
    before = peak_mib()
    started, used = time.perf_counter(), time.process_time()
    evaluation = Evaluator(load_plan(HEAD + CLAUSES, "bench")).evaluate(
        facts, BEGIN + timedelta(days=340)
    )
    wall = time.perf_counter() - started
    seconds = time.process_time() - used
    states = {str(state): 0 for state in State}
    for one in evaluation.obligations:
        states[str(one.state)] += 1
    result = {
        "requests": options.requests,
        "facts": len(facts),
        "obligations": len(evaluation.obligations),
        "obligations_per_request": round(len(evaluation.obligations) / options.requests, 2),
        "cpu_seconds": round(seconds, 3),
        "wall_seconds": round(wall, 3),
        "us_per_request": round(seconds / options.requests * 1e6, 1),
        "us_per_obligation": round(seconds / len(evaluation.obligations) * 1e6, 2),
        "peak_mib": round(peak_mib(), 1),
        "peak_mib_of_facts": round(before, 1),
        "states": states,
        "python": sys.version.split()[0],
    }
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        for name, value in result.items():
            print(f"{name:26} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
