"""Parts and downtimes of assets."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.assets.types import ComponentRow, DowntimeRow
from yinuo.domains.feedback.downtime import Downtimes
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    day_or_none,
    id_or_none,
    instant,
    instant_or_none,
)


class ComponentShape(BaseModel):
    """A part of an asset; `removed_on` is the first day without it."""

    id: IdText
    version: int
    asset_id: IdText
    name: str
    model: str
    serial: str
    factory: bool
    added_on: DayText | None
    removed_on: DayText | None
    reason: str
    replaced_by_id: IdText | None


class Components(BaseModel):
    """All parts of an asset."""

    items: list[ComponentShape]


class OutageShape(BaseModel):
    """A time without work: of a request, or an entry by hand, which has an `id`."""

    id: IdText | None
    version: int | None
    request_id: IdText | None
    number: str
    cause: str
    began_at: InstantText
    ended_at: InstantText | None
    void_reason: str


class DowntimesShape(BaseModel):
    """Outages of a period, newest first; `availability` is a share of 1, cut after 6 places."""

    start: InstantText
    end: InstantText
    down_seconds: int
    availability: str | None
    items: list[OutageShape]


def component(row: ComponentRow) -> dict[str, Any]:
    """ComponentShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "asset_id": str(row.asset_public_id),
        "name": row.name,
        "model": row.model,
        "serial": row.serial,
        "factory": row.is_factory,
        "added_on": day_or_none(row.added_on),
        "removed_on": day_or_none(row.removed_on),
        "reason": row.reason,
        "replaced_by_id": id_or_none(row.replaced_by_public_id),
    }


def downtime(row: DowntimeRow) -> dict[str, Any]:
    """An entry by hand, as OutageShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "request_id": None,
        "number": "",
        "cause": row.cause,
        "began_at": instant(row.began_at),
        "ended_at": instant_or_none(row.ended_at),
        "void_reason": row.void_reason,
    }


def downtimes(log: Downtimes) -> dict[str, Any]:
    """DowntimesShape."""
    share = log.share
    parts = None if share is None else share.numerator * 1_000_000 // share.denominator
    return {
        "start": instant(log.start),
        "end": instant(log.end),
        "down_seconds": int(log.down.total_seconds()),
        "availability": None if parts is None else f"{parts // 1_000_000}.{parts % 1_000_000:06d}",
        "items": [
            downtime(one.entry)
            if one.entry
            else {
                "id": None,
                "version": None,
                "request_id": id_or_none(one.request_public_id),
                "number": one.number,
                "cause": one.cause,
                "began_at": instant(one.span.began_at),
                "ended_at": instant_or_none(one.span.ended_at),
                "void_reason": "",
            }
            for one in log.outages
        ],
    }
