"""What reading a table gives: lines of cells, each with what is wrong about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from yinuo.platform.errors import Text, YinuoError

Cell = str | int | Decimal | bool | date | datetime | None

# Wider sheets are refused cell by cell: nobody fills in so many columns.
MOST_COLUMNS = 100
# The last row that Excel knows.
LAST_ROW = 1_048_576
LONGEST_CELL = 32_767


class Trouble(StrEnum):
    """Why a cell cannot be used as it is."""

    MERGED = "merged"
    NOT_COMPUTED = "not_computed"
    ERROR = "error"


class TableRefused(YinuoError):
    """The file as a whole cannot be read; the message says what to do."""

    code = "table_refused"
    status = 422

    def __init__(self, message: Text) -> None:
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as the spreadsheet shows it, its cells from column A on."""

    number: int
    cells: tuple[Cell, ...]
    # Column index (from 0) to what is wrong there.
    troubles: dict[int, Trouble] = field(default_factory=dict)

    def is_blank(self) -> bool:
        """True when nothing stands in the row."""
        return not self.troubles and all(cell is None or cell == "" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """An opened table: its lines that are not blank, read once, in order."""

    lines: Iterator[Line]
