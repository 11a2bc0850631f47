"""What billing hands to others: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


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
