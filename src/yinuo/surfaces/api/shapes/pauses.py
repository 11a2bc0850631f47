"""Pauses of a request as claims."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from yinuo.domains.obligations.claims import ClaimedClause
from yinuo.domains.requests.claims import ClaimView
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    TwoLanguages,
    instant,
    instant_or_none,
)

ClaimStates = Literal[
    "not_asked", "waiting", "acknowledged", "silent", "objected", "too_late", "upheld"
]


class ClaimedClauseShape(BaseModel):
    """What one clause makes of a pause; `why` says why it does not count, or counts in part."""

    clause: str
    number: str
    title: TwoLanguages
    counted: bool
    why: str
    needs: Literal["none", "required", "unless_objected"]
    until: InstantText | None


class PauseClaimShape(BaseModel):
    """A pause with its reason and proof, the customer's word and what was decided.

    `until` is how long the customer may object. `silence_recorded`: that he did not stands as a
    fact, recorded once the time was over.
    """

    id: IdText
    reason: str
    text: str
    proof: str
    began_at: InstantText
    ended_at: InstantText | None
    state: ClaimStates
    until: InstantText | None
    answered_at: InstantText | None
    objection: str
    silence_recorded: bool
    clauses: list[ClaimedClauseShape]


class PauseClaims(BaseModel):
    """All pauses of a request, the latest first."""

    items: list[PauseClaimShape]


def pause_claim(one: ClaimView) -> dict[str, Any]:
    """PauseClaimShape."""
    return {
        "id": str(one.fact_id),
        "reason": one.reason,
        "text": one.text,
        "proof": one.proof,
        "began_at": instant(one.began_at),
        "ended_at": instant_or_none(one.ended_at),
        "state": one.state.value,
        "until": instant_or_none(one.until),
        "answered_at": instant_or_none(one.answered_at),
        "objection": one.objection,
        "silence_recorded": one.is_recorded,
        "clauses": [_clause(each) for each in one.clauses],
    }


def _clause(one: ClaimedClause) -> dict[str, Any]:
    return {
        "clause": one.clause,
        "number": one.number,
        "title": {"zh": one.title_zh, "en": one.title_en},
        "counted": one.counted,
        "why": one.why,
        "needs": one.needs.value,
        "until": instant_or_none(one.until),
    }
