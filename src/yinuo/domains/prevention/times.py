"""When we come to a visit, and when a customer may be told of it."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, DateTimeField, F, Q, Value, When
from django.db.models.functions import Coalesce

from yinuo.domains.prevention.models import DueVisit
from yinuo.domains.prevention.types import Standing

# Between these hours of the place customers get messages.
MESSAGES_FROM, MESSAGES_UNTIL = time(8), time(20)
# With the sheet out, its engineer agrees with the customer; one given up no longer counts.
_WITH_SHEET = [Standing.ORDERED.value, Standing.HELD.value]
COMES_AT = Case(
    When(state__in=_WITH_SHEET, then=Coalesce("sheet__agreed_for", "agreed_for")),
    default=F("agreed_for"),
    output_field=DateTimeField(),
)
# The customer was told again of the time that stands now.
TOLD = Q(reminded_at__isnull=False, told_for=F("comes_at"))
ZONE = Coalesce("series__site__zone", "series__asset__site__zone", Value(settings.TIME_ZONE))


def comes_at(visit: DueVisit) -> datetime | None:
    """When we come: as the engineer agreed on it, else as it was agreed before the sheet."""
    sheet = visit.sheet if visit.state in _WITH_SHEET else None
    return (sheet.agreed_for if sheet else None) or visit.agreed_for


def is_told(visit: DueVisit) -> bool:
    """True when the customer was told again of the time that stands now."""
    return visit.reminded_at is not None and visit.told_for == comes_at(visit)


def may_be_told(zone: str, now: datetime) -> bool:
    """True in the hours in which messages go to customers there."""
    return MESSAGES_FROM <= now.astimezone(ZoneInfo(zone)).time() < MESSAGES_UNTIL
