"""The SQL of one API call, recorded and replayed by pgbench with fresh ids."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import tempfile
import uuid
from pathlib import Path
from typing import Any

import psycopg

from bench.company import UNITS, Company
from yinuo.platform.postgres.binaries import INSTALL, WHEEL

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# A colon before a letter or digit is a variable to pgbench, also inside quotes.
_CLOCK = re.compile(r"(\d\d):(\d\d):(\d\d(?:\.\d+)?)([+-]\d\d):(\d\d)")
PGBENCH = Path(str(importlib.util.find_spec(WHEEL).origin)).parent / INSTALL / "bin" / "pgbench"
_SERIES = re.compile(r"FW-U\d-(\d{6})")
_NUMBER = re.compile(r"(FW-U:unit-\d{6})-\d+")
Statement = tuple[str, list[Any]]


def post(company: Company, key: str) -> None:
    """One call in this process, through the WSGI application."""
    from django.test import Client

    answer = Client().post(
        "/api/v1/requests",
        json.dumps(company.bodies[0]),
        content_type="application/json",
        headers={"Authorization": f"Bearer {company.token}", "Idempotency-Key": key},
        SERVER_NAME="localhost",
    )
    assert answer.status_code == 201, answer.content


def recorded_call(company: Company) -> list[str]:
    """The statements of one call as pgbench lines, values written in, new ids as variables."""
    from django.db import connection

    post(company, "bench-warm-up")
    statements: list[Statement] = []

    def record(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        statements.append((str(sql), list(params or [])))
        return execute(sql, params, many, context)

    key = str(uuid.uuid4())
    with connection.execute_wrapper(record):
        post(company, key)
    with psycopg.connect(company.database_url) as plain:
        cursor = psycopg.ClientCursor(plain)
        texts = [cursor.mogrify(sql, params) for sql, params in statements]
    return _with_variables(texts, known=_existing(company))


def _existing(company: Company) -> set[str]:
    return set(_UUID.findall(json.dumps(company.bodies[0])))


def _with_variables(texts: list[str], known: set[str]) -> list[str]:
    """Ids that only the last, inserting statements name are new: each becomes a variable."""
    inserting = " ".join(text for text in texts if "INSERT INTO" in text)
    reading = " ".join(text for text in texts if "INSERT INTO" not in text)
    # The key is looked for before it is written, and is new all the same.
    fresh = [
        one
        for one in dict.fromkeys(_UUID.findall(inserting))
        if one not in known and (one not in reading or _is_key(one, reading))
    ]
    lines = []
    for text in texts:
        one_line = _CLOCK.sub(r"\1\2\3\4", " ".join(text.split()))
        one_line = re.sub(r":(?=[A-Za-z0-9_])(?<!::)", ": ", one_line)
        for index, one in enumerate(fresh):
            one_line = one_line.replace(one, f"{one[:24]}:v{index}")
        one_line = _NUMBER.sub(r"\1-:number", _SERIES.sub(r"FW-U:unit-\1", one_line))
        lines.append(f"{one_line};")
    variables = [f"\\set v{i} random(100000000000, 999999999999)" for i in range(len(fresh))]
    # Spread over the units as the product's calls are: a series is one row, taken in turn.
    variables += [
        f"\\set unit random(0, {UNITS - 1})",
        "\\set number random(1000000, 999999999999)",
    ]
    begin = next(i for i, text in enumerate(texts) if "INSERT INTO" in text)
    return [*variables, *lines[:begin], "BEGIN;", *lines[begin:], "COMMIT;"]


def _is_key(one: str, reading: str) -> bool:
    return re.search(rf"\"key\" = '{one}'", reading) is not None


def pgbench_rate(company: Company, call: list[str], connections: int, seconds: float) -> float:
    """Transactions per second of pgbench with as many connections."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "call.sql"
        script.write_text("\n".join(call) + "\n", encoding="utf-8")
        command = [str(PGBENCH), "--no-vacuum", f"--file={script}"]
        command += [f"--client={connections}", "--jobs=2", f"--time={max(1, round(seconds))}"]
        done = subprocess.run(
            [*command, company.database_url],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ},
        )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if done.returncode != 0 or found is None:
        raise RuntimeError(done.stdout + done.stderr)
    return float(found[1])
