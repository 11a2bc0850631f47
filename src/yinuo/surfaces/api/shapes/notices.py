"""Notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from pydantic import BaseModel

from yinuo.domains.notices.types import NoticeRow
from yinuo.surfaces.api.shapes.values import IdText, InstantText, instant, instant_or_none


class NoticeShape(BaseModel):
    """Something a person was told: `data` holds the codes and texts of its topic."""

    id: IdText
    at: InstantText
    topic: str
    subject_type: str
    subject_id: IdText
    data: dict[str, Any]
    read_at: InstantText | None


class Notices(BaseModel):
    """A page of notices."""

    items: list[NoticeShape]
    next_cursor: str


class ReadShape(BaseModel):
    """When it was read; null while it is unread."""

    id: IdText
    read_at: InstantText | None


class Read(Protocol):
    """A notice that was read."""

    public_id: UUID
    read_at: datetime | None


def notice(row: NoticeRow) -> dict[str, Any]:
    """NoticeShape."""
    return {
        "id": str(row.public_id),
        "at": instant(row.at),
        "topic": row.topic,
        "subject_type": row.subject_type,
        "subject_id": str(row.subject_id),
        "data": dict(row.data),
        "read_at": instant_or_none(row.read_at),
    }


def read(row: Read) -> dict[str, Any]:
    """ReadShape."""
    return {"id": str(row.public_id), "read_at": instant_or_none(row.read_at)}
