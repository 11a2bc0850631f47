"""A run from the upload to its end: tried without a trace, once, called off, taken up again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from tests.domains.imports.conftest import (
    commas,
    counts,
    finish,
    problems,
    send,
    tried,
    workbook,
    written,
)
from tests.factories import Company, Member, make_member

from yinuo.domains.customers.models import Customer
from yinuo.domains.imports.models import ImportRow, ImportRun
from yinuo.domains.imports.services import (
    advance_run,
    cancel_import,
    forget_rows,
    resume_standing,
    start_import,
    upload_import,
)
from yinuo.domains.imports.types import Kind
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput
from yinuo.platform.journal.models import AuditEntry

CUSTOMERS = [
    ["客户名称*", "简称", "上级客户", "备注"],
    ["云帆数据深圳分公司", "云帆深圳", "云帆数据", "二期"],
    ["云帆数据", "云帆", "", ""],
]
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.req("B-20")
def test_customers_are_tried_without_a_trace_and_then_written_with_their_parents(
    company: Company, importer: Member
) -> None:
    run = tried(importer, Kind.CUSTOMERS, CUSTOMERS)
    assert (run.state, counts(run)) == ("checked", {"new": 2})
    assert not Customer.objects.exists()
    assert not AuditEntry.objects.filter(action="customer.create").exists()
    run = written(importer, Kind.CUSTOMERS, CUSTOMERS)
    assert (run.state, counts(run)) == ("done", {"new": 2, "written": 2})
    branch = Customer.objects.get(name="云帆数据深圳分公司")
    assert branch.parent is not None
    assert branch.parent.name == "云帆数据"
    assert AuditEntry.objects.filter(action="customer.create").count() == 2
    assert counts(tried(importer, Kind.CUSTOMERS, CUSTOMERS)) == {"unchanged": 2}


def test_what_changed_since_the_dry_run_is_seen_by_the_writing(
    company: Company, importer: Member
) -> None:
    first = tried(importer, Kind.CUSTOMERS, CUSTOMERS)
    written(importer, Kind.CUSTOMERS, CUSTOMERS)
    start_import(actor=importer.actor, run_id=first.public_id, now=NOW)
    assert counts(finish(first)) == {"unchanged": 2}
    assert Customer.objects.count() == 2


def test_companies_in_a_circle_are_refused_row_by_row(company: Company, importer: Member) -> None:
    rows = [["客户名称", "上级客户"], ["甲", "乙"], ["乙", "甲"], ["丙", ""]]
    run = written(importer, Kind.CUSTOMERS, rows)
    assert Customer.objects.filter(name="丙").exists()
    assert run.state == "done"
    assert set(problems(run)) <= {2, 3}
    assert problems(run)


@pytest.mark.req("R08", "B-20")
def test_who_may_not_import_is_refused(company: Company) -> None:
    consultant = make_member(company.administrator, company.headquarters, ["service_consultant"])
    with pytest.raises(Forbidden):
        send(consultant, Kind.CUSTOMERS, workbook(CUSTOMERS))
    manager = make_member(company.administrator, company.headquarters, ["service_manager"])
    with pytest.raises(Forbidden):
        send(manager, Kind.CONTRACTS, workbook([["客户", "合同编号"]]))
    assert not ImportRun.objects.exists()


@pytest.mark.req("R06")
def test_rights_lost_after_the_start_end_the_writing(company: Company, importer: Member) -> None:
    run = tried(importer, Kind.CUSTOMERS, CUSTOMERS)
    start_import(actor=importer.actor, run_id=run.public_id, now=NOW)
    importer.person.assignments.all().delete()
    run = finish(run)
    assert not Customer.objects.exists()
    assert counts(run).get("written", 0) == 0


def test_a_run_starts_once_and_ends_once(company: Company, importer: Member) -> None:
    run = tried(importer, Kind.CUSTOMERS, CUSTOMERS)
    start_import(actor=importer.actor, run_id=run.public_id, now=NOW)
    with pytest.raises(IllegalMove):
        start_import(actor=importer.actor, run_id=run.public_id, now=NOW)
    cancel_import(actor=importer.actor, run_id=run.public_id, now=NOW)
    assert finish(run).state == "cancelled"
    assert not Customer.objects.exists()
    with pytest.raises(IllegalMove):
        cancel_import(actor=importer.actor, run_id=run.public_id, now=NOW)


@pytest.mark.req("R46", "B-20")
def test_a_run_that_stands_still_goes_on_where_it_was(
    company: Company, importer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yinuo.domains.imports.services.batches.AT_ONCE", 10)
    rows = [["客户名称"], *([f"客户{number}"] for number in range(35))]
    run = tried(importer, Kind.CUSTOMERS, rows)
    start_import(actor=importer.actor, run_id=run.public_id, now=NOW)
    advance_run(run.public_id, now=NOW)
    assert Customer.objects.count() == 10
    later = datetime.now(UTC) + timedelta(minutes=2)
    assert resume_standing(later) == 1
    assert resume_standing(later) == 0
    assert counts(finish(run)) == {"new": 35, "written": 35}
    assert Customer.objects.count() == 35


def test_a_run_that_never_gets_on_is_ended_with_a_word(company: Company, importer: Member) -> None:
    run = send(importer, Kind.CUSTOMERS, workbook(CUSTOMERS))
    ImportRun.objects.update(restarts=5)
    resume_standing(datetime.now(UTC) + timedelta(minutes=2))
    run.refresh_from_db()
    assert run.state == "refused"
    assert "send the file again" in run.refusal


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([["姓名", "年龄"], ["甲", 1]], "Customer"),
        ([["客户名称"]], "No row"),
        ([], "Customer"),
    ],
)
def test_a_file_without_its_columns_or_rows_is_refused_in_words(
    company: Company, importer: Member, rows: list[list[object]], word: str
) -> None:
    run = tried(importer, Kind.CUSTOMERS, rows)
    assert run.state == "refused"
    assert word in run.refusal
    assert not ImportRow.objects.exists()


@pytest.mark.req("R25", "R52")
def test_more_rows_than_allowed_are_refused_and_not_kept(
    company: Company, importer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yinuo.domains.imports.services.reading.MOST_ROWS", 3_000)
    rows = [["客户名称"], *([f"客户{number}"] for number in range(5_000))]
    run = finish(send(importer, Kind.CUSTOMERS, commas(rows), "rows.csv"))
    assert run.state == "refused"
    assert not ImportRow.objects.exists()


@pytest.mark.req("R25")
@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xls", b"x"), ("a.xlsx", b"PK\x03\x04 no"), ("a.csv", b""), ("a.exe", b"MZ"), ("a", b"x")],
)
def test_a_file_of_another_kind_is_refused_at_once(
    company: Company, importer: Member, name: str, content: bytes
) -> None:
    with pytest.raises(InvalidInput):
        upload_import(
            actor=importer.actor,
            kind=Kind.CUSTOMERS,
            unit_id=company.headquarters.public_id,
            upload=ContentFile(content, name=name),
            now=NOW,
        )
    assert not ImportRun.objects.exists()


def test_titles_above_the_heads_and_unknown_columns_do_no_harm(
    company: Company, importer: Member
) -> None:
    rows = [
        ["2026 年客户清单"],
        [],
        ["注册资本", "Customer name"],
        ["500 万", "云帆"],
        ["只有资本"],
    ]
    run = tried(importer, Kind.CUSTOMERS, rows)
    assert (run.columns, run.unknown_columns) == (["name"], ["注册资本"])
    assert counts(run) == {"new": 1}


@pytest.mark.req("R59")
def test_rows_are_forgotten_after_a_month(company: Company, importer: Member) -> None:
    tried(importer, Kind.CUSTOMERS, CUSTOMERS)
    assert forget_rows(datetime.now(UTC)) == 0
    assert forget_rows(datetime.now(UTC) + timedelta(days=31)) == 2
    assert ImportRun.objects.exists()
