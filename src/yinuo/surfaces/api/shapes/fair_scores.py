"""The fair score: its weights, each case with its inputs, appeals."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from yinuo.domains.feedback.fair_types import AppealView, CaseView, Weighing
from yinuo.domains.feedback.published import PublicationView
from yinuo.surfaces.api.shapes.scores import ScoreGroupShape
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    id_or_none,
    instant,
    instant_or_none,
)


class ScoreWeightsShape(BaseModel):
    """Whole numbers; the end of a name says what it counts in."""

    satisfaction_percent: int
    timeliness_percent: int
    relief_percent: int
    tolerance_percent: int
    travel_free_minutes: int
    travel_most_minutes: int
    worst_level_percent: int
    second_level_percent: int
    fault_percent: int
    coordination_percent: int


class ScoreWeighingShape(BaseModel):
    """The weights of a version; version 1 is what the product ships with."""

    version: int
    weights: ScoreWeightsShape
    set_at: InstantText | None
    set_by: str
    reason: str


class ScoreWeightsSaved(BaseModel):
    """The version that counts now."""

    id: IdText
    version: int


class ScoredCaseShape(BaseModel):
    """One case of an engineer with every input of the fair score.

    Minutes count in the hours of the promise. What is missing is in percent of a whole case, null
    where nothing is known; `fair` is the score of this case alone, 0 to 100.
    """

    id: IdText
    case_on: DayText
    sheet_number: str
    request_id: IdText
    engineer_id: IdText
    engineer_name: str
    unit_name: str
    kind: str
    level_zh: str
    level_en: str
    satisfaction: str
    points: str
    promised_minutes: int | None
    inherited_minutes: int
    travel_minutes: int
    late_minutes: int
    own_late_minutes: int
    difficulty_percent: int
    satisfaction_missing: str | None
    timeliness_missing: str | None
    fair: str | None
    left_out: bool
    weights_version: int
    appeal_id: IdText | None


class ScoredCases(BaseModel):
    """A page of cases, the newest first."""

    items: list[ScoredCaseShape]
    next_cursor: str


class AppealShape(BaseModel):
    """An appeal; `upheld` is null until it is decided."""

    id: IdText
    case: ScoredCaseShape
    reason: str
    raised_at: InstantText
    upheld: bool | None
    decision: str
    decided_at: InstantText | None
    decided_by: str


class Appeals(BaseModel):
    """A page of appeals, the newest first."""

    items: list[AppealShape]
    next_cursor: str


class AppealSaved(BaseModel):
    """The appeal that was raised or decided."""

    id: IdText


class ScorePublicationShape(BaseModel):
    """A published month by its first day, and by which weights its fair score counts."""

    id: IdText
    month: DayText
    published_at: InstantText
    published_by: str
    weights_version: int


class ScorePublications(BaseModel):
    """All published months."""

    items: list[ScorePublicationShape]
    next_cursor: str


class ScoreDifferenceShape(BaseModel):
    """By how much a group of an earlier month differs from what was published before."""

    of_month: DayText
    group: ScoreGroupShape


class PublishedScores(BaseModel):
    """The groups of a month as published, and the differences of earlier months told with it."""

    items: list[ScoreGroupShape]
    differences: list[ScoreDifferenceShape]


def publication(row: PublicationView) -> dict[str, Any]:
    """ScorePublicationShape."""
    return {
        "id": str(row.public_id),
        "month": row.month.isoformat(),
        "published_at": instant(row.published_at),
        "published_by": row.published_by,
        "weights_version": row.weights,
    }


def weighing(found: Weighing) -> dict[str, Any]:
    """ScoreWeighingShape."""
    return {
        "version": found.number,
        "weights": asdict(found.weights),
        "set_at": instant_or_none(found.set_at),
        "set_by": found.set_by,
        "reason": found.reason,
    }


def scored_case(row: CaseView) -> dict[str, Any]:
    """ScoredCaseShape."""
    return {
        "id": str(row.public_id),
        "case_on": row.case_on.isoformat(),
        "sheet_number": row.sheet_number,
        "request_id": str(row.request_public_id),
        "engineer_id": str(row.engineer_public_id),
        "engineer_name": row.engineer_name,
        "unit_name": row.unit_name,
        "kind": row.kind,
        "level_zh": row.level_zh,
        "level_en": row.level_en,
        "satisfaction": row.satisfaction,
        "points": f"{row.points.normalize():f}",
        "promised_minutes": row.promised_minutes,
        "inherited_minutes": row.inherited_minutes,
        "travel_minutes": row.travel_minutes,
        "late_minutes": row.late_minutes,
        "own_late_minutes": row.own_late_minutes,
        "difficulty_percent": row.difficulty_percent,
        "satisfaction_missing": _text(row.satisfaction_missing),
        "timeliness_missing": _text(row.timeliness_missing),
        "fair": _text(row.fair),
        "left_out": row.left_out,
        "weights_version": row.weights,
        "appeal_id": id_or_none(row.appeal_public_id),
    }


def appeal(row: AppealView) -> dict[str, Any]:
    """AppealShape."""
    return {
        "id": str(row.public_id),
        "case": scored_case(row.case),
        "reason": row.reason,
        "raised_at": instant(row.raised_at),
        "upheld": row.upheld,
        "decision": row.decision,
        "decided_at": instant_or_none(row.decided_at),
        "decided_by": row.decided_by,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
