"""Charge-backs as the API shows them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.billing.charge_back_types import (
    ChargeBackLineView,
    ChargeBackRow,
    ChargeBackView,
)
from yinuo.surfaces.api.shapes.charges import SignedMoneyText
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    instant,
)


class ChargeBackHead(BaseModel):
    """A charge-back in a list; `until` is the last day of misses that counted. Positive is what the
    unit pays."""

    id: IdText
    number: str
    unit_id: IdText
    unit_name: str
    until: DayText
    total: SignedMoneyText
    currency: str
    capitals: str
    issued_at: InstantText
    issued_by: str


class ChargeBackLineShape(BaseModel):
    """The unit's part of one missed promise; `late_seconds` in its hands."""

    case_number: str
    clause_number: str
    title_zh: str
    title_en: str
    due_at: InstantText
    late_seconds: int
    amount: SignedMoneyText


class ChargeBackShape(ChargeBackHead):
    """A charge-back with its lines, which add up to its total."""

    lines: list[ChargeBackLineShape]


class ChargeBacks(BaseModel):
    """A page of charge-backs."""

    items: list[ChargeBackHead]
    next_cursor: str


class IssuedChargeBack(BaseModel):
    """The charge-back just issued."""

    id: IdText
    number: str
    total: SignedMoneyText


def charge_back_head(row: ChargeBackRow) -> dict[str, Any]:
    """A ChargeBackHead."""
    return {
        "id": str(row.public_id),
        "number": row.number,
        "unit_id": str(row.unit_public_id),
        "unit_name": row.unit_name,
        "until": row.until.isoformat(),
        "total": f"{row.total:.2f}",
        "currency": row.currency,
        "capitals": row.capitals,
        "issued_at": instant(row.issued_at),
        "issued_by": row.issued_by,
    }


def charge_back(found: ChargeBackView) -> dict[str, Any]:
    """A ChargeBackShape."""
    return {**charge_back_head(found.row), "lines": [_line(one) for one in found.lines]}


def _line(one: ChargeBackLineView) -> dict[str, Any]:
    return {
        "case_number": one.case_number,
        "clause_number": one.clause_number,
        "title_zh": one.title_zh,
        "title_en": one.title_en,
        "due_at": instant(one.due_at),
        "late_seconds": int(one.late_seconds),
        "amount": f"{one.amount:.2f}",
    }
