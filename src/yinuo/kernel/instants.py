"""Instants, and the wall clock of a zone.

An instant is an aware `datetime`; inside the kernel it is an `int` of microseconds since
1970-01-01T00:00Z, because whole numbers add exactly and compare fast.

One rule turns a wall-clock time into an instant, everywhere: *the first instant at which the
clock on the wall shows that time or a later one*. So a time that a clock change skips becomes
the instant of the change, and a time that occurs twice means the first occurrence. The rule is
monotone: a later wall-clock time never gives an earlier instant.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US


def to_us(instant: datetime) -> int:
    """Microseconds since 1970-01-01T00:00Z. A naive datetime raises TypeError.

    >>> to_us(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    span = instant - EPOCH
    return (span.days * 86_400 + span.seconds) * SECOND_US + span.microseconds


def from_us(us: int) -> datetime:
    """The aware UTC datetime of `us`.

    >>> from_us(1_000_000).isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    return EPOCH + timedelta(0, 0, us)


def span_us(span: timedelta) -> int:
    """A length of time in whole microseconds."""
    return (span.days * 86_400 + span.seconds) * SECOND_US + span.microseconds


def wall_us(wall: datetime, zone: ZoneInfo) -> int:
    """The instant (µs) of a naive wall-clock time in `zone`, by the rule of this module.

    >>> gap = datetime(2026, 3, 8, 2, 30)  # skipped in New York: clocks go 02:00 -> 03:00
    >>> from_us(wall_us(gap, ZoneInfo("America/New_York"))).isoformat()
    '2026-03-08T07:00:00+00:00'
    """
    if wall.tzinfo is not None:
        raise TypeError("a wall-clock time carries no zone")
    before = to_us(wall.replace(tzinfo=zone))
    after = to_us(wall.replace(tzinfo=zone, fold=1))
    if after >= before:  # ordinary, or twice on the clock: the first occurrence
        return before
    return _clock_change_us(zone, after, before)


def _clock_change_us(zone: ZoneInfo, low: int, high: int) -> int:
    """The instant in (low, high] at which the zone's offset changes; whole seconds."""
    low_s, high_s = low // SECOND_US, -(-high // SECOND_US)
    offset = _offset(zone, low_s)
    while high_s - low_s > 1:
        middle = (low_s + high_s) // 2
        if _offset(zone, middle) == offset:
            low_s = middle
        else:
            high_s = middle
    return high_s * SECOND_US


def _offset(zone: ZoneInfo, second: int) -> timedelta | None:
    return (EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()


def at_wall(wall: datetime, zone: ZoneInfo) -> datetime:
    """Like `wall_us`, as an aware UTC datetime."""
    return from_us(wall_us(wall, zone))


def wall_of(instant: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows in `zone`: a naive datetime."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def midnight_us(day: date, zone: ZoneInfo) -> int:
    """The first instant of `day` in `zone` (µs)."""
    return wall_us(datetime.combine(day, time()), zone)


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The date in `zone` at `instant`."""
    return instant.astimezone(zone).date()


def shift_date(day: date, *, years: int = 0, months: int = 0, days: int = 0) -> date:
    """`day` moved by whole years and months, then by days.

    A day the month does not have becomes the first of the next month, which makes it the right
    exclusive end (the last day of the term is then the last day of the month):
    3 years from D end on the same date, exclusive.

    >>> shift_date(date(2024, 2, 29), years=3)
    datetime.date(2027, 3, 1)
    >>> shift_date(date(2026, 1, 31), months=1)
    datetime.date(2026, 3, 1)
    """
    index = day.year * 12 + day.month - 1 + years * 12 + months
    year, month = divmod(index, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    moved = first.replace(day=day.day) if day.day <= (following - first).days else following
    return moved + timedelta(days=days)


def shift(
    instant: datetime, zone: ZoneInfo, *, years: int = 0, months: int = 0, days: int = 0
) -> datetime:
    """`instant` moved by calendar units; the clock on the wall in `zone` is kept.

    >>> start = datetime(2026, 3, 7, 7, 30, tzinfo=UTC)  # 02:30 in New York
    >>> shift(start, ZoneInfo("America/New_York"), days=2).isoformat()  # 02:30 summer time
    '2026-03-09T06:30:00+00:00'
    """
    wall = wall_of(instant, zone)
    moved = shift_date(wall.date(), years=years, months=months, days=days)
    if moved == wall.date():
        return instant.astimezone(UTC)
    return at_wall(datetime.combine(moved, wall.time()), zone)


def add_days(instant: datetime, days: int, zone: ZoneInfo) -> datetime:
    """`days` natural days later (earlier when negative), same clock on the wall."""
    return shift(instant, zone, days=days)


def add_months(instant: datetime, months: int, zone: ZoneInfo) -> datetime:
    """`months` later, same clock on the wall; a missing day becomes the first of the next month."""
    return shift(instant, zone, months=months)


def add_years(instant: datetime, years: int, zone: ZoneInfo) -> datetime:
    """`years` later, same clock on the wall; 29 Feb becomes 1 Mar in an ordinary year."""
    return shift(instant, zone, years=years)


class Rounding(StrEnum):
    """Which way `round_instant` goes."""

    UP = "up"
    DOWN = "down"


def round_instant(
    instant: datetime, step_minutes: int, rounding: Rounding, zone: ZoneInfo
) -> datetime:
    """`instant` moved to a multiple of `step_minutes` after local midnight.

    `step_minutes` divides a day (1 … 1440). An instant already on the step stays.

    >>> noon = datetime(2026, 3, 2, 4, 1, tzinfo=UTC)
    >>> round_instant(noon, 15, Rounding.UP, ZoneInfo("Asia/Shanghai")).isoformat()
    '2026-03-02T04:15:00+00:00'
    """
    if not 1 <= step_minutes <= 1440 or 1440 % step_minutes:
        raise ValueError("a rounding step divides the 1440 minutes of a day")
    midnight = midnight_us(local_date(instant, zone), zone)
    step = step_minutes * MINUTE_US
    past = to_us(instant) - midnight
    steps = past // step if rounding is Rounding.DOWN else -(-past // step)
    return from_us(midnight + steps * step)
