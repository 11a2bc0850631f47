"""Downtime: begins and ends paired on each subject, overlaps counted once, clipped to a span."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.kernel.evaluation.clocks import Clock
from yinuo.kernel.evaluation.results import Span
from yinuo.kernel.evaluation.starts import Found


def downtime_of(
    begins: list[Found], ends: list[Found], span: Span, clock: Clock
) -> tuple[timedelta, int]:
    """Counted time down within the span, and the number of outages that touch it.

    An outage without an end lasts until the end of the span; a second begin before the end of the
    first changes nothing; outages of several subjects at the same time count once.
    """
    stretches = [
        (max(low, span.begins_at), min(high, span.ends_at))
        for low, high in _pairs(begins, ends, span.ends_at)
        if low < span.ends_at and high > span.begins_at
    ]
    total = timedelta(0)
    for low, high in _merged(stretches):
        total += clock.elapsed(low, high, ())
    return total, len(stretches)


def _pairs(
    begins: list[Found], ends: list[Found], last: datetime
) -> list[tuple[datetime, datetime]]:
    made: list[tuple[datetime, datetime]] = []
    subjects = sorted({fact.subject for _, fact in begins if fact is not None})
    for subject in subjects:
        ended = [at for at, fact in ends if fact is not None and fact.subject == subject]
        until: datetime | None = None
        for at, fact in begins:
            if fact is None or fact.subject != subject or (until is not None and at < until):
                continue
            until = next((end for end in ended if end >= at), last)
            made.append((at, until))
    return made


def _merged(stretches: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for low, high in sorted(stretches):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return merged
