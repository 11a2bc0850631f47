"""The first sheet of an XLSX file, row by row.

openpyxl reads the parts; the sheet itself is streamed by its parser, taught to tell a formula
that was never computed from an empty cell.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from yinuo.platform.tabular.commas import unguarded
from yinuo.platform.tabular.guards import check_workbook, unreadable
from yinuo.platform.tabular.types import (
    LAST_ROW,
    LONGEST_CELL,
    MOST_COLUMNS,
    Cell,
    Line,
    Table,
    TableRefused,
    Trouble,
)

# A merge behind the rows themselves; found before they are read, so that each row can say so.
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_END = re.compile(rb"</(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\s*/>")
_PIECE, _OVERLAP = 1_048_576, 200
# The parser holds one row, and whatever stands around the rows, in memory.
LONGEST_ROW, MOST_AROUND = 4 * _PIECE, 8 * _PIECE
MOST_MERGES = 5_000
# What a broken file makes the parsers raise; none of it is the sender's to read.
_BROKEN = (
    *(ParseError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError),
    *(IndexError, AttributeError, OverflowError, EOFError, OSError, NotImplementedError),
    zlib.error,
)
_NO_FORMULA_VALUE = object()


@dataclass(frozen=True, slots=True)
class _Merges:
    """The merged areas of a sheet: (first column, first row, last column, last row), from 1."""

    areas: tuple[tuple[int, int, int, int], ...]

    def at(self, row: int) -> Iterator[int]:
        """Indexes (from 0) of the cells of this row that belong to a merged area."""
        for left, top, right, bottom in self.areas:
            if top <= row <= bottom:
                yield from range(left - 1, min(right, MOST_COLUMNS))


class _Parser(WorkSheetParser):
    """The library's parser, which gives None for a formula without a value; this one tells."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """A cell with its value, as the library reads it."""
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            cell["value"] = _NO_FORMULA_VALUE
        return cell


def open_workbook(file: IO[bytes]) -> Table:
    """The first visible sheet. Raises TableRefused, at once or while lines are read."""
    check_workbook(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book: Any = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not visible:
            raise TableRefused(_("This workbook has no sheet with rows."))
        merges = _merges(visible[0])
    except _BROKEN as error:
        raise TableRefused(unreadable()) from error
    return Table(_lines(book, visible[0], merges))


def _merges(sheet: Any) -> _Merges:
    """Goes through the bytes of the sheet once, before any of it is built into elements."""
    areas: dict[tuple[int, int, int, int], None] = {}
    without_row, rows, is_behind = 0, 0, False
    with sheet._get_source() as source:
        before = b""
        while piece := source.read(_PIECE):
            here = before + piece
            found = sum(1 for _row in _ROW.finditer(here))
            rows += found
            without_row = 0 if found else without_row + len(piece)
            is_behind = is_behind or bool(_END.search(here))
            if rows > LAST_ROW * 2 or without_row > (MOST_AROUND if is_behind else LONGEST_ROW):
                raise TableRefused(unreadable())
            for merge in _MERGE.finditer(here):
                edges = range_boundaries(merge[1].decode())
                left, top, right, bottom = (int(edge or 0) for edge in edges)
                areas[left, top, right, bottom] = None
            if len(areas) > MOST_MERGES:
                raise TableRefused(_("Too many merged cells. Split them and send it again."))
            before = here[-_OVERLAP:]
    return _Merges(tuple(areas))


def _lines(book: Any, sheet: Any, merges: _Merges) -> Iterator[Line]:
    try:
        with sheet._get_source() as source, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parser = _Parser(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for number, cells in parser.parse():
                if not 1 <= number <= LAST_ROW:
                    raise TableRefused(unreadable())
                line = _line(number, cells, merges)
                if not line.is_blank():
                    yield line
    except _BROKEN as error:
        raise TableRefused(unreadable()) from error


def _line(number: int, cells: list[dict[str, Any]], merges: _Merges) -> Line:
    values: list[Cell] = []
    troubles: dict[int, Trouble] = {}
    for cell in cells:
        index = cell["column"] - 1
        if not 0 <= index < MOST_COLUMNS:
            continue
        value = cell["value"]
        if value is _NO_FORMULA_VALUE:
            troubles[index], value = Trouble.NOT_COMPUTED, None
        elif cell["data_type"] == "e":
            troubles[index] = Trouble.ERROR
        values.extend([None] * (index + 1 - len(values)))
        values[index] = _plain(value)
    if any(value is not None for value in values):
        troubles |= dict.fromkeys(merges.at(number), Trouble.MERGED)
    return Line(number, tuple(values), troubles)


def _plain(value: Any) -> Cell:
    """Figures lose the binary tail that a spreadsheet stores: 0.1 stays 0.1."""
    if isinstance(value, str):
        # A guarded CSV that was saved as a workbook keeps its guards.
        return unguarded(value[:LONGEST_CELL])
    if isinstance(value, float):
        return Decimal(repr(value)) if value == value and abs(value) < 1e28 else str(value)  # NaN
    if isinstance(value, time | timedelta):
        return str(value)
    if value is None or isinstance(value, bool | int | date | datetime):
        return value
    return str(value)[:LONGEST_CELL]
