"""Downtime: begins and ends paired on each subject, weighed, without planned windows, in a span."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from yinuo.kernel.calendars.intervals import Span as Stretch
from yinuo.kernel.calendars.intervals import merged, minus
from yinuo.kernel.evaluation.clocks import Clock, instant_of, number_of
from yinuo.kernel.evaluation.results import Span
from yinuo.kernel.evaluation.starts import Found
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.clauses import Measure, PlannedWindows, Weight
from yinuo.kernel.plan.limits import DAYS, SECONDS, Amount
from yinuo.kernel.plan.selectors import Condition

FitsFact = Callable[[Condition, Fact], bool]
_WHOLE = Decimal(1)
_MICROSECOND = timedelta(microseconds=1)


class Outage(NamedTuple):
    """A stretch of time down; ``weight`` is the share of it that counts."""

    began_at: datetime
    ended_at: datetime
    weight: Decimal = _WHOLE


def outages(
    begins: Sequence[Found],
    ends: Sequence[Found],
    span: Span,
    weights: Sequence[Weight] = (),
    fits_fact: FitsFact | None = None,
    counts: Callable[[datetime, datetime], bool] | None = None,
) -> list[Outage]:
    """The outages that touch the span, clipped to it.

    An outage without an end lasts until the end of the span; a second begin before the end of the
    first changes nothing. The first weight whose condition fits the begin is the outage's own.
    ``counts`` says of a whole outage, before it is clipped, whether it counts at all.
    """
    made: list[Outage] = []
    for low, high, fact in _pairs(begins, ends, span.ends_at):
        if counts is not None and not counts(low, high):
            continue
        weight = _weight_of(fact, weights, fits_fact)
        if low < span.ends_at and high > span.begins_at and weight > 0:
            made.append(Outage(max(low, span.begins_at), min(high, span.ends_at), weight))
    return made


def counted_outages(
    clause: Measure,
    begins: Sequence[Found],
    ends: Sequence[Found],
    span: Span,
    clock: Clock,
    fits_fact: FitsFact,
) -> list[Outage]:
    """The outages of a measure in a span, without those shorter than its ``shortest``.

    How long an outage is, is counted in the clause's calendar from its begin to its end, whatever
    span it lies in.
    """
    if clause.shortest is None:
        return outages(begins, ends, span, clause.weights, fits_fact)
    unit = clause.shortest.unit
    length = (SECONDS.get(unit) or DAYS[unit] * 86_400) * clause.shortest.number
    least = timedelta(microseconds=int(length * 1_000_000))
    return outages(
        begins,
        ends,
        span,
        clause.weights,
        fits_fact,
        lambda low, high: clock.elapsed(low, high, ()) >= least,
    )


def seconds_down(
    found: Sequence[Outage],
    planned: Sequence[Stretch],
    clock: Clock,
    each_started: Amount | None = None,
) -> Decimal:
    """Counted seconds down outside the planned windows.

    Where outages overlap, the one that weighs most counts, and it counts once. With
    ``each_started`` every stretch down counts in started units of so much.
    """
    if each_started is not None:
        return _in_started(found, planned, clock, each_started)
    total, below = Decimal(0), Decimal(0)
    for weight in sorted({one.weight for one in found}):
        heavy = merged((one.began_at, one.ended_at) for one in found if one.weight >= weight)
        total += (weight - below) * seconds_in(minus(heavy, list(planned)), clock)
        below = weight
    return total


def _in_started(
    found: Sequence[Outage], planned: Sequence[Stretch], clock: Clock, step: Amount
) -> Decimal:
    length = (SECONDS.get(step.unit) or DAYS[step.unit] * 86_400) * step.number
    total = Decimal(0)
    for low, high in merged((one.began_at, one.ended_at) for one in found):
        down = seconds_in(minus([(low, high)], list(planned)), clock)
        weight = max(one.weight for one in found if low <= one.began_at < high)
        whole, rest = divmod(down, length)
        total += (whole + (1 if rest else 0)) * length * weight
    return total


def seconds_in(stretches: Sequence[Stretch], clock: Clock) -> Decimal:
    """Counted seconds of stretches that do not overlap."""
    counted = sum((clock.elapsed(low, high, ()) for low, high in stretches), timedelta(0))
    return Decimal(counted // _MICROSECOND) / 1_000_000


def planned_stretches(
    rule: PlannedWindows, told: Sequence[Found], span: Span, clock: Clock
) -> list[Stretch]:
    """The windows inside the span that were told in time, the first come up to the period's most.

    A window is an attribute pair of a fact; one that is not told early enough is no window. The
    most is counted like the downtime, in the clause's calendar.
    """
    backward = Clock(clock.calendar, clock.zone, backward=True)
    windows: list[Stretch] = []
    for at, fact in told:
        begins = instant_of(None if fact is None else fact.attrs.get(rule.begins), clock.zone)
        ends = instant_of(None if fact is None else fact.attrs.get(rule.ends), clock.zone)
        if begins is None or ends is None or begins >= ends:
            continue
        if rule.announced is not None:
            number, unit = rule.announced.number, rule.announced.unit
            if at > backward.move(begins, number, unit, ()):
                continue
        if begins < span.ends_at and ends > span.begins_at:
            windows.append((max(begins, span.begins_at), min(ends, span.ends_at)))
    return _first_of(merged(windows), rule, span, clock)


def _first_of(
    windows: list[Stretch], rule: PlannedWindows, span: Span, clock: Clock
) -> list[Stretch]:
    if rule.most is None:
        return windows
    begin = span.begins_at
    left = Clock(None, clock.zone).move(begin, rule.most.number, rule.most.unit, ()) - begin
    kept: list[Stretch] = []
    for low, high in windows:
        counted = clock.elapsed(low, high, ())
        if counted <= left:
            kept.append((low, high))
        elif left > timedelta(0):
            kept.append((low, clock.move_by(low, left, ())))
        left -= counted
    return kept


def _weight_of(fact: Fact, weights: Sequence[Weight], fits_fact: FitsFact | None) -> Decimal:
    for one in weights:
        if fits_fact is None or not fits_fact(one.when, fact):
            continue
        percent = one.percent
        if one.attribute is not None:
            percent = number_of(fact.attrs.get(one.attribute))
        if percent is not None:
            return min(max(percent, Decimal(0)), Decimal(100)) / 100
    return _WHOLE


def _pairs(
    begins: Sequence[Found], ends: Sequence[Found], last: datetime
) -> list[tuple[datetime, datetime, Fact]]:
    made: list[tuple[datetime, datetime, Fact]] = []
    subjects = sorted({fact.subject for _, fact in begins if fact is not None})
    for subject in subjects:
        ended = [at for at, fact in ends if fact is not None and fact.subject == subject]
        until: datetime | None = None
        for at, fact in begins:
            if fact is None or fact.subject != subject or (until is not None and at < until):
                continue
            until = next((end for end in ended if end >= at), last)
            made.append((at, until, fact))
    return made
