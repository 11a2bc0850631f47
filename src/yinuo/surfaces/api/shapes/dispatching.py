"""Who can go to a visit, and the decisions taken."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.dispatch.types import Along, CanGoAlong, DecisionRow, Goer, Going, Refused
from yinuo.surfaces.api.shapes.values import IdText, InstantText, instant, instant_or_none


class GoerShape(BaseModel):
    """Somebody who can go, with his place in the ranking; `terms`, `total`, `extra` are yuan."""

    place: int
    person_id: IdText
    name: str
    unit_name: str
    starts_at: InstantText
    travel_minutes: int
    is_placed: bool
    terms: dict[str, str]
    total: str
    extra: str


class ObstacleShape(BaseModel):
    """A hard rule somebody breaks."""

    rule: str
    subject: str
    wanted: str
    present: str


class RefusedShape(BaseModel):
    """Somebody who cannot go."""

    person_id: IdText
    name: str
    unit_name: str
    obstacles: list[ObstacleShape]


class GoingShape(BaseModel):
    """Who can go to a sheet as things stand, the one that costs least first.

    A page each of those who can and cannot: after `goers_from` of `can_go`, `refused_from` of
    `cannot_go`.
    """

    work_order_id: IdText
    version: int
    product_line: str
    visit_minutes: int
    due_at: InstantText | None
    considered: int
    weights: str
    can_go: int
    cannot_go: int
    goers_from: int
    refused_from: int
    goers: list[GoerShape]
    refused: list[RefusedShape]
    rejected: dict[str, int]


class CanGoAlongShape(BaseModel):
    """Somebody who may go along; `obstacles` are the hard rules that keep him from it."""

    person_id: IdText
    name: str
    unit_name: str
    is_named: bool
    obstacles: list[ObstacleShape]


class AlongShape(BaseModel):
    """Who may go along to a sheet, asked for the time kept for its lead."""

    work_order_id: IdText
    version: int
    kept_from: InstantText | None
    kept_until: InstantText | None
    people: list[CanGoAlongShape]


class DecisionShape(BaseModel):
    """Who was sent, with everybody considered."""

    id: IdText
    decided_at: InstantText
    decided_by: str
    person_name: str
    place: int
    reason: str
    weights: str
    considered: int
    content: dict[str, Any]


class Decisions(BaseModel):
    """The decisions about a sheet, newest first."""

    items: list[DecisionShape]
    next_cursor: str


class Sent(BaseModel):
    """The decision that was kept."""

    id: IdText


def going(found: Going) -> dict[str, Any]:
    """GoingShape."""
    return {
        "work_order_id": str(found.work_order_public_id),
        "version": found.version,
        "product_line": found.product_line,
        "visit_minutes": found.visit_minutes,
        "due_at": instant_or_none(found.due_at),
        "considered": found.considered,
        "weights": found.weights,
        "can_go": found.can_go,
        "cannot_go": found.cannot_go,
        "goers_from": found.goers_from,
        "refused_from": found.refused_from,
        "goers": [_goer(one) for one in found.goers],
        "refused": [_refused(one) for one in found.refused],
        "rejected": dict(found.rejected),
    }


def _goer(one: Goer) -> dict[str, Any]:
    return {
        "place": one.place,
        "person_id": str(one.public_id),
        "name": one.name,
        "unit_name": one.unit_name,
        "starts_at": instant(one.starts_at),
        "travel_minutes": one.travel_minutes,
        "is_placed": one.is_placed,
        "terms": {name: str(amount) for name, amount in one.terms.items()},
        "total": str(one.total),
        "extra": str(one.extra),
    }


def along(found: Along) -> dict[str, Any]:
    """AlongShape."""
    begins, ends = found.kept or (None, None)
    return {
        "work_order_id": str(found.work_order_public_id),
        "version": found.version,
        "kept_from": instant_or_none(begins),
        "kept_until": instant_or_none(ends),
        "people": [_refused(one) | {"is_named": one.is_named} for one in found.people],
    }


def _refused(one: Refused | CanGoAlong) -> dict[str, Any]:
    obstacles = [
        {
            "rule": each.rule.value,
            "subject": each.subject,
            "wanted": each.wanted,
            "present": each.present,
        }
        for each in one.obstacles
    ]
    return {
        "person_id": str(one.public_id),
        "name": one.name,
        "unit_name": one.unit_name,
        "obstacles": obstacles,
    }


def decision(row: DecisionRow) -> dict[str, Any]:
    """DecisionShape."""
    return {
        "id": str(row.public_id),
        "decided_at": instant(row.decided_at),
        "decided_by": row.decided_by,
        "person_name": row.person_name,
        "place": row.place,
        "reason": row.reason,
        "weights": row.weights,
        "considered": row.considered,
        "content": dict(row.content),
    }
