"""The customer's word on a pause, and our decision about his objection (B-05)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.claims import (
    ABOUT,
    ACKNOWLEDGED,
    OBJECTED,
    UPHELD,
    ClaimState,
    ClaimView,
    claims_of,
)
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services.correcting import Correction, correct_fact
from yinuo.domains.requests.services.recording import locked_request, state_facts
from yinuo.domains.requests.services.silence import TOPIC_OBJECTED, tell_owner
from yinuo.domains.requests.services.visiting import actor_for
from yinuo.domains.requests.types import StepFact
from yinuo.domains.requests.visitors import own_requests
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput, NotFound, Text
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

WEB = "web"
REASON_LENGTH = 2_000
_GIVEN = {ClaimState.ACKNOWLEDGED: ACKNOWLEDGED, ClaimState.OBJECTED: OBJECTED}


def answer_pause(
    *,
    visitor: Visitor,
    request_id: object,
    pause_id: object,
    objects: bool,
    reason: str,
    now: datetime,
) -> Request:
    """Record that the customer acknowledges a pause of his own request, or objects and why.

    The same word twice is recorded once. Raises NotFound for anybody else's request or a pause
    that is not there, InvalidInput for an objection without reason, IllegalMove once he has
    answered otherwise, the window has closed, or the plan asks him nothing.
    """
    if (objects and not reason.strip()) or len(reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Say why in at most 2,000 characters.")})
    kind = OBJECTED if objects else ACKNOWLEDGED
    with writing(actor=actor_for(visitor), now=now) as work:
        request = one_of(own_requests(visitor).select_for_update(of=("self",)), request_id)
        claim = _claim(request, pause_id, now)
        if _GIVEN.get(claim.state) == kind:
            return request
        if not claim.may_answer:
            raise IllegalMove(_("This pause takes no answer any more."))
        words = {"reason": reason} if reason.strip() else {}
        fact = StepFact(kind, now, _about(claim), words, shown=True)
        state_facts(request, [fact], source=WEB, work=work)
        if objects:
            tell_owner(request, TOPIC_OBJECTED, claim, work)
            work.emit(TOPIC_OBJECTED, request, {"pause": str(claim.fact_id)})
        return request


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """What the customer said about a pause elsewhere: who said it, how, and his reason if any."""

    objects: bool
    said_by: str
    how: str
    reason: str = ""


def note_answer(
    *,
    actor: Actor,
    request_id: object,
    pause_id: object,
    answer: ToldAnswer,
    source: str,
    now: datetime,
) -> Request:
    """Record the customer's word on a pause that he gave by phone, letter or mail.

    Raises Forbidden without the right and to the one who recorded the pause, so that nobody
    answers his own claim; InvalidInput without who and how, or an objection without a reason;
    IllegalMove once the pause takes no answer; NotFound.
    """
    words = {"said_by": answer.said_by, "proof": answer.how, "reason": answer.reason}
    _check_told(answer, words)
    with writing(actor=actor, now=now) as work:
        request = locked_request(actor, request_id)
        require(actor, Permission.PAUSE_DECIDE, request.unit_id)
        claim = _claim(request, pause_id, now)
        if claim.recorded_by is not None and claim.recorded_by == actor.user_id:
            raise Forbidden(_("You recorded this pause; somebody else notes what was answered."))
        if not claim.may_answer:
            raise IllegalMove(_("This pause takes no answer any more."))
        kind = OBJECTED if answer.objects else ACKNOWLEDGED
        said = {name: text for name, text in words.items() if text.strip()}
        fact = StepFact(kind, now, _about(claim), said, shown=True)
        state_facts(request, [fact], source=source, work=work)
        if answer.objects:
            tell_owner(request, TOPIC_OBJECTED, claim, work)
            work.emit(TOPIC_OBJECTED, request, {"pause": str(claim.fact_id)})
        return request


def _check_told(answer: ToldAnswer, words: Mapping[str, str]) -> None:
    problems: dict[str, Text] = {}
    if any(len(text) > REASON_LENGTH for text in words.values()):
        problems["reason"] = _("Use at most 2,000 characters.")
    if not answer.said_by.strip():
        problems["said_by"] = _("Say who of the customer answered.")
    if not answer.how.strip():
        problems["how"] = _("Say how he answered: the call, letter or mail.")
    if answer.objects and not answer.reason.strip():
        problems["reason"] = _("Say why in at most 2,000 characters.")
    if problems:
        raise InvalidInput(problems)


def decide_objection(
    *,
    actor: Actor,
    request_id: object,
    pause_id: object,
    stands: bool,
    reason: str,
    source: str,
    now: datetime,
) -> Request:
    """Decide about an objection: it stands, or it is withdrawn and the pause counts again.

    Either is a fact of its own with the reason, and the promises are computed anew. Raises
    Forbidden without the right, IllegalMove when no objection waits, InvalidInput, NotFound.
    """
    if not reason.strip() or len(reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Say why in at most 2,000 characters.")})
    with writing(actor=actor, now=now) as work:
        request = locked_request(actor, request_id)
        require(actor, Permission.PAUSE_DECIDE, request.unit_id)
        claim = _claim(request, pause_id, now)
        if not claim.may_decide:
            raise IllegalMove(_("No objection waits for a decision here."))
        if stands:
            fact = StepFact(UPHELD, now, _about(claim), {"reason": reason}, shown=True)
            return state_facts(request, [fact], source=source, work=work)
        correction = Correction(fact_id=claim.objection_id, reason=reason, withdraw=True)
        return correct_fact(
            actor=actor,
            request_id=request.public_id,
            correction=correction,
            version=request.version,
            source=source,
            now=now,
        )


def _claim(request: Request, pause_id: object, now: datetime) -> ClaimView:
    wanted: UUID | None = parse_public_id(pause_id)
    for claim in claims_of(request, now):
        if claim.fact_id == wanted:
            return claim
    raise NotFound


def _about(claim: ClaimView) -> dict[str, str]:
    about = {ABOUT: str(claim.fact_id)}
    return about | {"reason": claim.reason} if claim.reason else about
