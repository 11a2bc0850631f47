"""A worker that is killed in the middle of an import: nothing is lost, nothing is done twice."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from tests.factories import make_company, make_member
from tests.plugins.committed import CommittedDatabase
from tests.system.processes import Worker

from yinuo.domains.imports.services import resume_standing, start_import, upload_import
from yinuo.domains.imports.types import Kind

ROWS = 2_000


@pytest.mark.req("B-20", "R46", "G10")
def test_a_killed_worker_leaves_an_import_that_another_ends_exactly_once(
    committed: CommittedDatabase, settings: object
) -> None:
    company = make_company()
    by = make_member(company.administrator, company.headquarters, ["account_manager"])
    text = "客户名称\n" + "".join(f"客户{number}\n" for number in range(ROWS))
    run = upload_import(
        actor=by.actor,
        kind=Kind.CUSTOMERS,
        unit_id=company.headquarters.public_id,
        upload=ContentFile(text.encode(), name="rows.csv"),
        now=datetime.now(UTC),
    )

    def figure(column: str) -> object:
        return committed.ask(f"SELECT {column} FROM imports_run")[0][0]

    files = getattr(settings, "MEDIA_ROOT", "")
    environment = committed.environment(YINUO_FILES=str(files))
    first, second = Worker(environment), None
    try:
        first.wait_for(lambda: figure("state") not in ("reading", "checking"), 120)
        assert figure("state") == "checked", figure("refusal")
        assert figure("new") == ROWS
        start_import(actor=by.actor, run_id=run.public_id, now=datetime.now(UTC))
        first.wait_for(lambda: int(str(figure("written"))) > 0)
        first.send(signal.SIGKILL)
        first.process.wait()
        written = int(str(figure("written")))
        [(there,)] = committed.ask("SELECT count(*) FROM customers_customer")
        # State and rows moved together, or not at all.
        assert there == written < ROWS
        assert resume_standing(datetime.now(UTC) + timedelta(minutes=5)) == 1
        second = Worker(environment)
        second.wait_for(lambda: figure("state") == "done")
    finally:
        for worker in (first, second):
            if worker is not None:
                worker.clear_up()
    [(customers, names)] = committed.ask(
        "SELECT count(*), count(DISTINCT name) FROM customers_customer"
    )
    [(entries,)] = committed.ask(
        "SELECT count(*) FROM audit_entry WHERE action = 'customer.create'"
    )
    assert customers == names == entries == ROWS
    assert figure("written") == ROWS
