"""Price lists, priced lines and quotes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, WithJsonSchema

from yinuo.domains.billing.types import LineView, PriceListRow, QuoteRow, QuoteView
from yinuo.kernel.plan.text import Text
from yinuo.kernel.pricing import Item
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    MoneyText,
    TwoLanguages,
    day_or_none,
    id_or_none,
    instant,
    instant_or_none,
)

# A figure as exact as it was given: `2.5`, `0.333`.
FigureText = Annotated[str, WithJsonSchema({"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"})]


class PriceListShape(BaseModel):
    """A published price list; it never changes."""

    id: IdText
    code: str
    number: int
    title: TwoLanguages
    published_at: InstantText
    published_by: str


class PriceLists(BaseModel):
    """A page of price lists."""

    items: list[PriceListShape]
    next_cursor: str


class PriceListSource(BaseModel):
    """The file a version was published from."""

    source: str


class PublishedPriceList(BaseModel):
    """The version a file was published as."""

    id: IdText
    code: str
    number: int


class LineShape(BaseModel):
    """A priced line: `amount` is `quantity` times `unit_price`, rounded; `rule` says why so.

    `terms` are those it is sold on.
    """

    code: str
    title: TwoLanguages
    quantity: FigureText
    unit: TwoLanguages
    unit_price: FigureText
    amount: MoneyText
    rule: TwoLanguages
    terms: TwoLanguages
    note: str


class PricedShape(BaseModel):
    """Priced items; the total is the sum of the lines."""

    lines: list[LineShape]
    total: MoneyText
    currency: str
    capitals: str


class ItemShape(BaseModel):
    """What was asked for; figures that do not apply are null."""

    code: str
    quantity: FigureText
    persons: int
    zone: str
    hours: FigureText | None
    size: FigureText | None
    cost: FigureText | None
    ceiling: FigureText | None
    base: FigureText | None
    note: str


class QuoteHead(BaseModel):
    """A quote as lists show it; `is_late` once its last day is over without an answer."""

    id: IdText
    number: str
    state: str
    title: str
    customer_id: IdText
    customer_name: str
    total: MoneyText
    currency: str
    valid_until: DayText
    drafted_at: InstantText
    drafted_by: str
    sent_at: InstantText | None
    ended_at: InstantText | None
    is_late: bool


class Quotes(BaseModel):
    """A page of quotes."""

    items: list[QuoteHead]
    next_cursor: str


class QuoteShape(QuoteHead):
    """A quote with its lines, its items, and the steps the caller may take."""

    version: int
    contact_id: IdText | None
    contract_id: IdText | None
    request_id: IdText | None
    price_list_id: IdText
    remarks: str
    items: list[ItemShape]
    lines: list[LineShape]
    capitals: str
    sent_by: str
    ended_by: str
    ended_reason: str
    deliver_by: DayText | None
    delivered_at: InstantText | None
    purpose: Literal["offer", "damage"]
    salesperson_id: IdText | None
    salesperson: str
    department_id: IdText | None
    department: str
    steps: list[str]


class SentQuoteShape(BaseModel):
    """A sent quote; `link` is shown this once and null when the answer is given again."""

    id: IdText
    version: int
    link: str | None


def price_list(row: PriceListRow) -> dict[str, Any]:
    """A PriceListShape."""
    return {
        "id": str(row.public_id),
        "code": row.code,
        "number": row.number,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "published_at": instant(row.published_at),
        "published_by": row.published_by,
    }


def line(row: LineView) -> dict[str, Any]:
    """A LineShape."""
    return {
        "code": row.code,
        "title": _both(row.title),
        "quantity": f"{row.quantity:f}",
        "unit": _both(row.unit),
        "unit_price": f"{row.unit_price:f}",
        "amount": f"{row.amount:.2f}",
        "rule": _both(row.rule),
        "terms": _both(row.terms),
        "note": row.note,
    }


def item(one: Item) -> dict[str, Any]:
    """An ItemShape."""
    figures = {
        name: None if (value := getattr(one, name)) is None else f"{value:f}"
        for name in ("quantity", "hours", "size", "cost", "ceiling", "base")
    }
    rest = {"code": one.code, "persons": one.persons, "zone": one.zone, "note": one.note}
    return figures | rest


def quote_head(row: QuoteRow) -> dict[str, Any]:
    """A QuoteHead."""
    return {
        "id": str(row.public_id),
        "number": row.number,
        "state": row.state,
        "title": row.title,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "total": f"{row.total:.2f}",
        "currency": row.currency,
        "valid_until": row.valid_until.isoformat(),
        "drafted_at": instant(row.drafted_at),
        "drafted_by": row.drafted_by,
        "sent_at": instant_or_none(row.sent_at),
        "ended_at": instant_or_none(row.ended_at),
        "is_late": row.is_late,
    }


def quote(view: QuoteView) -> dict[str, Any]:
    """A QuoteShape."""
    return quote_head(view.row) | {
        "version": view.version,
        "contact_id": id_or_none(view.contact_public_id),
        "contract_id": id_or_none(view.contract_public_id),
        "request_id": id_or_none(view.request_public_id),
        "price_list_id": str(view.price_list.public_id),
        "remarks": view.remarks,
        "items": [item(one) for one in view.items],
        "lines": [line(one) for one in view.lines],
        "capitals": view.capitals,
        "sent_by": view.sent_by,
        "ended_by": view.ended_by,
        "ended_reason": view.ended_reason,
        "deliver_by": day_or_none(view.deliver_by),
        "delivered_at": instant_or_none(view.delivered_at),
        "purpose": view.purpose,
        "salesperson_id": id_or_none(view.salesperson_public_id),
        "salesperson": view.salesperson_name,
        "department_id": id_or_none(view.department_public_id),
        "department": view.department_name,
        "steps": list(view.steps),
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
