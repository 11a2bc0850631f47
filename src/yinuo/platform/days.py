"""Days where the company is: which one an instant falls on, and when one is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings


def day_of(instant: datetime) -> date:
    """The day on the company's wall."""
    return instant.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def end_of(last_day: date) -> datetime:
    """The instant at which a last day is over: the midnight after it."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(last_day + timedelta(days=1), time(), zone)
