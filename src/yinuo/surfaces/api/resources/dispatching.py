"""`/work-orders/{id}/candidates`: who can go, sending one, the decisions."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse

from yinuo.domains.dispatch.going import who_can_go
from yinuo.domains.dispatch.selectors import list_decisions
from yinuo.domains.dispatch.services import send_engineer
from yinuo.domains.network.permissions import Permission
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, PathId, Version, text
from yinuo.surfaces.api.resources.work_orders import resource
from yinuo.surfaces.api.shapes import dispatching as shapes

__all__ = ["resource"]


class SendingInput(Input):
    """Whom to send; another than the first needs the reason."""

    version: Version
    person_id: Id
    reason: Annotated[str, text(200)] = ""


@resource.reads(
    "/{work_order_id}/candidates",
    name="list_candidates",
    right=Permission.WORK_ORDER_ASSIGN,
    gives=shapes.GoingShape,
)
def candidates(request: ApiRequest, work_order_id: PathId) -> HttpResponse:
    """Who can go, what each costs, and why the others cannot."""
    call = request.auth
    return shown(shapes.going(who_can_go(call.actor, work_order_id, now=call.now)))


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
    "/{work_order_id}/decisions",
    name="list_decisions",
    right=Permission.WORK_ORDER_ASSIGN,
    gives=shapes.Decisions,
)
def decisions(request: ApiRequest, work_order_id: PathId) -> HttpResponse:
    """Who was sent to a sheet and why."""
    found = list_decisions(request.auth.actor, work_order_id)
    return listed(Page(tuple(found), ""), shapes.decision)
