"""`/complaints`: taken in, handled step by step, closed and followed (SG-13)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.feedback.complaint_types import Category, ComplaintData, Doing, Redress
from yinuo.domains.feedback.complaints import find_precedents, get_complaint, list_complaints
from yinuo.domains.feedback.services import handle_complaint, open_complaint
from yinuo.domains.network.permissions import Permission
from yinuo.kernel.complaint_states import ComplaintState
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Instant,
    Label,
    Money,
    Paging,
    PathId,
    Remark,
    Version,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import complaints as shapes

resource = Resource("complaints")

ActKind = Literal[
    "thank",
    "listen",
    "apologise",
    "satisfy",
    "quick",
    "fair",
    "just",
    "sum_up",
    "passed_up",
    "asked",
    "replied",
    "redressed",
    "answered",
    "settled",
    "closed",
    "improved",
]


class ComplaintFilters(Paging):
    """In which state; `open`: everything whose improvement is not done."""

    state: ComplaintState | Literal["open", ""] = ""


class ComplaintInput(Input):
    """A complaint about a request, or of a customer without one."""

    category: Category
    said: Remark
    channel: Literal["phone", "email", "web"] = "phone"
    customer_id: Id | None = None
    request_id: Id | None = None
    about_id: Id | None = None
    rings: Annotated[int, Field(ge=0, le=100, strict=True)] | None = None
    is_major: Annotated[bool, Field(strict=True)] = False
    caller_name: Label = ""
    caller_phone: Annotated[str, text(40)] = ""
    received_at: Instant | None = None

    def complaint(self) -> ComplaintData:
        """The same for the service."""
        return ComplaintData(**{**dict(self), "category": self.category.value})


class ComplaintActInput(Input):
    """One thing done; which fields it needs beside the text, its kind says."""

    version: Version
    kind: ActKind
    text: Remark
    done_at: Instant | None = None
    department: Label = ""
    redress: Redress | None = None
    cost: Money | None = None
    precedent_id: Id | None = None
    told_at: Instant | None = None
    settle_by: Instant | None = None
    responsibility: Remark = ""
    sanction: Remark = ""
    improve_by: Day | None = None

    def doing(self) -> Doing:
        """The same for the service."""
        typed = {name: value for name, value in dict(self).items() if name != "version"}
        return Doing(**{**typed, "redress": self.redress.value if self.redress else ""})


@resource.reads(
    "", name="list_complaints", right=Permission.COMPLAINT_READ, gives=shapes.Complaints
)
def list_all(request: ApiRequest, filters: Query[ComplaintFilters]) -> HttpResponse:
    """Complaints, the newest first."""
    page = list_complaints(
        request.auth.actor, state=filters.state, cursor=filters.cursor, limit=filters.limit
    )
    return listed(page, shapes.complaint)


@resource.writes("POST", "", name="open_complaint", right=Permission.COMPLAINT_WRITE, status=201)
def open_one(request: ApiRequest, data: ComplaintInput) -> HttpResponse:
    """Take a complaint in; its clocks run from `received_at`."""

    def action() -> dict[str, Any]:
        call = request.auth
        row = open_complaint(actor=call.actor, data=data.complaint(), now=call.now)
        return dict(saved(row))

    return written(request, action, status=201)


@resource.reads(
    "/{complaint_id}",
    name="get_complaint",
    right=Permission.COMPLAINT_READ,
    gives=shapes.WholeComplaint,
)
def get_one(request: ApiRequest, complaint_id: PathId) -> HttpResponse:
    """One complaint with everything done, and like ones of before."""
    return shown(_whole(request, complaint_id))


@resource.writes(
    "POST", "/{complaint_id}/acts", name="handle_complaint", right=Permission.COMPLAINT_WRITE
)
def act(request: ApiRequest, complaint_id: PathId, data: ComplaintActInput) -> HttpResponse:
    """Do one thing with a complaint."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: handle_complaint(
            actor=call.actor,
            complaint_id=complaint_id,
            version=data.version,
            doing=data.doing(),
            now=call.now,
        ),
        lambda: _whole(request, complaint_id),
    )


def _whole(request: ApiRequest, complaint_id: object) -> dict[str, Any]:
    actor = request.auth.actor
    return shapes.whole(get_complaint(actor, complaint_id), find_precedents(actor, complaint_id))
