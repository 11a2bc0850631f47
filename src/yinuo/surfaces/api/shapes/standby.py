"""Standby units and their loans."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.repairs.loan_types import LoanRow, StandbyRow
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    MoneyText,
    id_or_none,
    instant,
    instant_or_none,
    money_or_none,
)


class LoanShape(BaseModel):
    """A loan; `to_bill` is what the customer pays for a damage or for keeping the unit."""

    id: IdText
    version: int
    number: str
    state: str
    basis: str
    reason: str
    standby_id: IdText
    model: str
    serial: str
    other_model: bool
    customer_id: IdText
    customer_name: str
    request_id: IdText
    delivered_at: InstantText
    return_by: InstantText
    overdue: bool
    condition_out: str
    ended_at: InstantText | None
    condition_in: str
    damaged: bool
    to_bill: MoneyText | None
    billed_at: InstantText | None
    billed_as: str
    kept_as_asset_id: IdText | None
    acts: list[str]


class StandbyUnitShape(BaseModel):
    """A standby unit; `loan` while it is out."""

    id: IdText
    version: int
    name: str
    model: str
    serial: str
    place: str
    worth: MoneyText | None
    state: str
    unit_name: str
    loan: LoanShape | None


class Loans(BaseModel):
    """A page of loans."""

    items: list[LoanShape]
    next_cursor: str


class StandbyUnits(BaseModel):
    """A page of standby units."""

    items: list[StandbyUnitShape]
    next_cursor: str


def loan(row: LoanRow) -> dict[str, Any]:
    """LoanShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "state": row.state,
        "basis": row.basis,
        "reason": row.reason,
        "standby_id": str(row.standby_public_id),
        "model": row.model,
        "serial": row.serial,
        "other_model": row.is_other_model,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "request_id": str(row.request_public_id),
        "delivered_at": instant(row.delivered_at),
        "return_by": instant(row.return_by),
        "overdue": row.is_overdue,
        "condition_out": row.condition_out,
        "ended_at": instant_or_none(row.ended_at),
        "condition_in": row.condition_in,
        "damaged": row.is_damaged,
        "to_bill": money_or_none(row.to_bill),
        "billed_at": instant_or_none(row.billed_at),
        "billed_as": row.billed_as,
        "kept_as_asset_id": id_or_none(row.kept_as),
        "acts": sorted(row.acts),
    }


def standby_unit(row: StandbyRow) -> dict[str, Any]:
    """StandbyUnitShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "name": row.name,
        "model": row.model,
        "serial": row.serial,
        "place": row.place,
        "worth": money_or_none(row.worth),
        "state": row.state,
        "unit_name": row.unit_name,
        "loan": loan(row.loan) if row.loan else None,
    }
