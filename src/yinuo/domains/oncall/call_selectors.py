"""Reading the duty log, hand-overs and monthly statements; limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.call_policies import may_see_pay, visible_calls, visible_handovers
from yinuo.domains.oncall.call_types import (
    CallRow,
    CallState,
    DutyStatement,
    HandoverRow,
    PayEntryRow,
    PayTerms,
)
from yinuo.domains.oncall.hours import duty_calendar
from yinuo.domains.oncall.models import Call, Handover, PayEntry, Rota, Turn
from yinuo.domains.oncall.paying import pay_lines
from yinuo.domains.oncall.policies import visible_rotas, visible_turns
from yinuo.domains.oncall.selectors import rota_row, rotas_in, turn_rows
from yinuo.domains.oncall.types import Narrowed, TurnRow
from yinuo.platform.days import begin_of
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

MOST_OWED = 100
_MONTH_DAYS = 32


def list_calls(
    actor: Actor, narrowed: Narrowed, *, cursor: str = "", limit: int = 50
) -> Page[CallRow]:
    """The log of visible rotas, or a part of it, the newest call first. Of a whole log, narrowed by
    neither person nor days, what came outside the duty hours and still waits leads."""
    calls = _with_rest(_calls_in(actor, narrowed))
    page = page_of(calls, order=("-called_at", "-id"), cursor=cursor, limit=limit).map(_row)
    if cursor or narrowed != Narrowed(rota_id=narrowed.rota_id):
        return page
    waiting = calls.filter(state=CallState.OUTSIDE.value)
    first = [_row(one) for one in waiting.order_by("called_at", "id")[:MOST_OWED]]
    known = {one.public_id for one in first}
    rest = [one for one in page.items if one.public_id not in known]
    return Page((*first, *rest), page.next_cursor)


def get_call(actor: Actor, call_id: object) -> CallRow:
    """One visible call; NotFound otherwise."""
    return _row(one_of(_with_rest(visible_calls(actor)), call_id))


def calls_owed(actor: Actor) -> list[CallRow]:
    """What is the actor's own and not solved, the oldest first: it stays with him until it is."""
    if actor.person_id is None:
        return []
    own = _with_rest(visible_calls(actor)).filter(person_id=actor.person_id, solved_at__isnull=True)
    return [_row(one) for one in own.order_by("called_at", "id")[:MOST_OWED]]


def turns_of(actor: Actor, *, now: datetime) -> list[TurnRow]:
    """The actor's own turns, the present one and those to come."""
    if actor.person_id is None:
        return []
    own = visible_turns(actor).filter(person_id=actor.person_id, period__endswith__gt=now)
    return turn_rows(own)[:12]


def list_handovers(actor: Actor, *, open_only: bool = True) -> list[HandoverRow]:
    """Hand-overs to the actor, and those of rotas he makes, newest first."""
    rows = visible_handovers(actor).select_related("turn__rota", "turn__person", "to")
    if open_only:
        rows = rows.filter(acknowledged_at__isnull=True)
    found = list(rows.order_by("-id")[:50])
    named = {identity(one) for row in found for one in row.unsolved}
    calls = {
        one.public_id: _row(one) for one in _with_rest(Call.objects.filter(public_id__in=named))
    }
    return [_handover(one, calls, actor) for one in found]


def terms_of(rota: Rota) -> PayTerms:
    """The settings of a rota's pay."""
    return PayTerms(
        answer_minutes=rota.answer_minutes,
        acknowledge_minutes=rota.acknowledge_minutes,
        allowance=rota.allowance,
        off_complaint=rota.off_complaint,
        off_unreachable=rota.off_unreachable,
        off_left_city=rota.off_left_city,
        hour_rate=rota.hour_rate,
        overtime_factor=rota.overtime_factor,
    )


def get_terms(actor: Actor, rota_id: object) -> PayTerms:
    """The same for a visible rota."""
    return terms_of(one_of(visible_rotas(actor), rota_id))


def get_statement(actor: Actor, rota_id: object, person_id: object, month: str) -> DutyStatement:
    """What a month of duty (`2026-09`) pays a person who had a turn in it, from the settings.

    Raises NotFound where he had none or the actor may not see it, InvalidInput for the month.
    """
    first, following = month_of(month)
    rota = one_of(visible_rotas(actor).select_related("unit"), rota_id)
    zone = ZoneInfo(settings.TIME_ZONE)
    low, high = (datetime(day.year, day.month, 1, tzinfo=zone) for day in (first, following))
    turns = list(
        Turn.objects.filter(
            rota=rota, cancelled_at__isnull=True, period__overlap=(low, high)
        ).select_related("person")
    )
    wanted = identity(person_id)
    own = [one for one in turns if one.person.public_id == wanted]
    if not own or not may_see_pay(actor, rota, own[0].person_id):
        raise NotFound
    person = own[0].person
    rows = PayEntry.objects.filter(
        rota=rota, person=person, on__gte=first, on__lt=following, cancelled_at__isnull=True
    )
    entries = tuple(entry_row(one) for one in rows.order_by("on", "id"))
    lines = pay_lines(terms_of(rota), _share(rota, own, low, high), entries)
    calls = Call.objects.filter(rota=rota, person=person, called_at__gte=low, called_at__lt=high)
    counted = calls.aggregate(minutes=Sum("minutes"))
    return DutyStatement(
        rota_public_id=rota.public_id,
        rota_name=rota.name,
        unit_name=rota.unit.name,
        person_public_id=person.public_id,
        person_name=person.name,
        month=first,
        lines=lines,
        entries=entries,
        total=sum((one.amount for one in lines), Decimal(0)),
        calls=calls.count(),
        call_minutes=counted["minutes"] or 0,
        unsolved=calls.filter(solved_at__isnull=True).count(),
    )


def people_of_month(actor: Actor, rota_id: object, month: str) -> list[TurnRow]:
    """One turn of each person who had one in a month and whose pay the actor may see."""
    first, following = month_of(month)
    rota = one_of(visible_rotas(actor), rota_id)
    zone = ZoneInfo(settings.TIME_ZONE)
    low, high = (datetime(day.year, day.month, 1, tzinfo=zone) for day in (first, following))
    turns = visible_turns(actor).filter(rota=rota, period__overlap=(low, high))
    found = {
        one.person_id: one for one in turn_rows(turns) if may_see_pay(actor, rota, one.person_id)
    }
    return list(found.values())


def month_of(month: str) -> tuple[date, date]:
    """The first day of `2026-09` and of the month after. Raises InvalidInput on `month`."""
    try:
        first = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        raise InvalidInput({"month": _("Give a month such as 2026-09.")}) from None
    if not 2000 <= first.year <= 2199:
        raise InvalidInput({"month": _("Give a month such as 2026-09.")})
    return first, (first + timedelta(days=_MONTH_DAYS)).replace(day=1)


def _share(rota: Rota, own: Iterable[Turn], low: datetime, high: datetime) -> Decimal:
    """Which part of a month's duty time was in these turns, to four places."""
    calendar = duty_calendar(rota_row(rota).data)
    whole = sum(((end - begin).total_seconds() for begin, end in calendar.windows(low, high)), 0.0)
    part = sum(
        (end - begin).total_seconds()
        for turn in own
        for begin, end in calendar.windows(
            max(low, turn.period.lower), min(high, turn.period.upper)
        )
    )
    return Decimal(round(part)) / Decimal(round(whole)) if whole else Decimal(0)


def _calls_in(actor: Actor, narrowed: Narrowed) -> QuerySet[Call]:
    """Those of visible rotas only: a call of one's own on another one is no part of a log."""
    calls = visible_calls(actor).filter(rota__in=rotas_in(actor, narrowed))
    if narrowed.person_id:
        calls = calls.filter(person__public_id=identity(narrowed.person_id))
    if narrowed.since:
        calls = calls.filter(called_at__gte=begin_of(narrowed.since))
    if narrowed.until:
        calls = calls.filter(called_at__lt=begin_of(narrowed.until))
    return calls


def _with_rest(calls: QuerySet[Call]) -> QuerySet[Call]:
    return calls.select_related("rota", "person", "request").prefetch_related("tries__person")


def _row(one: Call) -> CallRow:
    tries = sorted(one.tries.all(), key=lambda each: (each.at, each.pk))
    return CallRow(
        public_id=one.public_id,
        version=one.version,
        rota_public_id=one.rota.public_id,
        rota_name=one.rota.name,
        state=one.state,
        called_at=one.called_at,
        in_hours=one.in_hours,
        caller_name=one.caller_name,
        caller_phone=one.caller_phone,
        about=one.about,
        person_public_id=one.person.public_id if one.person else None,
        person_name=one.person.name if one.person else "",
        person_phone=one.person.phone if one.person else "",
        act_at=one.act_at,
        answered_at=one.answered_at,
        minutes=one.minutes,
        result=one.result,
        solved_at=one.solved_at,
        request_public_id=one.request.public_id if one.request else None,
        request_number=one.request.number if one.request else "",
        recorded_by=one.recorded_by,
        asked=tuple(each.person.name for each in tries),
    )


def _handover(one: Handover, calls: dict[UUID, CallRow], actor: Actor) -> HandoverRow:
    return HandoverRow(
        public_id=one.public_id,
        version=one.version,
        rota_name=one.turn.rota.name,
        from_name=one.turn.person.name,
        to_name=one.to.name,
        turn_ended_at=one.turn.period.upper.astimezone(UTC),
        made_at=one.made_at,
        calls=one.calls,
        unsolved=tuple(
            calls[public_id] for each in one.unsolved if (public_id := identity(each)) in calls
        ),
        acknowledged_at=one.acknowledged_at,
        escalated_at=one.escalated_at,
        is_mine=one.to_id == actor.person_id,
    )


def entry_row(one: PayEntry) -> PayEntryRow:
    """The frozen form of an entry."""
    return PayEntryRow(
        public_id=one.public_id,
        version=one.version,
        kind=one.kind,
        on=one.on,
        hours=one.hours,
        note=one.note,
        recorded_by=one.recorded_by,
    )
