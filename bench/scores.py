"""Scores: the ranking of a month and the page's other groupings over very many answers.

    python -m bench.scores [--answers 200000] [--times 60] [--json]

A fresh database with 400 engineers in the centres and `answers` answers that count, each with
its case, all within one month, and as many of the months before. Times are those of the reads
behind the page, database included, in milliseconds, beside the machine's load average; publishing
the month is timed once, and what was published is read too.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial

import psycopg

from bench.callers import company
from bench.exposure import timed
from bench.seed import multiply

GOAL_MS = 300.0
ENGINEERS = 400
MONTH = date(2026, 9, 1)


ANSWERS = """
INSERT INTO feedback_answer (
    public_id, source, source_id, case_id, case_on, counts, request_id, customer_id, unit_id,
    engineer_id, left_out, satisfaction, points, channel, said_by, opinion, given_at, recorded_at,
    recorded_by)
SELECT gen_random_uuid(), 'sheet', gen_random_uuid(), case_id, day, true, request.id,
    request.customer_id, unit, engineer, false, said.opinion, points, '', '王工', '', day, day,
    'bench'
FROM said, (SELECT id, customer_id FROM requests_request LIMIT 1) request
"""
CASES = """
INSERT INTO feedback_case (
    public_id, case_id, case_on, sheet_number, request_id, engineer_id, unit_id, kind, level_zh,
    level_en, satisfaction, points, least, most, inherited_minutes, travel_minutes, late_minutes,
    own_late_minutes, difficulty_percent, missing, left_out, weights)
SELECT gen_random_uuid(), case_id, day, 'B-' || n, request.id, engineer, unit, 'fault', '', '',
    opinion, points, -5, 5, 0, 30, 0, 0, 100 + n % 200, n % 10000, false, 1
FROM said, (SELECT id FROM requests_request LIMIT 1) request
"""


def main() -> int:
    """Measure, print; 1 when the ranking takes longer than the goal at p95."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=200_000)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with company() as owner:
        template()
        grown(owner, options.answers)
        figures = measured(options.times)
    load = round(os.getloadavg()[0], 1)
    if options.json:
        print(json.dumps({"load": load, "figures": figures}))
    else:
        print(f"{options.answers:,} answers in the month, load average {load}")
        for name, one in figures.items():
            print(f"{name:11}" + "".join(f"{key:>9} {value:8.2f}" for key, value in one.items()))
    return int(figures["engineer"]["p95_ms"] > GOAL_MS)


def template() -> None:
    """One customer with a request that every case is about; who takes calls may publish."""
    from yinuo.domains.customers.services import create_customer
    from yinuo.domains.network import services as network
    from yinuo.domains.network.actors import get_actor
    from yinuo.domains.network.selectors import find_user_id, list_people, list_units
    from yinuo.domains.requests.services import open_request
    from yinuo.domains.requests.types import Intake

    now = datetime.now(UTC)
    admin = get_actor(find_user_id("bench") or 0)
    headquarters = next(unit for unit in list_units(admin) if not unit.parent_public_id)
    person = next(one for one in list_people(admin) if one.username == "taker")
    network.assign_role(
        actor=admin,
        person_id=person.public_id,
        role_code="service_director",
        unit_id=headquarters.public_id,
        now=now,
    )
    taker = get_actor(find_user_id("taker") or 0)
    unit = next(unit for unit in list_units(taker) if unit.parent_public_id)
    customer = create_customer(actor=taker, unit_id=unit.public_id, name="评分客户", now=now)
    open_request(
        actor=taker, intake=Intake(customer.public_id, "设备不通"), now=now - timedelta(hours=1)
    )


def grown(owner: str, answers: int) -> None:
    """Engineers over the centres, answers and cases over the engineers and the days."""
    with psycopg.connect(owner, autocommit=True) as database:
        series = f"generate_series(1, {ENGINEERS}) AS new(n)"
        names = {
            "name": "'工程师' || new.n",
            "user_id": "NULL",
            "unit_id": "(SELECT id FROM network_unit WHERE level = 2 OFFSET new.n % 8 LIMIT 1)",
        }
        multiply(
            database,
            "network_person",
            "old.id = (SELECT max(id) FROM network_person)",
            series,
            names,
        )
        database.execute(
            "CREATE TEMP TABLE said AS SELECT n, gen_random_uuid() AS case_id,"
            f" DATE '{MONTH}' - ((n % 2) * (1 + n % 365)) + (n / 2 % 30) * (1 - n % 2) AS day,"
            " person.id AS engineer, person.unit_id AS unit, (ARRAY['very_satisfied',"
            " 'satisfied', 'fair', 'no_statement', 'dissatisfied'])[1 + n % 5] AS opinion,"
            f" (ARRAY[5, 3, 2, 1, -5])[1 + n % 5] AS points"
            f" FROM generate_series(1, {2 * answers}) n"
            " JOIN (SELECT id, unit_id, row_number() OVER (ORDER BY id DESC) AS place FROM"
            f" network_person) person ON person.place = 1 + n / 7 % {ENGINEERS}"
        )
        database.execute("ANALYZE said")
        for statement in (ANSWERS, CASES):
            database.execute(statement)
        database.execute("VACUUM ANALYZE")


def measured(times: int) -> dict[str, dict[str, float]]:
    """Times of the reads of one who sees every unit, and once of the publication."""
    from yinuo.domains.feedback.answer_types import Grouping, Part
    from yinuo.domains.feedback.fair import list_cases
    from yinuo.domains.feedback.published import published_groups
    from yinuo.domains.feedback.scores import scores_by, total_of
    from yinuo.domains.feedback.services import publish_month
    from yinuo.domains.network.actors import get_actor
    from yinuo.domains.network.selectors import find_user_id

    actor = get_actor(find_user_id("taker") or 0)
    part = Part(MONTH, date(2026, 10, 1))
    groupings = (Grouping.ENGINEER, Grouping.UNIT, Grouping.SUPERVISOR, Grouping.MONTH)
    reads = {one.value: partial(scores_by, actor, part, one) for one in groupings}
    reads |= {"total": partial(total_of, actor, part), "cases": partial(list_cases, actor, part)}
    figures = {name: timed(read, times) for name, read in reads.items()}
    begins = time.perf_counter()
    publish_month(actor=actor, month=MONTH, now=datetime(2026, 11, 1, tzinfo=UTC))
    figures["publish"] = {"p95_ms": (time.perf_counter() - begins) * 1000}
    read = partial(published_groups, actor, [MONTH], Grouping.ENGINEER, as_published=True)
    figures["published"] = timed(read, times)
    return figures


if __name__ == "__main__":
    sys.exit(main())
