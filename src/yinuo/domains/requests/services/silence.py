"""The customer's silence: once his window has closed, it is recorded that he did not object (B-05).

Until then it is only worked out whenever somebody asks. As a fact it has its instant, can be read
in both timelines, and both sides are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from logging import getLogger

from yinuo.domains.network.roster import read_roster
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.requests.claims import (
    ABOUT,
    OBJECTED,
    UNANSWERED,
    ClaimState,
    ClaimView,
    claims_of,
)
from yinuo.domains.requests.models import PauseLook, Request
from yinuo.domains.requests.services.recording import state_facts
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.states import RequestState
from yinuo.platform.journal.work import Work, writing

SOURCE = "system"
TOPIC_SILENT, TOPIC_OBJECTED = "pause.silent", "pause.objected"
AT_ONCE = 50
# An objection at the last instant is in time; it is looked at right after.
_JUST_AFTER = timedelta(seconds=1)

_log = getLogger("yinuo.pauses")


def record_silences(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Look at pauses whose window may have closed; gives how many requests were looked at.

    Each silence is recorded once: the request's lock keeps it apart from an answer that comes at
    the same moment, and what was recorded is not silent any more. After days without a worker the
    fact still has the instant at which the window closed.
    """
    with writing(actor=SYSTEM, now=now) as work:
        due = PauseLook.objects.filter(look_at__lte=now).order_by("look_at")
        looks = list(due.select_for_update(skip_locked=True)[:at_most])
        for look in looks:
            locked = Request.objects.select_for_update(of=("self",), skip_locked=True)
            request = locked.filter(pk=look.request_id).first()
            # Somebody works on the request right now: his step wakes us, or the next minute does.
            if request is not None:
                look.look_at = _looked(request, work)
                look.save(update_fields=["look_at"])
        return len(looks)


def tell_owner(request: Request, topic: str, claim: ClaimView, work: Work) -> None:
    """Tell who is in charge of the request, else those above, what became of a pause."""
    roster = read_roster()
    owner = roster.person(request.owner_id)
    holders = (owner,) if owner else roster.superiors(None, request.unit_id).holders
    data = {"pause": str(claim.fact_id), "reason": claim.reason}
    notify(work, Telling(topic, "request", request.public_id, request.unit_id, data), holders, ())


def _looked(request: Request, work: Work) -> datetime | None:
    """Record what went by in silence; gives when to look again."""
    if request.state == RequestState.MERGED:
        return None
    claims = claims_of(request, work.now)
    spoken = _objected_to(request)
    silent = [
        one
        for one in claims
        if one.state is ClaimState.SILENT and not one.is_recorded and str(one.fact_id) not in spoken
    ]
    if silent:
        _record(request, silent, work)
    waiting = [one.until for one in claims if one.may_answer and one.until is not None]
    later = [until + _JUST_AFTER for until in waiting if until + _JUST_AFTER > work.now]
    return min(later, default=None)


def _objected_to(request: Request) -> set[str]:
    """Pauses that he did object to, also where the objection was taken back since."""
    facts = facts_of_subject(request.public_id)
    return {str(one.attrs.get(ABOUT, "")) for one in facts if one.kind == OBJECTED}


def _record(request: Request, claims: Sequence[ClaimView], work: Work) -> None:
    facts = [
        StepFact(UNANSWERED, claim.until, {ABOUT: str(claim.fact_id)}, shown=True)
        for claim in claims
    ]
    state_facts(request, facts, source=SOURCE, work=work, act="pause_unanswered")
    for claim in claims:
        tell_owner(request, TOPIC_SILENT, claim, work)
        work.emit(TOPIC_SILENT, request, {"pause": str(claim.fact_id)})
        _log.info("request %s: a pause was not objected to in time", request.number)
