"""`/part-requests`: parts wanted for a case, from the question to the old part that comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.request_selectors import get_ask, list_asks
from yinuo.domains.parts.request_types import AskState, Back, LineDone
from yinuo.domains.parts.services import (
    approve_parts,
    ask_for_parts,
    end_ask,
    give_back,
    receive_asked,
    ship_asked,
    use_asked,
)
from yinuo.domains.parts.types import Carriage, Taken
from yinuo.platform.errors import InvalidInput
from yinuo.surfaces.api.answers import Versioned as Written
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Instant, Label, Name, PathId, Version
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.stock_bodies import Quantity, Sentence, Serials, TextFilter
from yinuo.surfaces.api.shapes import part_requests as shapes

resource = Resource("part-requests")
READ, ASK = Permission.PART_READ, Permission.PART_ASK
MOVE, APPROVE = Permission.PART_MOVE, Permission.PART_APPROVE


class PartRequestFilters(TextFilter):
    """The open ones; those in one state, `all`, or those whose `old` parts are not back."""

    state: AskState | Literal["", "all", "old"] = ""


class WantedLine(Input):
    """So many of a part."""

    part_id: Id
    quantity: Annotated[Quantity, Field(ge=1)]


class PartRequestInput(Input):
    """Parts for a request, or for one of its work orders."""

    request_id: Id
    depot_id: Id
    lines: Annotated[list[WantedLine], Field(min_length=1, max_length=200)]
    work_order_id: Id | None = None
    note: Sentence = ""


class PartsApprovalInput(Input):
    """From which depot they are given; the one that was asked when none is named."""

    version: Version
    depot_id: Id | None = None


class PartRequestEndInput(Input):
    """Why it is declined or called off."""

    version: Version
    reason: Name


class AskedLine(Input):
    """So many of a part that was asked for; the pieces when it is followed by serial number."""

    part_id: Id
    quantity: Quantity = 0
    serials: Serials = []

    def of(self, line_id: int) -> LineDone:
        """The same for the service."""
        return LineDone(line_id, self.quantity, tuple(self.serials))


class AskedLinesInput(Input):
    """What of a request for parts something is done with."""

    version: Version
    lines: Annotated[list[AskedLine], Field(min_length=1, max_length=200)]


class AskedShipmentInput(AskedLinesInput):
    """What leaves the depot, and how it travels."""

    carrier: Label = ""
    waybill: Label = ""
    due_at: Instant | None = None


class BackLine(Input):
    """What of a part came back: `old` ones taken out, or new ones that were not needed. Of those
    followed by serial number, the unused pieces are named first."""

    part_id: Id
    old: Quantity = 0
    unused: Quantity = 0
    serials: Serials = []

    def of(self, line_id: int) -> Back:
        """The same for the service."""
        return Back(line_id, self.old, self.unused, tuple(self.serials))


class PartsBackInput(Input):
    """What came back into the depot."""

    version: Version
    lines: Annotated[list[BackLine], Field(min_length=1, max_length=200)]


@resource.reads("", name="list_part_requests", right=READ, gives=shapes.PartRequests)
def list_all(request: ApiRequest, filters: Query[PartRequestFilters]) -> HttpResponse:
    """Requests for parts of visible depots and cases, newest first."""
    return listed(list_asks(request.auth.actor, **filters.model_dump()), shapes.part_request)


@resource.reads("/{ask_id}", name="get_part_request", right=READ, gives=shapes.PartRequestShape)
def get_one(request: ApiRequest, ask_id: PathId) -> HttpResponse:
    """One request for parts."""
    return shown(shapes.part_request(get_ask(request.auth.actor, ask_id)))


@resource.writes("POST", "", name="ask_for_parts", right=ASK, status=201)
def ask(request: ApiRequest, data: PartRequestInput) -> HttpResponse:
    """Ask a depot for parts."""
    call = request.auth
    act = partial(
        ask_for_parts,
        actor=call.actor,
        request_id=data.request_id,
        depot_id=data.depot_id,
        lines=[Taken(one.part_id, one.quantity) for one in data.lines],
        sheet_id=data.work_order_id,
        note=data.note,
        now=call.now,
    )
    return written(request, lambda: saved(act()), status=201)


@resource.writes("POST", "/{waiting_ask_id}/approvals", name="approve_parts", right=APPROVE)
def approve(request: ApiRequest, waiting_ask_id: PathId, data: PartsApprovalInput) -> HttpResponse:
    """Approve it and keep the parts for it; never what the caller asked for himself."""
    return _acting(request, waiting_ask_id, data, partial(approve_parts, depot_id=data.depot_id))


@resource.writes("POST", "/{ask_id}/endings", name="end_part_request", right=ASK)
def end(request: ApiRequest, ask_id: PathId, data: PartRequestEndInput) -> HttpResponse:
    """Decline it, or call off one's own; what was kept is free again."""
    return _acting(request, ask_id, data, partial(end_ask, reason=data.reason))


@resource.writes("POST", "/{ask_id}/shipments", name="ship_asked_parts", right=MOVE)
def ship(request: ApiRequest, ask_id: PathId, data: AskedShipmentInput) -> HttpResponse:
    """Let approved parts leave, all or some; answers with the shipment."""
    carriage = Carriage(data.carrier, data.waybill, data.due_at)
    act = partial(ship_asked, carriage=carriage)
    return _acting(request, ask_id, data, act, lines=data.lines)


@resource.writes("POST", "/{shipped_ask_id}/receipts", name="receive_asked_parts", right=ASK)
def receive(request: ApiRequest, shipped_ask_id: PathId, data: AskedLinesInput) -> HttpResponse:
    """Record what arrived at the customer's."""
    return _acting(request, shipped_ask_id, data, receive_asked, lines=data.lines)


@resource.writes("POST", "/{received_ask_id}/uses", name="use_asked_parts", right=ASK)
def use(request: ApiRequest, received_ask_id: PathId, data: AskedLinesInput) -> HttpResponse:
    """Record what was put in."""
    return _acting(request, received_ask_id, data, use_asked, lines=data.lines)


@resource.writes("POST", "/{received_ask_id}/returns", name="give_parts_back", right=MOVE)
def give_parts_back(
    request: ApiRequest, received_ask_id: PathId, data: PartsBackInput
) -> HttpResponse:
    """Take old and unused parts back into the depot."""
    return _acting(request, received_ask_id, data, give_back, lines=data.lines)


def _acting(
    request: ApiRequest,
    ask_id: str,
    data: Any,
    act: Callable[..., Written],
    *,
    lines: Sequence[AskedLine | BackLine] = (),
) -> HttpResponse:
    """One act on a request for parts, of the version named; lines are named by their part."""
    call = request.auth

    def action() -> Written:
        given = {"lines": _named(call.actor, ask_id, lines)} if lines else {}
        return act(actor=call.actor, ask_id=ask_id, version=data.version, now=call.now, **given)

    return edited(request, data, action, lambda: shapes.part_request(get_ask(call.actor, ask_id)))


def _named(
    actor: Actor, ask_id: str, lines: Sequence[AskedLine | BackLine]
) -> list[LineDone | Back]:
    """The lines as the services know them, found by their part."""
    known = {one.part_id: one.id for one in get_ask(actor, ask_id).lines}
    if any(one.part_id not in known for one in lines):
        raise InvalidInput({"lines": _("This part was not asked for.")})
    return [one.of(known[one.part_id]) for one in lines]
