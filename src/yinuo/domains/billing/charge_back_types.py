"""What charge-backs hand to others: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from yinuo.kernel.capitals import chinese_capitals


@dataclass(frozen=True, slots=True)
class ChargeBackRow:
    """A charge-back as lists show it; positive is what the unit pays. `until` is within."""

    public_id: UUID
    number: str
    unit_id: int
    unit_public_id: UUID
    unit_name: str
    until: date
    total: Decimal
    currency: str
    issued_at: datetime
    issued_by: str

    @property
    def capitals(self) -> str:
        """The total in Chinese capitals; empty for another currency than CNY."""
        return chinese_capitals(self.total) if self.currency == "CNY" else ""


@dataclass(frozen=True, slots=True)
class ChargeBackLineView:
    """The unit's part of one missed promise; below zero takes back what was charged before."""

    case_number: str
    clause_number: str
    title_zh: str
    title_en: str
    due_at: datetime
    late_seconds: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ChargeBackView:
    """A charge-back with its lines, which add up to its total."""

    row: ChargeBackRow
    lines: tuple[ChargeBackLineView, ...]
