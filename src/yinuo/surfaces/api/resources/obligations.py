"""`/obligations`: list, read, explain."""

from __future__ import annotations

from typing import Literal

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.network.permissions import Permission
from yinuo.domains.obligations.selectors import (
    get_explanation,
    get_obligation,
    list_changes,
    list_escalations,
    list_obligations,
)
from yinuo.surfaces.api.answers import listed, shown
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Paging, PathId
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import promises as shapes

resource = Resource("obligations")


class ObligationFilters(Paging):
    """Which obligations to list: of one subject, such as a request, or in one state."""

    subject_id: Id | None = None
    state: Literal["", "running", "paused", "met", "missed", "void"] = ""


@resource.reads(
    "", name="list_obligations", right=Permission.OBLIGATION_READ, gives=shapes.Obligations
)
def list_all(request: ApiRequest, filters: Query[ObligationFilters]) -> HttpResponse:
    """Visible obligations, newest first."""
    page = list_obligations(
        request.auth.actor,
        subject_id=filters.subject_id,
        state=filters.state,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.obligation)


@resource.reads(
    "/{obligation_id}",
    name="get_obligation",
    right=Permission.OBLIGATION_READ,
    gives=shapes.ObligationShape,
)
def get_one(request: ApiRequest, obligation_id: PathId) -> HttpResponse:
    """One obligation."""
    return shown(shapes.obligation(get_obligation(request.auth.actor, obligation_id)))


@resource.reads(
    "/{obligation_id}/explanation",
    name="explain_obligation",
    right=Permission.OBLIGATION_READ,
    gives=shapes.ExplanationShape,
)
def explain(request: ApiRequest, obligation_id: PathId) -> HttpResponse:
    """Why it is due when it is: clause, start, windows counted, pauses."""
    call = request.auth
    return shown(shapes.explanation(get_explanation(call.actor, obligation_id, call.now)))


@resource.reads(
    "/{obligation_id}/changes",
    name="list_obligation_changes",
    right=Permission.OBLIGATION_READ,
    gives=shapes.Changes,
)
def changes(request: ApiRequest, obligation_id: PathId) -> HttpResponse:
    """What changed about it since it began, newest first, and which facts caused it."""
    found = list_changes(request.auth.actor, obligation_id)
    return shown({"items": [shapes.change(one) for one in found]})


@resource.reads(
    "/{obligation_id}/escalations",
    name="list_obligation_escalations",
    right=Permission.OBLIGATION_READ,
    gives=shapes.Escalations,
)
def escalations(request: ApiRequest, obligation_id: PathId) -> HttpResponse:
    """The steps of its ladder that were taken, in order."""
    found = list_escalations(request.auth.actor, obligation_id)
    return shown({"items": [shapes.escalation(one) for one in found]})
