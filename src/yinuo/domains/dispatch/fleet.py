"""People as the arrays that the kernel ranks: hours, bookings, absences, where each sets out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.db.models import Aggregate, BinaryField, F, Func, Q

from yinuo.domains.dispatch.models import Booking
from yinuo.domains.dispatch.weighing import Figures, hours_of
from yinuo.domains.fieldwork.companions import goes_along
from yinuo.domains.fieldwork.planned import UNDER_WAY, appointments_within
from yinuo.domains.network.crowd import Bools, Crowd, Ints
from yinuo.domains.network.shifts import work_ends_at
from yinuo.domains.parts.carrying import carried_in_cars
from yinuo.kernel.dispatch.ranking import Busy, Fleet

# How far ahead of a visit what people have to do is looked at.
AHEAD = timedelta(hours=36)
_SINCE_1970 = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())


class _Packed(Aggregate):
    """A column of eight bytes a value: thousands are read without an object for each."""

    template = "string_agg(%(send)s(%(expressions)s), ''::bytea)"
    output_field = BinaryField()

    def __init__(self, column: F | Func, send: str = "int8send") -> None:
        super().__init__(column, send=send)


class _Spans(NamedTuple):
    """What keeps people from going: person, begin and end in seconds since 1970."""

    person: Ints
    begin: Ints
    end: Ints
    is_absence: Bools


def fleet_of(
    crowd: Crowd,
    *,
    order_id: int,
    at: datetime,
    visit_minutes: int,
    figures: Figures,
    parts: Collection[int] = (),
) -> Fleet:
    """A row for each person, with what of these parts (internal ids) lies in his car. Five
    statements at most, however many people there are.

    `crowd` knows absences up to `AHEAD`. A sheet without a booked time counts by its appointment
    with the customer. Without hours of his own a person can be sent at any time of the next day
    and a half.
    """
    busy = _busy(crowd, _spans(crowd, order_id, at, visit_minutes))
    load = np.zeros(len(crowd), dtype=np.int64)
    is_work = ~busy.is_absence
    np.add.at(load, busy.row[is_work], (busy.end[is_work] - busy.begin[is_work]) // 60)
    start = np.full(len(crowd), int(at.timestamp()), dtype=np.int64)
    return Fleet(
        ids=crowd.ids,
        latitude=crowd.latitude,
        longitude=crowd.longitude,
        shift_begin=start,
        shift_end=_ends(crowd, at),
        free_from=start,
        load_minutes=load,
        hour_fen=hours_of(crowd.ids, crowd.units, figures),
        nights=np.zeros(len(crowd), dtype=np.int64),
        first_fix=np.full(len(crowd), np.nan),
        busy=busy,
        parts=_carried(crowd, parts),
    )


def _carried(crowd: Crowd, parts: Collection[int]) -> dict[str, Ints]:
    """By part how many each has with him."""
    found = {str(one): np.zeros(len(crowd), dtype=np.int64) for one in parts}
    rows = {int(person_id): row for row, person_id in enumerate(crowd.ids)} if found else {}
    for part_id, person_id, free in carried_in_cars(parts) if found else ():
        if (row := rows.get(person_id)) is not None:
            found[str(part_id)][row] = free
    return found


def _ends(crowd: Crowd, at: datetime) -> Ints:
    zone = ZoneInfo(settings.TIME_ZONE)
    last = at + AHEAD
    ends = [
        min((work_ends_at(each, at, zone) if each else None) or last, last) for each in crowd.shifts
    ]
    by_kind = np.array([int(each.timestamp()) for each in ends], dtype=np.int64)
    return by_kind[crowd.hours] if len(crowd) else by_kind


def _spans(crowd: Crowd, order_id: int, at: datetime, visit_minutes: int) -> _Spans:
    """Booked time, else the appointment, and absences."""
    until, length = at + AHEAD, timedelta(minutes=visit_minutes)
    booked = _booked(order_id, at, until)
    agreed = appointments_within(at - length, until, order_id)
    known = set(map(tuple, booked[:, :2].tolist())) if agreed else set()
    rows = [
        (one.person_id, begins := int(one.agreed_for.timestamp()), begins + visit_minutes * 60, 0)
        for one in agreed
        if one.agreed_for and (one.work_order_id, one.person_id) not in known
    ]
    rows += [
        (person_id, int(starts_at.timestamp()), int(ends_at.timestamp()), 1)
        for person_id, starts_at, ends_at in crowd.away
    ]
    others = np.array(rows, dtype=np.int64).reshape(-1, 4)
    work = np.column_stack([booked[:, 1:], np.zeros(len(booked), dtype=np.int64)])
    spans = np.concatenate([work, others])
    spans = spans[np.isin(spans[:, 0], crowd.ids) & (spans[:, 2] > spans[:, 1])]
    return _Spans(spans[:, 0], spans[:, 1], spans[:, 2], spans[:, 3] == 1)


def _booked(order_id: int, at: datetime, until: datetime) -> Ints:
    """Sheet, person, begin and end of everybody's bookings that touch a time.

    Only while he still leads the sheet or goes along: whoever declined is free again.
    """
    rows = Booking.objects.filter(
        released_at__isnull=True,
        period__overlap=(at, until),
        work_order__state__in=UNDER_WAY,
    ).exclude(work_order_id=order_id)
    rows = rows.filter(Q(work_order__assignee_id=F("person_id")) | Q(goes_along()))
    columns = {
        "sheet": _Packed(F("work_order_id")),
        "person": _Packed(F("person_id")),
        "begin": _Packed(Func(F("period"), function="lower"), "timestamptz_send"),
        "end": _Packed(Func(F("period"), function="upper"), "timestamptz_send"),
    }
    packed = rows.aggregate(**columns)
    found = [np.frombuffer(bytes(packed[name] or b""), dtype=">i8") for name in columns]
    booked = np.stack(found, axis=1).astype(np.int64)
    # The database sends an instant as microseconds since 2000. A booking lasts into its last
    # second: whoever set out at the begin of that one would be in two places.
    booked[:, 2] = booked[:, 2] // 1_000_000
    booked[:, 3] = -(-booked[:, 3] // 1_000_000)
    booked[:, 2:] += _SINCE_1970
    return booked


def _busy(crowd: Crowd, spans: _Spans) -> Busy:
    by_id = np.argsort(crowd.ids)
    row = by_id[np.searchsorted(crowd.ids[by_id], spans.person)]
    order = np.lexsort((spans.begin, row))
    return Busy(row[order], spans.begin[order], spans.end[order], spans.is_absence[order])
