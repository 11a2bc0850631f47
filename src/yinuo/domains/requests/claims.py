"""Pauses of a request as claims: who may still answer, what was answered, what was decided (B-05).

Silence is an answer of its own: where the plan hears an objection within a window and none came,
the pause counts as acknowledged from the end of the window on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.claims import ClaimedClause, PauseClaim, pause_claims
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.saying import said_of
from yinuo.domains.requests.standing import counting
from yinuo.domains.requests.types import Said
from yinuo.domains.requests.visitors import own_requests
from yinuo.kernel.plan.clauses import Acknowledgement
from yinuo.platform.scoped import one_of

PAUSED, RESUMED = "paused", "resumed"
ACKNOWLEDGED, OBJECTED, UPHELD = (
    "pause_acknowledged",
    "pause_objected",
    "pause_objection_upheld",
)
# Recorded by a worker once the window has closed and nobody objected.
UNANSWERED = "pause_unanswered"
# A fact of these names the pause it is about by this attribute.
ABOUT = "pause"


class ClaimState(StrEnum):
    """Where a claim stands."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    ACKNOWLEDGED = "acknowledged"
    SILENT = "silent"
    OBJECTED = "objected"
    TOO_LATE = "too_late"
    UPHELD = "upheld"


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A pause with its reason and proof, the customer's word and what our side decided.

    `is_recorded`: that he did not object in time stands as a fact.
    """

    fact_id: UUID
    reason: str
    text: str
    has_proof: bool
    proof: str
    began_at: datetime
    ended_at: datetime | None
    state: ClaimState
    until: datetime | None
    answered_at: datetime | None
    objection: str
    objection_id: UUID | None
    clauses: tuple[ClaimedClause, ...]
    is_recorded: bool = False
    recorded_by: int | None = None

    @property
    def may_answer(self) -> bool:
        """True while the customer's word changes something."""
        return self.state is ClaimState.WAITING

    @property
    def may_decide(self) -> bool:
        """True for an objection in time about which nobody has decided."""
        return self.state is ClaimState.OBJECTED


def claims_of_request(actor: Actor, request_id: object, now: datetime) -> tuple[ClaimView, ...]:
    """The pauses of a visible request as claims, the latest first; NotFound otherwise."""
    return claims_of(one_of(visible_requests(actor), request_id), now)


def claims_for_visitor(
    visitor: Visitor, request_id: object, now: datetime
) -> tuple[ClaimView, ...]:
    """The same for a request of the visitor's own customer; NotFound for any other."""
    return claims_of(one_of(own_requests(visitor), request_id), now)


def may_decide_claims(actor: Actor, request_id: object) -> bool:
    """True for a person who decides about objections on this visible request."""
    request = one_of(visible_requests(actor), request_id)
    return actor.may(Permission.PAUSE_DECIDE, request.unit_id)


def claims_of(request: Request, now: datetime) -> tuple[ClaimView, ...]:
    """The same for a request the caller has checked."""
    facts = sorted(
        counting(facts_of_subject(request.public_id)),
        key=lambda one: (one.occurred_at, one.received_at),
    )
    begins = [one for one in facts if one.kind == PAUSED]
    if not begins:
        return ()
    judged = {(one.began_at, one.reason): one for one in pause_claims(request.public_id, now)}
    said = said_of(request, facts)
    found = []
    for begin in begins:
        key = (begin.occurred_at, str(begin.attrs.get("reason", "")))
        claim = judged.get(key, PauseClaim(key[1], key[0], ()))
        found.append(_view(begin, facts, claim, said, now))
    return tuple(reversed(found))


def _view(
    begin: FactView,
    facts: Sequence[FactView],
    claim: PauseClaim,
    said: dict[UUID, Said],
    now: datetime,
) -> ClaimView:
    after = [one for one in facts if one.occurred_at >= begin.occurred_at and one is not begin]
    following = next((one.occurred_at for one in after if one.kind == PAUSED), None)
    own = [
        one
        for one in after
        if (following is None or one.occurred_at < following)
        and one.attrs.get(ABOUT, str(begin.public_id)) == str(begin.public_id)
    ]
    ended = next((one.occurred_at for one in own if one.kind == RESUMED), None)
    answers = {
        kind: next((one for one in own if one.kind == kind), None) or _about(begin, after, kind)
        for kind in (ACKNOWLEDGED, OBJECTED, UPHELD, UNANSWERED)
    }
    state = _state(claim, answers, now)
    objection = answers[OBJECTED]
    answer = objection or answers[ACKNOWLEDGED]
    return ClaimView(
        fact_id=begin.public_id,
        reason=claim.reason,
        text=_words(said, begin, "text"),
        has_proof=bool(begin.attrs.get("proof") or begin.attrs.get("evidence")),
        proof=_words(said, begin, "proof") or str(begin.attrs.get("proof", "")),
        began_at=begin.occurred_at,
        ended_at=ended,
        state=state,
        until=claim.until,
        answered_at=answer.occurred_at if answer else _silent_since(state, claim),
        objection=_words(said, objection, "reason") if objection else "",
        objection_id=objection.public_id if objection else None,
        clauses=claim.clauses,
        is_recorded=answers[UNANSWERED] is not None,
        recorded_by=begin.recorded_by,
    )


def _about(begin: FactView, after: Sequence[FactView], kind: str) -> FactView | None:
    """An answer that came after the next pause had begun names the pause it is about."""
    found = (one for one in after if one.attrs.get(ABOUT) == str(begin.public_id))
    return next((one for one in found if one.kind == kind), None)


def _state(claim: PauseClaim, answers: dict[str, FactView | None], now: datetime) -> ClaimState:
    objection, until = answers[OBJECTED], claim.until
    if objection is not None:
        if until is not None and objection.occurred_at > until:
            return ClaimState.TOO_LATE
        return ClaimState.UPHELD if answers[UPHELD] else ClaimState.OBJECTED
    if answers[ACKNOWLEDGED] is not None:
        return ClaimState.ACKNOWLEDGED
    if claim.needs is Acknowledgement.NONE:
        return ClaimState.NOT_ASKED
    if claim.needs is Acknowledgement.UNLESS_OBJECTED and until is not None and now > until:
        return ClaimState.SILENT
    return ClaimState.WAITING


def _silent_since(state: ClaimState, claim: PauseClaim) -> datetime | None:
    return claim.until if state is ClaimState.SILENT else None


def _words(said: dict[UUID, Said], fact: FactView, name: str) -> str:
    one = said.get(fact.public_id)
    return one.words.get(name, "") if one is not None and one.is_whole else ""
