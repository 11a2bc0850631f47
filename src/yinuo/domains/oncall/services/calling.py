"""The log of calls: recorded, answered, passed on to the next person when nobody answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.roster import read_roster
from yinuo.domains.network.types import SYSTEM, Actor
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.oncall.call_policies import visible_calls
from yinuo.domains.oncall.call_types import CallData, CallResult, CallState
from yinuo.domains.oncall.hours import duty_calendar
from yinuo.domains.oncall.models import Call, CallTry, Rota, Turn
from yinuo.domains.oncall.policies import visible_rotas
from yinuo.domains.oncall.selectors import rota_row
from yinuo.domains.requests.services.recording import locked_request, state_facts
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

AT_ONCE = 50
MOST_MINUTES = 1440
ASKED_TOPIC, NOBODY_TOPIC = "duty.call", "duty.nobody"
ASKED, UNANSWERED = "duty_asked", "duty_unanswered"
# Who is told when nobody of the rota answers, or nobody has the turn.
RESCUERS = ("service_manager", "engineering_manager")
FUTURE_TOLERANCE = timedelta(minutes=2)


def log_call(*, actor: Actor, rota_id: object, data: CallData, now: datetime) -> Call:
    """Record a call: in the duty hours whose turn it is is asked at once; outside them it waits,
    the first when duty begins again, and the caller is told so.

    Raises InvalidInput per field, also for office hours, which are no duty; NotFound for a rota or
    request out of the actor's reach.
    """
    about = _checked(data, now)
    with writing(actor=actor, now=now) as work:
        rota = one_of(visible_rotas(actor, Permission.DUTY_LOG).select_related("unit"), rota_id)
        calendar = duty_calendar(rota_row(rota).data)
        in_hours = calendar.is_open(data.called_at)
        if not in_hours and _is_office(rota, data.called_at):
            raise InvalidInput({"called_at": _("These are office hours: no duty counts then.")})
        request = locked_request(actor, data.request_id) if data.request_id else None
        begins = data.called_at if in_hours else calendar.next_open(data.called_at)
        call = Call(
            rota=rota,
            state=CallState.OUTSIDE.value,
            called_at=data.called_at,
            in_hours=in_hours,
            caller_name=data.caller_name.strip(),
            caller_phone=data.caller_phone.strip(),
            about=about,
            act_at=begins,
            request=request,
            recorded_at=now,
            recorded_by=actor.label,
        )
        call.save()
        work.audit("duty.log_call", call, after={"rota": rota.name, "in_hours": in_hours})
        if in_hours:
            _ask(call, work)
        return call


def answer_call(
    *, actor: Actor, call_id: object, version: int, answer: CallResult, now: datetime
) -> Call:
    """Write down what came of a call: length and result. What is not solved stays with the person.

    Whoever takes it has it from now on; a call already taken is carried on by whom it belongs to or
    by who makes the rota. Raises InvalidInput per field, IllegalMove when it is solved, Conflict.
    """
    said = answer.result.strip()
    problems = {}
    if not 0 <= answer.minutes <= MOST_MINUTES:
        problems["minutes"] = _("Give 0 to 1,440 minutes.")
    if not said or len(said) > 400:
        problems["result"] = _("Say what came of it, in at most 400 characters.")
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        call = _locked(actor, call_id, version)
        if call.state == CallState.SOLVED:
            raise IllegalMove(_("This call is settled already."))
        solved, taken_by = answer.solved, actor.person_id or call.person_id
        changes: dict[str, Any] = {
            "state": (CallState.SOLVED if solved else CallState.TAKEN).value,
            "person_id": call.person_id if call.answered_at else taken_by,
            "act_at": None,
            "answered_at": call.answered_at or now,
            "minutes": (call.minutes or 0) + answer.minutes,
            "result": said,
            "solved_at": now if solved else None,
        }
        stored(call, expected_version=None, changes=changes)
        work.audit("duty.answer_call", call, after={"solved": solved, "minutes": answer.minutes})
        return call


def miss_call(*, actor: Actor, call_id: object, version: int, now: datetime) -> Call:
    """Say that the person asked does not answer: the next one of the rota is asked at once."""
    with writing(actor=actor, now=now) as work:
        call = _locked(actor, call_id, version)
        if call.state != CallState.RINGING:
            raise IllegalMove(_("Nobody is being asked for this call."))
        _ask(call, work)
        return call


def act_on_calls(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Ask for calls whose time has come: duty begins, or a person did not answer.

    Each call in a step of its own under its lock, so that two workers ask nobody twice. Gives how
    many were looked at.
    """
    due = Call.objects.filter(act_at__lte=now).order_by("act_at", "id")
    found = list(due.values_list("pk", flat=True)[:at_most])
    for pk in found:
        with writing(actor=SYSTEM, now=now) as work:
            call = due.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if call is not None:
                _ask(call, work)
    return len(found)


def _ask(call: Call, work: Work) -> None:
    """Ask the next person: whose turn it is, then those whose turns follow; each once."""
    asked = set(call.tries.values_list("person_id", flat=True))
    following = _next_person(call, asked, work.now)
    if following is None:
        changes: dict[str, Any] = {"state": CallState.MISSED.value, "act_at": None}
        stored(call, expected_version=None, changes=changes)
        _state(call, StepFact(UNANSWERED, work.now), work)
        work.audit("duty.nobody_answers", call, after={"asked": len(asked)})
        _tell(call, RESCUERS, work)
        return
    CallTry.objects.create(call=call, person_id=following.person_id, at=work.now)
    wait = timedelta(minutes=call.rota.answer_minutes)
    changes = {
        "state": CallState.RINGING.value,
        "person_id": following.person_id,
        "act_at": work.now + wait,
    }
    stored(call, expected_version=None, changes=changes)
    words = {"to": following.person.name}
    _state(call, StepFact(ASKED, work.now, {"number": len(asked) + 1}, words), work)
    work.audit("duty.ask", call, after={"number": len(asked) + 1})
    holder = read_roster().person(following.person_id)
    telling = Telling(ASKED_TOPIC, "duty_call", call.public_id, call.rota.unit_id, _data(call))
    notify(work, telling, [holder] if holder else [], ["phone"])


def _next_person(call: Call, asked: set[int], now: datetime) -> Turn | None:
    """The turn of the next person to ask: the present one's, then by order of the turns."""
    turns = Turn.objects.filter(
        rota_id=call.rota_id,
        cancelled_at__isnull=True,
        period__endswith__gt=max(call.called_at, call.act_at or call.called_at),
        person__active=True,
    ).exclude(person_id__in=asked)
    return turns.select_related("person").order_by("period", "id").first()


def _state(call: Call, fact: StepFact, work: Work) -> None:
    """Who was asked stands at the request too, while that is open."""
    request = call.request
    if request is not None and RequestState(request.state) in OPEN:
        state_facts(request, [fact], source="duty", work=work)


def _tell(call: Call, roles: tuple[str, ...], work: Work) -> None:
    found = read_roster().holders(roles, call.rota.unit_id).holders
    telling = Telling(NOBODY_TOPIC, "duty_call", call.public_id, call.rota.unit_id, _data(call))
    notify(work, telling, found, ["phone"])


def _data(call: Call) -> dict[str, str]:
    return {"rota": call.rota.name}


def _locked(actor: Actor, call_id: object, version: int) -> Call:
    calls = visible_calls(actor, Permission.DUTY_LOG).select_related("rota", "request")
    call = one_of(calls.select_for_update(of=("self",)), call_id)
    if call.version != version:
        raise Conflict(details={"yours": version, "present": call.version})
    return call


def _checked(data: CallData, now: datetime) -> str:
    about = data.about.strip()
    problems = {}
    if not about or len(about) > 400:
        problems["about"] = _("Say what it is about, in at most 400 characters.")
    if len(data.caller_name.strip()) > 80:
        problems["caller_name"] = _("Use at most %(most)d characters.") % {"most": 80}
    if len(data.caller_phone.strip()) > 40:
        problems["caller_phone"] = _("Use at most %(most)d characters.") % {"most": 40}
    if data.called_at.tzinfo is None:
        problems["called_at"] = _("Give the time with its zone, such as +08:00.")
    elif data.called_at > now + FUTURE_TOLERANCE:
        problems["called_at"] = _("This time is in the future. Correct it.")
    if problems:
        raise InvalidInput(problems)
    return about


def _is_office(rota: Rota, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return rota.begins <= local.hour * 60 + local.minute < rota.ends
