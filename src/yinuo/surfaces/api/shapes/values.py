"""How instants, days, amounts and ids are written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, WithJsonSchema

IdText = Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})]
InstantText = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
DayText = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
MoneyText = Annotated[str, WithJsonSchema({"type": "string", "pattern": r"^[0-9]+\.[0-9]{2}$"})]


class TwoLanguages(BaseModel):
    """The same words in Chinese and English."""

    zh: str
    en: str


def instant(at: datetime) -> str:
    """ISO 8601 in UTC, `2026-05-01T15:10:00+00:00`."""
    return at.astimezone(UTC).isoformat()


def instant_or_none(at: datetime | None) -> str | None:
    """The same; none for none."""
    return None if at is None else at.astimezone(UTC).isoformat()


def day_or_none(on: date | None) -> str | None:
    """`2026-05-01`; none for none."""
    return None if on is None else on.isoformat()


def money_or_none(amount: Decimal | None) -> str | None:
    """With two decimals, as text, because a JSON number is not exact; none for none."""
    return None if amount is None else f"{amount:.2f}"


def id_or_none(public_id: UUID | None) -> str | None:
    """The id as text; none for none."""
    return None if public_id is None else str(public_id)
