"""Keeping somebody's time for a sheet; the database refuses two visits at once."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

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
    present = Booking.objects.filter(released_at__isnull=True)
    live = {one.work_order_id for one in open_visits([person_id], order_id)}
    stale = present.filter(person_id=person_id).exclude(work_order_id__in=live)
    stale.update(released_at=now)
    present.filter(work_order_id=order_id).update(released_at=now)
    try:
        with transaction.atomic():
            Booking.objects.create(
                person_id=person_id, work_order_id=order_id, period=period, booked_at=now
            )
    except IntegrityError as error:
        raise CannotGo(name, (Obstacle(Rule.OVERLAP),)) from error
