"""The expert clinic: seats at a case, one's own invitations, who could be invited."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.network.experts import Expert
from yinuo.domains.requests.clinic_types import ClinicView, InvitationRow, SeatView
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    id_or_none,
    instant,
    instant_or_none,
)


class SeatShape(BaseModel):
    """An expert of a case; `answer_by` is what the plan says, where it says something."""

    id: IdText
    version: int
    person_id: IdText
    person_name: str
    unit_name: str
    state: str
    skill: str
    question: str
    said: str
    invited_at: InstantText
    invited_by: str
    answer_by: InstantText | None
    answered_at: InstantText | None
    advised_at: InstantText | None
    ended_at: InstantText | None


class ClinicShape(BaseModel):
    """Everybody who was invited into a case."""

    items: list[SeatShape]
    may_invite: bool
    may_conclude: bool


class InvitationShape(SeatShape):
    """One's own seat; of a case that is over only its number is told."""

    request_id: IdText | None
    request_number: str
    symptom: str
    asset_name: str
    is_open: bool


class Invitations(BaseModel):
    """A page of one's own invitations."""

    items: list[InvitationShape]
    next_cursor: str


class ExpertSkill(BaseModel):
    """A skill and its level, 1 to 5."""

    name: str
    level: int


class ExpertShape(BaseModel):
    """Somebody who could be invited; `level` is that of the skill looked for."""

    id: IdText
    name: str
    unit_name: str
    level: int
    skills: list[ExpertSkill]
    is_certified: bool
    is_away: bool


class Experts(BaseModel):
    """Who could be invited, the most suitable first."""

    items: list[ExpertShape]
    next_cursor: str


def clinic(view: ClinicView) -> dict[str, Any]:
    """ClinicShape."""
    return {
        "items": [seat(one) for one in view.seats],
        "may_invite": view.may_invite,
        "may_conclude": view.may_conclude,
    }


def seat(row: SeatView) -> dict[str, Any]:
    """SeatShape."""
    plain = ("version", "person_name", "unit_name", "state", "skill", "question", "said")
    return {
        **{name: getattr(row, name) for name in (*plain, "invited_by")},
        "id": str(row.public_id),
        "person_id": str(row.person_public_id),
        "invited_at": instant(row.invited_at),
        "answer_by": instant_or_none(row.answer_by),
        "answered_at": instant_or_none(row.answered_at),
        "advised_at": instant_or_none(row.advised_at),
        "ended_at": instant_or_none(row.ended_at),
    }


def invitation(row: InvitationRow) -> dict[str, Any]:
    """InvitationShape."""
    return {
        **seat(row.seat),
        "request_id": id_or_none(row.request_public_id),
        "request_number": row.request_number,
        "symptom": row.symptom,
        "asset_name": row.asset_name,
        "is_open": row.is_open,
    }


def expert(one: Expert) -> dict[str, Any]:
    """ExpertShape."""
    return {
        "id": str(one.public_id),
        "name": one.name,
        "unit_name": one.unit_name,
        "level": one.level,
        "skills": [{"name": skill.name, "level": skill.level} for skill in one.skills],
        "is_certified": one.is_certified,
        "is_away": one.is_away,
    }
