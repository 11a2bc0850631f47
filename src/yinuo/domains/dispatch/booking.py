"""Keeping somebody's time for a sheet; the database refuses two visits at once.

Whoever books holds the person first. Without that, a booking committed between another's look at
the open visits and his clearing of old bookings would be taken for an old one and released; and two
inserted at the same moment would wait for each other until the database ends one as a deadlock.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from yinuo.domains.dispatch.models import Booking
from yinuo.domains.dispatch.types import CannotGo
from yinuo.domains.fieldwork.planned import open_visits
from yinuo.domains.network.qualification_types import Obstacle, Rule


def keep_time(
    person_id: int, name: str, order_id: int, period: tuple[datetime, datetime], now: datetime
) -> None:
    """Book his time. Bookings of sheets that are no longer his, or over, are released first.

    Raises CannotGo when other work is in the way, also when it was booked at the same moment.
    """
    hold_time_of([person_id])
    present = Booking.objects.filter(released_at__isnull=True)
    live = {one.work_order_id for one in open_visits([person_id], order_id)}
    stale = present.filter(person_id=person_id).exclude(work_order_id__in=live)
    stale.update(released_at=now)
    present.filter(work_order_id=order_id).update(released_at=now)
    if not book(person_id, order_id, period, now):
        raise CannotGo(name, (Obstacle(Rule.OVERLAP),))


def hold_time_of(people: Iterable[int]) -> None:
    """Nobody else books these people's time until the transaction ends."""
    with connection.cursor() as cursor:
        for person_id in sorted(set(people)):  # in one order, so that no two wait for each other
            key = f"time:{person_id}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


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
