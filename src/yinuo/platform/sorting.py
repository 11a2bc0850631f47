"""Chinese names in the order people expect: by a stored pinyin key (no collation does it here)."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _pinyin() -> Any:
    # Loaded on first use: the dictionary takes a third of a second and twenty megabytes.
    from pypinyin import lazy_pinyin

    return lazy_pinyin


def pinyin_key(name: str) -> str:
    """A lower-case key that sorts Chinese by sound and Latin by letter; at most 200 characters."""
    return " ".join(_pinyin()(name)).lower()[:200]
