"""Sets of half-open stretches of time, as sorted lists of (start, end) instants in UTC."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime

Span = tuple[datetime, datetime]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time as sorted, disjoint, non-touching spans; empty ones are dropped.

    [5,7) [1,3) [3,4) [6,9) [2,2) becomes [1,4) [5,9).
    """
    result: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if result and start <= result[-1][1]:
            if end > result[-1][1]:
                result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def minus(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """The time of `spans` outside `holes`; both sorted and disjoint.

    [0,10) [20,30) minus [3,5) [8,22) is [0,3) [5,8) [22,30).
    """
    result: list[Span] = []
    waiting = list(holes)
    index = 0
    for start, end in spans:
        while index < len(waiting) and waiting[index][1] <= start:
            index += 1
        at, here = start, index
        while here < len(waiting) and waiting[here][0] < end:
            if at < waiting[here][0]:
                result.append((at, waiting[here][0]))
            at = waiting[here][1]
            here += 1
        if at < end:
            result.append((at, end))
    return result


def clipped(spans: Iterable[Span], low: datetime, high: datetime) -> list[Span]:
    """The time of `spans` inside [low, high)."""
    return [(max(start, low), min(end, high)) for start, end in spans if start < high and end > low]


def touching(spans: Sequence[Span], low: datetime, high: datetime) -> Sequence[Span]:
    """Those of the sorted, disjoint `spans` that share time with [low, high), not cut."""
    first = bisect_right(spans, low, key=lambda span: span[1])
    return spans[first : bisect_left(spans, high, key=lambda span: span[0])]
