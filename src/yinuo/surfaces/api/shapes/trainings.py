"""Trainings, who takes part, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from yinuo.domains.trainings.types import ParticipantRow, ResultRow, TrainingRow
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    day_or_none,
    id_or_none,
    instant,
    instant_or_none,
)


class TaughtShape(BaseModel):
    """What passing gives."""

    skill: str
    level: int | None
    certificate: str
    product_line: str
    certificate_months: int | None


class TrainingShape(BaseModel):
    """A training; the counts are of the participants the caller sees."""

    id: IdText
    version: int
    kind: str
    occasion: str
    subject: str
    topics: str
    place: str
    state: str
    unit_id: IdText
    unit_name: str
    trainer_id: IdText
    trainer_name: str
    starts_at: InstantText
    ends_at: InstantText
    began_at: InstantText | None
    ended_at: InstantText | None
    report: str
    most_points: int | None
    teaches: TaughtShape
    customer_id: IdText | None
    customer_name: str
    project_id: IdText | None
    contract_id: IdText | None
    asset_id: IdText | None
    taken_over_by: str
    taken_over_on: DayText | None
    closed_at: InstantText | None
    reason: str
    participants: int
    came: int
    passed: int


class Trainings(BaseModel):
    """A page of trainings."""

    items: list[TrainingShape]
    next_cursor: str


class ParticipantShape(BaseModel):
    """Somebody who takes part."""

    id: IdText
    name: str
    person_id: IdText | None
    contact_id: IdText | None
    outcome: str
    points: int | None
    granted_at: InstantText | None
    certificate_id: IdText | None


class TrainingWithPeople(TrainingShape):
    """A training with everybody's result."""

    people: list[ParticipantShape]


class TrainingResultShape(ParticipantShape):
    """A participant's result with the training it is of."""

    training_id: IdText
    subject: str
    kind: str
    state: str
    began_at: InstantText | None
    most_points: int | None


class TrainingResults(BaseModel):
    """A page of results."""

    items: list[TrainingResultShape]
    next_cursor: str


def training(row: TrainingRow) -> dict[str, Any]:
    """TrainingShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "kind": row.kind,
        "occasion": row.occasion,
        "subject": row.subject,
        "topics": row.topics,
        "place": row.place,
        "state": row.state,
        "unit_id": str(row.unit_public_id),
        "unit_name": row.unit_name,
        "trainer_id": str(row.trainer_public_id),
        "trainer_name": row.trainer_name,
        "starts_at": instant(row.starts_at),
        "ends_at": instant(row.ends_at),
        "began_at": instant_or_none(row.began_at),
        "ended_at": instant_or_none(row.ended_at),
        "report": row.report,
        "most_points": row.most_points,
        "teaches": asdict(row.teaches),
        "customer_id": id_or_none(row.customer_public_id),
        "customer_name": row.customer_name,
        "project_id": id_or_none(row.project_public_id),
        "contract_id": id_or_none(row.contract_public_id),
        "asset_id": id_or_none(row.asset_public_id),
        "taken_over_by": row.taken_over_by,
        "taken_over_on": day_or_none(row.taken_over_on),
        "closed_at": instant_or_none(row.closed_at),
        "reason": row.reason,
        "participants": row.participants,
        "came": row.came,
        "passed": row.passed,
    }


def with_people(row: TrainingRow, people: Iterable[ParticipantRow]) -> dict[str, Any]:
    """TrainingWithPeople."""
    return training(row) | {"people": [participant(one) for one in people]}


def participant(row: ParticipantRow) -> dict[str, Any]:
    """ParticipantShape."""
    return {
        "id": str(row.public_id),
        "name": row.name,
        "person_id": id_or_none(row.person_public_id),
        "contact_id": id_or_none(row.contact_public_id),
        "outcome": row.outcome,
        "points": row.points,
        "granted_at": instant_or_none(row.granted_at),
        "certificate_id": id_or_none(row.certificate_public_id),
    }


def result(row: ResultRow) -> dict[str, Any]:
    """TrainingResultShape."""
    return participant(row.participant) | {
        "training_id": str(row.training.public_id),
        "subject": row.training.subject,
        "kind": row.training.kind,
        "state": row.training.state,
        "began_at": instant_or_none(row.training.began_at),
        "most_points": row.training.most_points,
    }
