"""What dispatch reckons with."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from yinuo.domains.dispatch.weighing import HourPriceRow, Weighing
from yinuo.surfaces.api.shapes.values import IdText, InstantText, id_or_none, instant_or_none


class FiguresShape(BaseModel):
    """Whole numbers; the end of a name says what it counts in, `fen` are hundredths of a yuan."""

    hour_fen: int
    km_fen: int
    overtime_percent: int
    overtime_minutes: int
    unpriced_fen: int
    unpriced_hours: int
    load_fen: int
    part_fen: int
    preferred_fen: int
    familiar_fen: int
    surplus_fen: int
    night_fen: int
    second_visit_fen: int
    moved_fen: int
    undone_fen: int
    waiting_fen: int


class WeighingShape(BaseModel):
    """The figures of a version; version 1 is what the product ships with."""

    version: int
    figures: FiguresShape
    set_at: InstantText | None
    set_by: str
    reason: str


class HourPriceShape(BaseModel):
    """What an hour of a unit or of a person costs; null: as the next above."""

    id: IdText
    version: int
    unit_id: IdText | None
    person_id: IdText | None
    name: str
    hour_fen: int | None


class HourPrices(BaseModel):
    """Units first, then people."""

    items: list[HourPriceShape]
    next_cursor: str


class WeightsSaved(BaseModel):
    """The version that counts now."""

    id: IdText
    version: int


def weighing(found: Weighing) -> dict[str, Any]:
    """WeighingShape."""
    return {
        "version": found.number,
        "figures": asdict(found.figures),
        "set_at": instant_or_none(found.set_at),
        "set_by": found.set_by,
        "reason": found.reason,
    }


def hour_price(row: HourPriceRow) -> dict[str, Any]:
    """HourPriceShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "unit_id": id_or_none(row.unit_public_id),
        "person_id": id_or_none(row.person_public_id),
        "name": row.name,
        "hour_fen": row.hour_fen,
    }
