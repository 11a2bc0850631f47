"""Charges and statements as they are handed to others: frozen, without queries behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from yinuo.domains.billing.types import LineView
from yinuo.domains.breaches.types import EntryView
from yinuo.kernel.capitals import chinese_capitals
from yinuo.kernel.pricing import Item


class Borne(StrEnum):
    """Who bears the cost of work done."""

    CUSTOMER = "customer"
    # At our cost, and why: what the cover says, our kindness, our mistake.
    COVER = "cover"
    GOODWILL = "goodwill"
    MISDIAGNOSIS = "misdiagnosis"


class Beyond(StrEnum):
    """What happens with work beyond the goodwill that the contract gives for a case."""

    CHARGED = "charged"
    GIVEN = "given"


class Entry(StrEnum):
    """What a row of the ledger does."""

    CHARGE = "charge"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True)
class Work:
    """What is charged: items by a price list, when it was done, who bears it and why.

    `reason` is needed for goodwill and a wrong diagnosis; under a cover it is the cover's own.
    `beyond` says who bears what the goodwill of the contract no longer holds: whoever would without
    it, or goodwill all the same, by who may give it.
    """

    price_list_id: object
    items: Sequence[Item]
    occurred_on: date
    borne_by: str = Borne.CUSTOMER.value
    work_order_id: object = None
    reason: str = ""
    beyond: str = Beyond.CHARGED.value


@dataclass(frozen=True, slots=True)
class ChargeView:
    """A row of the ledger. `is_reversed` when a later row takes it back; `split` is shared by the
    two rows that bear one line."""

    public_id: UUID
    entry: str
    borne_by: str
    request_public_id: UUID
    request_number: str
    work_order_number: str
    occurred_on: date
    item: Item
    line: LineView
    amount: Decimal
    split: UUID | None
    currency: str
    cover: str
    reason: str
    recorded_at: datetime
    recorded_by: str
    corrects: UUID | None
    is_reversed: bool
    statement_number: str
    price_list_public_id: UUID


@dataclass(frozen=True, slots=True)
class CostOfCase:
    """What a request came to: what the customer bears, and what we do, by reason."""

    charges: tuple[ChargeView, ...]
    customer: Decimal
    cover: Decimal
    goodwill: Decimal
    misdiagnosis: Decimal
    currency: str
    # What the contract gives as goodwill for a case, and what is left of it; None: not limited.
    goodwill_limit: Decimal | None = None
    goodwill_left: Decimal | None = None

    @property
    def at_our_cost(self) -> Decimal:
        """Everything the customer does not bear."""
        return self.cover + self.goodwill + self.misdiagnosis


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement as lists show it; the period holds both days."""

    public_id: UUID
    number: str
    customer_public_id: UUID
    customer_name: str
    contract_number: str
    starts_on: date
    ends_on: date
    total: Decimal
    currency: str
    issued_at: datetime
    issued_by: str
    unit_id: int
    unit_name: str

    @property
    def capitals(self) -> str:
        """The total in Chinese capitals; empty for another currency than CNY."""
        return chinese_capitals(self.total) if self.currency == "CNY" else ""


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with its charges and the penalties netted; the difference is its total."""

    row: StatementRow
    charges: tuple[ChargeView, ...]
    penalties: tuple[EntryView, ...] = ()

    @property
    def charged(self) -> Decimal:
        """The charges together."""
        return sum((one.amount for one in self.charges), Decimal("0.00"))

    @property
    def penalised(self) -> Decimal:
        """The penalties together: what we owe."""
        return sum((one.amount for one in self.penalties), Decimal("0.00"))

    @property
    def penalised_capitals(self) -> str:
        """The same in Chinese capitals; empty for another currency than CNY."""
        return chinese_capitals(self.penalised) if self.row.currency == "CNY" else ""
