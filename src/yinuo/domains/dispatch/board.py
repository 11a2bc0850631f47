"""The board: who is where when, and what waits for somebody, the least time left first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from yinuo.domains.dispatch.board_types import Board, BoardRow, BoardSheet, Span
from yinuo.domains.dispatch.planning.gathering import Booked, live_bookings, midnight
from yinuo.domains.fieldwork.companions import companions_of
from yinuo.domains.fieldwork.planning import OpenSheet, open_sheets
from yinuo.domains.network.candidates import absences_within
from yinuo.domains.network.performers import Performer, performers_in, planned_unit, who_left
from yinuo.domains.network.qualification_types import QualificationData
from yinuo.domains.network.qualified import list_qualifications
from yinuo.domains.network.types import Actor
from yinuo.domains.network.words import folded
from yinuo.domains.obligations.arrival import PromisedArrival, arrivals_by_subject

USUAL_LENGTH = QualificationData().visit_minutes


def get_board(actor: Actor, unit_id: object, *, first_on: date, days: int, now: datetime) -> Board:
    """The board of a unit and those below it. Nine statements, however much stands on it, and two
    when somebody left who has visits.

    What should have begun before the days shown and did not waits, and so do a leaver's visits.

    NotFound for a unit in which the actor sends nobody.
    """
    unit = planned_unit(actor, unit_id)
    shown = tuple(first_on + timedelta(days=number) for number in range(days))
    begins, ends = midnight(shown[0]), midnight(shown[-1] + timedelta(days=1))
    people = performers_in(unit)
    found = open_sheets(actor, unit.path)
    booked = live_bookings([one.id for one in found])
    along = companions_of([one.id for one in found])
    arrivals = arrivals_by_subject(
        each for one in found for each in (one.request_public_id, one.public_id)
    )
    lengths = {
        folded(one.data.product_line): one.data.visit_minutes for one in list_qualifications()
    }
    usual = lengths.get("", USUAL_LENGTH)
    by_person: dict[int, list[BoardSheet]] = defaultdict(list)
    waiting = []
    gone = who_left(unit, people, (one.person_id for one in found))
    for one in found:
        minutes = lengths.get(folded(one.product_line), usual)
        sheet = _sheet(one, minutes, arrivals, [each.name for each in along[one.id]])
        span = _span(one, booked.get(one.id), minutes, now)
        stands = sheet if span is None else replace(sheet, begins=span[0], ends=span[1])
        if one.person_id is None or span is None or one.person_id in gone:
            waiting.append(replace(stands, has_left=one.person_id in gone))
        elif span[0] < ends and span[1] > begins:
            for person_id in (one.person_id, *(each.person_id for each in along[one.id])):
                by_person[person_id].append(stands)
        elif span[1] <= now and not one.is_on_the_way:
            waiting.append(replace(stands, is_overdue=True))
    away = _away(begins, ends)
    rows = tuple(
        _row(one, shown, away.get(one.person_id, ()), by_person[one.person_id]) for one in people
    )
    waiting.sort(key=lambda one: (one.due_at is None, one.due_at or ends, one.number))
    return Board(unit, shown, rows, tuple(waiting))


def _away(begins: datetime, ends: datetime) -> Mapping[int, list[Span]]:
    """When who is away in the days shown."""
    away: dict[int, list[Span]] = defaultdict(list)
    for person, start, end in absences_within(begins, ends):
        away[person].append((max(start, begins), min(end, ends)))
    return away


def _row(
    one: Performer, days: Sequence[date], away: Sequence[Span], sheets: Sequence[BoardSheet]
) -> BoardRow:
    hours = [
        (midnight(on) + timedelta(minutes=each.start), midnight(on) + timedelta(minutes=each.end))
        for on in days
        for each in one.shift
        if each.weekday == on.isoweekday()
    ]
    whole = [(midnight(days[0]), midnight(days[-1] + timedelta(days=1)))]
    return BoardRow(
        person_public_id=one.public_id,
        name=one.name,
        unit_name=one.unit_name,
        latitude=one.home.latitude if one.home else None,
        longitude=one.home.longitude if one.home else None,
        hours=tuple(hours if one.shift else whole),
        absences=tuple(sorted(away)),
        sheets=tuple(sorted(sheets, key=lambda each: (each.begins, each.number))),
    )


def _sheet(
    one: OpenSheet,
    minutes: int,
    arrivals: Mapping[UUID, Sequence[PromisedArrival]],
    companions: Iterable[str],
) -> BoardSheet:
    promised = [*arrivals.get(one.request_public_id, ()), *arrivals.get(one.public_id, ())]
    return BoardSheet(
        public_id=one.public_id,
        version=one.version,
        number=one.number,
        state=one.state,
        customer_name=one.customer_name,
        site_name=one.site_name,
        product_line=one.product_line,
        latitude=one.latitude,
        longitude=one.longitude,
        agreed_for=one.agreed_for,
        due_at=min((each.due_at for each in promised), default=None),
        person_public_id=one.person_public_id,
        person_name=one.person_name,
        minutes=minutes,
        companions=tuple(companions),
    )


def _span(one: OpenSheet, kept: Booked | None, minutes: int, now: datetime) -> Span | None:
    """From when to when a visit stands: as it runs, as time is kept for it, as it is agreed."""
    length = timedelta(minutes=minutes)
    if one.is_on_the_way:
        begins = one.arrived_at or one.departed_at or now
        return begins, max(begins + length, now)
    if kept is not None and kept.person_id == one.person_id:
        return kept.begins, kept.ends
    return (one.agreed_for, one.agreed_for + length) if one.agreed_for else None
