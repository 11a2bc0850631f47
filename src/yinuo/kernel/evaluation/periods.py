"""Periods worked out: the spans a measure, a duty or a cap is counted over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yinuo.kernel.evaluation.clocks import Clock, instant_of
from yinuo.kernel.evaluation.results import Span
from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.instants import at_wall, shift, shift_date, wall_of
from yinuo.kernel.plan.periods import Period, PeriodKind

_CALENDAR_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.YEAR: 12,
}
_CONTRACT_MONTHS = {
    PeriodKind.CONTRACT_MONTH: 1,
    PeriodKind.CONTRACT_QUARTER: 3,
    PeriodKind.CONTRACT_HALF_YEAR: 6,
    PeriodKind.CONTRACT_YEAR: 12,
}
_MOST_SPANS = 5_000
START_NAMES = ("starts_on", "signed_on", "accepted_on")


def spans_between(
    period: Period, begins: datetime, ends: datetime, zone: ZoneInfo
) -> Iterator[tuple[Span, Span]]:
    """The whole spans that touch [begins, ends), each with the part of it inside, in order.

    Contract periods count from ``begins``, calendar ones from the first of the month in ``zone``.
    """
    for count, whole in enumerate(_wholes(period, begins, ends, zone)):
        if count >= _MOST_SPANS or whole.begins_at >= ends:
            return
        # A local day that the zone skips (Apia, 30 December 2011) is no period.
        if whole.ends_at <= max(begins, whole.begins_at):
            continue
        inside = Span(max(whole.begins_at, begins), min(whole.ends_at, ends), whole.name)
        yield whole, inside


def span_holding(
    period: Period, instant: datetime, contract: Subject | None, zone: ZoneInfo
) -> Span | None:
    """The span of a period that holds an instant; None for a rolling period."""
    if period.kind is PeriodKind.CONTRACT:
        return Span(datetime.min.replace(tzinfo=instant.tzinfo), instant, "contract")
    begins = contract_start(contract, zone) if period.kind in _CONTRACT_MONTHS else instant
    if begins is None or begins > instant:
        begins = instant
    last = instant + timedelta(microseconds=1)
    found = [whole for whole, _ in spans_between(period, begins, last, zone)]
    return found[-1] if found else None


def contract_start(contract: Subject | None, zone: ZoneInfo) -> datetime | None:
    """When a contract starts: its starts_on, else signed_on, else accepted_on."""
    if contract is None:
        return None
    for name in START_NAMES:
        at = instant_of(contract.attributes.get(name), zone)
        if at is not None:
            return at
    return None


def _wholes(period: Period, begins: datetime, ends: datetime, zone: ZoneInfo) -> Iterator[Span]:
    kind = period.kind
    if kind is PeriodKind.CONTRACT:
        yield Span(begins, ends, "contract")
    elif kind in _CONTRACT_MONTHS:
        yield from _by_contract(_CONTRACT_MONTHS[kind], begins, zone)
    elif kind in _CALENDAR_MONTHS:
        yield from _by_months(_CALENDAR_MONTHS[kind], begins, zone)
    elif kind is PeriodKind.SEASON:
        yield from _seasons(period, begins, ends, zone)
    elif kind is PeriodKind.ROLLING and period.length is not None:
        yield from _blocks(Clock(None, zone), period, begins)
    else:
        yield from _by_days(1 if kind is PeriodKind.DAY else 7, begins, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return at_wall(datetime.combine(day, time()), zone)


def _by_contract(months: int, begins: datetime, zone: ZoneInfo) -> Iterator[Span]:
    for number in range(_MOST_SPANS):
        first = shift(begins, zone, months=months * number)
        after = shift(begins, zone, months=months * (number + 1))
        yield Span(first, after, f"{wall_of(first, zone):%Y-%m-%d}")


def _by_months(months: int, begins: datetime, zone: ZoneInfo) -> Iterator[Span]:
    local = wall_of(begins, zone).date()
    first = local.replace(month=(local.month - 1) // months * months + 1, day=1)
    for _ in range(_MOST_SPANS):
        after = shift_date(first, months=months)
        yield Span(_midnight(first, zone), _midnight(after, zone), _month_name(first, months))
        first = after


def _month_name(first: date, months: int) -> str:
    if months == 12:
        return f"{first.year}"
    if months == 1:
        return f"{first:%Y-%m}"
    letter = "Q" if months == 3 else "H"
    return f"{first.year}-{letter}{(first.month - 1) // months + 1}"


def _by_days(days: int, begins: datetime, zone: ZoneInfo) -> Iterator[Span]:
    first = wall_of(begins, zone).date()
    if days == 7:
        first -= timedelta(days=first.weekday())
    for _ in range(_MOST_SPANS):
        after = first + timedelta(days=days)
        yield Span(_midnight(first, zone), _midnight(after, zone), f"{first:%Y-%m-%d}")
        first = after


def _seasons(period: Period, begins: datetime, ends: datetime, zone: ZoneInfo) -> Iterator[Span]:
    first_year = wall_of(begins, zone).year - 1
    last_year = min(wall_of(ends, zone).year, first_year + 200)
    made: list[Span] = []
    for year in range(first_year, last_year + 1):
        for season in period.seasons:
            first = _safe_date(year, *season.first)
            over_new_year = season.last < season.first
            last = _safe_date(year + over_new_year, *season.last)
            after = last + timedelta(days=1)
            made.append(
                Span(_midnight(first, zone), _midnight(after, zone), f"{year}-{season.code}")
            )
    yield from sorted(made)


def _safe_date(year: int, month: int, day: int) -> date:
    """The date, or 28 February where a year has no 29th."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)


def _blocks(clock: Clock, period: Period, begins: datetime) -> Iterator[Span]:
    assert period.length is not None
    first = begins
    for number in range(1, _MOST_SPANS):
        after = clock.move(begins, period.length.number * number, period.length.unit, ())
        yield Span(first, after, f"{wall_of(first, clock.zone):%Y-%m-%d}")
        first = after


def falls_on(due: datetime, period: Span | None) -> datetime:
    """The instant by which a breach is counted: one of a period lies inside it, not at its end."""
    return due if period is None else min(due, period.ends_at - timedelta(microseconds=1))
