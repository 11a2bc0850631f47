"""One client library speaks to PostgreSQL in a process (R44): two would mean two libpq and two
ideas of a connection."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OTHERS = {"psycopg2", "psycopg2-binary", "asyncpg", "pg8000", "aiopg", "py-postgresql", "pygresql"}
# Everything the product runs as: its pages and API, and its worker.
LOADED = """
import sys, yinuo.config.worker, yinuo.config.wsgi
print(*sorted(sys.modules))
"""


@pytest.mark.req("R44")
def test_the_lock_files_hold_one_postgresql_client() -> None:
    for file in (ROOT / "requirements").glob("*.txt"):
        named = set(re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==", file.read_text(), re.MULTILINE))
        assert named.isdisjoint(OTHERS), file.name


@pytest.mark.req("R44")
def test_web_and_worker_load_one_postgresql_client() -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(run.stdout.split())
    assert "psycopg" in loaded
    assert loaded.isdisjoint({name.replace("-", "_") for name in OTHERS})
