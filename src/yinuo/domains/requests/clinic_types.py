"""What the expert clinic takes in and hands out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class SeatState(StrEnum):
    """How somebody invited into a case stands."""

    INVITED = "invited"
    JOINED = "joined"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


SEATED = (SeatState.INVITED.value, SeatState.JOINED.value)
"""While he stands so, the expert sees the case."""


@dataclass(frozen=True, slots=True)
class SeatView:
    """An expert of a case: who was asked what by whom, and how he answered."""

    public_id: UUID
    version: int
    person_public_id: UUID
    person_name: str
    unit_name: str
    state: str
    skill: str
    question: str
    said: str
    invited_at: datetime
    invited_by: str
    answer_by: datetime | None
    answered_at: datetime | None
    advised_at: datetime | None
    ended_at: datetime | None
    is_mine: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class ClinicView:
    """The clinic of a case. `may_invite` and `may_conclude` are the reader's rights now."""

    seats: tuple[SeatView, ...]
    may_invite: bool
    may_conclude: bool


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation as the expert's own list shows it; `is_open` while he sees the case."""

    seat: SeatView
    # None when the case is not seen any more.
    request_public_id: UUID | None
    request_number: str
    symptom: str
    asset_name: str
    is_open: bool
