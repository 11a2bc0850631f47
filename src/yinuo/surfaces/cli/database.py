"""What every long-running verb does with its database first: reach it, check it, migrate it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from yinuo.platform.postgres import ServerFacts, check_server
from yinuo.platform.postgres.account import die_with_parent
from yinuo.platform.postgres.events import say
from yinuo.surfaces.cli.exits import RefusedError

LOGGER = "yinuo.supervision"
REACH_SECONDS = 30.0
MIGRATION_TURN_SECONDS = 900.0
RETRY_SECONDS = 0.5
# Any constant of our own: nodes that start together migrate one after another.
MIGRATION_LOCK = 7_961_501_126


def django_environment(database: dict[str, str], *, as_owner: bool = False) -> dict[str, str]:
    """Environment of a child process that runs Django.

    Only the owner's processes get the owner's address: what serves requests never holds it.
    """
    inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_OWNER_URL"}
    chosen = {
        **inherited,
        "DATABASE_URL": database["DATABASE_URL"],
        "DJANGO_SETTINGS_MODULE": "yinuo.config.settings",
        "PYTHONUNBUFFERED": "1",
    }
    chosen.pop("YINUO_DATABASE_ROLE", None)
    if as_owner:
        chosen |= {
            "DATABASE_OWNER_URL": database["DATABASE_OWNER_URL"],
            "YINUO_DATABASE_ROLE": "owner",
        }
    return chosen


def named_by_environment() -> dict[str, str] | None:
    """The server that `DATABASE_URL` names; None when it is not set.

    Without `DATABASE_OWNER_URL` the same role migrates and works, which is said aloud.
    """
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        return None
    owner = os.environ.get("DATABASE_OWNER_URL", "").strip()
    if not owner:
        say(LOGGER, "warning", "DATABASE_OWNER_URL is not set: one role migrates and works")
    return {"DATABASE_URL": url, "DATABASE_OWNER_URL": owner or url}


def connect(url: str) -> psycopg.Connection:
    """A connection to the server; waits up to 30 s for one that is not there yet.

    Raises RefusedError, whose text carries no password.
    """
    last_moment = time.monotonic() + REACH_SECONDS
    while True:
        try:
            return psycopg.connect(url, connect_timeout=5, autocommit=True)
        except psycopg.OperationalError as error:
            said = str(error).strip()
            # FATAL is the server's own word: it is there and does not let us in.
            turned_away = "FATAL" in said and "starting up" not in said
            if turned_away or time.monotonic() > last_moment:
                raise RefusedError(
                    f"the database cannot be used: {said}\n"
                    "Check DATABASE_URL, and that the server runs and lets this machine in"
                ) from None
            time.sleep(RETRY_SECONDS)
        except psycopg.Error:
            raise RefusedError(
                "DATABASE_URL or DATABASE_OWNER_URL is no address of the form "
                "postgresql://role:password@host/database"
            ) from None


def require_fit_server(url: str) -> ServerFacts:
    """Checks the server (R44) and returns its facts. Raises RefusedError, PostgresError."""
    with connect(url) as connection:
        facts = check_server(connection)
    if facts.bypasses_row_security:
        say(LOGGER, "warning", "the application role bypasses row security", role=facts.role)
    return facts


@contextmanager
def migration_turn(owner_url: str) -> Iterator[None]:
    """Holds the one right to migrate; waits while another node does. Raises RefusedError."""
    with connect(owner_url) as connection:
        last_moment = time.monotonic() + MIGRATION_TURN_SECONDS
        while not _try_lock(connection):
            if time.monotonic() > last_moment:
                raise RefusedError("another node has been migrating the database for 15 minutes")
            time.sleep(RETRY_SECONDS)
        yield


def _try_lock(connection: psycopg.Connection) -> bool:
    row = connection.execute("select pg_try_advisory_lock(%s)", [MIGRATION_LOCK]).fetchone()
    return row is not None and bool(row[0])


def migrate(database: dict[str, str]) -> None:
    """Brings the tables up to date with the owner role; one node at a time. Raises RefusedError."""
    with migration_turn(database["DATABASE_OWNER_URL"]):
        run_django(database, "migrate", "--noinput", "--verbosity", "0", as_owner=True)


def run_django(database: dict[str, str], *arguments: str, as_owner: bool = False) -> str:
    """Runs one management command to its end and returns what it printed; its log goes to ours.

    Raises RefusedError when it fails.
    """
    done = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-P", "-m", "django", *arguments],
        env=django_environment(database, as_owner=as_owner),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
        check=False,
    )
    if done.returncode != 0:
        raise RefusedError(
            f"{arguments[0]} failed (exit code {done.returncode}); its messages are above"
        )
    return done.stdout
