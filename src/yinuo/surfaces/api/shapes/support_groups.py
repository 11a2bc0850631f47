"""Support groups and their queues."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.requests.queues import GroupRow, QueuedRow
from yinuo.surfaces.api.shapes import promises
from yinuo.surfaces.api.shapes import requests as request_shapes
from yinuo.surfaces.api.shapes.promises import ObligationShape
from yinuo.surfaces.api.shapes.requests import RequestShape
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    id_or_none,
    instant_or_none,
)


class GroupShape(BaseModel):
    """A support group. `waiting` counts requests nobody looks after; `is_mine` says membership."""

    id: IdText
    version: int
    name: str
    unit_id: IdText
    unit_name: str
    rank: int
    kinds: list[str]
    categories: list[str]
    levels: list[str]
    asset_classes: list[str]
    member_ids: list[IdText]
    next_id: IdText | None
    next_name: str
    active: bool
    is_mine: bool
    waiting: int
    oldest_at: InstantText | None
    offer_mode: str | None


class Groups(BaseModel):
    """Support groups."""

    items: list[GroupShape]
    next_cursor: str


class QueuedShape(BaseModel):
    """A request in a queue with the open promise that is due first."""

    request: RequestShape
    promise: ObligationShape | None


class Queue(BaseModel):
    """A page of a queue."""

    items: list[QueuedShape]
    next_cursor: str


def group(row: GroupRow) -> dict[str, Any]:
    """GroupShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "name": row.name,
        "unit_id": str(row.unit_public_id),
        "unit_name": row.unit_name,
        "rank": row.rank,
        "kinds": list(row.kinds),
        "categories": list(row.categories),
        "levels": list(row.levels),
        "asset_classes": list(row.asset_classes),
        "member_ids": [str(one) for one in row.member_ids],
        "next_id": id_or_none(row.next_public_id),
        "next_name": row.next_name,
        "active": row.active,
        "is_mine": row.is_mine,
        "waiting": row.waiting,
        "oldest_at": instant_or_none(row.oldest_at),
        "offer_mode": row.offer_mode or None,
    }


def queued(row: QueuedRow) -> dict[str, Any]:
    """QueuedShape."""
    return {
        "request": request_shapes.request(row.request),
        "promise": promises.obligation(row.promise) if row.promise else None,
    }
