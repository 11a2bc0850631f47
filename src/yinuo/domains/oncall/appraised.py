"""A person's duty month by month, as appraisal takes it in (LV-09); limited by who may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.call_policies import may_see_pay, visible_calls
from yinuo.domains.oncall.call_selectors import entry_row, terms_of
from yinuo.domains.oncall.call_types import PayEntryRow, PayKind, PayLine
from yinuo.domains.oncall.hours import days_with_duty, duty_calendar
from yinuo.domains.oncall.models import PayEntry, Rota, Turn
from yinuo.domains.oncall.paying import ALLOWANCE, pay_lines
from yinuo.domains.oncall.policies import visible_rotas, visible_turns
from yinuo.domains.oncall.selectors import rota_row
from yinuo.kernel.calendars import Calendar
from yinuo.kernel.instants import shift_date

# Rota, person (internal ids) and the first day of a month.
_Key: TypeAlias = tuple[int, int, date]


@dataclass(frozen=True, slots=True)
class DutyMonth:
    """A month of duty of one person on one rota. Without a turn of his own he answered calls, or
    was asked next: they count, a statement there is none. Money and what took it off is None for
    whoever may not see the pay."""

    rota_public_id: UUID
    rota_name: str
    month: date
    had_turn: bool
    days: int
    calls: int
    call_minutes: int
    complaints: int | None
    allowance: Decimal | None
    deductions: Decimal | None
    total: Decimal | None


class _Counted(NamedTuple):
    had_turn: bool
    days: int
    calls: int
    minutes: int


def duty_by_month(
    actor: Actor, since: date, until: date, person_ids: Collection[int]
) -> dict[tuple[int, date], list[DutyMonth]]:
    """Months from `since` up to and without `until` in which these people had a turn or a call, by
    person and month; four statements."""
    zone = ZoneInfo(settings.TIME_ZONE)
    low, high = _begin(since, zone), _begin(until, zone)
    rotas = {one.pk: one for one in visible_rotas(actor).select_related("unit")}
    turns = visible_turns(actor).filter(
        person_id__in=person_ids, period__overlap=(low, high), rota_id__in=rotas
    )
    by_key: dict[_Key, list[Turn]] = defaultdict(list)
    for turn in turns:
        for month in _months(since, until):
            following = _begin(shift_date(month, months=1), zone)
            if turn.period.lower < following and turn.period.upper > _begin(month, zone):
                by_key[turn.rota_id, turn.person_id, month].append(turn)
    calls = {
        key: found for key, found in _calls(actor, low, high, person_ids).items() if key[0] in rotas
    }
    entries = _entries(since, until, rotas, person_ids)
    calendars = {
        pk: duty_calendar(rota_row(rotas[pk]).data) for pk in {key[0] for key in by_key | calls}
    }
    found: dict[tuple[int, date], list[DutyMonth]] = defaultdict(list)
    for key in sorted(by_key | calls):
        rota, person, month = rotas[key[0]], key[1], key[2]
        own = by_key.get(key, [])
        days, share = _time(calendars[rota.pk], own, month, zone)
        lines = pay_lines(terms_of(rota), share, entries.get(key, ()))
        paid = lines if may_see_pay(actor, rota, person) else None
        counted = _Counted(bool(own), days, *calls.get(key, (0, 0)))
        found[person, month].append(_month(rota, month, counted, paid))
    return found


def _month(
    rota: Rota, month: date, counted: _Counted, paid: tuple[PayLine, ...] | None
) -> DutyMonth:
    complaints = allowance = deductions = total = None
    if paid is not None:
        by_kind = {one.kind: one for one in paid}
        complaints = int(by_kind[PayKind.COMPLAINT.value].number)
        allowance = by_kind[ALLOWANCE].amount
        total = sum((one.amount for one in paid), Decimal(0))
        deductions = sum((one.amount for one in paid if one.amount < 0), Decimal(0))
    return DutyMonth(
        rota_public_id=rota.public_id,
        rota_name=rota.name,
        month=month,
        had_turn=counted.had_turn,
        days=counted.days,
        calls=counted.calls,
        call_minutes=counted.minutes,
        complaints=complaints,
        allowance=allowance,
        deductions=deductions,
        total=total,
    )


def _time(
    calendar: Calendar, own: Iterable[Turn], month: date, zone: ZoneInfo
) -> tuple[int, Decimal]:
    """On how many days he had duty time, and which part of the month's was his."""
    low, high = _begin(month, zone), _begin(shift_date(month, months=1), zone)
    whole = sum((end - begin).total_seconds() for begin, end in calendar.windows(low, high))
    days, part = days_with_duty(
        calendar, [(one.period.lower, one.period.upper) for one in own], low, high
    )
    return days, Decimal(round(part)) / Decimal(round(whole)) if whole else Decimal(0)


def _calls(
    actor: Actor, low: datetime, high: datetime, person_ids: Collection[int]
) -> dict[_Key, tuple[int, int]]:
    rows = visible_calls(actor).filter(
        called_at__gte=low, called_at__lt=high, person_id__in=person_ids
    )
    months = rows.annotate(month=TruncMonth("called_at")).order_by()
    counted = months.values_list("rota_id", "person_id", "month").annotate(
        number=Count("*"), spent=Sum("minutes")
    )
    return {
        (rota, person, month.date()): (number, spent or 0)
        for rota, person, month, number, spent in counted
        if person is not None
    }


def _entries(
    since: date, until: date, rotas: Collection[int], person_ids: Collection[int]
) -> dict[_Key, list[PayEntryRow]]:
    rows = PayEntry.objects.filter(
        Q(on__gte=since, on__lt=until, cancelled_at__isnull=True),
        rota_id__in=rotas,
        person_id__in=person_ids,
    )
    found: dict[_Key, list[PayEntryRow]] = defaultdict(list)
    for one in rows:
        found[one.rota_id, one.person_id, one.on.replace(day=1)].append(entry_row(one))
    return found


def _months(since: date, until: date) -> list[date]:
    months, month = [], since.replace(day=1)
    while month < until:
        months.append(month)
        month = shift_date(month, months=1)
    return months


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
