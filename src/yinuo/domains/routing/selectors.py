"""Reading offers and the way of a request; limited to what the actor may see."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.routing.models import Offer, Routing
from yinuo.domains.routing.policies import visible_offers
from yinuo.domains.routing.types import OfferRow, OfferStep, Outcome, RoutingState, RoutingView
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of

_UP_TO_DISTRICT = re.compile(r"^.{0,20}?[市区县旗](?:.{0,10}?[区县旗])?")


def list_offers(
    actor: Actor, *, open_only: bool = False, cursor: str = "", limit: int = 50
) -> Page[OfferRow]:
    """Offers to the actor's units, newest first; with `open_only` those that wait for an answer."""
    offers = _with_rest(visible_offers(actor))
    if open_only:
        offers = offers.filter(outcome=Outcome.OFFERED.value)
    page = page_of(offers, order=("-id",), cursor=cursor, limit=limit)
    return page.map(lambda one: _row(one, actor))


def count_open_offers(actor: Actor) -> int:
    """How many offers wait for an answer of the actor's units."""
    waiting = visible_offers(actor, Permission.OFFER_ANSWER)
    return waiting.filter(outcome=Outcome.OFFERED.value).count()


def get_offer(actor: Actor, offer_id: object) -> OfferRow:
    """One visible offer; NotFound otherwise."""
    return _row(one_of(_with_rest(visible_offers(actor)), offer_id), actor)


def get_routing(actor: Actor, request_id: object) -> RoutingView:
    """The way of a visible request through the units; the last one, where there were several."""
    request = one_of(visible_requests(actor).select_related("owner"), request_id)
    routings = Routing.objects.filter(request=request).select_related("follower")
    routing = routings.order_by("-id").first()
    is_free = request.serving_unit_id is None and RequestState(request.state) in OPEN
    works = actor.may(Permission.REQUEST_WORK, request.unit_id)
    if routing is None:
        return RoutingView(None, "", "", "", None, "", (), is_free and works, may_answer=False)
    steps = list(routing.offers.select_related("unit").order_by("place"))
    return RoutingView(
        public_id=routing.public_id,
        state=routing.state,
        product_line=routing.product_line,
        follower_name=_follower_name(routing, request),
        started_at=routing.started_at,
        started_by=routing.started_by,
        steps=tuple(_step(one) for one in steps),
        may_start=is_free and works and routing.state != RoutingState.RUNNING,
        may_answer=any(
            actor.may(Permission.OFFER_ANSWER, one.unit_id)
            for one in steps
            if one.outcome in (Outcome.OFFERED, Outcome.ACCEPTED)
        ),
    )


def _follower_name(routing: Routing, request: Any) -> str:
    """Who follows the case; of one offered by itself whoever has taken it since."""
    follower = routing.follower or request.owner
    return follower.name if follower else ""


def _with_rest(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return offers.select_related(
        "unit", "routing__follower", "routing__request__asset", "routing__request__site"
    )


def _row(one: Offer, actor: Actor) -> OfferRow:
    routing, request = one.routing, one.routing.request
    address = request.site.address if request.site else ""
    area = _UP_TO_DISTRICT.match(address)
    answers = actor.may(Permission.OFFER_ANSWER, one.unit_id)
    is_mine = one.outcome == Outcome.ACCEPTED and request.serving_unit_id == one.unit_id
    return OfferRow(
        public_id=one.public_id,
        version=one.version,
        outcome=one.outcome,
        unit_name=one.unit.name,
        request_public_id=request.public_id,
        request_number=request.number,
        symptom=request.symptom,
        product_line=routing.product_line,
        asset_name=request.asset.name if request.asset else "",
        area=area[0] if area else "",
        distance_km=one.distance_km,
        reported_at=request.reported_at,
        made_at=one.made_at,
        expires_at=one.expires_at,
        ended_at=one.ended_at,
        ended_by=one.ended_by,
        said=one.said,
        follower_name=routing.follower.name if routing.follower else "",
        follower_phone=routing.follower.phone if routing.follower else "",
        may_answer=answers and one.outcome == Outcome.OFFERED,
        is_mine=answers and is_mine,
    )


def _step(one: Offer) -> OfferStep:
    return OfferStep(
        public_id=one.public_id,
        unit_name=one.unit.name,
        level=one.unit.level,
        distance_km=one.distance_km,
        outcome=one.outcome,
        passed_over=one.passed_over,
        said=one.said,
        made_at=one.made_at,
        expires_at=one.expires_at,
        ended_at=one.ended_at,
        ended_by=one.ended_by,
    )
