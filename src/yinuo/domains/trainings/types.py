"""What trainings take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class TrainingKind(StrEnum):
    """Whose people are taught: a customer's, or our own and partners'."""

    EXTERNAL = "external"
    INTERNAL = "internal"


class Occasion(StrEnum):
    """Why a customer's people are taught."""

    HANDOVER = "handover"
    INSTALLATION = "installation"
    OPERATION = "operation"
    MAINTENANCE = "maintenance"
    OTHER = "other"


class TrainingStanding(StrEnum):
    """How far a training is."""

    PLANNED = "planned"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class TrainingOutcome(StrEnum):
    """What a training came to for a participant. Attended: without a test."""

    EXPECTED = "expected"
    ABSENT = "absent"
    ATTENDED = "attended"
    PASSED = "passed"
    FAILED = "failed"


# The training took place, and whoever came has his result.
TOOK_PLACE = (TrainingStanding.HELD.value, TrainingStanding.CLOSED.value)


@dataclass(frozen=True, slots=True)
class Teaches:
    """What an internal training gives to whoever passes: a skill, a certificate, or both."""

    skill: str = ""
    level: int | None = None
    certificate: str = ""
    product_line: str = ""
    certificate_months: int | None = None

    def is_empty(self) -> bool:
        """True when passing gives nothing."""
        return not self.skill and not self.certificate


@dataclass(frozen=True, slots=True)
class About:
    """Whom and what a training for a customer's people is about. Public ids."""

    occasion: str
    project_id: object = None
    contract_id: object = None
    asset_id: object = None


@dataclass(frozen=True, slots=True)
class TrainingData:
    """A training as somebody plans it."""

    subject: str
    trainer_id: object
    starts_at: datetime
    ends_at: datetime
    topics: str = ""
    place: str = ""
    most_points: int | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is to take part: our own people and a customer's contacts by id, others by name."""

    people: Sequence[object] = ()
    contacts: Sequence[object] = ()
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Attendance:
    """What came of it for one participant."""

    participant_id: object
    outcome: str
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """What really happened: when, what was taught, how it went for each, who came besides."""

    began_at: datetime
    ended_at: datetime
    report: str
    attendances: Sequence[Attendance] = ()
    more: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Who acknowledged the hand-over for the customer, and on which day."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """A training with what it is about, and how many take part and passed."""

    id: int
    public_id: UUID
    version: int
    kind: str
    occasion: str
    subject: str
    topics: str
    place: str
    state: str
    unit_id: int
    unit_public_id: UUID
    unit_name: str
    trainer_id: int
    trainer_public_id: UUID
    trainer_name: str
    starts_at: datetime
    ends_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    report: str
    most_points: int | None
    teaches: Teaches
    customer_public_id: UUID | None
    customer_name: str
    project_public_id: UUID | None
    project_name: str
    contract_public_id: UUID | None
    contract_number: str
    asset_public_id: UUID | None
    asset_name: str
    taken_over_by: str
    taken_over_on: date | None
    closed_at: datetime | None
    reason: str
    created_at: datetime
    created_by: str
    participants: int = 0
    came: int = 0
    passed: int = 0
    to_grant: int = 0


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """Somebody who takes part."""

    public_id: UUID
    name: str
    person_id: int | None
    person_public_id: UUID | None
    unit_name: str
    contact_public_id: UUID | None
    outcome: str
    points: int | None
    granted_at: datetime | None
    granted_by: str
    certificate_public_id: UUID | None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A participant's result with the training it is of: a line of the workbook, or of a person."""

    participant: ParticipantRow
    training: TrainingRow
