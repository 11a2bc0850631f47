"""`/requests/{id}/pauses`: pauses as claims, what the customer answered, what is decided."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpResponse

from yinuo.domains.network.permissions import Permission
from yinuo.domains.requests.claims import claims_of_request
from yinuo.domains.requests.services.claiming import ToldAnswer, decide_objection, note_answer
from yinuo.surfaces.api.answers import shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Input, PathId, text
from yinuo.surfaces.api.resources.requests import resource
from yinuo.surfaces.api.shapes import pauses as shapes

__all__ = ["resource"]

SOURCE = "api"
Reason = Annotated[str, text(2_000)]


class PauseAnswer(Input):
    """What the customer said of a pause by phone, letter or mail: who said it, and how."""

    say: Literal["acknowledge", "object"]
    said_by: Annotated[str, text(200)]
    how: Annotated[str, text(200)]
    reason: Reason = ""


class PauseDecision(Input):
    """The objection stands, or it is withdrawn; and why."""

    say: Literal["stands", "withdrawn"]
    reason: Reason


@resource.reads(
    "/{request_id}/pauses",
    name="list_request_pauses",
    right=Permission.REQUEST_READ,
    gives=shapes.PauseClaims,
)
def list_pauses(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """The pauses of a request as claims, the latest first."""
    call = request.auth
    found = claims_of_request(call.actor, request_id, call.now)
    return shown({"items": [shapes.pause_claim(one) for one in found]})


@resource.writes(
    "POST",
    "/{paused_id}/pauses/{pause_id}/answer",
    name="note_pause_answer",
    right=Permission.PAUSE_DECIDE,
)
def answer(
    request: ApiRequest, paused_id: PathId, pause_id: PathId, data: PauseAnswer
) -> HttpResponse:
    """Record what the customer said elsewhere; never by the one who recorded the pause."""
    call = request.auth

    def action() -> dict[str, Any]:
        told = ToldAnswer(data.say == "object", data.said_by, data.how, data.reason)
        return _saved(
            note_answer(
                actor=call.actor,
                request_id=paused_id,
                pause_id=pause_id,
                answer=told,
                source=SOURCE,
                now=call.now,
            )
        )

    return written(request, action)


@resource.writes(
    "POST",
    "/{objected_id}/pauses/{objected_pause_id}/decision",
    name="decide_pause_objection",
    right=Permission.PAUSE_DECIDE,
)
def decide(
    request: ApiRequest, objected_id: PathId, objected_pause_id: PathId, data: PauseDecision
) -> HttpResponse:
    """Decide about a customer's objection; the promises are computed anew."""
    call = request.auth

    def action() -> dict[str, Any]:
        return _saved(
            decide_objection(
                actor=call.actor,
                request_id=objected_id,
                pause_id=objected_pause_id,
                stands=data.say == "stands",
                reason=data.reason,
                source=SOURCE,
                now=call.now,
            )
        )

    return written(request, action)


def _saved(row: Any) -> dict[str, Any]:
    return {"id": str(row.public_id), "version": row.version}
