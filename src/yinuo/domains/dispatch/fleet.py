"""People as the arrays that the kernel ranks: hours, bookings, absences, where each sets out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings

from yinuo.domains.dispatch.models import Booking
from yinuo.domains.dispatch.weighing import Figures, hours_of
from yinuo.domains.fieldwork.planned import open_visits
from yinuo.domains.network.candidates import absences_within
from yinuo.domains.network.qualification_types import Candidate
from yinuo.domains.network.shifts import work_ends_at
from yinuo.kernel.dispatch.ranking import Busy, Fleet

# How far ahead of a visit what people have to do is looked at.
AHEAD = timedelta(hours=36)
Span = tuple[int, int, bool]


def fleet_of(
    people: Sequence[Candidate],
    *,
    order_id: int,
    at: datetime,
    visit_minutes: int,
    figures: Figures,
) -> Fleet:
    """A row for each person. Five statements at most, however many people there are.

    A sheet without a booked time counts by its appointment with the customer. Without hours of
    his own a person can be sent at any time of the next day and a half.
    """
    rows = {one.person_id: row for row, one in enumerate(people)}
    busy = _busy(rows, order_id, at, visit_minutes)
    load = np.zeros(len(people), dtype=np.int64)
    for row, spans in busy.items():
        load[row] = sum((end - begin) // 60 for begin, end, away in spans if not away)
    start = int(at.timestamp())
    homes = [(one.home.latitude, one.home.longitude) if one.home else None for one in people]
    return Fleet(
        ids=np.array(list(rows), dtype=np.int64),
        latitude=np.array([float(one[0]) if one else np.nan for one in homes]),
        longitude=np.array([float(one[1]) if one else np.nan for one in homes]),
        shift_begin=np.full(len(people), start, dtype=np.int64),
        shift_end=np.array([_ends(one, at) for one in people], dtype=np.int64),
        free_from=np.full(len(people), start, dtype=np.int64),
        load_minutes=load,
        hour_fen=np.array(hours_of(people, figures), dtype=np.int64),
        nights=np.zeros(len(people), dtype=np.int64),
        first_fix=np.full(len(people), np.nan),
        busy=_arrays(busy),
    )


def _ends(one: Candidate, at: datetime) -> int:
    ends = work_ends_at(one.shift, at, ZoneInfo(settings.TIME_ZONE)) if one.shift else None
    return int((ends or at + AHEAD).timestamp())


def _busy(
    rows: dict[int, int], order_id: int, at: datetime, visit_minutes: int
) -> dict[int, list[Span]]:
    """What keeps each row from going, by row, in order of begin."""
    until = at + AHEAD
    found: dict[int, list[Span]] = defaultdict(list)
    visits = {one.work_order_id: one for one in open_visits(list(rows), order_id)}
    booked = set()
    for booking in Booking.objects.filter(
        released_at__isnull=True,
        person_id__in=list(rows),
        work_order_id__in=list(visits),
        period__overlap=(at, until),
    ):
        # Only while the sheet is still his: whoever declined is free again.
        if visits[booking.work_order_id].person_id == booking.person_id:
            booked.add(booking.work_order_id)
            span = _span(booking.period.lower, booking.period.upper)
            found[rows[booking.person_id]].append((*span, False))
    length = timedelta(minutes=visit_minutes)
    for visit in visits.values():
        agreed = visit.agreed_for
        if agreed and visit.work_order_id not in booked and at < agreed + length < until + length:
            found[rows[visit.person_id]].append((*_span(agreed, agreed + length), False))
    for person, begins, ends in absences_within(at, until):
        if person in rows:
            found[rows[person]].append((*_span(begins, ends), True))
    return {row: sorted(spans) for row, spans in found.items()}


def _span(begins: datetime, ends: datetime) -> tuple[int, int]:
    return int(begins.timestamp()), int(ends.timestamp())


def _arrays(busy: dict[int, list[Span]]) -> Busy:
    flat = [(row, *span) for row in sorted(busy) for span in busy[row]]
    if not flat:
        return Busy.none()
    row, begin, end, away = zip(*flat, strict=True)
    return Busy(
        row=np.array(row, dtype=np.int64),
        begin=np.array(begin, dtype=np.int64),
        end=np.array(end, dtype=np.int64),
        is_absence=np.array(away, dtype=np.bool_),
    )
