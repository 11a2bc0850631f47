"""Requests for parts."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.parts.request_types import AskLineRow, AskRow
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    id_or_none,
    instant,
    instant_or_none,
)


class PartRequestLineShape(BaseModel):
    """One part that is asked for, and how far it came; `reserved` is kept in the depot for it."""

    part_id: IdText
    number: str
    name: str
    tracking: str
    quantity: int
    reserved: int
    shipped: int
    received: int
    used: int
    old_back: int
    unused_back: int


class PartRequestShape(BaseModel):
    """A request for parts; `filled`: the nearest depot had all of it when asked."""

    id: IdText
    version: int
    number: str
    state: str
    request_id: IdText
    request_number: str
    work_order_id: IdText | None
    work_order_number: str
    depot_id: IdText
    depot_name: str
    note: str
    nearest_depot_id: IdText
    nearest_depot_name: str
    filled: bool
    asked_at: InstantText
    asked_by: str
    decided_at: InstantText | None
    decided_by: str
    reason: str
    lines: list[PartRequestLineShape]


class PartRequests(BaseModel):
    """A page of requests for parts."""

    items: list[PartRequestShape]
    next_cursor: str


def part_request(row: AskRow) -> dict[str, Any]:
    """PartRequestShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "state": row.state,
        "request_id": str(row.request_id),
        "request_number": row.request_number,
        "work_order_id": id_or_none(row.sheet_id),
        "work_order_number": row.sheet_number,
        "depot_id": str(row.depot_id),
        "depot_name": row.depot_name,
        "note": row.note,
        "nearest_depot_id": str(row.nearest_id),
        "nearest_depot_name": row.nearest_name,
        "filled": row.filled,
        "asked_at": instant(row.asked_at),
        "asked_by": row.asked_by,
        "decided_at": instant_or_none(row.decided_at),
        "decided_by": row.decided_by,
        "reason": row.reason,
        "lines": [_line(one) for one in row.lines],
    }


def _line(row: AskLineRow) -> dict[str, Any]:
    return {
        "part_id": str(row.part_id),
        "number": row.number,
        "name": row.name,
        "tracking": row.tracking,
        "quantity": row.quantity,
        "reserved": row.reserved,
        "shipped": row.shipped,
        "received": row.received,
        "used": row.used,
        "old_back": row.old_back,
        "unused_back": row.unused_back,
    }
