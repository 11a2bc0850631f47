"""`/work-orders/{id}/candidates`: who can go or go along, sending them, the decisions."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.dispatch.along import who_can_go_along
from yinuo.domains.dispatch.going import who_can_go
from yinuo.domains.dispatch.selectors import list_decisions
from yinuo.domains.dispatch.services import send_along, send_engineer
from yinuo.domains.fieldwork.services.accompanying import MOST_COMPANIONS, log_hours
from yinuo.domains.network.permissions import Permission
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Instant, PathId, Version, text
from yinuo.surfaces.api.resources.work_orders import changed, resource
from yinuo.surfaces.api.shapes import dispatching as shapes
from yinuo.surfaces.api.shapes.work_orders import SavedWorkOrder

__all__ = ["resource"]
MOST_BEFORE = 100_000


class GoingFilter(Input):
    """After how many the page of those who can go begins, and that of those who cannot."""

    goers_from: Annotated[int, Field(ge=0, le=MOST_BEFORE)] = 0
    refused_from: Annotated[int, Field(ge=0, le=MOST_BEFORE)] = 0


class SendingInput(Input):
    """Whom to send; another than the first needs the reason."""

    version: Version
    person_id: Id
    reason: Annotated[str, text(200)] = ""


class CompanionsInput(Input):
    """Who goes along; nobody any more for an empty list."""

    version: Version
    person_ids: Annotated[list[Id], Field(max_length=MOST_COMPANIONS)]


class HoursInput(Input):
    """From when to when one worked there; `version` is that of one's line among the companions."""

    version: Version | None = None
    began_at: Instant
    ended_at: Instant


@resource.reads(
    "/{work_order_id}/candidates",
    name="list_candidates",
    right=Permission.WORK_ORDER_ASSIGN,
    gives=shapes.GoingShape,
)
def candidates(
    request: ApiRequest, work_order_id: PathId, filters: Query[GoingFilter]
) -> HttpResponse:
    """Who can go, what each costs, and why the others cannot."""
    call = request.auth
    found = who_can_go(call.actor, work_order_id, now=call.now, **filters.model_dump())
    return shown(shapes.going(found))


@resource.writes(
    "POST",
    "/{work_order_id}/sending",
    name="send_engineer",
    right=Permission.WORK_ORDER_ASSIGN,
    gives=shapes.Sent,
    status=201,
)
def send(request: ApiRequest, work_order_id: PathId, data: SendingInput) -> HttpResponse:
    """Send one of those who can go: the sheet is his, his time booked, the decision kept."""

    def action() -> dict[str, str]:
        call = request.auth
        made = send_engineer(
            actor=call.actor,
            work_order_id=work_order_id,
            person_id=data.person_id,
            version=data.version,
            reason=data.reason,
            source="api",
            now=call.now,
        )
        return {"id": str(made.public_id)}

    return written(request, action, status=201)


@resource.reads(
    "/{open_work_order_id}/companions",
    name="list_companions",
    right=Permission.WORK_ORDER_ASSIGN,
    gives=shapes.AlongShape,
)
def companions(request: ApiRequest, open_work_order_id: PathId) -> HttpResponse:
    """Who goes along, who could, and why the others cannot."""
    call = request.auth
    return shown(shapes.along(who_can_go_along(call.actor, open_work_order_id, now=call.now)))


@resource.writes(
    "POST",
    "/{open_work_order_id}/companions",
    name="send_along",
    right=Permission.WORK_ORDER_ASSIGN,
    gives=SavedWorkOrder,
)
def send_companions(
    request: ApiRequest, open_work_order_id: PathId, data: CompanionsInput
) -> HttpResponse:
    """Let exactly these people go along, in the lead's hours; 409 `cannot_go` names who cannot."""
    change = partial(send_along, person_ids=data.person_ids)
    return changed(request, open_work_order_id, data, change)


@resource.writes(
    "POST",
    "/{shared_work_order_id}/hours",
    name="log_hours",
    right=Permission.WORK_ORDER_PERFORM,
    gives=SavedWorkOrder,
)
def log_one(request: ApiRequest, shared_work_order_id: PathId, data: HoursInput) -> HttpResponse:
    """Write from when to when one worked on a visit one went along to."""
    change = partial(log_hours, began_at=data.began_at, ended_at=data.ended_at)
    return changed(request, shared_work_order_id, data, change)


@resource.reads(
    "/{work_order_id}/decisions",
    name="list_decisions",
    right=Permission.WORK_ORDER_ASSIGN,
    gives=shapes.Decisions,
)
def decisions(request: ApiRequest, work_order_id: PathId) -> HttpResponse:
    """Who was sent to a sheet and why."""
    found = list_decisions(request.auth.actor, work_order_id)
    return listed(Page(tuple(found), ""), shapes.decision)
