"""`/call-backs` and `/history`: what customers say, and everything that happened with them."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.feedback.history import list_history
from yinuo.domains.feedback.selectors import call_backs_of_request, list_due_call_backs
from yinuo.domains.feedback.services import record_call_back
from yinuo.domains.feedback.types import CallBackAnswers
from yinuo.domains.network.permissions import Permission
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Instant, Label, Paging, PathId, Remark
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.request_acts import resource as requests
from yinuo.surfaces.api.shapes import after as shapes

SOURCE = "api"
YesNo = Annotated[bool, Field(strict=True)]

call_backs = Resource("call-backs")
history = Resource("history")


class CallBackInput(Input):
    """What a call-back brought; when nobody was reached, only `reached` and a remark."""

    request_id: Id
    reached: YesNo
    done: YesNo | None = None
    satisfaction: Satisfaction | None = None
    spoken_to: Label = ""
    opinion: Remark = ""
    occurred_at: Instant | None = None
    late_reason: Remark = ""

    def answers(self) -> CallBackAnswers:
        """The same for the service."""
        return CallBackAnswers(
            reached=self.reached,
            done=self.done,
            satisfaction=self.satisfaction.value if self.satisfaction else "",
            spoken_to=self.spoken_to,
            opinion=self.opinion,
            occurred_at=self.occurred_at,
            late_reason=self.late_reason,
        )


class HistoryOf(Paging):
    """Of a customer, of an asset, or of all that is visible."""

    customer_id: Id | None = None
    asset_id: Id | None = None


@requests.reads(
    "/{request_id}/call-backs",
    name="list_call_backs",
    right=Permission.REQUEST_READ,
    gives=shapes.CallBacks,
)
def list_of_request(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """The call-backs of a request, the newest first."""
    found = call_backs_of_request(request.auth.actor, request_id)
    return listed(Page(found.call_backs, ""), shapes.call_back)


@call_backs.reads(
    "/due", name="list_due_call_backs", right=Permission.CALL_BACK_WRITE, gives=shapes.DueCallBacks
)
def list_due(request: ApiRequest, filters: Query[Paging]) -> HttpResponse:
    """Restored requests whose customer was not reached yet."""
    page = list_due_call_backs(request.auth.actor, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.due_call_back)


@call_backs.writes(
    "POST",
    "",
    name="record_call_back",
    right=Permission.CALL_BACK_WRITE,
    gives=shapes.CallBackShape,
    status=201,
)
def record_one(request: ApiRequest, data: CallBackInput) -> HttpResponse:
    """Record an attempt to phone a customer back."""

    def action() -> dict[str, Any]:
        call = request.auth
        return shapes.call_back(
            record_call_back(
                actor=call.actor,
                request_id=data.request_id,
                answers=data.answers(),
                source=SOURCE,
                now=call.now,
            )
        )

    return written(request, action, status=201)


@history.reads("", name="list_history", right=Permission.REQUEST_READ, gives=shapes.History)
def list_all(request: ApiRequest, filters: Query[HistoryOf]) -> HttpResponse:
    """Requests, sheets, issued reports and call-backs, the latest first."""
    page = list_history(
        request.auth.actor,
        customer_id=filters.customer_id,
        asset_id=filters.asset_id,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.history_entry)
