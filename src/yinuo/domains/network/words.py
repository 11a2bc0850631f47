"""Words that people type in lists: skills, tools, product lines, areas."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from yinuo.platform.errors import InvalidInput

MOST_WORDS, LONGEST_WORD = 100, 60


def folded(word: str) -> str:
    """The form in which words are compared: width, case and blanks do not matter.

    >>> folded(" 服务器 Ｘ86 ")
    '服务器x86'
    """
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())[:LONGEST_WORD]


def kept_words(words: Iterable[str], field: str) -> list[str]:
    """The words trimmed, each once, in the order typed. Raises InvalidInput on `field`."""
    found: dict[str, str] = {}
    for word in words:
        if word.strip():
            found.setdefault(folded(word), word.strip())
    if len(found) > MOST_WORDS or any(len(one) > LONGEST_WORD for one in found.values()):
        raise InvalidInput({field: _("Use at most 100 entries of at most 60 characters.")})
    return list(found.values())
