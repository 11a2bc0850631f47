"""Whether a workbook may be unpacked: sizes by its own directory, and the first bytes of its XML.

Python's zip reader never gives more bytes than the directory announces, so the announced sizes
bound what unpacking can cost (R25, R26, G24).
"""

from __future__ import annotations

import re
import zipfile
from typing import IO

from django.utils.translation import gettext as _

from yinuo.platform.tabular.types import TableRefused

MEGABYTE = 1_000_000
MOST_PARTS = 2_000
MOST_UNPACKED = 400 * MEGABYTE
# Held in memory while the sheet is read: the texts of all cells, the formats, the list of sheets.
MOST_TEXTS = 48 * MEGABYTE
MOST_OTHER = 8 * MEGABYTE
# Full sheets of real companies pack 5 to 25 times; a bomb packs a thousand times.
MOST_RATIO = 120
SMALL = 2 * MEGABYTE
_TEXTS = "xl/sharedStrings.xml"
_SHEETS = "xl/worksheets/"
# A sound part begins with its declaration and its root element; nothing may stand between that
# would let it define entities (a DOCTYPE, or a comment that hides one).
_SOUND_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>)?\s*<[A-Za-z_]")
_HEAD = 1024
_READ = ("xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", _TEXTS)


def check_workbook(file: IO[bytes]) -> None:
    """Pass when the archive may be unpacked. Raises TableRefused, saying why."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise TableRefused(_too_large())
            _check_sizes(parts)
            for part in parts:
                if part.flag_bits & 1:
                    raise TableRefused(_("This workbook has a password. Save it without one."))
                if part.filename in _READ or part.filename.startswith(_SHEETS):
                    _check_start(archive, part)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise TableRefused(unreadable()) from error
    finally:
        file.seek(0)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len({part.filename for part in parts}) < len(parts):
        raise TableRefused(unreadable())
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TableRefused(_too_large())
    for part in parts:
        if part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise TableRefused(_too_large())
        if part.filename == _TEXTS and part.file_size > MOST_TEXTS:
            raise TableRefused(_too_large())
        is_streamed = part.filename == _TEXTS or part.filename.startswith(_SHEETS)
        if part.filename.endswith(".xml") and not is_streamed and part.file_size > MOST_OTHER:
            raise TableRefused(_too_large())


def _check_start(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.is_dir():
        return
    with archive.open(part) as opened:
        if not _SOUND_START.match(opened.read(_HEAD)):
            raise TableRefused(unreadable())


def unreadable() -> str:
    """What to do with a file that is no sound workbook."""
    return _("This workbook cannot be read. Open it in Excel or WPS and save it as XLSX again.")


def _too_large() -> str:
    return _("Unpacked, this workbook is far too large. Keep one sheet and save it as CSV.")
