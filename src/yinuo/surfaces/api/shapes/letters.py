"""How letters of contact are written in answers."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.billing.letter_types import CostLine, LetterRow, LetterView
from yinuo.surfaces.api.shapes.billing import ItemShape, LineShape, item, line
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    MoneyText,
    id_or_none,
    instant,
    instant_or_none,
)


class LetterHead(BaseModel):
    """A letter in a list. `ours` is what we bear of the total: all after a wrong diagnosis."""

    id: IdText
    number: str
    state: str
    position: int
    customer_id: IdText
    request_id: IdText
    request_number: str
    findings: str
    total: MoneyText
    charged: MoneyText
    ours: MoneyText
    valid_until: DayText
    drafted_at: InstantText
    drafted_by: str
    sent_at: InstantText | None
    ended_at: InstantText | None


class CostShape(BaseModel):
    """One line of the cost; figures as text, because a JSON number is not exact."""

    title: str
    quantity: str
    unit: str
    unit_price: MoneyText
    amount: MoneyText


class LetterShape(LetterHead):
    """A letter with its lines and both confirmations."""

    version: int
    work_order_id: IdText | None
    work_planned: str
    time_needed: str
    further_reason: str
    price_list_id: IdText | None
    items: list[ItemShape]
    lines: list[LineShape]
    costs: list[CostShape]
    capitals: str
    confirmed_at: InstantText | None
    confirmed_by: str
    sent_by: str
    content_hash: str
    ended_by: str
    ended_way: str
    ended_reason: str
    wrong_at: InstantText | None
    wrong_by: str
    wrong_reason: str
    steps: list[str]


class Letters(BaseModel):
    """A page of letters."""

    items: list[LetterHead]
    next_cursor: str


class SentLetterShape(BaseModel):
    """The letter just sent; `link` stands in this answer only."""

    id: IdText
    version: int
    link: str | None


def letter_head(row: LetterRow) -> dict[str, Any]:
    """A letter in a list."""
    return {
        "id": str(row.public_id),
        "number": row.number,
        "state": row.state,
        "position": row.position,
        "customer_id": str(row.customer_public_id),
        "request_id": str(row.request_public_id),
        "request_number": row.request_number,
        "findings": row.findings,
        "total": f"{row.total:.2f}",
        "charged": f"{row.charged:.2f}",
        "ours": f"{row.ours:.2f}",
        "valid_until": row.valid_until.isoformat(),
        "drafted_at": instant(row.drafted_at),
        "drafted_by": row.drafted_by,
        "sent_at": instant_or_none(row.sent_at),
        "ended_at": instant_or_none(row.ended_at),
    }


def letter(view: LetterView) -> dict[str, Any]:
    """A letter, all of it."""
    return {
        **letter_head(view.row),
        "version": view.version,
        "work_order_id": id_or_none(view.work_order_public_id),
        "work_planned": view.work_planned,
        "time_needed": view.time_needed,
        "further_reason": view.further_reason,
        "price_list_id": id_or_none(view.price_list_public_id),
        "items": [item(one) for one in view.items],
        "lines": [line(one) for one in view.lines],
        "costs": [_cost(one) for one in view.costs],
        "capitals": view.capitals,
        "confirmed_at": instant_or_none(view.confirmed_at),
        "confirmed_by": view.confirmed_by,
        "sent_by": view.sent_by,
        "content_hash": view.content_hash,
        "ended_by": view.ended_by,
        "ended_way": view.ended_way,
        "ended_reason": view.ended_reason,
        "wrong_at": instant_or_none(view.wrong_at),
        "wrong_by": view.wrong_by,
        "wrong_reason": view.wrong_reason,
        "steps": list(view.steps),
    }


def _cost(typed: CostLine) -> dict[str, str]:
    return {
        "title": typed.title,
        "quantity": f"{typed.quantity:f}",
        "unit": typed.unit,
        "unit_price": f"{typed.unit_price:.2f}",
        "amount": f"{typed.amount:.2f}",
    }
