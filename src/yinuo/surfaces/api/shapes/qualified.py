"""Who may do what until when: reach, capacity, absences, certificates, demands."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from yinuo.domains.network.qualification_types import (
    AbsenceRow,
    Capacity,
    CertificateRow,
    QualificationRow,
    UnitReach,
)
from yinuo.platform.positions import Position
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    id_or_none,
    instant,
    instant_or_none,
)


class PlaceShape(BaseModel):
    """Degrees of WGS-84 as text."""

    latitude: str
    longitude: str


class SkillShape(BaseModel):
    """A skill and its level, 1 to 5."""

    name: str
    level: int


class ReachShape(BaseModel):
    """Whom a unit serves; no product line or way of service named means all."""

    version: int
    areas: list[str]
    position: PlaceShape | None
    reach_km: int | None
    product_lines: list[str]
    service_modes: list[str]


class WindowShape(BaseModel):
    """Hours of a weekday (1 Monday … 7 Sunday) in minutes of local time, half-open."""

    weekday: int
    start: int
    end: int


class AbsenceShape(BaseModel):
    """A time in which a person cannot be sent, half-open."""

    id: IdText
    version: int
    kind: str
    starts_at: InstantText
    ends_at: InstantText
    note: str


class CapacityShape(BaseModel):
    """What a person brings; `home` only for those who may change it."""

    version: int
    skills: list[SkillShape]
    tools: list[str]
    shift: list[WindowShape]
    home: PlaceShape | None
    absences: list[AbsenceShape]


class CertificateShape(BaseModel):
    """A certificate of a person, or of a unit when no person is named."""

    id: IdText
    version: int
    kind: str
    number: str
    issuer: str
    brand: str
    product_line: str
    valid_from: DayText
    valid_until: DayText
    warn_days: int
    unit_id: IdText
    unit_name: str
    person_id: IdText | None
    person_name: str
    withdrawn_at: InstantText | None
    withdrawn_reason: str


class Certificates(BaseModel):
    """A page of certificates."""

    items: list[CertificateShape]
    next_cursor: str


class QualificationShape(BaseModel):
    """What work on a product line demands; the empty line is all other work."""

    id: IdText
    version: int
    product_line: str
    skills: list[SkillShape]
    person_certified: bool
    unit_certified: bool
    tools: list[str]
    visit_minutes: int


class Qualifications(BaseModel):
    """All demands."""

    items: list[QualificationShape]
    next_cursor: str


def reach(found: UnitReach, version: int) -> dict[str, Any]:
    """ReachShape."""
    return {
        "version": version,
        "areas": list(found.areas),
        "position": _place(found.position),
        "reach_km": found.reach_km,
        "product_lines": list(found.product_lines),
        "service_modes": list(found.service_modes),
    }


def capacity(found: Capacity, version: int, absences: list[AbsenceRow]) -> dict[str, Any]:
    """CapacityShape."""
    return {
        "version": version,
        "skills": [asdict(one) for one in found.skills],
        "tools": list(found.tools),
        "shift": [one._asdict() for one in found.shift],
        "home": _place(found.home),
        "absences": [
            {
                "id": str(one.public_id),
                "version": one.version,
                "kind": one.kind,
                "starts_at": instant(one.starts_at),
                "ends_at": instant(one.ends_at),
                "note": one.note,
            }
            for one in absences
        ],
    }


def certificate(row: CertificateRow) -> dict[str, Any]:
    """CertificateShape."""
    given = asdict(row.data)
    return given | {
        "id": str(row.public_id),
        "version": row.version,
        "valid_from": row.data.valid_from.isoformat(),
        "valid_until": row.data.valid_until.isoformat(),
        "unit_id": str(row.unit_public_id),
        "unit_name": row.unit_name,
        "person_id": id_or_none(row.person_public_id),
        "person_name": row.person_name,
        "withdrawn_at": instant_or_none(row.withdrawn_at),
        "withdrawn_reason": row.withdrawn_reason,
    }


def qualification(row: QualificationRow) -> dict[str, Any]:
    """QualificationShape."""
    given = asdict(row.data) | {"skills": [asdict(one) for one in row.data.skills]}
    return given | {
        "id": str(row.public_id),
        "version": row.version,
        "tools": list(row.data.tools),
    }


def _place(position: Position | None) -> dict[str, str] | None:
    if position is None:
        return None
    return {"latitude": str(position.latitude), "longitude": str(position.longitude)}
