"""Reading on-call duty; every function is limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import F, QuerySet

from yinuo.domains.network.shifts import Window
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.call_policies import visible_calls
from yinuo.domains.oncall.hours import days_with_duty, duty_calendar, gaps_in
from yinuo.domains.oncall.models import Rota, Turn
from yinuo.domains.oncall.policies import visible_rotas, visible_turns
from yinuo.domains.oncall.types import (
    CountedTurn,
    Gap,
    Narrowed,
    OnDuty,
    RotaData,
    RotaRow,
    TurnRow,
)
from yinuo.platform.days import begin_of
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of
from yinuo.platform.sorting import pinyin_key

# How far ahead gaps are looked for, and how many are shown.
AHEAD = timedelta(days=62)
MOST_GAPS = 20
MOST_TURNS = 200
MOST_PEOPLE = 500
# Turns are made for days that people name; nobody names one outside these.
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def list_rotas(actor: Actor) -> list[RotaRow]:
    """Visible rotas by unit and name."""
    return [rota_row(one) for one in _rotas(actor)]


def get_rota(actor: Actor, rota_id: object) -> RotaRow:
    """One visible rota; NotFound otherwise."""
    return rota_row(one_of(visible_rotas(actor).select_related("unit"), rota_id))


def list_turns(actor: Actor, rota_id: object, *, since: datetime) -> list[TurnRow]:
    """Turns of a visible rota that end after an instant, the next one first."""
    rota = one_of(visible_rotas(actor), rota_id)
    turns = visible_turns(actor).filter(rota=rota, period__endswith__gt=since)
    return [_turn_row(one) for one in _with_rest(turns)[:MOST_TURNS]]


def find_turns(
    actor: Actor, narrowed: Narrowed, *, cursor: str = "", limit: int = 50
) -> Page[CountedTurn]:
    """Turns of visible rotas, the last to begin first, each with its days of duty; narrowed to
    days, those of a turn that lie outside them do not count."""
    low = begin_of(narrowed.since) if narrowed.since else _FIRST
    high = begin_of(narrowed.until) if narrowed.until else _LAST
    turns = visible_turns(actor).filter(
        rota__in=rotas_in(actor, narrowed), period__overlap=(low, high)
    )
    if narrowed.person_id:
        turns = turns.filter(person__public_id=identity(narrowed.person_id))
    found = page_of(
        turns.annotate(begins=F("period__startswith")).select_related("rota", "person", "covers"),
        order=("-begins", "-id"),
        cursor=cursor,
        limit=limit,
    )
    calendars = {
        rota.pk: duty_calendar(_rota_data(rota.name, rota.begins, rota.ends, rota.office))
        for rota in {one.rota for one in found.items}
    }

    def counted(one: Turn) -> CountedTurn:
        span = (one.period.lower, one.period.upper)
        days, _seconds = days_with_duty(calendars[one.rota_id], [span], low, high)
        return CountedTurn(_turn_row(one), one.rota.name, days)

    return found.map(counted)


def people_of_rotas(actor: Actor) -> list[tuple[UUID, str]]:
    """Who ever had a turn or a call on visible rotas, by name: whoever answers a call has it."""
    seen = ("person__public_id", "person__name")
    turns = visible_turns(actor).order_by().values_list(*seen).distinct()
    calls = visible_calls(actor).filter(rota__in=visible_rotas(actor), person__isnull=False)
    found = {*turns[:MOST_PEOPLE], *calls.order_by().values_list(*seen).distinct()[:MOST_PEOPLE]}
    return sorted(found, key=lambda one: (pinyin_key(one[1]), one[0]))


def rotas_in(actor: Actor, narrowed: Narrowed) -> QuerySet[Rota]:
    """The visible rotas, or the one that is named; NotFound when that is not among them."""
    rotas = visible_rotas(actor)
    if narrowed.rota_id:
        return rotas.filter(pk=one_of(rotas, narrowed.rota_id).pk)
    return rotas


def get_turn(actor: Actor, turn_id: object) -> TurnRow:
    """One visible turn; NotFound otherwise."""
    return _turn_row(one_of(_with_rest(visible_turns(actor)), turn_id))


def list_gaps(actor: Actor, rota_id: object, *, now: datetime) -> list[Gap]:
    """Duty time of the next two months that nobody has, the first twenty."""
    rota = get_rota(actor, rota_id)
    turns = list_turns(actor, rota_id, since=now)
    spans = [(one.starts_at, one.ends_at) for one in turns]
    found = gaps_in(duty_calendar(rota.data), spans, now, now + AHEAD)
    return [Gap(begins, ends) for begins, ends in found[:MOST_GAPS]]


def who_is_on_duty(actor: Actor, *, now: datetime) -> list[OnDuty]:
    """Each visible rota at this instant. Two statements."""
    rotas = [rota_row(one) for one in _rotas(actor)]
    turns = visible_turns(actor).filter(rota_id__in=[one.id for one in rotas], period__contains=now)
    present = {one.rota_id: _turn_row(one) for one in _with_rest(turns)}
    return [_at(one, present.get(one.id), now) for one in rotas]


def people_on_duty(at: datetime) -> frozenset[int]:
    """Who has a turn that counts at an instant, in any unit; the caller knows the people."""
    turns = Turn.objects.filter(cancelled_at__isnull=True, rota__active=True, period__contains=at)
    columns = ("person_id", "rota__name", "rota__begins", "rota__ends", "rota__office")
    return frozenset(
        person
        for person, *hours in turns.order_by().values_list(*columns)
        if duty_calendar(_rota_data(*hours)).is_open(at)
    )


def turn_rows(turns: QuerySet[Turn]) -> list[TurnRow]:
    """The frozen form of turns the caller has found, in order of their begin."""
    return [_turn_row(one) for one in _with_rest(turns)]


def _at(rota: RotaRow, turn: TurnRow | None, now: datetime) -> OnDuty:
    calendar = duty_calendar(rota.data)
    counts = calendar.is_open(now)
    return OnDuty(
        rota=rota,
        counts_now=counts,
        turn=turn,
        next_at=None if counts else calendar.next_open(now),
    )


def _rotas(actor: Actor) -> QuerySet[Rota]:
    rotas = visible_rotas(actor).select_related("unit")
    return rotas.order_by("unit__level", "unit__name_key", "name")[:100]


def _with_rest(turns: QuerySet[Turn]) -> QuerySet[Turn]:
    return turns.select_related("rota", "person", "covers").order_by("period", "id")


def rota_row(one: Rota) -> RotaRow:
    """The frozen form of a rota; its unit is read with it."""
    return RotaRow(
        id=one.pk,
        public_id=one.public_id,
        version=one.version,
        data=_rota_data(one.name, one.begins, one.ends, one.office),
        unit_id=one.unit_id,
        unit_name=one.unit.name,
    )


def _rota_data(name: str, begins: int, ends: int, office: Sequence[Sequence[int]]) -> RotaData:
    return RotaData(name, begins, ends, tuple(Window(*window) for window in office))


def _turn_row(one: Turn) -> TurnRow:
    return TurnRow(
        public_id=one.public_id,
        version=one.version,
        rota_public_id=one.rota.public_id,
        person_id=one.person_id,
        person_public_id=one.person.public_id,
        person_name=one.person.name,
        person_phone=one.person.phone,
        starts_at=one.period.lower.astimezone(UTC),
        ends_at=one.period.upper.astimezone(UTC),
        covers_name=one.covers.name if one.covers else "",
        reason=one.reason,
    )
