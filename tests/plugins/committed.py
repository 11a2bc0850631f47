"""A database of its own for a test that commits, starts processes or breaks connections.

Append-only tables refuse Django's flush, so nothing is emptied: each such test gets a copy of the
migrated database, which is dropped afterwards.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from time import monotonic, sleep
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker

# Rows of different copies never share a number, so nothing kept in memory by number is mixed up.
NUMBERS_PER_COPY = 1_000_000
_copies = count(1)
SECONDS_TO_END = 10
OTHERS = (
    "SELECT pid FROM pg_stat_activity WHERE usename = current_user"
    " AND datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True, slots=True)
class CommittedDatabase:
    """A copy of the migrated database, and how other processes and connections reach it."""

    application_url: str
    owner_url: str

    def environment(self, **more: str) -> dict[str, str]:
        """Variables of a process that works with this database in the application role."""
        unwanted = ("DATABASE_", "YINUO_DATABASE_", "PYTEST_")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
        own = {
            "DATABASE_URL": self.application_url,
            "DJANGO_SETTINGS_MODULE": "yinuo.config.settings",
            "PYTHONUNBUFFERED": "1",
        }
        return {**kept, **own, **more}

    def url_with(self, **settings: str) -> str:
        """The application role's address with other settings of its sessions."""
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        return f"{self.application_url}&options={quote(options)}"

    def as_owner(self) -> psycopg.Connection:
        """A connection of the owner role; each statement commits by itself."""
        return psycopg.connect(self.owner_url, autocommit=True)

    def as_application(self) -> psycopg.Connection:
        """A connection of the application role; each statement commits by itself."""
        return psycopg.connect(self.application_url, autocommit=True)

    def ask(self, question: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """The rows of one question of the application role, seen from outside every step."""
        with self.as_application() as application:
            return application.execute(question, parameters).fetchall()

    def waiting_for_locks(self) -> list[int]:
        """Server processes of the application role that wait for a lock."""
        rows = self.ask(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND usename = current_user AND wait_event_type = 'Lock'"
        )
        return [int(str(row[0])) for row in rows]


@contextmanager
def _maintenance() -> Iterator[psycopg.Connection]:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as opened:
        yield opened


def _copy(source: str, target: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with _maintenance() as owner:
        owner.execute(statement.format(sql.Identifier(target), sql.Identifier(source)))


def _drop(name: str) -> None:
    statement = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
    patience = monotonic() + 20
    with _maintenance() as owner:
        while True:
            try:
                owner.execute(statement)
            except psycopg.errors.InsufficientPrivilege:
                # The server's own vacuum is at work there: nobody may end it, and it ends soon.
                if monotonic() > patience:
                    raise
                sleep(0.1)
            else:
                return


def _address(variable: str, database: str) -> str:
    return urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{database}"))


def _move_numbers(owner_url: str) -> None:
    base = next(_copies) * NUMBERS_PER_COPY
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, %s)"
            " FROM pg_sequences WHERE data_type = 'bigint'::regtype",
            [base],
        )


def _turn_away(application_url: str) -> None:
    """Ends what killed processes left on the server; only their own role may.

    A session that ends by itself meanwhile leaves its place on the server to another role's, which
    the server then refuses to end; so each is ended on its own, until none is left. One that stays
    nevertheless makes the drop fail.
    """
    until = monotonic() + SECONDS_TO_END
    with psycopg.connect(application_url, autocommit=True) as application:
        while (left := application.execute(OTHERS).fetchall()) and monotonic() < until:
            for pid in left:
                with suppress(psycopg.errors.InsufficientPrivilege):
                    application.execute("SELECT pg_terminate_backend(%s)", pid)
            sleep(0.01)


@pytest.fixture(scope="session")
def migrated_template(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a database right after its migrations, to copy and not to use."""
    name = f"template_{secrets.token_hex(6)}"
    usual = connection.settings_dict["NAME"]
    # pytest-django makes its database only in a run that has a test asking for `db`.
    is_made = usual.startswith("test_")
    with django_db_blocker.unblock():
        source = usual if is_made else connection.creation.create_test_db(verbosity=0)
        connection.close()
        _copy(source, name)
        if not is_made:
            connection.creation.destroy_test_db(usual, verbosity=0)
    yield name
    _drop(name)


@contextmanager
def database_of_its_own(
    template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[CommittedDatabase]:
    """A copy that Django uses meanwhile, in every thread, with real commits."""
    name, usual = f"copy_{secrets.token_hex(6)}", connection.settings_dict["NAME"]
    _copy(template, name)
    copy = CommittedDatabase(_address("DATABASE_URL", name), _address("DATABASE_OWNER_URL", name))
    _move_numbers(copy.owner_url)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield copy
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual
            _turn_away(copy.application_url)
            _drop(name)


@pytest.fixture
def committed(
    migrated_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[CommittedDatabase]:
    """Real commits in a database of the test's own; ask for it instead of `db`."""
    with database_of_its_own(migrated_template, django_db_blocker) as copy:
        yield copy


@pytest.fixture(scope="module")
def committed_for_module(
    migrated_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[CommittedDatabase]:
    """The same for all tests of a module, which then share what each leaves."""
    with database_of_its_own(migrated_template, django_db_blocker) as copy:
        yield copy
