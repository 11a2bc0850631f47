"""`/offers`, `/requests/{id}/routing`, `/work-orders/{id}/giving`: which unit serves a request."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.qualification_types import ServiceMode
from yinuo.domains.routing.selectors import get_offer, get_routing, list_offers
from yinuo.domains.routing.services import (
    accept_offer,
    decline_offer,
    give_sheet,
    return_request,
    start_routing,
)
from yinuo.surfaces.api.answers import listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Input, Paging, PathId, Version, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.agreed_prices import requests
from yinuo.surfaces.api.resources.dispatching import resource as work_orders
from yinuo.surfaces.api.shapes import offers as shapes

__all__ = ["requests", "resource", "work_orders"]

resource = Resource("offers")
SOURCE = "api"


class RoutingInput(Input):
    """How the request is to be served: units that do not serve in this way are passed over."""

    mode: ServiceMode = ServiceMode.ON_SITE


class OfferVersion(Input):
    """The offer as it was read."""

    version: Version


class OfferRefusal(Input):
    """The offer as it was read, and why not."""

    version: Version
    reason: Annotated[str, text(200)]


class OfferPaging(Paging):
    """`open_only`: those that wait for an answer."""

    open_only: bool = False


class NoInput(Input):
    """Nothing is asked for."""


@resource.reads("", name="list_offers", right=Permission.OFFER_READ, gives=shapes.Offers)
def list_all(request: ApiRequest, paging: Query[OfferPaging]) -> HttpResponse:
    """Offers to one's units, newest first."""
    return listed(list_offers(request.auth.actor, **paging.model_dump()), shapes.offer)


@resource.reads(
    "/{offer_id}", name="get_offer", right=Permission.OFFER_READ, gives=shapes.OfferShape
)
def get_one(request: ApiRequest, offer_id: PathId) -> HttpResponse:
    """One offer."""
    return shown(shapes.offer(get_offer(request.auth.actor, offer_id)))


@resource.writes(
    "POST", "/{offer_id}/acceptance", name="accept_offer", right=Permission.OFFER_ANSWER
)
def accept(request: ApiRequest, offer_id: PathId, data: OfferVersion) -> HttpResponse:
    """Take the request: the unit serves it and sees it from now on."""
    call = request.auth
    act = partial(
        accept_offer,
        actor=call.actor,
        offer_id=offer_id,
        version=data.version,
        source=SOURCE,
        now=call.now,
    )
    return written(request, lambda: saved(act()))


@resource.writes("POST", "/{offer_id}/refusal", name="decline_offer", right=Permission.OFFER_ANSWER)
def decline(request: ApiRequest, offer_id: PathId, data: OfferRefusal) -> HttpResponse:
    """Decline it; the next unit is asked in the same step."""
    call = request.auth
    act = partial(
        decline_offer,
        actor=call.actor,
        offer_id=offer_id,
        source=SOURCE,
        now=call.now,
        **data.model_dump(),
    )
    return written(request, lambda: saved(act()))


@resource.writes(
    "POST", "/{taken_offer_id}/return", name="return_request", right=Permission.OFFER_ANSWER
)
def give_back(request: ApiRequest, taken_offer_id: PathId, data: OfferRefusal) -> HttpResponse:
    """Give back what the unit had taken and cannot solve; the next unit is asked."""
    call = request.auth
    act = partial(
        return_request,
        actor=call.actor,
        offer_id=taken_offer_id,
        source=SOURCE,
        now=call.now,
        **data.model_dump(),
    )
    return written(request, lambda: saved(act()))


@requests.reads(
    "/{request_id}/routing",
    name="get_routing",
    right=Permission.REQUEST_READ,
    gives=shapes.RoutingShape,
)
def get_way(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """Which units were passed over, asked, what each answered and how long it took."""
    return shown(shapes.routing(get_routing(request.auth.actor, request_id)))


@requests.writes(
    "POST",
    "/{request_id}/routing",
    name="start_routing",
    right=Permission.REQUEST_WORK,
    gives=shapes.RoutingShape,
    status=201,
)
def start(request: ApiRequest, request_id: PathId, data: RoutingInput) -> HttpResponse:
    """Ask the nearest unit that is entitled and certified."""
    call = request.auth

    def action() -> dict[str, object]:
        start_routing(
            actor=call.actor,
            request_id=request_id,
            mode=data.mode.value,
            source=SOURCE,
            now=call.now,
        )
        return shapes.routing(get_routing(call.actor, request_id))

    return written(request, action, status=201)


@work_orders.writes(
    "POST",
    "/{drafted_id}/giving",
    name="give_sheet",
    right=Permission.WORK_ORDER_ISSUE,
    gives=shapes.GivenSheet,
)
def give(request: ApiRequest, drafted_id: PathId, data: NoInput) -> HttpResponse:
    """Let the rule find a specialist with time and skill, else tell the engineering manager."""
    call = request.auth

    def action() -> dict[str, str]:
        given = give_sheet(actor=call.actor, work_order_id=drafted_id, source=SOURCE, now=call.now)
        return {
            "id": str(given.work_order_public_id),
            "specialist_name": given.specialist_name,
        }

    return written(request, action)
