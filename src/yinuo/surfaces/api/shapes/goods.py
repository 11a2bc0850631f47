"""The catalogue of goods and orders of them, in lists and one with everything done."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from yinuo.domains.goods.types import (
    GoodsOrderRow,
    GoodsOrderView,
    ItemRow,
    LineRow,
    ParcelRow,
    RevisionRow,
)
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    day_or_none,
    id_or_none,
    instant,
    instant_or_none,
)


class ArticleShape(BaseModel):
    """An article; `life_months` null where its useful life is not limited."""

    id: IdText
    version: int
    code: str
    name: str
    name_en: str
    measure: str
    life_months: int | None
    price_code: str
    active: bool


class Articles(BaseModel):
    """A page of the catalogue."""

    items: list[ArticleShape]
    next_cursor: str


class GoodsOrderShape(BaseModel):
    """An order; `due_at` is the next promise that runs, `late` when one is over."""

    id: IdText
    version: int
    number: str
    state: str
    urgent: bool
    wished_on: DayText | None
    promised_on: DayText | None
    ordered: int
    shipped: int
    customer_id: IdText
    customer_name: str
    unit_name: str
    ordered_at: InstantText
    due_at: InstantText | None
    late: bool


class GoodsLineShape(BaseModel):
    """An article of an order; `within_life` null where it is not known."""

    item_id: IdText
    code: str
    name: str
    measure: str
    quantity: int
    shipped: int
    life_until: DayText | None
    within_life: bool | None


class KeptGoodsLine(BaseModel):
    """An article of a version or parcel as it was then."""

    code: str
    name: str
    name_en: str
    measure: str
    quantity: int


class GoodsRevisionShape(BaseModel):
    """A version of an order; `accepted` null while it waits for an answer."""

    number: int
    asked_at: InstantText
    asked_by: str
    recorded_by: str
    why: str
    urgent: bool
    wished_on: DayText | None
    lines: list[KeptGoodsLine]
    accepted: bool | None
    promised_on: DayText | None
    text: str
    answered_at: InstantText | None
    answered_by: str


class ParcelShape(BaseModel):
    """A parcel; `delivered_at` null while it is on its way."""

    id: IdText
    number: int
    carrier: str
    waybill: str
    shipped_at: InstantText
    lines: list[KeptGoodsLine]
    delivered_at: InstantText | None
    signed_by: str


class WholeGoodsOrder(GoodsOrderShape):
    """One order with its articles, versions and parcels, and what may be done with it now."""

    supplied_on: DayText | None
    deliver_to: str
    note: str
    in_portal: bool
    ordered_by: str
    ended_at: InstantText | None
    end_text: str
    contract_id: IdText | None
    project_id: IdText | None
    request_id: IdText | None
    lines: list[GoodsLineShape]
    revisions: list[GoodsRevisionShape]
    parcels: list[ParcelShape]
    acts: list[str]


class GoodsOrders(BaseModel):
    """A page of orders."""

    items: list[GoodsOrderShape]
    next_cursor: str


def article(row: ItemRow) -> dict[str, Any]:
    """ArticleShape."""
    values = asdict(row)
    return {"id": str(values.pop("public_id")), **values}


def goods_order(row: GoodsOrderRow) -> dict[str, Any]:
    """GoodsOrderShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "number": row.number,
        "state": row.state,
        "urgent": row.is_urgent,
        "wished_on": day_or_none(row.wished_on),
        "promised_on": day_or_none(row.promised_on),
        "ordered": row.ordered,
        "shipped": row.shipped,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "unit_name": row.unit_name,
        "ordered_at": instant(row.ordered_at),
        "due_at": instant_or_none(row.due_at),
        "late": row.is_late,
    }


def whole(view: GoodsOrderView) -> dict[str, Any]:
    """WholeGoodsOrder."""
    return {
        **goods_order(view.row),
        "supplied_on": day_or_none(view.supplied_on),
        "deliver_to": view.deliver_to,
        "note": view.note,
        "in_portal": view.in_portal,
        "ordered_by": view.ordered_by,
        "ended_at": instant_or_none(view.ended_at),
        "end_text": view.end_text,
        "contract_id": id_or_none(view.contract_public_id),
        "project_id": id_or_none(view.project_public_id),
        "request_id": id_or_none(view.request_public_id),
        "lines": [_line(one) for one in view.lines],
        "revisions": [_revision(one) for one in view.revisions],
        "parcels": [_parcel(one) for one in view.parcels],
        "acts": sorted(view.acts),
    }


def _line(row: LineRow) -> dict[str, Any]:
    return {
        "item_id": str(row.public_id),
        "code": row.code,
        "name": row.name,
        "measure": row.measure,
        "quantity": row.quantity,
        "shipped": row.shipped,
        "life_until": day_or_none(row.life_until),
        "within_life": row.is_within_life,
    }


def _revision(row: RevisionRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "asked_at": instant(row.asked_at),
        "asked_by": row.asked_by,
        "recorded_by": row.recorded_by,
        "why": row.why,
        "urgent": row.is_urgent,
        "wished_on": day_or_none(row.wished_on),
        "lines": [asdict(one) for one in row.lines],
        "accepted": row.is_accepted,
        "promised_on": day_or_none(row.promised_on),
        "text": row.text,
        "answered_at": instant_or_none(row.answered_at),
        "answered_by": row.answered_by,
    }


def _parcel(row: ParcelRow) -> dict[str, Any]:
    return {
        "id": str(row.public_id),
        "number": row.number,
        "carrier": row.carrier,
        "waybill": row.waybill,
        "shipped_at": instant(row.shipped_at),
        "lines": [asdict(one) for one in row.lines],
        "delivered_at": instant_or_none(row.delivered_at),
        "signed_by": row.signed_by,
    }
