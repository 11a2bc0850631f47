"""Parts, depots, stock, its moves and shipments."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.parts.readiness import FillRate
from yinuo.domains.parts.types import (
    DepotRow,
    MoveRow,
    PartRow,
    PieceRow,
    ShipmentRow,
    ShortRow,
    StockRow,
)
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    id_or_none,
    instant,
    instant_or_none,
    money_or_none,
)


class PartShape(BaseModel):
    """A part of the catalogue; `cost` only for who may know it."""

    id: IdText
    version: int
    number: str
    name: str
    name_en: str
    tracking: str
    measure: str
    models: list[str]
    classes: list[str]
    cost: str | None
    price: str | None
    active: bool
    on_hand: int
    free: int


class Parts(BaseModel):
    """A page of the catalogue."""

    items: list[PartShape]
    next_cursor: str


class DepotShape(BaseModel):
    """A depot with what lies in it, in sum."""

    id: IdText
    version: int
    name: str
    kind: str
    unit_id: IdText
    unit_name: str
    holder_id: IdText | None
    holder_name: str
    address: str
    active: bool
    has_workshop: bool
    hour_cost: str | None
    kinds: int
    on_hand: int
    value: str | None


class Depots(BaseModel):
    """A page of depots."""

    items: list[DepotShape]
    next_cursor: str


class StockShape(BaseModel):
    """How many of a part lie in a depot, in one lot and condition."""

    part_id: IdText
    number: str
    name: str
    depot_id: IdText
    depot_name: str
    lot: str
    condition: str
    on_hand: int
    reserved: int
    free: int
    minimum: int
    value: str | None


class Stock(BaseModel):
    """A page of stock."""

    items: list[StockShape]
    next_cursor: str


class StockMoveShape(BaseModel):
    """A row of the ledger: in is more, out is less than zero."""

    id: IdText
    at: InstantText
    kind: str
    part_id: IdText
    number: str
    depot_id: IdText
    depot_name: str
    lot: str
    serial: str
    condition: str
    quantity: int
    value: str | None
    reference: str
    note: str
    by: str


class StockMoves(BaseModel):
    """A page of the ledger."""

    items: list[StockMoveShape]
    next_cursor: str


class CountShape(BaseModel):
    """A stock-take: how many lines were counted, and how many moves their differences made."""

    id: IdText
    lines: int
    differences: int


class ShortPartShape(BaseModel):
    """A part below the minimum of a depot; `wanted` is how many to order."""

    part_id: IdText
    number: str
    name: str
    depot_id: IdText
    depot_name: str
    minimum: int
    refill: int
    free: int
    coming: int
    wanted: int


class ShortParts(BaseModel):
    """A page of parts below their minimum."""

    items: list[ShortPartShape]
    next_cursor: str


class FillRateShape(BaseModel):
    """For how many requests for parts a depot was the nearest, and how many of them it had
    everything for; `percent` is null where nothing was needed."""

    depot_id: IdText
    depot_name: str
    unit_name: str
    needed: int
    filled: int
    percent: str | None


class FillRates(BaseModel):
    """Every visible depot, the lowest share first."""

    items: list[FillRateShape]


class PieceShape(BaseModel):
    """A piece and the one place where it is."""

    id: IdText
    part_id: IdText
    number: str
    name: str
    serial: str
    place: str
    depot_id: IdText | None
    depot_name: str
    condition: str
    whereabouts: str


class Pieces(BaseModel):
    """A page of pieces."""

    items: list[PieceShape]
    next_cursor: str


class ShipmentLineShape(BaseModel):
    """One part of a shipment; `line` names it when it is received."""

    line: int
    part_id: IdText
    number: str
    name: str
    lot: str
    serial: str
    condition: str
    sent: int
    received: int


class ShipmentShape(BaseModel):
    """Parts on their way."""

    id: IdText
    version: int
    number: str
    from_depot_id: IdText
    from_depot_name: str
    to_depot_id: IdText | None
    to_depot_name: str
    carrier: str
    waybill: str
    shipped_at: InstantText
    shipped_by: str
    due_at: InstantText | None
    closed_at: InstantText | None
    remark: str
    lines: list[ShipmentLineShape]


class Shipments(BaseModel):
    """A page of shipments."""

    items: list[ShipmentShape]
    next_cursor: str


def part(row: PartRow) -> dict[str, Any]:
    """PartShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "name": row.name,
        "name_en": row.name_en,
        "tracking": row.tracking,
        "measure": row.measure,
        "models": list(row.models),
        "classes": list(row.classes),
        "cost": money_or_none(row.cost),
        "price": money_or_none(row.price),
        "active": row.active,
        "on_hand": row.on_hand,
        "free": row.free,
    }


def depot(row: DepotRow) -> dict[str, Any]:
    """DepotShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "name": row.name,
        "kind": row.kind,
        "unit_id": str(row.unit_public_id),
        "unit_name": row.unit_name,
        "holder_id": id_or_none(row.holder_id),
        "holder_name": row.holder_name,
        "address": row.address,
        "active": row.active,
        "has_workshop": row.has_workshop,
        "hour_cost": money_or_none(row.hour_cost),
        "kinds": row.kinds,
        "on_hand": row.on_hand,
        "value": money_or_none(row.value),
    }


def stock(row: StockRow) -> dict[str, Any]:
    """StockShape."""
    return {
        "part_id": str(row.part_id),
        "number": row.number,
        "name": row.name,
        "depot_id": str(row.depot_id),
        "depot_name": row.depot_name,
        "lot": row.lot,
        "condition": row.condition,
        "on_hand": row.on_hand,
        "reserved": row.reserved,
        "free": row.free,
        "minimum": row.minimum,
        "value": money_or_none(row.value),
    }


def move(row: MoveRow) -> dict[str, Any]:
    """StockMoveShape."""
    return {
        "id": str(row.public_id),
        "at": instant(row.at),
        "kind": row.kind,
        "part_id": str(row.part_id),
        "number": row.number,
        "depot_id": str(row.depot_id),
        "depot_name": row.depot_name,
        "lot": row.lot,
        "serial": row.serial,
        "condition": row.condition,
        "quantity": row.quantity,
        "value": money_or_none(row.value),
        "reference": row.reference,
        "note": row.note,
        "by": row.by,
    }


def short(row: ShortRow) -> dict[str, Any]:
    """ShortPartShape."""
    return {
        "part_id": str(row.part_id),
        "number": row.number,
        "name": row.name,
        "depot_id": str(row.depot_id),
        "depot_name": row.depot_name,
        "minimum": row.minimum,
        "refill": row.refill,
        "free": row.free,
        "coming": row.coming,
        "wanted": row.wanted,
    }


def fill_rate(row: FillRate) -> dict[str, Any]:
    """FillRateShape."""
    return {
        "depot_id": str(row.depot_id),
        "depot_name": row.depot_name,
        "unit_name": row.unit_name,
        "needed": row.asked,
        "filled": row.filled,
        "percent": None if row.share is None else str(row.share),
    }


def piece(row: PieceRow) -> dict[str, Any]:
    """PieceShape."""
    return {
        "id": str(row.public_id),
        "part_id": str(row.part_id),
        "number": row.number,
        "name": row.name,
        "serial": row.serial,
        "place": row.place,
        "depot_id": id_or_none(row.depot_id),
        "depot_name": row.depot_name,
        "condition": row.condition,
        "whereabouts": row.whereabouts,
    }


def shipment(row: ShipmentRow) -> dict[str, Any]:
    """ShipmentShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "from_depot_id": str(row.from_id),
        "from_depot_name": row.from_name,
        "to_depot_id": id_or_none(row.to_id),
        "to_depot_name": row.to_name,
        "carrier": row.carrier,
        "waybill": row.waybill,
        "shipped_at": instant(row.shipped_at),
        "shipped_by": row.shipped_by,
        "due_at": instant_or_none(row.due_at),
        "closed_at": instant_or_none(row.closed_at),
        "remark": row.remark,
        "lines": [
            {
                "line": one.id,
                "part_id": str(one.part_id),
                "number": one.number,
                "name": one.name,
                "lot": one.lot,
                "serial": one.serial,
                "condition": one.condition,
                "sent": one.sent,
                "received": one.received,
            }
            for one in row.lines
        ],
    }
