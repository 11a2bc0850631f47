"""What letters of contact take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from yinuo.domains.billing.types import LineView
from yinuo.kernel.capitals import chinese_capitals
from yinuo.kernel.money import Money
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.pricing import Item
from yinuo.platform.files.types import FileView


class AnswerWay(StrEnum):
    """How the customer's answer reached us."""

    LINK = "link"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line of the cost: `quantity` of a `unit` at `unit_price` yuan."""

    title: str
    quantity: Decimal
    unit: str
    unit_price: Decimal

    @property
    def amount(self) -> Decimal:
        """Quantity times price, to the fen; a half goes up (四舍五入).

        >>> CostLine("工时", Decimal("1.5"), "小时", Decimal("133.33")).amount
        Decimal('200.00')
        """
        return (Money(self.unit_price) * self.quantity).rounded().amount

    def line(self) -> LineView:
        """The same as lines from a price list are shown; its words are one language's."""
        return LineView(
            code="",
            title=Text(self.title, self.title),
            quantity=self.quantity,
            unit=Text(self.unit, self.unit),
            unit_price=self.unit_price,
            amount=self.amount,
            rule=EMPTY,
            note="",
            item=-1,
        )

    def kept(self) -> dict[str, str]:
        """The line as plain JSON with exact figures."""
        figures = {"quantity": f"{self.quantity:f}", "unit_price": f"{self.unit_price:f}"}
        return {"title": self.title, "unit": self.unit, **figures}


def cost_line(kept: Mapping[str, Any]) -> CostLine:
    """The line that `CostLine.kept` wrote."""
    figures = {name: Decimal(kept[name]) for name in ("quantity", "unit_price")}
    return CostLine(title=kept["title"], unit=kept["unit"], **figures)


@dataclass(frozen=True, slots=True)
class LetterData:
    """What a person writes into a letter. `further_reason` is needed beyond the usual number.

    `items` are priced by the list named; `costs` are what no list has, such as a carrier's bill.
    """

    findings: str
    work_planned: str
    time_needed: str
    valid_until: date
    costs: tuple[CostLine, ...] = ()
    further_reason: str = ""
    price_list_id: object = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as lists show it. `total` is what it states, `charged` what the customer owes of it
    and `ours` what we bear: all of it when the diagnosis was wrong."""

    public_id: UUID
    number: str
    state: str
    position: int
    customer_public_id: UUID
    customer_name: str
    request_public_id: UUID
    request_number: str
    findings: str
    total: Decimal
    is_wrong: bool
    valid_until: date
    drafted_at: datetime
    drafted_by: str
    sent_at: datetime | None
    ended_at: datetime | None

    @property
    def charged(self) -> Decimal:
        """What the customer owes if he accepts, or has accepted."""
        return Decimal("0.00") if self.is_wrong else self.total

    @property
    def ours(self) -> Decimal:
        """What we bear ourselves."""
        return self.total - self.charged


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter with its lines, both confirmations, and the steps the actor may take."""

    row: LetterRow
    version: int
    unit_id: int
    unit_name: str
    zone: str
    site_name: str
    asset_name: str
    contact_name: str
    work_order_public_id: UUID | None
    work_order_number: str
    further_reason: str
    work_planned: str
    time_needed: str
    price_list_public_id: UUID | None
    items: tuple[Item, ...]
    lines: tuple[LineView, ...]
    costs: tuple[CostLine, ...]
    confirmed_at: datetime | None
    confirmed_by: str
    sent_by: str
    content_hash: str
    ended_by: str
    ended_way: str
    ended_reason: str
    proof: FileView | None
    wrong_at: datetime | None
    wrong_by: str
    wrong_reason: str
    steps: tuple[str, ...] = ()

    @property
    def all_lines(self) -> tuple[LineView, ...]:
        """Those from the price list, then those typed; their amounts are the total."""
        return (*self.lines, *(one.line() for one in self.costs))

    @property
    def capitals(self) -> str:
        """The total in Chinese capitals."""
        return chinese_capitals(self.row.total)
