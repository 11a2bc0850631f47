"""Bringing together two persons' changes of one text, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Block = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Clash:
    """A place both changed differently: the first line of the merged text, and both versions."""

    line: int
    yours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """Both changes in one text; where they clash, yours stands."""

    text: str
    clashes: tuple[Clash, ...]


def merge_texts(base: str, yours: str, theirs: str) -> Merged:
    """The text with the changes of both against `base`; where they touch, yours and a clash.

    >>> merge_texts("a\\nb\\nc\\nd", "A\\nb\\nc\\nd", "a\\nb\\nc\\nD").text.split()
    ['A', 'b', 'c', 'D']
    """
    lines = base.split("\n")
    mine, others = _changes(lines, yours.split("\n")), _changes(lines, theirs.split("\n"))
    made: list[str] = []
    clashes: list[Clash] = []
    at = 0
    while mine or others:
        left, right, begin, end = _together(mine, others)
        made += lines[at:begin]
        left_lines = _as_changed(lines, begin, end, left)
        right_lines = _as_changed(lines, begin, end, right)
        if left and right and left_lines != right_lines:
            clashes.append(Clash(len(made) + 1, "\n".join(left_lines), "\n".join(right_lines)))
        made += left_lines if left else right_lines
        at = end
    made += lines[at:]
    return Merged("\n".join(made), tuple(clashes))


def _changes(base: Sequence[str], other: Sequence[str]) -> list[Block]:
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return [
        (begin, end, tuple(other[first:last]))
        for tag, begin, end, first, last in matcher.get_opcodes()
        if tag != "equal"
    ]


def _together(mine: list[Block], others: list[Block]) -> tuple[list[Block], list[Block], int, int]:
    """Takes the next changes that touch each other off both lists, with the lines they span."""
    first = min([*mine[:1], *others[:1]], key=lambda one: one[0])
    begin, end = first[0], first[1]
    left: list[Block] = []
    right: list[Block] = []
    while True:
        for side, taken in ((mine, left), (others, right)):
            if side and side[0][0] <= end and (side[0][0] < end or side[0][0] == begin):
                taken.append(side.pop(0))
                end = max(end, taken[-1][1])
                break
        else:
            return left, right, begin, end


def _as_changed(base: list[str], begin: int, end: int, blocks: list[Block]) -> tuple[str, ...]:
    made: list[str] = []
    at = begin
    for start, stop, lines in blocks:
        made += base[at:start]
        made += lines
        at = stop
    return (*made, *base[at:end])
