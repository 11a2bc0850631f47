"""Many rows from few: rows that services made are multiplied by INSERT … SELECT."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg

# A case needs a row in each of these; their obligations and facts follow it.
CASE = ("requests_request", "obligations_subject", "obligations_fact", "obligations_obligation")
_OWN = {"id", "public_id"}


def multiply(
    database: psycopg.Connection, table: str, where: str, source: str, values: Mapping[str, str]
) -> None:
    """Insert a copy of each template row (`where`) for each row of `source`, with other values.

    `source` is a FROM item named `new`; `values` are SQL expressions over `new` and `old`, the
    template row. Keys and public ids are fresh unless given.
    """
    known = database.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    ).fetchall()
    expressions = {name: f'old."{name}"' for (name,) in known if name not in _OWN}
    if any(name == "public_id" for (name,) in known):
        expressions["public_id"] = "gen_random_uuid()"
    expressions |= values
    columns = ", ".join(f'"{name}"' for name in expressions)
    database.execute(
        f"INSERT INTO {table} ({columns}) SELECT {', '.join(expressions.values())}"
        f" FROM {table} AS old CROSS JOIN {source} WHERE {where}"
    )


def contacts(database: psycopg.Connection, many: int) -> None:
    """So many contacts with a number each, spread over ten times fewer customers."""
    customer = "old.id = (SELECT min(id) FROM customers_customer)"
    place = {"unit_id": "(SELECT id FROM network_unit WHERE level = 2 OFFSET new.n % 8 LIMIT 1)"}
    series = f"generate_series(1, {many // 10}) AS new(n)"
    named = {"name": "'客户' || md5(new.n::text)", "name_key": "md5(new.n::text)"}
    multiply(database, "customers_customer", customer, series, place | named)
    database.execute("CREATE TEMP TABLE owner AS SELECT id, row_number() OVER () AS n"
                     " FROM customers_customer")  # fmt: skip
    series = (
        f"(SELECT each.n, owner.id AS customer FROM generate_series(1, {many}) AS each(n)"
        f" JOIN owner ON owner.n = each.n % {many // 10} + 1) AS new"
    )
    multiply(
        database,
        "customers_contact",
        "old.id = (SELECT min(id) FROM customers_contact)",
        series,
        {
            "name": "'联系' || chr(20000 + new.n % 3000) || chr(20000 + new.n / 3000)",
            "name_key": "lpad(new.n::text, 8, '0')",
            "customer_id": "new.customer",
            "site_id": "NULL",
        },
    )
    newest = f"(SELECT id AS contact FROM customers_contact ORDER BY id DESC LIMIT {many}) AS new"
    multiply(
        database,
        "customers_phone",
        "old.id = (SELECT min(id) FROM customers_phone)",
        newest,
        {
            "contact_id": "new.contact",
            "digits": "'138' || lpad((new.contact * 7919 % 100000000)::text, 8, '0')",
            "number": "'138' || lpad((new.contact * 7919 % 100000000)::text, 8, '0')",
        },
    )


def cases(database: psycopg.Connection, many: int, *, open_share: int) -> None:
    """So many requests, one of `open_share` still open, copied from the first ones there are.

    Open ones were reported within the last five minutes, closed ones long before.
    """
    database.execute(
        "CREATE TEMP TABLE template AS SELECT row_number() OVER () - 1 AS n, public_id, reported_at"
        " FROM requests_request ORDER BY id LIMIT 20"
    )
    database.execute(
        "CREATE TEMP TABLE born AS SELECT each.n, gen_random_uuid() AS public_id,"
        " template.public_id AS of, each.n %% %s = 0 AS is_open,"
        " CASE WHEN each.n %% %s = 0 THEN now() - make_interval(secs => each.n %% 300)"
        " ELSE now() - make_interval(mins => 1000 + each.n) END - template.reported_at AS moved"
        " FROM generate_series(1, %s) AS each(n)"
        " JOIN template ON template.n = each.n %% (SELECT count(*) FROM template)",
        [open_share, open_share, many],
    )
    database.execute("CREATE INDEX ON born (of); ANALYZE born")
    closed = "CASE WHEN new.is_open THEN old.{0} ELSE {1} END"
    multiply(
        database,
        "requests_request",
        "old.public_id = new.of",
        "born AS new",
        {
            "public_id": "new.public_id",
            "number": "'FW-L-' || (SELECT max(id) FROM requests_request) || '-' || new.n",
            "state": "CASE WHEN new.is_open THEN old.state ELSE 'archived' END",
            "reported_at": "old.reported_at + new.moved",
            "opened_at": "old.opened_at + new.moved",
        },
    )
    of_subject = "old.subject_id = new.of"
    subject = {"subject_id": "new.public_id"}
    edition = {"holidays": "CASE WHEN new.is_open THEN old.holidays END"}
    multiply(database, "obligations_subject", of_subject, "born AS new", subject | edition)
    moved = {name: f"old.{name} + new.moved" for name in ("occurred_at", "received_at")}
    multiply(database, "obligations_fact", of_subject, "born AS new", subject | moved)
    moved = {
        "started_at": "old.started_at + new.moved",
        "due_at": "old.due_at + new.moved",
        "state": "CASE WHEN new.is_open THEN old.state ELSE 'met' END",
        "ended_at": closed.format("ended_at", "old.due_at + new.moved"),
        "next_at": "CASE WHEN new.is_open THEN old.next_at + new.moved END",
    }
    multiply(database, "obligations_obligation", of_subject, "born AS new", subject | moved)
