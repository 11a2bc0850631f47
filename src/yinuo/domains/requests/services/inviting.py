"""The expert clinic as its host leads it: inviting, taking an invitation back, concluding."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.network.experts import expert_by_id
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.roster import read_roster
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.requests.clinic_models import ClinicSeat
from yinuo.domains.requests.clinic_types import SEATED, SeatState
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.services.recording import (
    check_not_merged,
    locked_request,
    state_facts,
)
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.evaluation.preview import preview
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import identity, one_of

INVITED, WITHDRAWN, CONCLUDED = "expert_invited", "expert_withdrawn", "clinic_concluded"
INVITED_TOPIC, CONCLUDED_TOPIC = "clinic.invited", "clinic.concluded"
LONGEST, SKILL_LENGTH, MOST_SEATS = 4_000, 60, 20


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom to invite, by public id, what he is asked, and the skill he was looked for by."""

    person_id: object
    question: str
    skill: str = ""


def invite_expert(
    *, actor: Actor, request_id: object, invitation: Invitation, source: str, now: datetime
) -> ClinicSeat:
    """Invite somebody of the company into an open case; he sees this case while he is invited.

    Raises Forbidden without the right to work on it, NotFound for a person who is not there or
    cannot sign in, IllegalMove when he sits there already, twenty do, or the case is closed,
    InvalidInput without a question.
    """
    with writing(actor=actor, now=now) as work:
        request = _hosted(actor, request_id)
        question = checked(invitation.question, "question")
        if len(invitation.skill) > SKILL_LENGTH:
            raise InvalidInput({"skill": _("Use at most 60 characters.")})
        person = expert_by_id(identity(invitation.person_id))
        if person is None:
            raise NotFound
        seated = ClinicSeat.objects.filter(request=request, state__in=SEATED)
        if person.pk == actor.person_id or seated.filter(person=person).exists():
            raise IllegalMove(_("%(name)s takes part already.") % {"name": person.name})
        if seated.count() >= MOST_SEATS:
            raise IllegalMove(_("Twenty experts take part already."))
        seat = ClinicSeat.objects.create(
            request=request,
            request_number=request.number,
            person=person,
            skill=invitation.skill.strip(),
            question=question,
            invited_at=now,
            inviter_id=actor.person_id,
            invited_by=actor.label,
            answer_by=_answer_by(request, now),
        )
        state_facts(
            request,
            [seat_fact(INVITED, seat, to=person.name, text=question)],
            source=source,
            work=work,
        )
        work.audit("clinic.invite", seat, after={"request": request.number})
        tell(INVITED_TOPIC, seat, [person.pk], work)
        return seat


def withdraw_invitation(
    *, actor: Actor, seat_id: object, version: int, source: str, now: datetime
) -> ClinicSeat:
    """Take an invitation back: the expert does not see the case any more.

    Raises NotFound for a seat at a case the actor does not see, Forbidden without the right to
    work on it, IllegalMove when it ended already, Conflict for a stale version.
    """
    with writing(actor=actor, now=now) as work:
        seats = ClinicSeat.objects.filter(request__in=visible_requests(actor))
        locked = seats.select_related("request", "person")
        seat = one_of(locked.select_for_update(of=("self", "request")), seat_id)
        require(actor, Permission.REQUEST_WORK, seat.request.unit_id)
        require_open(seat.request)
        if seat.state not in SEATED:
            raise IllegalMove(_("This invitation is over already."))
        changes = {"state": SeatState.WITHDRAWN.value, "ended_at": now}
        stored(seat, expected_version=version, changes=changes)
        state_facts(
            seat.request,
            [seat_fact(WITHDRAWN, seat, to=seat.person.name)],
            source=source,
            work=work,
        )
        work.audit("clinic.withdraw", seat, after={"request": seat.request.number})
        return seat


def conclude_clinic(
    *, actor: Actor, request_id: object, conclusion: str, source: str, now: datetime
) -> Request:
    """Record what the experts found; their seats end, and with them their sight of the case.

    Raises IllegalMove when nobody takes part, InvalidInput without a conclusion, Forbidden
    without the right to work on the case.
    """
    with writing(actor=actor, now=now) as work:
        request = _hosted(actor, request_id)
        text = checked(conclusion, "conclusion")
        seats = list(
            ClinicSeat.objects.filter(request=request, state__in=SEATED).select_for_update()
        )
        if not seats:
            raise IllegalMove(_("Nobody takes part. Invite an expert first."))
        changes: dict[str, Any] = {"state": SeatState.ENDED.value, "ended_at": now}
        for seat in seats:
            stored(seat, expected_version=seat.version, changes=changes)
        fact = StepFact(CONCLUDED, now, {"experts": len(seats)}, {"text": text})
        state_facts(request, [fact], source=source, work=work)
        tell(CONCLUDED_TOPIC, seats[0], [one.person_id for one in seats], work)
        return request


def seat_fact(kind: str, seat: ClinicSeat, **words: str) -> StepFact:
    """A fact about an expert, by id: names and what was said stay where they can be erased."""
    said = {name: text for name, text in words.items() if text}
    return StepFact(kind, None, {"person": str(seat.person.public_id)}, said)


def tell(topic: str, seat: ClinicSeat, people: Collection[int | None], work: Work) -> None:
    """Everybody named but the actor learns of it."""
    roster, request = read_roster(), seat.request
    own = getattr(work.actor, "person_id", None)
    holders = [found for one in people if one != own and (found := roster.person(one))]
    data = {"number": request.number}
    notify(work, Telling(topic, "request", request.public_id, request.unit_id, data), holders, ())


def require_open(request: Request) -> None:
    """Refuse anything on a closed or merged case."""
    check_not_merged(request)
    if RequestState(request.state) not in OPEN:
        raise IllegalMove(_("A closed request stays as it is. Reopen it first."))


def checked(text: str, field: str) -> str:
    """What was said, without the space around it; InvalidInput when empty or too long."""
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise InvalidInput({field: _("Say it in words, in at most 4,000 characters.")})
    return said


def _hosted(actor: Actor, request_id: object) -> Request:
    request = locked_request(actor, request_id)
    require(actor, Permission.REQUEST_WORK, request.unit_id)
    require_open(request)
    return request


def _answer_by(request: Request, now: datetime) -> datetime | None:
    """By when the plan's clauses that an invitation starts are due; None where there is none."""
    if request.plan_version_id is None:
        return None
    given = {"level": request.level, "category": request.category, "kind": request.kind}
    select = {name: word for name, word in given.items() if word}
    evaluator = compiled_plan(request.plan_version_id)
    dues = [
        one.obligation.due_at
        for one in preview(evaluator, select, now, INVITED)
        if one.obligation is not None and one.obligation.due_at is not None
    ]
    return min((due for due in dues if due > now), default=None)
