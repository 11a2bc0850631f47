"""What the field app sends and gets: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from yinuo.domains.checklists.types import LineAnswer
from yinuo.domains.fieldwork.types import CustomerPart, StepReport, VisitReport


class OperationKind(StrEnum):
    """What an engineer did on his phone."""

    STEP = "step"
    REPORT = "report"
    SIGN = "sign"
    BEGIN = "begin"
    LINES = "lines"
    FINISH = "finish"
    NEED = "need"
    NEXT = "next"
    HOURS = "hours"


class OperationState(StrEnum):
    """What became of it. `WAITING` is never kept: the device holds it and sends it again."""

    APPLIED = "applied"
    CONFLICT = "conflict"
    REFUSED = "refused"
    DROPPED = "dropped"
    WAITING = "waiting"


# Kept, not applied: somebody has to decide.
OPEN_STATES = (OperationState.CONFLICT.value, OperationState.REFUSED.value)


class ArrivalWay(StrEnum):
    """How an arrival was shown; each outcome is recorded (B-41)."""

    POSITION = "position"
    CODE = "code"
    SKIPPED = "skipped"


class NeedKind(StrEnum):
    """What is missing on site."""

    PART = "part"
    SKILL = "skill"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Arrival:
    """How the engineer showed that he is there; `accuracy_m` in metres as the phone says."""

    way: ArrivalWay
    latitude: float | None = None
    longitude: float | None = None
    accuracy_m: int | None = None
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the sheet; an arrival says how it was shown, where the app asked."""

    report: StepReport
    arrival: Arrival | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """The customer's part; `strokes` as the sheet's service takes them."""

    part: CustomerPart
    strokes: str


@dataclass(frozen=True, slots=True)
class LinesGiven:
    """Lines of a checklist."""

    checklist_id: UUID
    lines: tuple[LineAnswer, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """A checklist begun without network: the phone made its id."""

    checklist_id: UUID
    template_id: UUID


@dataclass(frozen=True, slots=True)
class Finishing:
    """The end of a checklist."""

    checklist_id: UUID
    unfinished_reason: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A part, a skill or something else that is missing."""

    what: NeedKind
    text: str


@dataclass(frozen=True, slots=True)
class NextVisit:
    """The day on which somebody should come again, and why."""

    on: date
    note: str


@dataclass(frozen=True, slots=True)
class HoursWorked:
    """From when to when whoever goes along worked there; `version` is that of his line."""

    began_at: datetime
    ended_at: datetime
    version: int | None = None


Act = (
    Step
    | VisitReport
    | Signing
    | Beginning
    | LinesGiven
    | Finishing
    | Need
    | NextVisit
    | HoursWorked
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One operation as a device sent it.

    `id` was made by the device and is its own for ever; `after` is the operation of the same sheet
    that has to be settled first, `instead_of` one that was not applied. `occurred_at` is read from
    the device's clock; `offset_ms` is how far the server was ahead of it when last measured.
    `base_version` is the version of the sheet that the device had. `body` is what was sent; `act`
    the same read by its kind, None when it cannot be read, with what is wrong in `problems`.
    """

    id: UUID
    work_order_id: UUID
    kind: OperationKind
    occurred_at: datetime
    base_version: int
    body: Mapping[str, Any]
    act: Act | None
    problems: Mapping[str, str] = field(default_factory=dict)
    after: UUID | None = None
    instead_of: UUID | None = None
    offset_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one operation; `version` is the sheet's after it, where it was applied."""

    id: UUID
    state: OperationState
    version: int | None = None
    message: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A phone of a person."""

    public_id: UUID
    name: str
    registered_at: datetime
    seen_at: datetime | None
    offset_ms: int | None
    is_clock_off: bool
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConflictView:
    """An operation that was not applied: what was sent, by whom, and why it does not fit."""

    public_id: UUID
    work_order_public_id: UUID
    work_order_number: str
    customer_name: str
    person_name: str
    kind: str
    state: str
    occurred_at: datetime
    received_at: datetime
    is_clock_off: bool
    body: Mapping[str, Any]
    message: str


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """How an arrival was shown; `distance_m` from the site in metres, None where unknown."""

    way: str
    at: datetime
    distance_m: int | None
    code_fits: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class PhotoSent:
    """A photograph that a device announces: of a sheet, or of a line of one of its checklists.

    `id` was made by the device; `sha256` in hexadecimal, `size` in bytes.
    """

    id: UUID
    work_order_id: UUID
    name: str
    sha256: str
    size: int
    taken_at: datetime
    caption: str = ""
    checklist_id: UUID | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class PhotoProgress:
    """How much of a photograph is here."""

    id: UUID
    received: int
    done: bool
