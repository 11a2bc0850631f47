"""Offers to units and the way of a request through them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.routing.types import OfferRow, OfferStep, RoutingView
from yinuo.surfaces.api.shapes.values import IdText, InstantText, instant, instant_or_none


class OfferShape(BaseModel):
    """An offer as the unit that was asked sees it; `area` ends with the district."""

    id: IdText
    version: int
    outcome: str
    unit_name: str
    request_id: IdText
    request_number: str
    symptom: str
    product_line: str
    asset_name: str
    area: str
    distance_km: int | None
    reported_at: InstantText
    made_at: InstantText
    expires_at: InstantText | None
    ended_at: InstantText | None
    ended_by: str
    said: str
    follower_name: str
    follower_phone: str
    may_answer: bool
    serves: bool


class Offers(BaseModel):
    """One page of offers."""

    items: list[OfferShape]
    next_cursor: str


class OfferStepShape(BaseModel):
    """A unit on the way: `passed_over` says why it was not asked, `held_seconds` how long it had
    the request."""

    offer_id: IdText
    unit_name: str
    level: int
    distance_km: int | None
    outcome: str
    passed_over: str
    said: str
    made_at: InstantText
    expires_at: InstantText | None
    ended_at: InstantText | None
    ended_by: str
    held_seconds: int | None


class RoutingShape(BaseModel):
    """The search for the unit that serves a request; `state` empty before there was one."""

    state: str
    product_line: str
    follower_name: str
    started_at: InstantText | None
    started_by: str
    steps: list[OfferStepShape]
    may_start: bool


class GivenSheet(BaseModel):
    """Where a sheet went; without a specialist the engineering manager assigns."""

    id: IdText
    specialist_name: str


def offer(row: OfferRow) -> dict[str, Any]:
    """OfferShape."""
    plain = (
        *("version", "outcome", "unit_name", "request_number", "symptom", "product_line"),
        *("asset_name", "area", "distance_km", "ended_by", "said"),
        *("follower_name", "follower_phone", "may_answer"),
    )
    return {
        **{name: getattr(row, name) for name in plain},
        "id": str(row.public_id),
        "request_id": str(row.request_public_id),
        "reported_at": instant(row.reported_at),
        "made_at": instant(row.made_at),
        "expires_at": instant_or_none(row.expires_at),
        "ended_at": instant_or_none(row.ended_at),
        "serves": row.is_mine,
    }


def routing(view: RoutingView) -> dict[str, Any]:
    """RoutingShape."""
    return {
        "state": view.state,
        "product_line": view.product_line,
        "follower_name": view.follower_name,
        "started_at": instant_or_none(view.started_at),
        "started_by": view.started_by,
        "steps": [_step(one) for one in view.steps],
        "may_start": view.may_start,
    }


def _step(one: OfferStep) -> dict[str, Any]:
    return {
        "offer_id": str(one.public_id),
        "unit_name": one.unit_name,
        "level": one.level,
        "distance_km": one.distance_km,
        "outcome": one.outcome,
        "passed_over": one.passed_over,
        "said": one.said,
        "made_at": instant(one.made_at),
        "expires_at": instant_or_none(one.expires_at),
        "ended_at": instant_or_none(one.ended_at),
        "ended_by": one.ended_by,
        "held_seconds": None if one.held is None else int(one.held.total_seconds()),
    }
