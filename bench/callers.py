"""Who is calling: any part of a number or a name among very many customers.

    python -m bench.callers [--customers 200000] [--times 60] [--explain] [--json]

A fresh database with so many customers, one contact and number each, named like real ones. Each
kind of typing is asked many times with different texts, alone on the machine as far as it lets;
times are those of `find_callers`, database included, in milliseconds. The load average is printed
beside them: on a busy machine they say little.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench.company import django, fill
from yinuo.platform.postgres import EmbeddedPostgres

GOAL_MS = 50.0
CITIES = ("深圳", "广州", "北京", "上海", "杭州", "成都", "武汉", "西安", "南京", "苏州", "长沙")
FIELDS = ("数据服务", "科技", "广电", "传媒", "电器", "智能", "材料", "教育", "医疗", "物流")
FORMS = ("有限公司", "股份有限公司", "有限责任公司")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
SYLLABLES = [chr(code) for code in range(0x4E00, 0x4E00 + 900)]


def main() -> int:
    """Measure, print; 1 when any kind of typing misses the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=200_000)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with company() as owner:
        people = grown(owner, options.customers)
        figures = measured(people, options.times)
        if options.explain:
            explain(people)
    load = os.getloadavg()[0]
    if options.json:
        print(json.dumps({"load": load, "figures": figures}))
    else:
        print(f"{options.customers:,} customers, load average {load:.1f}")
        for name, one in figures.items():
            print(
                f"{name:28} p50 {one['p50']:7.1f}  p95 {one['p95']:7.1f}  worst {one['worst']:7.1f}"
            )
    return int(any(one["p95"] > GOAL_MS for one in figures.values()))


@contextmanager
def company() -> Iterator[str]:
    """A fresh database with a company in it; gives the owner's address."""
    with tempfile.TemporaryDirectory(prefix="yinuo-bench-") as folder:
        server = EmbeddedPostgres(Path(folder) / "postgres")
        os.environ.update(
            server.start().environment(),
            YINUO_VAR=folder,
            YINUO_LOG_LEVEL="WARNING",
            DJANGO_SETTINGS_MODULE="yinuo.config.settings",
        )
        try:
            django("migrate", "--verbosity=0", YINUO_DATABASE_ROLE="owner")
            fill()
            yield os.environ["DATABASE_OWNER_URL"]
        finally:
            server.stop()


Person = tuple[str, str, str]


def grown(owner: str, many: int) -> list[Person]:
    """So many customers with a contact and a number; gives (company, person, digits) of each."""
    from yinuo.platform.sorting import pinyin_key

    choose = random.Random(5)
    people: list[Person] = []
    rows = []
    for _number in range(many):
        brand = "".join(choose.choices(SYLLABLES, k=2))
        name = f"{choose.choice(CITIES)}{brand}{choose.choice(FIELDS)}{choose.choice(FORMS)}"
        person = choose.choice(SURNAMES) + "".join(
            choose.choices(SYLLABLES[:300], k=choose.choice((1, 2)))
        )
        digits = choose.choice(("138", "139", "135", "186", "177", "0755", "010")) + "".join(
            choose.choices("0123456789", k=8)
        )
        people.append((name, person, digits))
        rows.append((name, pinyin_key(name), brand, person, pinyin_key(person), digits))
    with psycopg.connect(owner, autocommit=True) as database:
        database.execute("CREATE TEMP TABLE new (n bigserial, name text, name_key text, short text,"
                         " person text, person_key text, digits text)")  # fmt: skip
        with database.cursor().copy(
            "COPY new (name, name_key, short, person, person_key, digits) FROM STDIN"
        ) as copy:
            for row in rows:
                copy.write_row(row)
        # Contacts of the customer of the same number; the units in turn.
        _multiplied(database)
        database.execute("VACUUM ANALYZE")
    return people


def _multiplied(database: psycopg.Connection) -> None:
    from bench import seed

    first = "old.id = (SELECT min(id) FROM {0})"
    seed.multiply(database, "customers_customer", first.format("customers_customer"), "new", {
        "name": "new.name", "name_key": "new.name_key", "short_name": "new.short",
        "unit_id": "(SELECT id FROM network_unit WHERE level = 2 OFFSET new.n % 8 LIMIT 1)",
    })  # fmt: skip
    database.execute("CREATE TEMP TABLE of AS SELECT id, row_number() OVER (ORDER BY id DESC) AS n"
                     " FROM customers_customer")  # fmt: skip
    joined = "(SELECT new.*, of.id AS owner FROM new JOIN of USING (n)) AS new"
    seed.multiply(database, "customers_contact", first.format("customers_contact"), joined, {
        "name": "new.person", "name_key": "new.person_key", "customer_id": "new.owner",
        "site_id": "NULL", "user_id": "NULL",
    })  # fmt: skip
    database.execute("CREATE TEMP TABLE who AS SELECT id, row_number() OVER (ORDER BY id DESC) AS n"
                     " FROM customers_contact")  # fmt: skip
    joined = "(SELECT new.*, who.id AS owner FROM new JOIN who USING (n)) AS new"
    seed.multiply(database, "customers_phone", first.format("customers_phone"), joined, {
        "number": "new.digits", "digits": "new.digits", "contact_id": "new.owner",
    })  # fmt: skip


def typings(people: list[Person]) -> dict[str, Callable[[random.Random], str]]:
    """What people type, by kind; each with texts of its own every time."""

    def some(choose: random.Random) -> Person:
        return choose.choice(people)

    def middle(text: str, length: int, choose: random.Random) -> str:
        at = choose.randrange(1, len(text) - length)
        return text[at : at + length]

    return {
        "whole number": lambda choose: some(choose)[2],
        "number with +86": lambda choose: f"+86 {some(choose)[2].removeprefix('0')}",
        "last four digits": lambda choose: some(choose)[2][-4:],
        "three digits inside": lambda choose: middle(some(choose)[2], 3, choose),
        "first three digits": lambda choose: some(choose)[2][:3],
        "six digits inside": lambda choose: middle(some(choose)[2], 6, choose),
        "a number nobody has": lambda choose: "9" + "".join(choose.choices("0123456789", k=6)),
        "a person's name": lambda choose: some(choose)[1].ljust(2, "工"),
        "part of a company": lambda choose: some(choose)[0][2:4],
        "a company's whole name": lambda choose: some(choose)[0],
        "a word in every name": lambda choose: choose.choice(["有限公司", "公司", "科技", *CITIES]),
        "a word nobody has": lambda choose: "".join(choose.choices("魑魅魍魉饕餮", k=2)),
    }  # fmt: skip


def measured(people: list[Person], times: int) -> dict[str, dict[str, float]]:
    """Milliseconds by kind of typing."""
    from yinuo.domains.customers.callers import find_callers

    actor = _taker()
    figures = {}
    for name, typed in typings(people).items():
        choose = random.Random(7)
        texts = [typed(choose) for _ in range(times)]
        for text in texts[:3]:
            find_callers(actor, text)
        took = []
        for text in texts:
            started = time.perf_counter()
            find_callers(actor, text)
            took.append((time.perf_counter() - started) * 1000)
        took.sort()
        figures[name] = {
            "p50": statistics.median(took),
            "p95": took[int(len(took) * 0.95) - 1],
            "worst": took[-1],
        }
    return figures


def explain(people: list[Person]) -> None:
    """The plan of every statement, for one text of each kind."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from yinuo.domains.customers.callers import find_callers

    for name, typed in typings(people).items():
        with CaptureQueriesContext(connection) as asked:
            find_callers(_taker(), typed(random.Random(7)))
        for query in asked.captured_queries:
            print(f"--- {name}\n{query['sql'][:600]}")
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + query["sql"].replace("%", "%%"))
                print("\n".join(str(row[0]) for row in cursor.fetchall()))


def _taker() -> Any:
    from yinuo.domains.network.actors import get_actor
    from yinuo.platform.accounts.models import User

    return get_actor(User.objects.get(username="taker").pk)


if __name__ == "__main__":
    raise SystemExit(main())
