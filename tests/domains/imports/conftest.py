"""A company with people who may import, and files as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from openpyxl import Workbook
from tests.factories import Company, Member, make_company, make_member

from yinuo.domains.imports.models import ImportRun
from yinuo.domains.imports.services import advance_run, start_import, upload_import
from yinuo.domains.imports.types import Kind

Rows = Sequence[Sequence[Any]]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def importer(company: Company) -> Member:
    return make_member(company.administrator, company.headquarters, ["account_manager"])


def workbook(rows: Rows) -> bytes:
    """A workbook of one sheet with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def commas(rows: Rows) -> bytes:
    return "\n".join(",".join(str(cell) for cell in row) for row in rows).encode()


def send(by: Member, kind: Kind, content: bytes, name: str = "rows.xlsx") -> ImportRun:
    """Send a file; nothing has been done with it yet."""
    return upload_import(
        actor=by.actor,
        kind=kind,
        unit_id=by.person.unit.public_id,
        upload=ContentFile(content, name=name),
        now=datetime.now(UTC),
    )


def finish(run: ImportRun) -> ImportRun:
    """Do what a worker does until nothing is left."""
    while advance_run(run.public_id, now=datetime.now(UTC)):
        pass
    run.refresh_from_db()
    return run


def tried(by: Member, kind: Kind, rows: Rows) -> ImportRun:
    """A run after its dry run."""
    return finish(send(by, kind, workbook(rows)))


def written(by: Member, kind: Kind, rows: Rows) -> ImportRun:
    """A run after its writing."""
    run = tried(by, kind, rows)
    assert run.state == "checked", (run.state, run.refusal)
    start_import(actor=by.actor, run_id=run.public_id, now=datetime.now(UTC))
    return finish(run)


def problems(run: ImportRun) -> dict[int, list[tuple[str, str]]]:
    """Row number to (column, message) of what is wrong."""
    return {
        row.number: [(one["column"], one["message"]) for one in row.problems]
        for row in run.lines.filter(verdict="wrong").order_by("number")
    }


def counts(run: ImportRun) -> dict[str, int]:
    names = ("new", "changed", "unchanged", "wrong", "written")
    return {name: getattr(run, name) for name in names if getattr(run, name)}


Make = Callable[..., ImportRun]
