"""Whole lists given out: sent back they change nothing, and no spreadsheet computes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook
from tests.domains.imports.conftest import counts, finish, send
from tests.factories import (
    Company,
    Member,
    make_asset,
    make_contract,
    make_customer,
    make_member,
    make_project,
    make_site,
    make_unit,
    publish,
)
from tests.factories.archive import make_checked_paper, make_component, make_past_event

from yinuo.domains.assets.models import Asset, Project
from yinuo.domains.contracts.models import Contract, ContractCoverage, Paper
from yinuo.domains.customers.models import Customer
from yinuo.domains.customers.services import create_contact
from yinuo.domains.imports.columns import columns_of
from yinuo.domains.imports.exports import blank_workbook, export_commas, export_workbook
from yinuo.domains.imports.models import ImportRun
from yinuo.domains.imports.services import start_import
from yinuo.domains.imports.types import Kind
from yinuo.platform.errors import Forbidden

NOW = datetime(2026, 5, 1, tzinfo=UTC)
AWKWARD = '=HYPERLINK("http://x"),"甲"\n乙'


@pytest.fixture
def archive(company: Company, importer: Member) -> None:
    """Two customers of one name, awkward texts, everything filled in."""
    for _number in range(2):
        customer = make_customer(importer, company.headquarters, "+86 云帆；公司")
        site = make_site(importer, customer)
        make_site(importer, customer)
        project = make_project(importer, customer)
        asset = make_asset(importer, customer, site, project)
        make_component(importer, asset)
        make_component(importer, asset, factory=False)
        make_past_event(importer, asset, AWKWARD)
        create_contact(
            actor=importer.actor,
            customer_id=customer.public_id,
            name="@李工",
            phones=["+86 138 0013 8000", "0755-2345 6789 转 802"],
            site_id=site.public_id,
            title="-主管",
            email="li@example.com",
            roles=["operator", "finance"],
            now=NOW,
        )
        contract = make_contract(importer, customer, publish(company.administrator))
        make_checked_paper(importer, contract, project)
        ContractCoverage.objects.create(contract=contract, site=site)
        ContractCoverage.objects.create(contract=contract, asset=asset)
    Customer.objects.update(notes=AWKWARD.replace("\n", "\r\n") + "  ", short_name="'引号")
    Customer.objects.filter(pk=customer.pk).update(active=False, parent=Customer.objects.first())
    Asset.objects.update(purchased_on=date(2025, 3, 1), location="三楼", asset_class="fw")
    Contract.objects.update(
        ends_on=date(2031, 1, 1),
        responsible=importer.person,
        total=Decimal("123456789012.34"),
        parameters={"on_site_hours": 4, "备注": "a;b=c", "rate": 0.5, "is_main": True},
    )


@pytest.mark.req("B-20", "B-71")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("extension", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", list(Kind))
def test_an_export_sent_back_changes_nothing(
    archive: None, importer: Member, kind: Kind, extension: str, language: str
) -> None:
    with translation.override(language):
        if extension == "xlsx":
            content = export_workbook(importer.actor, kind, "全部")
        else:
            content = b"".join(export_commas(importer.actor, kind))
        run = finish(send(importer, kind, content, f"rows.{extension}"))
    assert run.state == "checked", run.refusal
    found = list(run.lines.exclude(verdict="unchanged").values("verdict", "cells", "problems"))
    assert not found
    assert not run.unknown_columns
    assert counts(run)["unchanged"] >= 2


@pytest.mark.req("R27")
def test_no_cell_of_an_export_is_a_formula(archive: None, importer: Member) -> None:
    content = export_workbook(importer.actor, Kind.CUSTOMERS, "客户")
    sheet = load_workbook(BytesIO(content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    text = b"".join(export_commas(importer.actor, Kind.CONTACTS)).decode("utf-8-sig")
    starts = [cell.strip('"') for line in text.splitlines()[1:] for cell in line.split(",")]
    assert not [cell for cell in starts if cell.startswith(("=", "+", "-", "@"))]
    assert "'+86 138 0013 8000" in text


@pytest.mark.req("R01", "R03")
def test_an_export_holds_nothing_of_other_units(company: Company, importer: Member) -> None:
    east = make_unit(company.administrator, company.headquarters)
    other = make_member(company.administrator, east, ["account_manager"])
    make_customer(importer, company.headquarters, "总部客户")
    make_customer(other, east, "东部客户")
    text = b"".join(export_commas(other.actor, Kind.CUSTOMERS)).decode()
    assert "东部客户" in text
    assert "总部客户" not in text
    consultant = make_member(company.administrator, east, ["service_consultant"])
    with pytest.raises(Forbidden):
        export_commas(consultant.actor, Kind.CUSTOMERS)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_template_is_understood_as_it_is(
    company: Company, importer: Member, kind: Kind, language: str
) -> None:
    with translation.override(language):
        content = blank_workbook(kind, "模板")
    book = load_workbook(BytesIO(content))
    book.worksheets[0].append(["x"] * len(columns_of(kind)))
    out = BytesIO()
    book.save(out)
    run = finish(send(importer, kind, out.getvalue()))
    assert run.columns == [one.code for one in columns_of(kind)]
    assert not run.unknown_columns


@pytest.mark.req("B-20", "B-71")
def test_parts_are_imported_by_the_serial_number_of_their_asset(
    company: Company, importer: Member
) -> None:
    asset = make_asset(importer, make_customer(importer, company.headquarters))
    rows = (
        "设备序列号,部件名称,部件型号,部件序列号,出厂配置,加装日期\n"
        f"{asset.serial},电源模块,PSU,PSU-１,是,\n"
        f"{asset.serial},内存条,DDR,DDR-1,否,2026-02-03\n"
        f"{asset.serial},内存条,DDR,DDR-1,否,2026-02-03\n"
        f"{asset.serial},硬盘,HD,HD-1,,\n"
        "NO-SUCH,风扇,,,是,\n"
    )
    run = finish(send(importer, Kind.COMPONENTS, rows.encode(), "parts.csv"))
    found = counts(run)
    assert (found["new"], found["wrong"]) == (2, 3)
    wrong = [line.problems[0]["column"] for line in run.lines.filter(verdict="wrong")]
    assert sorted(wrong) == ["", "added_on", "asset_serial"]


def imported(importer: Member, kind: Kind, rows: str) -> ImportRun:
    """The run of these rows, written as far as they are right."""
    run = finish(send(importer, kind, rows.encode(), "rows.csv"))
    start_import(actor=importer.actor, run_id=run.public_id, now=datetime.now(UTC))
    return finish(run)


@pytest.mark.req("B-71", "SG-08")
def test_projects_and_promised_papers_are_imported_and_changed_by_their_names(
    company: Company, importer: Member
) -> None:
    customer = make_customer(importer, company.headquarters, "云帆")
    make_contract(importer, customer, publish(company.administrator))
    number = Contract.objects.get().number
    rows = (
        "客户名称,项目名称,验收日期\n云帆,一期,2026-03-01\n云帆,一期,2026-03-01\n无此客户,二期,\n"
    )
    run = imported(importer, Kind.PROJECTS, rows)
    assert (counts(run)["new"], counts(run)["wrong"]) == (1, 2)
    assert Project.objects.get().accepted_on == date(2026, 3, 1)
    rows = (
        "客户名称,合同编号,项目,资料名称,起算,天数,交付日期\n"
        "云帆,,一期,竣工图纸,accepted,15,\n"
        f"云帆,{number},,用户手册,,,2026-12-31\n"
        "云帆,,二期,点位表,,,\n"
        "云帆,,,培训资料,,,\n"
        "云帆,,一期,备件清单,sometime,3,\n"
        "云帆,,一期,点检表,accepted,1.5,\n"
    )
    run = imported(importer, Kind.PAPERS, rows)
    assert (counts(run)["new"], counts(run)["wrong"]) == (2, 4)
    wrong = [line.problems[0]["column"] for line in run.lines.filter(verdict="wrong")]
    assert sorted(wrong) == ["contract", "due_after", "due_days", "project"]
    drawing = Paper.objects.get(title_zh="竣工图纸")
    assert (drawing.due_after, drawing.due_days) == ("accepted", 15)
    rows = "客户名称,项目,资料名称,交付日期\n云帆,一期,竣工图纸,2026-06-30\n"
    run = imported(importer, Kind.PAPERS, rows)
    assert counts(run)["changed"] == 1
    drawing.refresh_from_db()
    assert (drawing.due_after, drawing.due_on) == ("", date(2026, 6, 30))
