"""Identities: rows have a number inside; everything outside sees a UUIDv7 (domain sheet)."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7

__all__ = ["new_public_id", "parse_public_id"]


def new_public_id() -> UUID:
    """A fresh UUIDv7: sortable by creation time, 74 random bits. It names; it never admits."""
    return uuid7()


def parse_public_id(text: object) -> UUID | None:
    """The UUID written in `text`, or None when it is not one (a caller then answers «absent»)."""
    try:
        return text if isinstance(text, UUID) else UUID(str(text))
    except ValueError:
        return None
