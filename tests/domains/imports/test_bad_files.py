"""Files as people really send them: every fault is named with its row, column and remedy."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from resource import RUSAGE_SELF, getrusage

import pytest
from openpyxl import Workbook
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
from tests.factories import Company, Member, make_asset, make_customer

from yinuo.domains.assets.models import Asset
from yinuo.domains.customers.models import Customer
from yinuo.domains.imports.models import ImportRow
from yinuo.domains.imports.types import Kind
from yinuo.platform.errors import InvalidInput

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-20", "R25")]
HEADS = ["客户", "设备名称", "型号", "序列号", "购买日期"]
MEGABYTE = 1_000_000
MOST_HELD = 40 * MEGABYTE
MILLION = 1_048_575


@pytest.fixture
def customer(company: Company, importer: Member) -> Customer:
    return make_customer(importer, company.headquarters, "云帆")


def row(serial: object, bought: object = None, model: object = "SW-1") -> list[object]:
    return ["云帆", "交换机", model, serial, bought]


def test_merged_cells_and_formulas_without_a_value_are_named(
    customer: Customer, importer: Member
) -> None:
    book = Workbook()
    sheet = book.active
    for line in (HEADS, row("A-1"), row("A-2"), row('="A-"&3')):
        sheet.append(line)
    sheet.merge_cells("D2:D3")
    out = BytesIO()
    book.save(out)
    run = finish(send(importer, Kind.ASSETS, out.getvalue()))
    found = problems(run)
    assert [text for _, text in found[3]] == [
        "Merged cells: split them, so that every row has its own cells."
    ]
    assert found[4] == [("serial", "A formula without a value: put the value in its place.")]
    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    "written_so",
    [
        *("2026-05-01", "2026/5/1", "2026.5.1", "2026年5月1日", "20260501", "２０２６－０５－０１"),
        *(" 2026-05-01 ", "2026-05-01 08:30:00", 46143, date(2026, 5, 1)),
    ],
)
def test_a_day_in_any_usual_writing_is_that_day(
    customer: Customer, importer: Member, written_so: object
) -> None:
    run = written(importer, Kind.ASSETS, [HEADS, row("A-1", written_so)])
    assert (problems(run), Asset.objects.get().purchased_on) == ({}, date(2026, 5, 1))


@pytest.mark.parametrize("bought", ["2026-02-30", "去年春天", "01/05/26", "2026-13-01", "46143.5x"])
def test_a_text_that_is_no_day_is_named(customer: Customer, importer: Member, bought: str) -> None:
    run = tried(importer, Kind.ASSETS, [HEADS, row("A-1", bought)])
    [(column, text)] = problems(run)[2]
    assert (column, "2026-05-01" in text) == ("purchased_on", True)


def test_full_width_serials_are_the_narrow_ones_and_cut_numbers_are_refused(
    customer: Customer, importer: Member
) -> None:
    run = written(importer, Kind.ASSETS, [HEADS, row("ＳＮ－００１"), row(1234567890123456789)])
    assert Asset.objects.get().serial == "SN-001"
    assert "15 digits" in problems(run)[3][0][1]


def test_the_same_serial_twice_in_the_file_or_with_somebody_else_is_named(
    company: Company, customer: Customer, importer: Member
) -> None:
    other = make_customer(importer, company.headquarters, "别家")
    theirs = make_asset(importer, other)
    rows = [HEADS, row("A-1"), row("Ａ-1"), row(theirs.serial, model=theirs.model)]
    found = problems(tried(importer, Kind.ASSETS, rows))
    assert found[3] == [("", "The same as row 2 of this file. Keep one of them.")]
    assert found[4] == [("serial", "This serial number belongs to an asset of 别家.")]


def test_a_sheet_of_a_million_rows_is_refused_without_being_held(
    customer: Customer, importer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yinuo.domains.imports.services.reading.MOST_ROWS", 3_000)
    content = million_rows()
    run = send(importer, Kind.CUSTOMERS, content)
    before = getrusage(RUSAGE_SELF).ru_maxrss
    run = finish(run)
    held = (getrusage(RUSAGE_SELF).ru_maxrss - before) * 1_000
    assert run.state == "refused"
    assert "at most 3000 rows" in run.refusal.replace(",", "")
    assert held < MOST_HELD, held
    assert not ImportRow.objects.exists()


def million_rows() -> bytes:
    """A workbook whose one sheet is full to its last row, made without holding it either."""
    filled = BytesIO(workbook([["客户名称"]]))
    out = BytesIO()
    with (
        zipfile.ZipFile(filled) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, True, 1) as new,
    ):
        for part in old.infolist():
            if part.filename != "xl/worksheets/sheet1.xml":
                new.writestr(part, old.read(part))
                continue
            head, tail = old.read(part).decode().split("</sheetData>")
            with new.open(part.filename, "w") as sheet:
                sheet.write(head.encode())
                for start in range(2, MILLION, 5_000):
                    rows = (
                        f'<row r="{n}"><c r="A{n}" t="str"><v>{n * 7919 % 999983:x}</v></c></row>'
                        for n in range(start, start + 5_000)
                    )
                    sheet.write("".join(rows).encode())
                sheet.write(f"</sheetData>{tail}".encode())
    return out.getvalue()


def test_a_bomb_an_empty_file_and_foreign_columns_are_refused_in_words(
    customer: Customer, importer: Member
) -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20 * MEGABYTE)
    with pytest.raises(InvalidInput) as refused:
        send(importer, Kind.ASSETS, bomb.getvalue())
    assert "far too large" in str(refused.value.fields["file"])
    with pytest.raises(InvalidInput):
        send(importer, Kind.ASSETS, b"")
    run = finish(send(importer, Kind.ASSETS, commas([["甲", "乙"], ["1", "2"]]), "x.csv"))
    assert (run.state, "no column" in run.refusal) == ("refused", True)
    run = finish(send(importer, Kind.ASSETS, workbook([HEADS])))
    assert (run.state, "No row" in run.refusal) == ("refused", True)
    assert counts(run) == {}
