"""Repairs of parts in a depot's workshop."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.parts.repair_types import MaterialRow, PartRepairRow
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    id_or_none,
    instant,
    instant_or_none,
    money_or_none,
)


class PartRepairMaterial(BaseModel):
    """Good parts out of stock that went into it."""

    part_id: IdText
    number: str
    name: str
    serial: str
    quantity: int
    value: str | None


class PartRepairShape(BaseModel):
    """A part taken for repair; amounts only for who may know what parts cost. `cost` is its
    material and hours, `granted` what its supplier pays."""

    id: IdText
    version: int
    number: str
    state: str
    depot_id: IdText
    depot_name: str
    part_id: IdText
    part_number: str
    part_name: str
    piece_id: IdText | None
    serial: str
    lot: str
    fault: str
    worker_id: IdText
    worker_name: str
    taken_at: InstantText
    taken_by: str
    work_done: str
    hours: str | None
    tested: str
    finished_at: InstantText | None
    finished_by: str
    supplier: str
    claim_number: str
    granted: str | None
    settled_at: InstantText | None
    settled_by: str
    reason: str
    cost: str | None
    materials: list[PartRepairMaterial]


class PartRepairs(BaseModel):
    """A page of repairs of parts; their material stands with each one alone."""

    items: list[PartRepairShape]
    next_cursor: str


def part_repair(row: PartRepairRow) -> dict[str, Any]:
    """PartRepairShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "state": row.state,
        "depot_id": str(row.depot_id),
        "depot_name": row.depot_name,
        "part_id": str(row.part_id),
        "part_number": row.part_number,
        "part_name": row.part_name,
        "piece_id": id_or_none(row.piece_id),
        "serial": row.serial,
        "lot": row.lot,
        "fault": row.fault,
        "worker_id": str(row.worker_id),
        "worker_name": row.worker_name,
        "taken_at": instant(row.taken_at),
        "taken_by": row.taken_by,
        "work_done": row.work_done,
        "hours": money_or_none(row.hours),
        "tested": row.tested,
        "finished_at": instant_or_none(row.finished_at),
        "finished_by": row.finished_by,
        "supplier": row.supplier,
        "claim_number": row.claim_number,
        "granted": money_or_none(row.granted),
        "settled_at": instant_or_none(row.settled_at),
        "settled_by": row.settled_by,
        "reason": row.reason,
        "cost": money_or_none(row.cost),
        "materials": [_material(one) for one in row.materials],
    }


def _material(row: MaterialRow) -> dict[str, Any]:
    return {
        "part_id": str(row.part_id),
        "number": row.number,
        "name": row.name,
        "serial": row.serial,
        "quantity": row.quantity,
        "value": money_or_none(row.value),
    }
