"""What files take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import IO, TypeAlias
from uuid import UUID

from django.core.files.base import File
from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a file is: the model's label (`requests.request`) and the public id of a row."""

    kind: str
    public_id: UUID


def owner_of(row: Model) -> Owner:
    """The owner that a row with a public id is."""
    return Owner(row._meta.label_lower, row.public_id)  # type: ignore[attr-defined]


# What came in; Django's UploadedFile is one.
Upload: TypeAlias = "File[bytes]"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file and one account's files of 24 hours may have, in bytes."""

    file_bytes: int
    daily_bytes: int


@dataclass(frozen=True, slots=True)
class FileView:
    """A stored file as pages and answers show it."""

    public_id: UUID
    purpose: str
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    is_picture: bool
    stored_at: datetime
    stored_by: str
    caption: str = ""
    version: int = 1

    @property
    def is_sound(self) -> bool:
        """True for what can be listened to."""
        return self.media_type.startswith("audio/")


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A stored file with its content, to be read once and closed."""

    view: FileView
    content: IO[bytes]


@dataclass(frozen=True, slots=True)
class OpenedPicture:
    """The re-encoded form of a stored picture; always JPEG."""

    content: IO[bytes]
