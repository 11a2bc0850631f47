"""People as the arrays that the kernel ranks: hours, bookings, absences, where each sets out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.db.models import BigIntegerField, F, Func

from yinuo.domains.dispatch.models import Booking
from yinuo.domains.dispatch.weighing import Figures, hours_of
from yinuo.domains.fieldwork.planned import UNDER_WAY, appointments_within
from yinuo.domains.network.crowd import Crowd, absences_within
from yinuo.domains.network.shifts import work_ends_at
from yinuo.kernel.dispatch.ranking import Busy, Fleet

# How far ahead of a visit what people have to do is looked at.
AHEAD = timedelta(hours=36)
# Person, begin, end, whether it is an absence.
Span = tuple[int, int, int, bool]


def fleet_of(
    crowd: Crowd, *, order_id: int, at: datetime, visit_minutes: int, figures: Figures
) -> Fleet:
    """A row for each person. Five statements at most, however many people there are.

    A sheet without a booked time counts by its appointment with the customer. Without hours of
    his own a person can be sent at any time of the next day and a half.
    """
    spans = [one for one in _spans(order_id, at, visit_minutes) if one[0] in crowd.row_of]
    busy = _busy(crowd, spans)
    load = np.zeros(len(crowd), dtype=np.int64)
    is_work = ~busy.is_absence
    np.add.at(load, busy.row[is_work], (busy.end[is_work] - busy.begin[is_work]) // 60)
    start = np.full(len(crowd), int(at.timestamp()), dtype=np.int64)
    people, units = crowd.ids.tolist(), crowd.units.tolist()
    return Fleet(
        ids=crowd.ids,
        latitude=crowd.latitude,
        longitude=crowd.longitude,
        shift_begin=start,
        shift_end=_ends(crowd, at),
        free_from=start,
        load_minutes=load,
        hour_fen=np.array(hours_of(people, units, figures), dtype=np.int64),
        nights=np.zeros(len(crowd), dtype=np.int64),
        first_fix=np.full(len(crowd), np.nan),
        busy=busy,
    )


def _ends(crowd: Crowd, at: datetime) -> np.ndarray:
    zone = ZoneInfo(settings.TIME_ZONE)
    ends = [(work_ends_at(each, at, zone) if each else None) or at + AHEAD for each in crowd.shifts]
    by_kind = np.array([int(each.timestamp()) for each in ends], dtype=np.int64)
    return by_kind[crowd.hours] if len(crowd) else by_kind


def _spans(order_id: int, at: datetime, visit_minutes: int) -> Iterator[Span]:
    """What keeps anybody from going: booked time, else the appointment, and absences."""
    until, length = at + AHEAD, timedelta(minutes=visit_minutes)
    booked = set()
    # Only while the sheet is still his: whoever declined is free again.
    rows = Booking.objects.filter(
        released_at__isnull=True,
        period__overlap=(at, until),
        work_order__state__in=UNDER_WAY,
        work_order__assignee_id=F("person_id"),
    ).exclude(work_order_id=order_id)
    columns = ("work_order_id", "person_id", _second("lower"), _second("upper"))
    for work_order_id, person_id, begins, ends in rows.values_list(*columns):
        booked.add(work_order_id)
        yield person_id, begins, ends, False
    for visit in appointments_within(at - length, until, order_id):
        if visit.agreed_for and visit.work_order_id not in booked:
            begins = int(visit.agreed_for.timestamp())
            yield visit.person_id, begins, begins + visit_minutes * 60, False
    for person_id, starts_at, ends_at in absences_within(at, until):
        yield person_id, int(starts_at.timestamp()), int(ends_at.timestamp()), True


def _second(bound: str) -> Func:
    """A bound of the booked period in whole seconds since 1970."""
    return Func(
        F("period"),
        template=f"EXTRACT(EPOCH FROM {bound}(%(expressions)s))::bigint",
        output_field=BigIntegerField(),
    )


def _busy(crowd: Crowd, spans: list[Span]) -> Busy:
    if not spans:
        return Busy.none()
    row = np.array([crowd.row_of[one[0]] for one in spans], dtype=np.int64)
    begin = np.array([one[1] for one in spans], dtype=np.int64)
    order = np.lexsort((begin, row))
    return Busy(
        row=row[order],
        begin=begin[order],
        end=np.array([one[2] for one in spans], dtype=np.int64)[order],
        is_absence=np.array([one[3] for one in spans], dtype=np.bool_)[order],
    )
