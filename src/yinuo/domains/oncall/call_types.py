"""Calls on duty, hand-overs and what a month pays, as they are taken in and handed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class CallState(StrEnum):
    """Where a call stands."""

    OUTSIDE = "outside"
    RINGING = "ringing"
    TAKEN = "taken"
    SOLVED = "solved"
    MISSED = "missed"


class PayKind(StrEnum):
    """Why a month pays less or more."""

    COMPLAINT = "complaint"
    UNREACHABLE = "unreachable"
    LEFT_CITY = "left_city"
    OVERTIME = "overtime"


@dataclass(frozen=True, slots=True)
class CallData:
    """A call as somebody records it. `request_id` names the request it became, if it did."""

    called_at: datetime
    about: str
    caller_name: str = ""
    caller_phone: str = ""
    request_id: object = None


@dataclass(frozen=True, slots=True)
class CallResult:
    """What came of a call: how long it took, what was said, whether that solved it."""

    minutes: int
    result: str
    solved: bool


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call of the log. `asked` are those asked for it, in order."""

    public_id: UUID
    version: int
    rota_public_id: UUID
    rota_name: str
    state: str
    called_at: datetime
    in_hours: bool
    caller_name: str
    caller_phone: str
    about: str
    person_public_id: UUID | None
    person_name: str
    person_phone: str
    act_at: datetime | None
    answered_at: datetime | None
    minutes: int | None
    result: str
    solved_at: datetime | None
    request_public_id: UUID | None
    request_number: str
    recorded_by: str
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """The log of a turn on its way to the next one."""

    public_id: UUID
    version: int
    rota_name: str
    from_name: str
    to_name: str
    turn_ended_at: datetime
    made_at: datetime
    calls: int
    unsolved: tuple[CallRow, ...]
    acknowledged_at: datetime | None
    # When the duty managers were told that nobody acknowledged it.
    escalated_at: datetime | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class PayTerms:
    """What a month of duty pays and what is taken off for each case, in yuan; and how long a
    person has to answer, the next one to acknowledge the log."""

    answer_minutes: int
    acknowledge_minutes: int
    allowance: Decimal
    off_complaint: Decimal
    off_unreachable: Decimal
    off_left_city: Decimal
    hour_rate: Decimal
    overtime_factor: Decimal


@dataclass(frozen=True, slots=True)
class PayEntryData:
    """A case or hours as somebody enters them; only overtime has hours."""

    person_id: object
    kind: str
    on: date
    note: str
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PayEntryRow:
    """A case or hours that change a month's pay."""

    public_id: UUID
    version: int
    kind: str
    on: date
    hours: Decimal | None
    note: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class PayLine:
    """A line of a month's statement: `number` times `each` makes `amount`, in yuan."""

    kind: str
    number: Decimal
    each: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class DutyStatement:
    """What a month of duty pays one person, from the settings of its rota."""

    rota_public_id: UUID
    rota_name: str
    unit_name: str
    person_public_id: UUID
    person_name: str
    month: date
    lines: tuple[PayLine, ...]
    entries: tuple[PayEntryRow, ...]
    total: Decimal
    calls: int
    call_minutes: int
    unsolved: int
