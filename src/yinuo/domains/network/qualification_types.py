"""Who may do what until when, as the network hands it out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from yinuo.domains.network.shifts import Window
from yinuo.platform.positions import Position


class ServiceMode(StrEnum):
    """How a unit serves."""

    PHONE = "phone"
    REMOTE = "remote"
    ON_SITE = "on_site"
    SEND_IN = "send_in"
    TRAINING = "training"


class AbsenceKind(StrEnum):
    """Why a person cannot be sent."""

    LEAVE = "leave"
    SICK = "sick"
    TRAINING = "training"
    OTHER = "other"


class Rule(StrEnum):
    """Why a person cannot take a piece of work, in the order in which it is asked."""

    SKILL = "skill"
    CERTIFICATE = "certificate"
    UNIT_CERTIFICATE = "unit_certificate"
    TOOLS = "tools"
    ABSENCE = "absence"
    SHIFT = "shift"
    OVERLAP = "overlap"


class Validity(StrEnum):
    """How a certificate stands on a day."""

    TO_COME = "to_come"
    GOOD = "good"
    ENDING = "ending"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SkillLevel:
    """A skill and how well: of a person, or the least that work demands."""

    name: str
    level: int


@dataclass(frozen=True, slots=True)
class UnitReach:
    """Whom a unit serves, with what, how."""

    areas: tuple[str, ...] = ()
    position: Position | None = None
    reach_km: int | None = None
    product_lines: tuple[str, ...] = ()
    service_modes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a person brings: skills, tools, hours, and where his way begins."""

    skills: tuple[SkillLevel, ...] = ()
    tools: tuple[str, ...] = ()
    shift: tuple[Window, ...] = ()
    home: Position | None = None


@dataclass(frozen=True, slots=True)
class CertificateData:
    """A certificate as somebody enters it. `product_line` empty: for every one."""

    kind: str
    issuer: str
    valid_from: date
    valid_until: date
    number: str = ""
    brand: str = ""
    product_line: str = ""
    warn_days: int = 30


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate with whose it is."""

    id: int
    public_id: UUID
    version: int
    data: CertificateData
    unit_id: int
    unit_public_id: UUID
    unit_name: str
    person_id: int | None
    person_public_id: UUID | None
    person_name: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    created_at: datetime
    created_by: str

    @property
    def holder(self) -> str:
        """The person's name, or the unit's when it is the unit's own."""
        return self.person_name or self.unit_name

    @property
    def warned_on(self) -> date:
        """The day from which its end is told."""
        return self.data.valid_until - timedelta(days=self.data.warn_days)

    def validity(self, today: date) -> Validity:
        """How it stands on a day."""
        if self.withdrawn_at is not None:
            return Validity.WITHDRAWN
        if today > self.data.valid_until:
            return Validity.EXPIRED
        if today < self.data.valid_from:
            return Validity.TO_COME
        return Validity.ENDING if today >= self.warned_on else Validity.GOOD


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence that counts."""

    public_id: UUID
    version: int
    kind: str
    starts_at: datetime
    ends_at: datetime
    note: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class QualificationData:
    """What work on a product line demands. An empty line: any work without a row of its own."""

    product_line: str = ""
    skills: tuple[SkillLevel, ...] = ()
    person_certified: bool = False
    unit_certified: bool = False
    tools: tuple[str, ...] = ()
    visit_minutes: int = 120


@dataclass(frozen=True, slots=True)
class QualificationRow:
    """The same as it is kept."""

    public_id: UUID
    version: int
    data: QualificationData


@dataclass(frozen=True, slots=True)
class Demand:
    """A piece of work as candidates are asked for it: what, in which unit, from when to when."""

    unit_id: int
    starts_at: datetime
    ends_at: datetime
    product_line: str = ""
    needs: QualificationData = field(default_factory=QualificationData)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A hard rule that a person breaks, and the figures of the sentence that says so."""

    rule: Rule
    subject: str = ""
    wanted: str = ""
    present: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who works in that part of the tree, with what keeps him from this work, if any."""

    person_id: int
    public_id: UUID
    name: str
    phone: str
    unit_id: int
    unit_name: str
    home: Position | None
    shift: tuple[Window, ...]
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def can_go(self) -> bool:
        """True when no hard rule removes him."""
        return not self.obstacles
