"""File names as people may read them: no path, nothing invisible, nothing a system forbids."""

from __future__ import annotations

import re
from unicodedata import category, normalize

LONGEST = 120
_SEPARATOR = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_BLANKS = re.compile(r"\s+")
# Controls, formats such as the zero-width space, surrogates, private use, line separators.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
WITHOUT_NAME = "file"


def safe_name(given: str) -> str:
    """The last part of a path, normalised, at most 120 characters; its extension is kept.

    `../../报告\u200b.pdf` gives `报告.pdf`; a name of which nothing is left gives `file`.
    """
    last = _SEPARATOR.split(normalize("NFC", given))[-1]
    seen = "".join(one for one in last if category(one) not in _DROPPED)
    seen = _BLANKS.sub(" ", _FORBIDDEN.sub("_", seen)).strip(" .")
    if not seen:
        return WITHOUT_NAME
    stem, dot, extension = seen.rpartition(".")
    if not dot or len(extension) > 10:
        return seen[:LONGEST]
    return stem[: LONGEST - len(extension) - 1].rstrip(" .") + "." + extension.lower()


def extension_of(name: str) -> str:
    """The part after the last dot of a safe name, empty when it has none."""
    return name.rpartition(".")[2] if "." in name else ""
