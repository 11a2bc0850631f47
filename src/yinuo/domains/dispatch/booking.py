"""Keeping people's time for a sheet; the database refuses two visits at once.

Whoever books holds the person first. Without that, a booking committed between another's look at
the open visits and his clearing of old bookings would be taken for an old one and released; and two
inserted at the same moment would wait for each other until the database ends one as a deadlock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from yinuo.domains.dispatch.models import Booking
from yinuo.domains.dispatch.types import CannotGo
from yinuo.domains.fieldwork.planned import open_visits
from yinuo.domains.network.qualification_types import Obstacle, Rule
from yinuo.platform.database.holding import hold


def keep_time(
    people: Mapping[int, str], order_id: int, period: tuple[datetime, datetime], now: datetime
) -> None:
    """Book the time of everybody who goes, by name: the lead first, who goes along after him.

    The sheet's earlier bookings are released. Raises CannotGo for the first for whom other work is
    in the way, also when it was booked at the same moment.
    """
    hold_time_of(people)
    release_stale(people, [order_id], now)
    _present().filter(work_order_id=order_id).update(released_at=now)
    for person_id, name in people.items():
        if not book(person_id, order_id, period, now):
            raise CannotGo(name, (Obstacle(Rule.OVERLAP),))


def change_companions(
    people: Mapping[int, str], order_id: int, lead_id: int | None, now: datetime
) -> None:
    """Book for these companions the time that is kept for the lead; others' of the sheet go.

    Nothing is booked while no time is kept. The sheet is locked. Raises CannotGo.
    """
    booked = _present().filter(work_order_id=order_id)
    led = booked.filter(person_id=lead_id or 0).first()
    hold_time_of(people)
    booked.exclude(person_id__in=[lead_id or 0, *people]).update(released_at=now)
    if led is None:
        return
    release_stale(people, [order_id], now)
    known = set(booked.values_list("person_id", flat=True))
    for person_id, name in people.items():
        period = (led.period.lower, led.period.upper)
        if person_id not in known and not book(person_id, order_id, period, now):
            raise CannotGo(name, (Obstacle(Rule.OVERLAP),))


def _present() -> QuerySet[Booking]:
    return Booking.objects.filter(released_at__isnull=True)


def release_stale(people: Iterable[int], but: Collection[int], now: datetime) -> None:
    """Bookings of sheets that are no longer these people's, or over, stand in nobody's way.

    Those of the sheets `but` are left as they are. The people are held.
    """
    held = list(people)
    live = {(one.person_id, one.work_order_id) for one in open_visits(held, but)}
    found = _present().filter(person_id__in=held).exclude(work_order_id__in=but)
    stale = [one.pk for one in found if (one.person_id, one.work_order_id) not in live]
    Booking.objects.filter(pk__in=stale).update(released_at=now)


def hold_time_of(people: Iterable[int]) -> None:
    """Nobody else books these people's time until the transaction ends."""
    hold(f"time:{person_id}" for person_id in people)


def book(person_id: int, order_id: int, period: tuple[datetime, datetime], now: datetime) -> bool:
    """Book the time of a held person; False when other work is in the way."""
    try:
        with transaction.atomic():
            Booking.objects.create(
                person_id=person_id, work_order_id=order_id, period=period, booked_at=now
            )
    except IntegrityError:
        return False
    return True
