"""Days proposed for visits: where the unit's people are anyway, by sheets and other visits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from yinuo.domains.contracts.statutory import statutory_days
from yinuo.domains.customers.places import first_places
from yinuo.domains.fieldwork.planning import open_sheets
from yinuo.domains.network.holders import holders_around
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import unit_for
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.days import (
    Place,
    Stop,
    SuitingDay,
    ToPlace,
    spread,
    suiting_days,
    working_days,
)
from yinuo.domains.prevention.models import IS_OPEN, DueVisit
from yinuo.domains.prevention.policies import visible_due_visits
from yinuo.domains.prevention.selectors import RELATED, due_row, today_of
from yinuo.domains.prevention.types import DueRow, Standing
from yinuo.platform.scoped import one_of

PROPOSED = 3
# How far ahead days are looked for, at least and at most.
FEWEST_DAYS, MOST_DAYS = 14, 62
# So many stops a working engineer makes a day; a unit takes that many for each of its people.
STOPS_A_DAY = 4
MOST_VISITS = 300


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A visit of a month with the day that suits best; None when no day is left for it."""

    visit: DueRow
    day: SuitingDay | None


def propose_days(actor: Actor, visit_id: object, now: datetime) -> list[SuitingDay]:
    """Three days for a visible visit on which the unit's people are near, the best one leading.

    Eight statements at most. None while the visit is no longer to be agreed.
    """
    seen = visible_due_visits(actor).select_related(*RELATED, "unit")
    visit = one_of(seen, visit_id)
    if visit.state not in (Standing.DUE, Standing.AGREED):
        return []
    today = today_of(now)
    first = max(visit.begins_on, today + timedelta(days=visit.series.contact_by))
    last = min(max(visit.due_on, first + timedelta(days=FEWEST_DAYS)), first + _far())
    days = working_days(first, last, statutory_days().table)
    stops = _stops(actor, visit.unit.path, days, but=visit.pk)
    place = _places([visit])[visit.pk]
    return suiting_days(place, days, stops, PROPOSED)


def plan_of_month(
    actor: Actor, unit_id: object, month: date, now: datetime
) -> tuple[list[MonthRow], int]:
    """The visits of a unit and those below it that are due by the end of a month, each with the
    day that suits best, and how many there are beyond the three hundred shown.

    A constant number of statements. Raises NotFound for a unit where the actor plans no visits.
    """
    unit = unit_for(actor, unit_id, Permission.PREVENTION_WRITE)
    first, last = _month(month)
    rows = visible_due_visits(actor, Permission.PREVENTION_WRITE).filter(
        IS_OPEN, state=Standing.DUE, unit__path__startswith=unit.path, due_on__lte=last
    )
    number = rows.count()
    ordered = rows.select_related(*RELATED, "unit").order_by("due_on", "id")
    visits = list(ordered[:MOST_VISITS])
    begin = max(first, today_of(now) + timedelta(days=1))
    days = working_days(begin, last, statutory_days().table)
    stops = _stops(actor, unit.path, days)
    places = _places(visits)
    wanted = [
        ToPlace(
            key=str(one.public_id),
            customer=one.customer.name,
            place=places[one.pk],
            first_on=one.begins_on,
            # What is overdue has no last day left: any day of the month is as good.
            last_on=one.due_on if one.due_on >= begin else last,
        )
        for one in visits
    ]
    found = spread(wanted, days, stops, STOPS_A_DAY * _people(unit.pk))
    made = [_month_row(actor, one, found.get(str(one.public_id)), now) for one in visits]
    return made, max(0, number - len(visits))


def _month_row(actor: Actor, visit: DueVisit, day: SuitingDay | None, now: datetime) -> MonthRow:
    row: DueRow = due_row(actor, visit, now)
    return MonthRow(row, day)


def _month(month: date) -> tuple[date, date]:
    first = month.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _far() -> timedelta:
    return timedelta(days=MOST_DAYS)


def _people(unit_id: int) -> int:
    """How many may be sent: at least one, so that a month can be planned before people are."""
    return max(1, len(holders_around(Permission.WORK_ORDER_PERFORM, unit_id)))


def _stops(actor: Actor, unit_path: str, days: list[date], but: int = 0) -> list[Stop]:
    """Appointments of open sheets, and visits agreed or planned, on these days. Two statements."""
    wanted, zone = set(days), ZoneInfo(settings.TIME_ZONE)
    stops = []
    for sheet in open_sheets(actor, unit_path):
        at = sheet.agreed_for or sheet.service_at
        place = _degrees(sheet.latitude, sheet.longitude)
        if at is not None and place is not None and (on := at.astimezone(zone).date()) in wanted:
            stops.append(Stop(on, place, sheet.customer_name, sheet.person_name))
    if not days:
        return stops
    planned = Q(planned_on__range=(days[0], days[-1]), state=Standing.DUE)
    agreed = Q(state=Standing.AGREED)
    rows = visible_due_visits(actor).filter(planned | agreed, unit__path__startswith=unit_path)
    others = rows.exclude(pk=but).select_related(*RELATED).order_by("id")[:MOST_VISITS]
    for one in others:
        day = one.agreed_for.astimezone(zone).date() if one.agreed_for else one.planned_on
        place = _place_of(one)
        if day is not None and day in wanted and place is not None:
            stops.append(Stop(day, place, one.customer.name, ""))
    return stops


def _places(visits: Iterable[DueVisit]) -> dict[int, Place | None]:
    """Where each visit goes: its site, its asset's, else the customer's first. One statement."""
    found = {one.pk: _place_of(one) for one in visits}
    lost = {one.pk: one.customer_id for one in visits if found[one.pk] is None}
    firsts = first_places(lost.values()) if lost else {}
    return found | {pk: firsts.get(customer) for pk, customer in lost.items()}


def _place_of(visit: Any) -> Place | None:
    series = visit.series
    site = series.site or (series.asset.site if series.asset else None)
    return _degrees(site.latitude, site.longitude) if site else None


def _degrees(latitude: Decimal | None, longitude: Decimal | None) -> Place | None:
    return None if latitude is None or longitude is None else (float(latitude), float(longitude))
