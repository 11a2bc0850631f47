"""Everything a plan is made from, read from the database: sheets, people, rows, rules, prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.db.models import F

from yinuo.domains.dispatch.models import Booking
from yinuo.domains.dispatch.planning.crews import AlongVisit, Span, apart, by_person, set_out
from yinuo.domains.dispatch.weighing import Weighing, hours_of, present_weighing
from yinuo.domains.fieldwork.companions import companions_of
from yinuo.domains.fieldwork.planned import who_know_each
from yinuo.domains.fieldwork.planning import OpenSheet, open_sheets
from yinuo.domains.fieldwork.types import CompanionRow
from yinuo.domains.network.candidates import absences_within, crowd_for, rules_broken
from yinuo.domains.network.performers import Performer, PlannedUnit, performers_in, who_left
from yinuo.domains.network.qualification_types import Demand, QualificationData, Rule
from yinuo.domains.network.qualified import qualifications_for
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.arrival import PromisedArrival, arrivals_by_subject

# What one plan of a unit looks at; beyond some hundred sheets it is split by region.
MOST_SHEETS, MOST_PEOPLE = 3_000, 1_500
# Planned visits lie within these minutes of a day; what must be done at night is one urgent job.
FROM_MINUTE, TO_MINUTE = 8 * 60, 20 * 60
# Whoever has no hours of his own is planned with these.
USUAL = (8 * 60 + 30, 18 * 60)
LEAST_ROW = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Row:
    """One person on one day: from when to when, and what keeps him from visits meanwhile.

    ``breaks`` may move by an hour, ``absences`` and the visits of others he goes ``along`` to not.
    ``under_way`` is where he sets out, when not from home: a visit he is at when the row begins.
    """

    person: Performer
    on: date
    begins: datetime
    ends: datetime
    breaks: tuple[Span, ...]
    absences: tuple[Span, ...]
    under_way: OpenSheet | None
    hour_fen: int
    along: tuple[AlongVisit, ...] = ()


@dataclass(frozen=True, slots=True)
class Booked:
    """The time that is kept for a sheet, the way there included."""

    person_id: int
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Gathered:
    """The problem of some days as it stands at `now`."""

    unit: PlannedUnit
    now: datetime
    days: tuple[date, ...]
    weighing: Weighing
    sheets: tuple[OpenSheet, ...]
    rows: tuple[Row, ...]
    needs: Mapping[str, QualificationData]
    booked: Mapping[int, Booked]
    arrivals: Mapping[int, Sequence[PromisedArrival]]
    familiar: Mapping[int, frozenset[int]]
    broken_rules: Mapping[tuple[int, str, date], Mapping[int, tuple[Rule, ...]]]
    # Sheets to which somebody goes along: the whole crew stays when and with whom it stands.
    shared: frozenset[int] = frozenset()

    @cached_property
    def ends(self) -> datetime:
        """The end of the last day."""
        return midnight(self.days[-1] + timedelta(days=1))

    def minutes(self, sheet: OpenSheet) -> int:
        """How long the visit of a sheet takes."""
        return self.needs[sheet.product_line].visit_minutes

    def broken(self, sheet: OpenSheet, person_id: int, on: date) -> tuple[Rule, ...] | None:
        """The hard rules somebody breaks that day; None when the sheet's unit is not his."""
        return self.broken_rules[sheet.unit_id, sheet.product_line, on].get(person_id)


def gather(
    actor: Actor, unit: PlannedUnit, days: Sequence[date], now: datetime, *, only: int | None = None
) -> Gathered:
    """Read the problem. `only` one sheet is to be placed: no other is looked at but as a booking.

    Some twenty statements, however many sheets, people, days and customers there are.
    """
    begins, ends = midnight(days[0]), midnight(days[-1] + timedelta(days=1))
    people = performers_in(unit, MOST_PEOPLE)
    opened = _led(open_sheets(actor, unit.path, MOST_SHEETS), unit, people)
    found = [one for one in opened if only in (None, one.id)]
    ids = [one.id for one in found]
    booked, along = live_bookings(ids), companions_of(ids)
    sheets = tuple(
        one
        for one in found
        if _belongs(one, begins, ends, now)
        and (one.id not in along or _stands(one, booked.get(one.id), begins, ends, now))
    )
    needs, weighing = qualifications_for({one.product_line for one in found}), present_weighing()
    under_way = {one.person_id: one for one in found if one.is_on_the_way and one.person_id}
    others = by_person(_visits_along(found, booked, along, needs, now))
    rows = _rows(people, days, now, needs, under_way, others, weighing)
    arrivals = arrivals_by_subject(
        each for one in sheets for each in (one.request_public_id, one.public_id)
    )
    known = who_know_each({sheet.customer_id for sheet in sheets})
    return Gathered(
        unit=unit,
        now=now,
        days=tuple(days),
        weighing=weighing,
        sheets=sheets,
        rows=tuple(rows),
        needs=needs,
        booked=booked,
        arrivals={
            one.id: (*arrivals.get(one.request_public_id, ()), *arrivals.get(one.public_id, ()))
            for one in sheets
        },
        familiar={one.id: known[one.customer_id] for one in sheets},
        broken_rules=_broken_rules(actor, sheets, days, needs),
        shared=frozenset(along),
    )


def midnight(day: date) -> datetime:
    """When a day begins here."""
    return datetime.combine(day, time(0), ZoneInfo(settings.TIME_ZONE))


def live_bookings(order_ids: Iterable[int]) -> dict[int, Booked]:
    """The times kept for those who lead these sheets. One statement."""
    rows = Booking.objects.filter(
        work_order_id__in=list(order_ids),
        released_at__isnull=True,
        work_order__assignee_id=F("person_id"),
    )
    return {
        one.work_order_id: Booked(one.person_id, one.period.lower, one.period.upper) for one in rows
    }


def _led(
    sheets: Sequence[OpenSheet], unit: PlannedUnit, people: Sequence[Performer]
) -> list[OpenSheet]:
    """The sheets; one whose engineer has left before he set out is nobody's, whatever he agreed."""
    gone = who_left(unit, people, (one.person_id for one in sheets))
    return [
        replace(one, person_id=None, person_public_id=None, person_name="")
        if one.person_id in gone and not one.is_on_the_way
        else one
        for one in sheets
    ]


def _belongs(sheet: OpenSheet, begins: datetime, ends: datetime, now: datetime) -> bool:
    """Whether a sheet is planned in these days: not what is under way or agreed for another day."""
    if sheet.is_on_the_way:
        return False
    wanted = sheet.agreed_for or sheet.service_at
    if wanted is None or wanted < now:
        return True
    return begins <= wanted < ends


def _stands(
    sheet: OpenSheet, kept: Booked | None, begins: datetime, ends: datetime, now: datetime
) -> bool:
    """Whether a visit of several has a time in these days; one without waits for a person."""
    if sheet.person_id is None:
        return False
    if sheet.agreed_for is not None and sheet.agreed_for >= now:
        return True
    return kept is not None and kept.ends > now and begins <= kept.begins < ends


def _visits_along(
    found: Iterable[OpenSheet],
    booked: Mapping[int, Booked],
    along: Mapping[int, Sequence[CompanionRow]],
    needs: Mapping[str, QualificationData],
    now: datetime,
) -> list[AlongVisit]:
    """The visits to which people go along, as they stand."""
    visits = []
    for one in found:
        if not along.get(one.id) or one.person_id is None:
            continue
        kept, length = booked.get(one.id), timedelta(minutes=needs[one.product_line].visit_minutes)
        if one.is_on_the_way:
            ends = _free_at(one, now, needs)
            span = (one.departed_at or now, ends - length, ends)
        elif kept is not None:
            span = (kept.begins, max(kept.ends - length, kept.begins), kept.ends)
        elif one.agreed_for is not None:
            span = (one.agreed_for, one.agreed_for, one.agreed_for + length)
        else:
            continue
        visits += [AlongVisit(each.person_id, *span, one) for each in along[one.id]]
    return visits


def _broken_rules(
    actor: Actor,
    sheets: Iterable[OpenSheet],
    days: Sequence[date],
    needs: Mapping[str, QualificationData],
) -> dict[tuple[int, str, date], dict[int, tuple[Rule, ...]]]:
    """For each unit, product line and day what keeps whom from such work; hours stand in rows."""
    keys = [
        (unit_id, line, on)
        for unit_id, line in sorted({(one.unit_id, one.product_line) for one in sheets})
        for on in days
    ]
    if not keys:
        return {}
    demands = [
        Demand(unit_id, noon, noon, line, needs[line])
        for unit_id, line, on in keys
        for noon in [midnight(on) + timedelta(hours=12)]
    ]
    broken = rules_broken(crowd_for(actor, demands), demands)
    return {
        key: {person: _hard(rules) for person, rules in found.items()}
        for key, found in zip(keys, broken, strict=True)
    }


def _hard(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(each for each in rules if each not in (Rule.SHIFT, Rule.ABSENCE))


def _rows(
    people: Sequence[Performer],
    days: Sequence[date],
    now: datetime,
    needs: Mapping[str, QualificationData],
    under_way: Mapping[int, OpenSheet],
    along: Mapping[int, Sequence[AlongVisit]],
    weighing: Weighing,
) -> list[Row]:
    away: dict[int, list[Span]] = defaultdict(list)
    first, last = midnight(days[0]), midnight(days[-1] + timedelta(days=1))
    for person_id, begins, ends in absences_within(first, last):
        away[person_id].append((begins, ends))
    ids = np.array([(one.person_id, one.unit_id) for one in people], dtype=np.int64)
    ids = ids.reshape(-1, 2)
    prices = hours_of(ids[:, 0], ids[:, 1], weighing.figures).tolist()
    rows = []
    for person, hour_fen in zip(people, prices, strict=True):
        visits = along.get(person.person_id, ())
        for on in days:
            sheet = under_way.get(person.person_id) if on == _today(now) else None
            free = now if sheet is None else _free_at(sheet, now, needs)
            gone = away[person.person_id]
            row = _row(person, on, max(free, now), gone, visits, sheet, hour_fen)
            if row is not None:
                rows.append(row)
    return rows


def _free_at(sheet: OpenSheet, now: datetime, needs: Mapping[str, QualificationData]) -> datetime:
    """When a visit under way is expected to end; one that lasts longer ends in a moment."""
    begun = sheet.arrived_at or max(sheet.departed_at or now, now)
    return begun + timedelta(minutes=needs[sheet.product_line].visit_minutes)


def _today(now: datetime) -> date:
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def day_windows(person: Performer, on: date) -> list[Span]:
    """When somebody works on a day, within the hours that are planned."""
    given = [(one.start, one.end) for one in person.shift if one.weekday == on.isoweekday()]
    windows = sorted(given if person.shift else [USUAL])
    base = midnight(on)
    clipped = [(max(begin, FROM_MINUTE), min(end, TO_MINUTE)) for begin, end in windows]
    return [
        (base + timedelta(minutes=begin), base + timedelta(minutes=end))
        for begin, end in clipped
        if begin < end
    ]


def _at_work(windows: Sequence[Span], at: datetime) -> datetime:
    """When somebody works from an instant on: then, or when the next of his windows begins."""
    return next((max(begin, at) for begin, end in windows if end > at), at)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch as one."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], ends)
        else:
            found.append((begins, ends))
    return found


def _row(
    person: Performer,
    on: date,
    free: datetime,
    away: Sequence[Span],
    along: Sequence[AlongVisit],
    under_way: OpenSheet | None,
    hour_fen: int,
) -> Row | None:
    windows = day_windows(person, on)
    if not windows:
        return None
    begins, ends = _at_work(windows, free), windows[-1][1]
    gone = [one for one in away if one[0] < ends and one[1] > begins]
    visits, busy = apart([one for one in along if one.meets((begins, ends))], gone)
    absences = _merged((max(each[0], begins), min(each[1], ends)) for each in (*gone, *busy))
    begins, place = set_out(begins, absences, visits)
    begins, later = set_out(_at_work(windows, begins), absences, visits)
    absences = [one for one in absences if one[1] > begins]
    visits = [one for one in visits if one.ends > begins]
    if ends - begins < LEAST_ROW:
        return None
    held = [*absences, *((one.leaves, one.ends) for one in visits)]
    breaks = [
        (first[1], second[0])
        for first, second in pairwise(windows)
        if first[1] >= begins and not any(a < second[0] and b > first[1] for a, b in held)
    ]
    return Row(
        person=person,
        on=on,
        begins=begins,
        ends=ends,
        breaks=tuple(breaks),
        absences=tuple(absences),
        under_way=later or place or under_way,
        hour_fen=hour_fen,
        along=tuple(visits),
    )
