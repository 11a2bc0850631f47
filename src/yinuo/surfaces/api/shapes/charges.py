"""Charges, what a case came to, and statements."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, WithJsonSchema

from yinuo.domains.billing.charge_types import ChargeView, CostOfCase, StatementRow, StatementView
from yinuo.domains.breaches.types import EntryView
from yinuo.surfaces.api.shapes.billing import ItemShape, LineShape, item, line
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    MoneyText,
    TwoLanguages,
    id_or_none,
    instant,
)

# An amount that may be below zero: what is taken back, what we owe.
SignedMoneyText = Annotated[
    str, WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"})
]


class ChargeShape(BaseModel):
    """A row of the ledger. A `reversal` takes the row named by `corrects` back.

    `split` is shared by the two rows that bear one line, where the goodwill of the case ended:
    `amount` is the part, `line.amount` the whole.
    """

    id: IdText
    entry: str
    borne_by: str
    request_id: IdText
    request_number: str
    work_order_number: str
    occurred_on: DayText
    price_list_id: IdText
    item: ItemShape
    line: LineShape
    amount: SignedMoneyText
    split: IdText | None
    currency: str
    cover: str
    reason: str
    corrects: IdText | None
    is_reversed: bool
    statement_number: str
    recorded_at: InstantText
    recorded_by: str


class Charges(BaseModel):
    """A page of the ledger."""

    items: list[ChargeShape]
    next_cursor: str


class EnteredCharges(BaseModel):
    """The rows that were entered, one for each line."""

    ids: list[IdText]


class CaseCostShape(BaseModel):
    """What a request came to, by who bears it.

    `goodwill_limit` is what the contract gives for a case, null when it sets no amount.
    """

    customer: SignedMoneyText
    cover: SignedMoneyText
    goodwill: SignedMoneyText
    misdiagnosis: SignedMoneyText
    at_our_cost: SignedMoneyText
    currency: str
    goodwill_limit: MoneyText | None
    goodwill_left: MoneyText | None


class StatementHead(BaseModel):
    """A statement in a list; both days of the period are within."""

    id: IdText
    number: str
    customer_id: IdText
    customer_name: str
    contract_number: str
    starts_on: DayText
    ends_on: DayText
    total: SignedMoneyText
    currency: str
    capitals: str
    issued_at: InstantText
    issued_by: str


class StatedPenaltyShape(BaseModel):
    """A line of a statement: what a clause posted for one breach together, `id` its last row; or an
    entry that a person made. Its amount is what we owe the customer."""

    id: IdText
    breach_id: IdText
    clause_number: str
    clause_title: TwoLanguages
    kind: str
    amount: SignedMoneyText
    currency: str
    computation: TwoLanguages
    reason: str
    incurred_at: InstantText


class StatementShape(StatementHead):
    """A statement with its charges and penalties; the difference of their sums is its total."""

    charges: list[ChargeShape]
    penalties: list[StatedPenaltyShape]
    charged: SignedMoneyText
    penalised: SignedMoneyText
    penalised_capitals: str


class Statements(BaseModel):
    """A page of statements."""

    items: list[StatementHead]
    next_cursor: str


class IssuedStatement(BaseModel):
    """The statement just issued."""

    id: IdText
    number: str
    total: SignedMoneyText


def charge(view: ChargeView) -> dict[str, Any]:
    """A ChargeShape."""
    return {
        "id": str(view.public_id),
        "entry": view.entry,
        "borne_by": view.borne_by,
        "request_id": str(view.request_public_id),
        "request_number": view.request_number,
        "work_order_number": view.work_order_number,
        "occurred_on": view.occurred_on.isoformat(),
        "price_list_id": str(view.price_list_public_id),
        "item": item(view.item),
        "line": line(view.line),
        "amount": f"{view.amount:.2f}",
        "split": id_or_none(view.split),
        "currency": view.currency,
        "cover": view.cover,
        "reason": view.reason,
        "corrects": id_or_none(view.corrects),
        "is_reversed": view.is_reversed,
        "statement_number": view.statement_number,
        "recorded_at": instant(view.recorded_at),
        "recorded_by": view.recorded_by,
    }


def case_cost(cost: CostOfCase) -> dict[str, Any]:
    """A CaseCostShape."""
    names = ("customer", "cover", "goodwill", "misdiagnosis", "at_our_cost")
    limits = {name: getattr(cost, name) for name in ("goodwill_limit", "goodwill_left")}
    return {
        **{name: f"{getattr(cost, name):.2f}" for name in names},
        **{name: None if one is None else f"{one:.2f}" for name, one in limits.items()},
        "currency": cost.currency,
    }


def statement_head(row: StatementRow) -> dict[str, Any]:
    """A StatementHead."""
    return {
        "id": str(row.public_id),
        "number": row.number,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "contract_number": row.contract_number,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "total": f"{row.total:.2f}",
        "currency": row.currency,
        "capitals": row.capitals,
        "issued_at": instant(row.issued_at),
        "issued_by": row.issued_by,
    }


def statement(view: StatementView) -> dict[str, Any]:
    """A StatementShape."""
    return statement_head(view.row) | {
        "charges": [charge(one) for one in view.charges],
        "penalties": [_penalty(one) for one in view.penalties],
        "charged": f"{view.charged:.2f}",
        "penalised": f"{view.penalised:.2f}",
        "penalised_capitals": view.penalised_capitals,
    }


def _penalty(entry: EntryView) -> dict[str, Any]:
    return {
        "id": str(entry.public_id),
        "breach_id": str(entry.breach_public_id),
        "clause_number": entry.clause_number,
        "clause_title": {"zh": entry.clause_title_zh, "en": entry.clause_title_en},
        "kind": entry.kind,
        "amount": f"{entry.amount:.2f}",
        "currency": entry.currency,
        "computation": {"zh": entry.computation_zh, "en": entry.computation_en},
        "reason": entry.reason,
        "incurred_at": instant(entry.incurred_at),
    }
