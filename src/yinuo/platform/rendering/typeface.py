"""The one typeface of documents, and which characters it has."""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

_PACKAGE = "manimgx_fonts_cjk"
_SEGMENTED_COVERAGE = 12


@lru_cache(maxsize=1)
def folder() -> Path:
    """The folder of the font file."""
    spec = find_spec(_PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def has(character: str) -> bool:
    """True when the typeface can draw this character."""
    starts, ends = _coverage()
    code = ord(character)
    at = bisect_right(starts, code) - 1
    return at >= 0 and code <= ends[at]


@lru_cache(maxsize=1)
def _coverage() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """First and last code points of the runs that the font maps, in ascending order.

    Read from the `cmap` table of the collection's first face; its faces differ in the shapes of
    characters, not in which they have (OpenType specification, tables `ttcf` and `cmap`).
    """
    with next(folder().glob("*.ttc")).open("rb") as file:
        file.seek(12)
        cmap = _table(file, _unpack(file, ">I")[0], b"cmap")
        file.seek(cmap + 2)
        records = [_unpack(file, ">HHI") for _ in range(_unpack(file, ">H")[0])]
        for _platform, _encoding, offset in records:
            file.seek(cmap + offset)
            if _unpack(file, ">H")[0] == _SEGMENTED_COVERAGE:
                file.seek(cmap + offset + 12)
                groups = [_unpack(file, ">III") for _ in range(_unpack(file, ">I")[0])]
                drawn = [(start, end) for start, end, glyph in groups if glyph]
                return tuple(start for start, _ in drawn), tuple(end for _, end in drawn)
    raise LookupError(_PACKAGE)


def _table(file: BinaryIO, face: int, name: bytes) -> int:
    """Where a table of the face begins."""
    file.seek(face + 4)
    count = _unpack(file, ">H")[0]
    file.seek(face + 12)
    for _ in range(count):
        tag, _checksum, offset, _length = _unpack(file, ">4sIII")
        if tag == name:
            return int(offset)
    raise LookupError(name)


def _unpack(file: BinaryIO, form: str) -> tuple[Any, ...]:
    return struct.unpack(form, file.read(struct.calcsize(form)))
