"""`/requests`: open, read, preview; record what happens."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Protocol
from uuid import UUID

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.requests.selectors import get_request_page, list_requests, preview_intake
from yinuo.domains.requests.services import open_request, report_fact
from yinuo.domains.requests.types import Channel, Intake, Report, RequestKind
from yinuo.kernel.states import RequestState
from yinuo.kernel.steps import REQUEST_FIELDS
from yinuo.platform.errors import Conflict
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Id,
    Input,
    Instant,
    Label,
    Line,
    Paging,
    PathId,
    Version,
    Versioned,
    Word,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import requests as shapes

SOURCE = "api"
KINDS = ", ".join(f"`{kind}`" for kind in REQUEST_FIELDS)
StepKind = Annotated[
    Word,
    Field(description=f"One of {KINDS}, or a fact that a clause of the request's plan names."),
]
Value = (
    Annotated[bool, Field(strict=True)]
    | Annotated[int, Field(strict=True, ge=-(10**12), le=10**12)]
    | Annotated[str, text(4_000)]
    | None
)
Values = Annotated[
    dict[Annotated[str, text(60)], Value],
    Field(
        max_length=40,
        description="The fields of the step by name, as in the request's `next_steps`.",
    ),
]

Answers = Annotated[
    dict[Annotated[str, text(64)], Annotated[str, text(64)]],
    Field(
        max_length=60,
        description="Codes of answers by the code of the plan's guided question.",
    ),
]

resource = Resource("requests")


class Moved(Protocol):
    """A request after a step."""

    @property
    def public_id(self) -> UUID: ...

    @property
    def version(self) -> int: ...

    @property
    def state(self) -> Any: ...

    @property
    def level(self) -> str: ...


ListedState = StrEnum(  # type: ignore[misc] # the members follow the table of states
    "ListedState",
    {"ANY": "", "OPEN": "open", **{state.name: state.value for state in RequestState}},
)


class RequestFilters(Paging):
    """Which requests to list; `open` stands for every state that is not an end."""

    customer_id: Id | None = None
    asset_id: Id | None = None
    state: ListedState = ListedState("")
    mine: bool = False
    text: Line = ""


class IntakeInput(Input):
    """What was taken in. Without `reported_at` the report is now.

    Without `level` or `category` the `answers` speak for them; `keep`: whoever opens it looks after
    it, though a support group would take it.
    """

    customer_id: Id
    symptom: Annotated[str, text(60_000)]
    kind: RequestKind = RequestKind.FAULT
    channel: Channel = Channel.WEB
    level: Word = ""
    category: Word = ""
    site_id: Id | None = None
    contact_id: Id | None = None
    asset_id: Id | None = None
    caller_name: Label = ""
    caller_phone: Annotated[str, text(40)] = ""
    elsewhere: Annotated[str, text(200)] = ""
    reported_at: Instant | None = None
    answers: Answers = {}
    keep: bool = False

    def intake(self) -> Intake:
        """The same for the service."""
        return Intake(
            customer_id=self.customer_id,
            symptom=self.symptom,
            kind=self.kind.value,
            channel=self.channel.value,
            level=self.level,
            category=self.category,
            site_id=self.site_id,
            contact_id=self.contact_id,
            asset_id=self.asset_id,
            caller_name=self.caller_name,
            caller_phone=self.caller_phone,
            elsewhere=self.elsewhere,
            reported_at=self.reported_at,
            answers=self.answers,
            keep=self.keep,
        )


class PreviewInput(IntakeInput):
    """An intake not yet complete."""

    symptom: Annotated[str, text(60_000)] = ""


class FactInput(Input):
    """Something that happened on the request. Without `occurred_at` it happened now."""

    kind: StepKind
    occurred_at: Instant | None = None
    values: Values = {}
    version: Version | None = None

    def report(self) -> Report:
        """The same for the service."""
        return Report(self.kind, self.occurred_at, self.values)


@resource.reads("", name="list_requests", right=Permission.REQUEST_READ, gives=shapes.Requests)
def list_all(request: ApiRequest, filters: Query[RequestFilters]) -> HttpResponse:
    """Visible requests, newest first."""
    page = list_requests(
        request.auth.actor,
        customer_id=filters.customer_id,
        asset_id=filters.asset_id,
        state=str(filters.state),
        mine=filters.mine,
        text=filters.text,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.request)


@resource.writes(
    "POST",
    "",
    name="open_request",
    right=Permission.REQUEST_OPEN,
    gives=shapes.OpenedShape,
    status=201,
)
def open_one(request: ApiRequest, data: IntakeInput) -> HttpResponse:
    """Open a request: its cover, its first fact and its running promises, all or nothing."""

    def action() -> dict[str, Any]:
        call = request.auth
        return shapes.opened(open_request(actor=call.actor, intake=data.intake(), now=call.now))

    return written(request, action, status=201)


@resource.computes(
    "/preview",
    name="preview_request",
    right=Permission.REQUEST_OPEN,
    gives=shapes.PreviewShape,
)
def preview(request: ApiRequest, data: PreviewInput) -> HttpResponse:
    """What this intake would get if it were opened now; nothing is written."""
    call = request.auth
    return shown(shapes.preview(preview_intake(call.actor, data.intake(), call.now)))


@resource.reads(
    "/{request_id}",
    name="get_request",
    right=Permission.REQUEST_READ,
    gives=shapes.RequestPageShape,
)
def get_one(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """One request with its promises."""
    return shown(shapes.request_page(get_request_page(request.auth.actor, request_id)))


@resource.reads(
    "/{request_id}/facts",
    name="list_request_facts",
    right=Permission.REQUEST_READ,
    gives=shapes.RequestFacts,
)
def list_facts(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """Everything that happened on a request, the latest first."""
    page = get_request_page(request.auth.actor, request_id)
    return listed(Page(page.facts, ""), lambda fact: shapes.fact(page, fact))


@resource.writes(
    "POST",
    "/{request_id}/facts",
    name="record_request_fact",
    right=Permission.REQUEST_READ,
    gives=shapes.SavedRequest,
    status=201,
)
def record_fact(request: ApiRequest, request_id: PathId, data: FactInput) -> HttpResponse:
    """Record a step; the state moves and the promises are computed anew."""
    change = partial(report_fact, report=data.report())
    return moved(request, request_id, data, change, status=201)


def moved(
    request: ApiRequest,
    request_id: str,
    data: Versioned,
    change: Callable[..., Moved],
    *,
    status: int = 200,
) -> HttpResponse:
    """Perform one change of a request; when somebody was faster, answer with both sides (R38).

    `change` is a service bound to what was sent; the rest of the call is the same for all.
    """

    def step() -> dict[str, Any]:
        call = request.auth
        try:
            row = change(
                actor=call.actor,
                request_id=request_id,
                version=data.version,
                source=SOURCE,
                now=call.now,
            )
        except Conflict as error:
            page = get_request_page(call.actor, request_id)
            sides = {"yours": data.model_dump(mode="json"), "present": shapes.request_page(page)}
            raise Conflict(details=sides) from error
        return {
            "id": str(row.public_id),
            "version": row.version,
            "state": str(row.state),
            "level": row.level,
        }

    return written(request, step, status=status)
