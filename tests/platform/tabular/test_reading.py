"""Files as people and attackers send them: read row by row, or refused in words."""

from __future__ import annotations

import zipfile
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from time import perf_counter

import pytest
from openpyxl import Workbook

from yinuo.platform.tabular import Line, TableRefused, Trouble, open_table
from yinuo.platform.tabular.commas import guarded, unguarded


def lines(content: bytes, extension: str = "xlsx") -> list[Line]:
    return list(open_table(BytesIO(content), extension).lines)


def book(fill, *, name: str = "Sheet") -> bytes:
    made = Workbook()
    made.active.title = name
    fill(made.active)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The workbook with one of its parts put in another's place."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            new.writestr(one, part if one == name else old.read(one))
        if name not in old.namelist():
            new.writestr(name, part)
    return out.getvalue()


SMALL = book(lambda sheet: sheet.append(["客户名称"]))
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.req("R25")
def test_cells_come_typed_with_the_number_of_their_row() -> None:
    def fill(sheet) -> None:
        sheet.append(["名称", "日期", "金额", "序号"])
        sheet["A3"], sheet["B3"] = "云帆", datetime(2026, 5, 1)  # noqa: DTZ001
        sheet["C3"], sheet["D3"] = 0.1, 42

    head, row = lines(book(fill))
    assert head.number == 1
    assert row.number == 3
    assert row.cells == ("云帆", datetime(2026, 5, 1), Decimal("0.1"), 42)  # noqa: DTZ001


def test_merged_cells_formulas_without_a_value_and_errors_are_named() -> None:
    def fill(sheet) -> None:
        sheet.append(["名称", "简称"])
        sheet.append(["甲", "=A1&B1"])
        sheet.append(["乙", None])
        sheet.append([None, "丙"])
        sheet.merge_cells("A3:A4")

    _head, formula, first, second = lines(book(fill))
    assert formula.troubles == {1: Trouble.NOT_COMPUTED}
    assert first.troubles == {0: Trouble.MERGED}
    assert second.troubles == {0: Trouble.MERGED}


def test_a_formula_that_was_computed_gives_its_value() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row></sheetData></worksheet>'
    )
    [line] = lines(with_part(SMALL, SHEET, sheet))
    assert line.cells == ("ab",)
    assert not line.troubles


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_commas_come_in_every_usual_writing(encoding: str, delimiter: str) -> None:
    text = (
        delimiter.join(["客户名称", "备注"])
        + "\r\n"
        + f'云帆{delimiter}"第一行\n第二行"\r\n末{delimiter}x\r\n'
    )
    found = lines(text.encode(encoding), "csv")
    assert [one.cells for one in found] == [
        ("客户名称", "备注"),
        ("云帆", "第一行\n第二行"),
        ("末", "x"),
    ]
    assert [one.number for one in found] == [1, 2, 4]


@pytest.mark.parametrize("content", [b"\xff\xff\xff\xff", b"a,b\n\x00\x01,c\n"])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(TableRefused):
        lines(content, "csv")


@pytest.mark.req("R27")
@pytest.mark.parametrize(
    "text", ["=1+1", "+86 138", "-", "@x", "＝x", "\tx", "'=x", "'x", "x'", ""]
)
def test_a_guarded_text_reads_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "＝", "\t"))


@pytest.mark.req("R25", "R26", "G24")
@pytest.mark.parametrize(
    "part",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>',
        b"<!-- " + b" " * 5000 + b"--><!DOCTYPE x []><worksheet/>",
        '<?xml version="1.0" encoding="utf-16"?><worksheet/>'.encode("utf-16"),
        b"<worksheet",
        b"",
        b"not xml",
    ],
)
def test_a_sheet_that_is_not_plain_xml_is_refused(part: bytes) -> None:
    with pytest.raises(TableRefused):
        lines(with_part(SMALL, SHEET, part))


@pytest.mark.req("R25", "G24")
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/media/picture.xml"])
def test_a_bomb_is_refused_before_it_is_unpacked(part: str) -> None:
    started = perf_counter()
    with pytest.raises(TableRefused):
        lines(with_part(SMALL, part, b"<a>" + b" " * 60_000_000))
    # Making the bomb takes longer than refusing it.
    assert perf_counter() - started < 5


@pytest.mark.req("R25")
def test_one_endless_row_is_refused() -> None:
    import random

    letters = random.Random(1)
    cells = b"".join(
        b'<c t="str"><v>%016x</v></c>' % letters.getrandbits(64) for _ in range(200_000)
    )
    sheet = b"<worksheet><sheetData><row>" + cells + b"</row></sheetData></worksheet>"
    with pytest.raises(TableRefused):
        lines(with_part(SMALL, SHEET, sheet))


@pytest.mark.req("R25")
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", SMALL[:-200], b"<html></html>"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(TableRefused):
        lines(content)


def test_a_far_row_and_columns_beyond_reason_cost_nothing() -> None:
    def fill(sheet) -> None:
        sheet["A1"] = "名称"
        sheet["XFD2"] = "远"
        sheet["A1048576"] = "末"

    found = lines(book(fill))
    assert [one.number for one in found] == [1, 1_048_576]


@pytest.mark.parametrize("extension", ["xls", "pdf", ""])
def test_other_kinds_are_refused(extension: str) -> None:
    with pytest.raises(TableRefused):
        lines(SMALL, extension)
