"""Recorded repairs of an asset."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from yinuo.domains.assets.repairs import Part
from yinuo.domains.feedback.repairs import Repair
from yinuo.surfaces.api.shapes.values import DayText, IdText, id_or_none


class RepairPartShape(BaseModel):
    """A part or unit; empty text for what is not known."""

    name: str
    model: str
    serial: str


class RepairShape(BaseModel):
    """One repair: parts put in by a `sheet`, a `component` replaced, or the whole `unit` swapped.

    What the sheet says is empty for who may not see it.
    """

    kind: Literal["sheet", "component", "unit"]
    on: DayText
    out: RepairPartShape | None
    into: RepairPartShape | None
    reason: str
    work_order_id: IdText | None
    work_order_number: str
    parts_used: str
    work_done: str


class Repairs(BaseModel):
    """The repairs of an asset, the newest first; the last hundred of each kind."""

    items: list[RepairShape]


def repair(one: Repair) -> dict[str, Any]:
    """A RepairShape."""
    known = one.known
    return {
        "kind": known.kind.value,
        "on": known.on.isoformat(),
        "out": _part(known.out),
        "into": _part(known.into),
        "reason": known.reason,
        "work_order_id": id_or_none(known.sheet_id),
        "work_order_number": known.sheet_number,
        "parts_used": one.parts_used,
        "work_done": one.work_done,
    }


def _part(part: Part | None) -> dict[str, str] | None:
    if part is None:
        return None
    return {"name": part.name, "model": part.model, "serial": part.serial}
