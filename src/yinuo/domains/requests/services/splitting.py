"""Splitting a request (B-16): one call about two things becomes two linked requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.obligations.types import NewFact
from yinuo.domains.requests.intake import check, resolve
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services.opening import begin
from yinuo.domains.requests.services.recording import (
    check_not_merged,
    locked_request,
    state_facts,
)
from yinuo.domains.requests.standing import counting
from yinuo.domains.requests.types import Intake, OpenedRequest, StepFact
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, writing

REASON_LENGTH = 4_000
ANSWER = "responded"


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes a request of its own. Ids are public ids, empty for none.

    `is_answered`: the customer was answered about this too, at the time he was answered.
    """

    symptom: str
    reason: str
    kind: str
    level: str = ""
    category: str = ""
    asset_id: object = None
    answers: Mapping[str, str] = field(default_factory=dict)
    is_answered: bool = False


def split_request(
    *,
    actor: Actor,
    request_id: object,
    part: Part,
    version: int,
    source: str,
    now: datetime,
) -> OpenedRequest:
    """Make a part of an open request a request of its own, each naming the other.

    Its promises run from the same report: customer, site, caller, channel and time are the same,
    its cover is found for its own asset as of then. Raises IllegalMove when the request is closed
    or merged, InvalidInput per field, Conflict when `version` is stale, Forbidden without the
    rights to work on this one and to open another.
    """
    with writing(actor=actor, now=now) as work:
        request = locked_request(actor, request_id)
        require(actor, Permission.REQUEST_WORK, request.unit_id)
        require(actor, Permission.REQUEST_OPEN, request.unit_id)
        check_not_merged(request)
        if RequestState(request.state) not in OPEN:
            raise IllegalMove(_("A closed request stays as it is. Reopen it first."))
        _check_reason(part)
        resolved = resolve(actor, _intake(request, part), Permission.REQUEST_OPEN, now)
        check(resolved)
        opened = begin(
            resolved,
            actor=actor,
            work=work,
            split_from=request,
            facts=_beginnings(request, part, work),
        )
        attrs = {"into": str(opened.public_id), "number": opened.number}
        state_facts(
            request,
            [StepFact("split_off", now, attrs, {"reason": part.reason})],
            source=source,
            work=work,
            version=version,
            reason=part.reason.strip(),
        )
        return opened


def _beginnings(request: Request, part: Part, work: Work) -> list[NewFact]:
    """What the new request knows beside the report: where it comes from, and the answer."""
    origin = {"from": str(request.public_id), "number": request.number}
    facts = [NewFact("split_from", work.now, request.channel, origin)]
    known = counting(facts_of_subject(request.public_id))
    answered = [fact.occurred_at for fact in known if fact.kind == ANSWER]
    if part.is_answered and answered:
        facts.append(NewFact(ANSWER, answered[0], request.channel))
    return facts


def _check_reason(part: Part) -> None:
    if not part.reason.strip() or len(part.reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Say why, in at most 4,000 characters.")})


def _intake(request: Request, part: Part) -> Intake:
    return Intake(
        customer_id=request.customer.public_id,
        symptom=part.symptom,
        kind=part.kind,
        channel=request.channel,
        level=part.level,
        category=part.category,
        site_id=request.site.public_id if request.site else None,
        contact_id=request.contact.public_id if request.contact else None,
        asset_id=part.asset_id,
        caller_name=request.caller_name,
        caller_phone=request.caller_phone,
        reported_at=request.reported_at,
        answers=part.answers,
        keep=True,
    )
