"""Days where the company is: which one an instant falls on, when one begins and is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.kernel.instants import midnight, shift_date


def day_of(instant: datetime) -> date:
    """The day on the company's wall."""
    return instant.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def end_of(last_day: date) -> datetime:
    """The instant at which a last day is over: the midnight after it."""
    return begin_of(last_day + timedelta(days=1))


def begin_of(day: date) -> datetime:
    """The instant at which a day begins."""
    return midnight(day, ZoneInfo(settings.TIME_ZONE))


def span_of_month(first: date) -> tuple[datetime, datetime]:
    """The instants at which a month, given by its first day, begins and is over."""
    return begin_of(first), begin_of(shift_date(first, months=1))
