"""What users of the company wrote around a document: data like everything else in it (R22)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# What a text may name in braces; each stands for a value of the document it is set in.
PLACEHOLDERS = ("company", "unit", "number", "date", "customer")
_PLACE = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts of the company's own; empty where it has none. `logo` is a PNG or JPEG.

    `words` are its own labels by their codes, `left_out` the passages it does not print.
    """

    title: str = ""
    head: str = ""
    introduction: str = ""
    closing: str = ""
    footer: str = ""
    logo: bytes = b""
    words: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()


BUILT_IN = Wording()


def places_in(text: str) -> frozenset[str]:
    """What stands in braces.

    >>> sorted(places_in("{customer}: {number} of {date}, 5 { 6"))
    ['customer', 'date', 'number']
    """
    return frozenset(_PLACE.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with the values in their places; anything else in braces stays as it is.

    >>> filled("No. {number} {x}", {"number": "Q-1"})
    'No. Q-1 {x}'
    """
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), text)
