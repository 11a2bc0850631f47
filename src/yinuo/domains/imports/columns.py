"""The columns of each kind of file, as data/columns.toml says, and which heads mean which."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from yinuo.domains.imports.types import Kind

_FILE = Path(__file__).resolve().parent / "data" / "columns.toml"
_ASIDE = re.compile(r"[\s*＊:：_\-()]")
NEEDED_MARK = "*"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `zh` and `en` are its heads, the first one shown; `type` is one of values.py."""

    code: str
    type: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    needed: bool
    hint_zh: str
    hint_en: str
    example: str

    @property
    def head(self) -> str:
        """What stands above it, in the reader's language."""
        return self.zh[0] if _is_chinese() else self.en[0]

    @property
    def hint(self) -> str:
        """What to write into it, in the reader's language."""
        return self.hint_zh if _is_chinese() else self.hint_en


@cache
def columns_of(kind: Kind) -> tuple[Column, ...]:
    """The columns of a kind of file in their order."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))[kind]
    return tuple(
        Column(
            code=code,
            type=one["type"],
            zh=tuple(one["zh"]),
            en=tuple(one["en"]),
            needed=one.get("needed", False),
            hint_zh=one.get("hint_zh", ""),
            hint_en=one.get("hint_en", ""),
            example=one.get("example", ""),
        )
        for code, one in data.items()
    )


def column_of(kind: Kind, code: str) -> Column | None:
    """The column of this code; None for none."""
    return next((one for one in columns_of(kind) if one.code == code), None)


def head_of(kind: Kind, code: str) -> str:
    """The head of a column in the reader's language; the code itself when there is none."""
    column = column_of(kind, code)
    return column.head if column else code


def recognised(kind: Kind, heads: Sequence[str]) -> dict[int, str]:
    """Column code by position, for those heads that mean one; the first of two alike counts."""
    known = _meanings(kind)
    found: dict[int, str] = {}
    for index, head in enumerate(heads):
        code = known.get(_folded(head))
        if code is not None and code not in found.values():
            found[index] = code
    return found


@cache
def _meanings(kind: Kind) -> dict[str, str]:
    meanings: dict[str, str] = {}
    for column in columns_of(kind):
        for head in (column.code, *column.zh, *column.en):
            meanings.setdefault(_folded(head), column.code)
    return meanings


def _folded(head: str) -> str:
    """Heads are compared without width, case, blanks and marks."""
    return _ASIDE.sub("", unicodedata.normalize("NFKC", head)).casefold()


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")
