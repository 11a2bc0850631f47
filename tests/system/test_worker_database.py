"""Web and worker while their database stops, restarts and comes back."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker
from tests.factories import make_company
from tests.factories.subjects import publish_one_promise, report
from tests.platform.postgres.processes import postmaster
from tests.system.processes import Web, Worker

from yinuo.config.settings.database import connection as settings_of
from yinuo.platform.postgres import Addresses, EmbeddedPostgres

PLACES = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def django_at(url: str) -> Iterator[None]:
    """Django's connection leads to this address meanwhile."""
    usual = {name: connection.settings_dict[name] for name in PLACES}
    connection.close()
    connection.settings_dict.update({name: settings_of(url)[name] for name in PLACES})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(usual)


@dataclass
class Served:
    """A durable server of our own with a web and a worker process."""

    server: EmbeddedPostgres
    addresses: Addresses
    web: Web
    worker: Worker
    plan_version_id: int

    def report_late(self) -> None:
        """A case whose response is overdue already."""
        with django_at(self.addresses.application_url):
            report(self.plan_version_id, datetime.now(UTC) - timedelta(hours=1))

    def misses(self) -> tuple[int, int]:
        """How many promises are missed, and how many events say so."""
        with psycopg.connect(self.addresses.application_url) as asking:
            row = asking.execute(
                "SELECT (SELECT count(*) FROM obligations_obligation WHERE state = 'missed'),"
                " (SELECT count(*) FROM outbox_event WHERE topic = 'obligation.missed')"
            ).fetchone()
        assert row is not None
        return row

    def misses_are(self, count: int) -> bool:
        try:
            return self.misses() == (count, count)
        except psycopg.OperationalError:
            return False


@pytest.fixture(scope="module")
def served(django_db_blocker: DjangoDbBlocker) -> Iterator[Served]:
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 1_000_000_000
    folder = Path(tempfile.mkdtemp(prefix="yinuo-own-", dir=memory if roomy else None))
    server = EmbeddedPostgres(folder / "postgres")
    parts: list[Web | Worker] = []
    try:
        addresses = server.start()
        with django_db_blocker.unblock():
            with django_at(addresses.owner_url):
                call_command("migrate", verbosity=0)
                version = publish_one_promise(make_company().administrator)
            environment = {
                "PATH": "/usr/bin:/bin",
                "DJANGO_SETTINGS_MODULE": "yinuo.config.settings",
                "DATABASE_URL": addresses.application_url,
                "YINUO_VAR": str(folder),
            }
            parts = [Web(environment), Worker(environment)]
            web, worker = parts
            assert isinstance(web, Web)
            assert isinstance(worker, Worker)
            yield Served(server, addresses, web.wait_started(), worker.wait_started(), version.pk)
    finally:
        for part in parts:
            part.clear_up()
        server.stop(immediate=True)
        shutil.rmtree(folder)


@pytest.mark.req("R48")
def test_web_lives_while_the_database_is_away_and_is_ready_when_it_is_back(
    served: Served,
) -> None:
    web = served.web
    web.wait_for(lambda: web.status("/readyz") == 200)
    served.server.stop()
    assert web.status("/readyz") == 503
    assert web.status("/healthz") == 200
    checks = json.loads(web.ask("GET", "/readyz")[1])["checks"]
    assert checks["database"] is False
    assert served.server.start() == served.addresses
    web.wait_for(lambda: web.status("/readyz") == 200)
    assert web.runs


@pytest.mark.parametrize("how", ["stopped and started", "killed"])
def test_worker_survives_its_database_and_goes_on(served: Served, how: str) -> None:
    worker, before = served.worker, served.misses()[0]
    served.report_late()
    worker.wait_for(lambda: served.misses_are(before + 1))
    if how == "killed":
        os.kill(postmaster(served.server.folder.root), signal.SIGKILL)
    else:
        served.server.stop()
        worker.wait_for(lambda: "the database did not answer" in worker.log)
        served.server.start()
    worker.wait_for(lambda: served.misses_are(before + 1))
    served.report_late()
    worker.wait_for(lambda: served.misses_are(before + 2))
    assert worker.runs
