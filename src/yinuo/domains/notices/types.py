"""What notices take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Channel(StrEnum):
    """How a person is told; the codes of plans."""

    APP = "app"
    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    IM = "im"


class State(StrEnum):
    """Where a notice stands. In the app it arrives at once."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Trouble(StrEnum):
    """Why a notice failed."""

    NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class Telling:
    """What is to be told: about which subject of which unit, and the data of its words.

    `topic` names the kind of notice; the surface has its words.
    """

    topic: str
    subject_type: str
    subject_id: UUID
    unit_id: int
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody without an account who is told something, such as a customer's contact."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as inbox and outbox show it. `address` is empty in the app."""

    public_id: UUID
    channel: str
    state: str
    at: datetime
    topic: str
    subject_type: str
    subject_id: UUID
    data: Mapping[str, Any]
    read_at: datetime | None
    person_name: str = ""
    address: str = ""
    trouble: str = ""
    attempts: int = 0
    settled_at: datetime | None = None
