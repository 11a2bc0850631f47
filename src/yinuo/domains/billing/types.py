"""What billing hands to others: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from yinuo.kernel.capitals import chinese_capitals
from yinuo.kernel.offer_states import OfferState
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.pricing import Bill, Item


@dataclass(frozen=True, slots=True)
class PriceListRow:
    """A published price list version as lists show it."""

    id: int
    public_id: UUID
    code: str
    number: int
    title_zh: str
    title_en: str
    published_at: datetime
    published_by: str


class Purpose(StrEnum):
    """What a quote becomes when it is accepted: an order, or the separate contract for damage by
    the user (SG-04)."""

    OFFER = "offer"
    DAMAGE = "damage"


@dataclass(frozen=True, slots=True)
class QuoteData:
    """What a person writes into a quote; ids are public ones, empty when there is none.

    A separate contract for damage names its request, the salesperson who signs it, the department
    (a unit) that does the work and, as `deliver_by`, the day by which it finishes.
    """

    customer_id: object
    price_list_id: object
    title: str
    valid_until: date
    items: tuple[Item, ...]
    contact_id: object = None
    contract_id: object = None
    request_id: object = None
    remarks: str = ""
    deliver_by: date | None = None
    purpose: str = Purpose.OFFER.value
    salesperson_id: object = None
    department_id: object = None


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as it was priced; `amount` is `quantity` times `unit_price`, rounded by the list.

    `terms` are those the list sells the entry on.
    """

    code: str
    title: Text
    quantity: Decimal
    unit: Text
    unit_price: Decimal
    amount: Decimal
    rule: Text
    note: str
    item: int
    bill: str = Bill.LABOUR.value
    terms: Text = EMPTY


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote as lists show it. `is_late` when it was sent and its last day is over."""

    public_id: UUID
    number: str
    state: str
    title: str
    customer_public_id: UUID
    customer_name: str
    total: Decimal
    currency: str
    valid_until: date
    drafted_at: datetime
    drafted_by: str
    sent_at: datetime | None
    ended_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote with its lines, its items for editing, and what became of it."""

    row: QuoteRow
    version: int
    unit_id: int
    unit_name: str
    contact_public_id: UUID | None
    contact_name: str
    contract_public_id: UUID | None
    contract_number: str
    request_public_id: UUID | None
    request_number: str
    price_list: PriceListRow
    remarks: str
    items: tuple[Item, ...]
    lines: tuple[LineView, ...]
    sent_by: str
    ended_by: str
    ended_reason: str
    deliver_by: date | None = None
    delivered_at: datetime | None = None
    steps: tuple[str, ...] = ()
    purpose: str = Purpose.OFFER.value
    salesperson_public_id: UUID | None = None
    salesperson_name: str = ""
    department_public_id: UUID | None = None
    department_name: str = ""

    @property
    def is_damage(self) -> bool:
        """True for the separate contract for damage by the user."""
        return self.purpose == Purpose.DAMAGE.value

    @property
    def awaits_delivery(self) -> bool:
        """Accepted with a day of delivery, and not delivered yet."""
        accepted = self.row.state == OfferState.ACCEPTED.value
        return accepted and self.deliver_by is not None and self.delivered_at is None

    @property
    def capitals(self) -> str:
        """The total in Chinese capitals; empty for another currency than CNY."""
        return chinese_capitals(self.row.total) if self.row.currency == "CNY" else ""
