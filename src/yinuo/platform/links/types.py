"""What links hand out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from yinuo.platform.files.types import Owner


class Standing(StrEnum):
    """What a link can still do. A used one stays used, whatever its date."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as its holder may know it: `used_by`, `used_at` and `outcome` say what became of it.

    `owner` is what it is about; `used_by` is the name its holder gave, nothing proves it.
    """

    public_id: UUID
    purpose: str
    owner: Owner
    created_at: datetime
    expires_at: datetime
    standing: Standing
    used_by: str
    used_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds a link, as an actor: known by the name he gave, with no account."""

    label: str

    @property
    def user_id(self) -> None:
        """Nobody is signed in."""
        return
