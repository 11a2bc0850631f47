"""Telling people that it is time to speak to a customer, and customers that we come."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import DateField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from yinuo.domains.customers.consents import has_refused
from yinuo.domains.network.roster import Roster, read_roster
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.prevention.models import DueVisit
from yinuo.domains.prevention.services.agreeing import keep_reminder, send_reminder, spoken_time
from yinuo.domains.prevention.times import COMES_AT, ZONE, comes_at, may_be_told
from yinuo.domains.prevention.types import Standing
from yinuo.platform.journal.work import Work, writing

CONTACT, REMIND = "visit.contact", "visit.remind"
AT_ONCE = 100
# Who speaks to customers where a series names nobody.
SPEAKERS = ("service_consultant", "service_specialist", "service_manager")
_RELATED = (
    *("series__customer", "series__contact", "series__contract"),
    *("series__site", "series__asset__site", "sheet"),
)


def tell_of_visits(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Tell whoever sees to each series that its customer is to be spoken to, or told again.

    Each is told once, however many workers run: its lock and the instant kept on it see to it.
    """
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    told = 0
    with writing(actor=SYSTEM, now=now) as work:
        roster = read_roster()
        to_contact = _to_contact().filter(speak_on__lte=today)
        for visit in _locked(to_contact, at_most):
            _tell(visit, CONTACT, {"due": visit.due_on.isoformat()}, roster, work)
            DueVisit.objects.filter(pk=visit.pk).update(told_contact_at=now)
            told += 1
        to_remind = _to_remind(now).filter(again_on__lte=today)
        for visit in _locked(to_remind, at_most):
            _remind(visit, roster, work)
            told += 1
    return told if told >= at_most else 0


def _remind(visit: DueVisit, roster: Roster, work: Work) -> None:
    """By message where the series says so, there is an address and the contact did not refuse
    messages; else somebody is to call."""
    contact = visit.series.contact
    if visit.series.tells_customer and contact is not None:
        number = contact.phones.exists()
        if (number or contact.email) and not has_refused(contact.pk, "mail"):
            send_reminder(visit, ("sms" if number else "email",), work)
            keep_reminder(visit, visit.agreed_with or contact.name, "worker", work)
            return
    _tell(visit, REMIND, {"when": spoken_time(visit)}, roster, work)
    told = {"told_remind_at": work.now, "told_for": comes_at(visit), "reminded_at": None}
    DueVisit.objects.filter(pk=visit.pk).update(**told)


def _tell(visit: DueVisit, topic: str, data: dict[str, str], roster: Roster, work: Work) -> None:
    person = roster.person(visit.series.person_id)
    holders = [person] if person else list(roster.holders(SPEAKERS, visit.unit_id).holders)
    named = {"customer": visit.series.customer.name, "title": visit.series.title_zh, **data}
    notify(work, Telling(topic, "due_visit", visit.public_id, visit.unit_id, named), holders, ())


def _locked(rows: QuerySet[Any], at_most: int) -> list[DueVisit]:
    free = rows.select_for_update(of=("self",), skip_locked=True).select_related(*_RELATED)
    return list(free.order_by("due_on", "id")[:at_most])


def _to_contact() -> QuerySet[Any]:
    """Visits nobody has spoken about, each with the day from which somebody should."""
    open_ones = DueVisit.objects.filter(state=Standing.DUE, told_contact_at__isnull=True)
    day = ExpressionWrapper(
        Coalesce("planned_on", "due_on") - F("series__contact_from"),
        output_field=DateField(),
    )
    return open_ones.annotate(speak_on=day)


def _to_remind(now: datetime) -> QuerySet[Any]:
    """Visits to come, agreed or ordered, whose customer was not told of the time that stands now,
    each with the day to do so; only where it is not night."""
    still = Q(state=Standing.AGREED) | Q(state=Standing.ORDERED)
    coming = DueVisit.objects.filter(still).annotate(comes_at=COMES_AT, zone=ZONE)
    rows = coming.filter(comes_at__gt=now).exclude(told_for=F("comes_at"))
    zones = rows.order_by().values_list("zone", flat=True).distinct()
    awake = [zone for zone in zones if may_be_told(zone, now)]
    day = ExpressionWrapper(
        TruncDate("comes_at", tzinfo=ZoneInfo(settings.TIME_ZONE)) - F("series__remind_from"),
        output_field=DateField(),
    )
    return rows.filter(zone__in=awake).annotate(again_on=day)
