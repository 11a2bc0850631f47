"""CSV as people save it: UTF-8 with or without mark, GB18030, UTF-16 with mark; any delimiter."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from yinuo.platform.tabular.types import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Line,
    Table,
    TableRefused,
)

_PIECE = 262_144
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
DELIMITERS = ",;\t，；|"
_FIRST_BYTES = 65_536
csv.field_size_limit(LONGEST_CELL * 4)
# What our own export puts before a text that a spreadsheet would take for a formula.
GUARD = "'"
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def open_commas(file: IO[bytes]) -> Table:
    """The lines of a CSV file. Raises TableRefused, at once or while lines are read."""
    encoding = _encoding_of(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    first = text.readline(_FIRST_BYTES)
    text.seek(0)
    return Table(_lines(text, _delimiter_of(first)))


def guarded(text: str) -> str:
    """The text as a CSV cell that no spreadsheet computes; `unguarded` gives it back (R27)."""
    return GUARD + text if text.startswith((*FORMULA_STARTS, GUARD)) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    is_guarded = text.startswith(GUARD) and text[1:].startswith((*FORMULA_STARTS, GUARD))
    return text[1:] if is_guarded else text


def _encoding_of(file: IO[bytes]) -> str:
    """The first encoding in which the whole file makes sense."""
    file.seek(0)
    mark = _MARKS.get(file.read(2))
    for encoding in [mark] if mark else ["utf-8-sig", "gb18030"]:
        decoder = codecs.getincrementaldecoder(encoding)()
        file.seek(0)
        try:
            while piece := file.read(_PIECE):
                if "\x00" in decoder.decode(piece):
                    raise TableRefused(_unknown())
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise TableRefused(_unknown())


def _delimiter_of(line: str) -> str:
    """The delimiter that cuts the first line into most pieces, outside quotes."""
    bare = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _lines(text: io.TextIOWrapper, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(text, delimiter=delimiter)
    try:
        number = 1
        for cells in reader:
            line = Line(number, tuple(unguarded(cell) for cell in cells[:MOST_COLUMNS]))
            # A quoted cell may hold line breaks; the number is that of the row's first line.
            number = reader.line_num + 1
            if not line.is_blank():
                yield line
    except csv.Error as error:
        message = _("Row %(row)d cannot be read: a quotation mark is missing, or it is too long.")
        raise TableRefused(message % {"row": reader.line_num}) from error


def _unknown() -> str:
    return _("The letters of this file cannot be told. Save it as CSV UTF-8, or as XLSX.")
