"""Lists as XLSX: typed cells, texts that stay texts.

A text that begins like a formula is stored as text and marked with Excel's own quote prefix, so
that it is never calculated, looks unchanged, and reads back as it was (R27).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | Decimal | date | datetime | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel's own limits; the longest text of a cell.
LONGEST_TEXT = 32_767
_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDEST, _NARROWEST = 60, 10
_LOOKED_AT = 200
TEXT_FORMAT = "@"
_UTC = ZoneInfo("UTC")


def write_xlsx(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]], zone: ZoneInfo
) -> bytes:
    """A workbook with one sheet: a fixed head row, then the rows as they come.

    Instants are shown in `zone`, which Excel cannot store; figures stay figures.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    first: list[Sequence[Value]] = []
    waiting = iter(rows)
    for row in waiting:
        first.append(row)
        if len(first) == _LOOKED_AT:
            break
    for number, head in enumerate(heads):
        texts = [head, *(_shown(row[number]) for row in first)]
        sheet.column_dimensions[get_column_letter(number + 1)].width = _width(texts)
    sheet.append(_bold(sheet, heads))
    for part in (first, waiting):
        for row in part:
            sheet.append([_cell(sheet, value, zone) for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def write_blank(
    title: str, heads: Sequence[str], notes_title: str, notes: Sequence[Sequence[str]]
) -> bytes:
    """A workbook to fill in: heads over columns of text, and a second sheet that explains them.

    Columns are formatted as text, so that long numbers and leading zeros stay as typed.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    for number, head in enumerate(heads, start=1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width, column.number_format = _width([head]) + 4, TEXT_FORMAT
    sheet.append(_bold(sheet, heads))
    beside = book.create_sheet(_sheet_name(notes_title))
    for number in range(len(notes[0])):
        width = _width(line[number] for line in notes)
        beside.column_dimensions[get_column_letter(number + 1)].width = width
    first, *others = notes
    beside.append(_bold(beside, first))
    for line in others:
        beside.append([_cell(beside, text, _UTC) for text in line])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _bold(sheet: WriteOnlyWorksheet, texts: Sequence[str]) -> list[Cell]:
    cells: list[Cell] = [WriteOnlyCell(sheet, text) for text in texts]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _cell(sheet: WriteOnlyWorksheet, value: Value, zone: ZoneInfo) -> Cell:
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value.astimezone(zone).replace(tzinfo=None))
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
        cell.number_format = "yyyy-mm-dd"
        return cell
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, None if value is None else float(value))
    cell = WriteOnlyCell(sheet, _NOT_IN_XML.sub("", value)[:LONGEST_TEXT])
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(_FORMULA_STARTS)
    return cell


def _shown(value: Value) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value or "")


def _width(texts: Iterable[str]) -> int:
    """Wide enough for the longest line; a Chinese letter takes two places."""
    lines = (line for text in texts for line in text.splitlines() or [""])
    longest = max(sum(2 if ord(letter) > 0x2E7F else 1 for letter in line) for line in lines)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\\\]", " ", title)[:31] or "1"
