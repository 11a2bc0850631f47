"""Instants, and the wall clock of a zone.

An instant is an aware `datetime`, in UTC inside the kernel; in NumPy arrays it is an int64 of
microseconds since 1970-01-01T00:00Z.

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
_MICROSECOND = timedelta(microseconds=1)
_SECOND = timedelta(seconds=1)


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC. A naive datetime raises TypeError: it is no instant."""
    if instant.tzinfo is UTC:
        return instant
    if instant.tzinfo is None:
        raise TypeError("an instant needs a time zone")
    return instant.astimezone(UTC)


def to_us(instant: datetime) -> int:
    """Microseconds since 1970-01-01T00:00Z. A naive datetime raises TypeError.

    >>> to_us(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (instant - EPOCH) // _MICROSECOND


def from_us(us: int) -> datetime:
    """The UTC instant of `us` microseconds since 1970-01-01T00:00Z.

    >>> from_us(1_000_000).isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    return EPOCH + timedelta(microseconds=us)


def at_wall(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a naive wall-clock time in `zone`, by the rule of this module.

    >>> skipped = datetime(2026, 3, 8, 2, 30)  # New York: the clock goes from 02:00 to 03:00
    >>> at_wall(skipped, ZoneInfo("America/New_York")).isoformat()
    '2026-03-08T07:00:00+00:00'
    """
    if wall.tzinfo is not None:
        raise TypeError("a wall-clock time carries no zone")
    before = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if after >= before:  # ordinary, or twice on the clock: the first occurrence
        return before
    return _clock_change(zone, after, before)


def _clock_change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The instant in (low, high] at which the zone's offset changes; clocks change at seconds."""
    low, high = low.replace(microsecond=0), high.replace(microsecond=0) + _SECOND
    offset = low.astimezone(zone).utcoffset()
    while high - low > _SECOND:
        middle = low + (high - low) // _SECOND // 2 * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high


def wall_of(instant: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows in `zone`: a naive datetime."""
    return in_utc(instant).astimezone(zone).replace(tzinfo=None, fold=0)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of `day` in `zone`."""
    return at_wall(datetime.combine(day, time()), zone)


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The date in `zone` at `instant`."""
    return wall_of(instant, zone).date()


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
        return in_utc(instant)
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
    first = midnight(local_date(instant, zone), zone)
    step = timedelta(minutes=step_minutes)
    past = instant - first
    steps = past // step if rounding is Rounding.DOWN else -(-past // step)
    return first + steps * step
