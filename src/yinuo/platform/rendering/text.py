"""Making any text fit to be set: what a page cannot show is replaced by a mark, never dropped
silently."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import category

from yinuo.platform.rendering import typeface

# The mark Chinese printers set for a character they lack (U+3013).
GETA = "〓"
# A run of Latin letters that long would leave the page; it may be broken after so many.
_LONG_RUN = re.compile(r"[!-~]{40}(?=[!-~])")
_BREAK_HERE = "\u200b"
_KEPT_CONTROLS = frozenset("\n\t")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


class Cleaner:
    """Cleans the texts of one document and remembers which characters the typeface lacked."""

    def __init__(self) -> None:
        self.missing: dict[str, None] = {}

    def clean(self, value: Any) -> Any:
        """The same JSON-like value with every text fit to be set."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            return {name: self.clean(one) for name, one in value.items()}
        if isinstance(value, Sequence):
            return [self.clean(one) for one in value]
        return value

    def _text(self, text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        shown = "".join(self._character(one) for one in text)
        return _LONG_RUN.sub(lambda run: run.group() + _BREAK_HERE, shown)

    def _character(self, one: str) -> str:
        # Printable ASCII, and most Chinese, needs no look at categories.
        if " " <= one <= "~" or one in _KEPT_CONTROLS:
            return one
        # Invisible ones could turn the order of a line around or hide a word in a document.
        if category(one) in _INVISIBLE:
            return ""
        if typeface.has(one):
            return one
        self.missing[one] = None
        return GETA
