"""Cutting a running time into stretches, each with the one who held the promise in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

_NONE = timedelta(0)


class Leg(StrEnum):
    """A leg of the way from the customer's call to its end."""

    HEADQUARTERS = "headquarters"
    CENTRE = "centre"
    PARTNER = "partner"
    CUSTOMER = "customer"
    CARRIER = "carrier"
    SUPPLIER = "supplier"


class Holder(NamedTuple):
    """Who holds a promise: the leg, and the service unit's id where it is one of our own."""

    leg: Leg
    unit: str = ""


class Change(NamedTuple):
    """From this instant on another one holds it. ``why`` is the kind of fact that says so."""

    at: datetime
    holder: Holder
    why: str


class Interruption(NamedTuple):
    """For a while it lies with somebody outside: a pause claimed, a part on its way.

    Without an end it lasts. While several last, the one that began last counts.
    """

    begins_at: datetime
    ends_at: datetime | None
    holder: Holder
    why: str


class Correction(NamedTuple):
    """A person's word on who held it between two instants; the later of two counts."""

    begins_at: datetime
    ends_at: datetime
    holder: Holder


class Stretch(NamedTuple):
    """A half-open stretch of the running time in one pair of hands."""

    begins_at: datetime
    ends_at: datetime
    holder: Holder
    why: str
    corrected: bool = False


class Held(NamedTuple):
    """How long one holder had it: of the whole running time, and of the time it was late."""

    holder: Holder
    time: timedelta
    late: timedelta


def stretches(
    begins_at: datetime,
    ends_at: datetime,
    first: Holder,
    *,
    changes: Iterable[Change] = (),
    interruptions: Iterable[Interruption] = (),
    corrections: Sequence[Correction] = (),
) -> tuple[Stretch, ...]:
    """The time [begins_at, ends_at) in stretches without gap or overlap, in order.

    ``first`` holds it before any change. What a person corrected counts before interruptions,
    these before changes. Neighbours alike are one stretch. Empty when the time is.

    >>> from datetime import UTC, datetime
    >>> day = lambda hour: datetime(2026, 7, 11, hour, tzinfo=UTC)
    >>> lies = Interruption(day(10), day(12), Holder(Leg.CUSTOMER), "paused")
    >>> whole = stretches(day(9), day(13), Holder(Leg.CENTRE, "7"), interruptions=[lies])
    >>> [(one.holder.leg.value, str(one.ends_at - one.begins_at)) for one in whole]
    [('centre', '1:00:00'), ('customer', '2:00:00'), ('centre', '1:00:00')]
    """
    known = sorted(changes, key=lambda one: one.at)
    lying = sorted(interruptions, key=lambda one: one.begins_at)
    marks = {begins_at, ends_at, *(one.at for one in known)}
    for pause in lying:
        marks |= {pause.begins_at, pause.ends_at or ends_at}
    for said in corrections:
        marks |= {said.begins_at, said.ends_at}
    inside = sorted(mark for mark in marks if begins_at <= mark <= ends_at)
    found: list[Stretch] = []
    for start, end in pairwise(inside):
        holder, why, corrected = _at(start, first, known, lying, corrections)
        last = found[-1] if found else None
        if last and (last.holder, last.why, last.corrected) == (holder, why, corrected):
            found[-1] = last._replace(ends_at=end)
        else:
            found.append(Stretch(start, end, holder, why, corrected))
    return tuple(found)


def _at(
    instant: datetime,
    first: Holder,
    changes: Sequence[Change],
    interruptions: Sequence[Interruption],
    corrections: Sequence[Correction],
) -> tuple[Holder, str, bool]:
    """Who holds it at an instant, by what, and whether a person said so."""
    for said in reversed(corrections):
        if said.begins_at <= instant < said.ends_at:
            return said.holder, "corrected", True
    for pause in reversed(interruptions):
        if pause.begins_at <= instant and (pause.ends_at is None or instant < pause.ends_at):
            return pause.holder, pause.why, False
    for change in reversed(changes):
        if change.at <= instant:
            return change.holder, change.why, False
    return first, "", False


def held(found: Iterable[Stretch], late_from: datetime | None) -> tuple[Held, ...]:
    """How long each holder had it, in order of first holding; late from an instant on.

    The times add up to the whole, the late ones to what lies at or after ``late_from``.
    """
    sums: dict[Holder, tuple[timedelta, timedelta]] = {}
    for one in found:
        time, late = sums.get(one.holder, (_NONE, _NONE))
        time += one.ends_at - one.begins_at
        if late_from is not None:
            late += max(one.ends_at - max(one.begins_at, late_from), _NONE)
        sums[one.holder] = (time, late)
    return tuple(Held(holder, time, late) for holder, (time, late) in sums.items())
