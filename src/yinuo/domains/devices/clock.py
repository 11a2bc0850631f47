"""When something happened that a device dated by its own clock (B-40)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# Phones are set by the network and differ by seconds; more than this is a wrong clock.
MOST_OFF = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Dated:
    """The instant by the server's clock, and whether the device's clock was off or was changed."""

    at: datetime
    is_off: bool


def offset_of(device_time: datetime, now: datetime) -> timedelta:
    """How far the server is ahead of a device that says it is `device_time` now."""
    return now - device_time


def dated(
    occurred_at: datetime, measured: timedelta | None, present: timedelta, now: datetime
) -> Dated:
    """Correct an instant by the offset measured when it was noted, else by the present one.

    Never later than `now`. The clock is off when either offset exceeds two minutes, and when the
    two differ by more than that: then somebody set the clock in between.
    """
    offset = present if measured is None else measured
    is_off = abs(offset) > MOST_OFF or abs(present - offset) > MOST_OFF
    # A clock that is right is taken at its word: its seconds are what the engineer saw.
    at = occurred_at + offset if is_off else occurred_at
    return Dated(min(at, now), is_off)


def in_order(at: datetime, before: datetime | None) -> datetime:
    """Not before what the same device did `before`, None for its first on the sheet.

    An offset is measured anew with every call and errs by up to half the time the call took, so
    that two steps seconds apart may change places; the order of the device is certain. What lies
    further back than a right clock may be off is left as it is.
    """
    return before if before and timedelta(0) < before - at <= MOST_OFF else at
