"""`/visit-suggestions`: what records suggest as preventive work, taken up or declined."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from django.http import HttpResponse
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.prevention.services import decline_suggestion, take_suggestion
from yinuo.domains.prevention.suggestions import suggestions
from yinuo.surfaces.api.answers import saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Input, Name, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import visits as shapes

resource = Resource("visits")
Key = Annotated[str, text(120), Field(description="The key of the suggestion, as listed.")]


class SuggestionTaking(Input):
    """A suggestion taken up: the visit's title and the day by which it is made."""

    key: Key
    title: Name
    due_on: Day


class SuggestionDeclining(Input):
    """Why a suggestion is declined."""

    key: Key
    reason: Annotated[str, text(400)]


@resource.reads(
    "",
    name="list_visit_suggestions",
    right=Permission.PREVENTION_WRITE,
    gives=shapes.SuggestedVisits,
)
def list_all(request: ApiRequest) -> HttpResponse:
    """Repeated faults, findings left open, cover that ends, old assets; nobody decided about."""
    found = suggestions(request.auth.actor, request.auth.now)
    return shown({"items": [shapes.suggested(one) for one in found]})


@resource.writes(
    "POST",
    "/taking",
    name="take_visit_suggestion",
    right=Permission.PREVENTION_WRITE,
    status=201,
)
def take(request: ApiRequest, data: SuggestionTaking) -> HttpResponse:
    """Take one up as a single visit."""
    call = request.auth
    act = partial(
        take_suggestion,
        actor=call.actor,
        key=data.key,
        title=data.title,
        due_on=data.due_on,
        now=call.now,
    )
    return written(request, lambda: saved(act()), status=201)


@resource.writes(
    "POST",
    "/declining",
    name="decline_visit_suggestion",
    right=Permission.PREVENTION_WRITE,
    status=201,
)
def decline(request: ApiRequest, data: SuggestionDeclining) -> HttpResponse:
    """Decline one; with other evidence it is made anew."""
    call = request.auth
    act = partial(
        decline_suggestion, actor=call.actor, key=data.key, reason=data.reason, now=call.now
    )
    return written(request, lambda: saved(act()), status=201)
