"""How alike two texts are, for Chinese and Latin alike: the share of neighbouring pairs they have
in common."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import pairwise


def likeness(one: str, other: str) -> Fraction:
    """From 0 (nothing in common) to 1 (the same pairs): Dice's coefficient over letter pairs.

    Case, spaces and punctuation do not count; a text of fewer than two letters is like nothing.
    """
    first, second = _pairs(one), _pairs(other)
    together = first.total() + second.total()
    if not first or not second:
        return Fraction(0)
    return Fraction(2 * (first & second).total(), together)


def _pairs(text: str) -> Counter[str]:
    letters = [letter for letter in text.casefold() if letter.isalnum()]
    return Counter(a + b for a, b in pairwise(letters))
