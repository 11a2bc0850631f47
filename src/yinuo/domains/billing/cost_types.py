"""What cases and contracts cost, and what contracts leave: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from yinuo.kernel.pricing import Bill

NOTHING = Decimal("0.00")
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Spent:
    """What work at our cost came to at list prices, by part of the bill and by reason."""

    by_bill: Mapping[str, Decimal] = field(default_factory=dict)
    by_reason: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def labour(self) -> Decimal:
        """People's work."""
        return self.by_bill.get(Bill.LABOUR.value, NOTHING)

    @property
    def parts(self) -> Decimal:
        """Parts and repair."""
        return self.by_bill.get(Bill.PARTS.value, NOTHING)

    @property
    def travel(self) -> Decimal:
        """Travel and transport."""
        return self.by_bill.get(Bill.TRAVEL.value, NOTHING)

    @property
    def goodwill(self) -> Decimal:
        """Given out of kindness."""
        return self.by_reason.get("goodwill", NOTHING)

    @property
    def misdiagnosis(self) -> Decimal:
        """Because a diagnosis was wrong."""
        return self.by_reason.get("misdiagnosis", NOTHING)

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum(self.by_bill.values(), NOTHING)


@dataclass(frozen=True, slots=True)
class ContractMargin:
    """A contract's income so far against what it cost us so far, in its own currency.

    `agreed` is the contract total, else the annual fee of each year begun; `charged` what its
    customer was charged besides. `penalties` are the approved ones.
    """

    public_id: UUID
    number: str
    customer_public_id: UUID
    customer_name: str
    starts_on: date
    currency: str
    agreed: Decimal
    charged: Decimal
    spent: Spent
    penalties: Decimal

    @property
    def income(self) -> Decimal:
        """What the contract brings."""
        return self.agreed + self.charged

    @property
    def margin(self) -> Decimal:
        """What is left of the income."""
        return self.income - self.spent.total - self.penalties

    @property
    def percent(self) -> Decimal | None:
        """The same in percent of the income, to a tenth; None without income."""
        if not self.income:
            return None
        return (self.margin * 100 / self.income).quantize(_TENTH, ROUND_HALF_UP)
