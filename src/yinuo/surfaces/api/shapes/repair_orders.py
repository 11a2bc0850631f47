"""Repair orders: in lists, and one with its legs and everything done."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.repairs.types import RepairRow, RepairStepView, RepairView
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    MoneyText,
    instant,
    instant_or_none,
    money_or_none,
)


class RepairOrderShape(BaseModel):
    """A repair order; `due_at` is the next promise that runs, `late` when one is over."""

    id: IdText
    version: int
    number: str
    state: str
    serial: str
    model: str
    fault: str
    paid: bool
    customer_id: IdText
    customer_name: str
    unit_name: str
    asset_id: IdText
    asset_name: str
    request_id: IdText
    opened_at: InstantText
    due_at: InstantText | None
    late: bool


class RepairLegShape(BaseModel):
    """A leg of the way; `done_at` null while it is to come, `skipped` when it was not needed."""

    kind: str
    done_at: InstantText | None
    waybill: str
    skipped: bool


class RepairStepShape(BaseModel):
    """One thing done with a repair order."""

    kind: str
    text: str
    waybill: str
    amount: MoneyText | None
    until: InstantText | None
    done_at: InstantText
    recorded_by: str


class WholeRepairOrder(RepairOrderShape):
    """One repair order with its legs, its steps and what may be done with it now."""

    accessories: str
    pick_up: bool
    owner_reason: str
    backup_at: InstantText | None
    backup_by: str
    promised_until: InstantText | None
    new_model: str
    new_serial: str
    supplier: str
    supplier_reference: str
    claimed_amount: MoneyText | None
    claimed_at: InstantText | None
    settled_amount: MoneyText | None
    settled_at: InstantText | None
    ended_at: InstantText | None
    legs: list[RepairLegShape]
    steps: list[RepairStepShape]
    acts: list[str]


class RepairOrders(BaseModel):
    """A page of repair orders."""

    items: list[RepairOrderShape]
    next_cursor: str


def repair_order(row: RepairRow) -> dict[str, Any]:
    """RepairOrderShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "state": row.state,
        "serial": row.serial,
        "model": row.model,
        "fault": row.fault,
        "paid": row.is_paid,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "unit_name": row.unit_name,
        "asset_id": str(row.asset_public_id),
        "asset_name": row.asset_name,
        "request_id": str(row.request_public_id),
        "opened_at": instant(row.opened_at),
        "due_at": instant_or_none(row.due_at),
        "late": row.is_late,
    }


def whole(view: RepairView) -> dict[str, Any]:
    """WholeRepairOrder."""
    return {
        **repair_order(view.row),
        "accessories": view.accessories,
        "pick_up": view.pick_up,
        "owner_reason": view.owner_reason,
        "backup_at": instant_or_none(view.backup_at),
        "backup_by": view.backup_by,
        "promised_until": instant_or_none(view.promised_until),
        "new_model": view.new_model,
        "new_serial": view.new_serial,
        "supplier": view.supplier,
        "supplier_reference": view.supplier_reference,
        "claimed_amount": money_or_none(view.claimed_amount),
        "claimed_at": instant_or_none(view.claimed_at),
        "settled_amount": money_or_none(view.settled_amount),
        "settled_at": instant_or_none(view.settled_at),
        "ended_at": instant_or_none(view.ended_at),
        "legs": [
            {
                "kind": leg.kind,
                "done_at": instant_or_none(leg.done_at),
                "waybill": leg.waybill,
                "skipped": leg.is_skipped,
            }
            for leg in view.legs
        ],
        "steps": [_step(one) for one in view.steps],
        "acts": sorted(view.acts),
    }


def _step(one: RepairStepView) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "text": one.text,
        "waybill": one.waybill,
        "amount": money_or_none(one.amount),
        "until": instant_or_none(one.until),
        "done_at": instant(one.done_at),
        "recorded_by": one.recorded_by,
    }
