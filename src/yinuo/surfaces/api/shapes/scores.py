"""Scores: what customers' answers came to, and each answer."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.feedback.answer_types import AnswerView, ScoreGroup
from yinuo.kernel.scoring import Score
from yinuo.surfaces.api.operations import Saved
from yinuo.surfaces.api.shapes.values import DayText, IdText, InstantText, id_or_none, instant


class ScoreShape(BaseModel):
    """Cases by opinion, all cases, their points and the points a case (null without a case)."""

    counts: dict[str, int]
    cases: int
    points: str
    mean: str | None


class ScoreGroupShape(BaseModel):
    """One engineer, unit, project or supervisor with his id, or one month or year by its name.

    `fair` is the fair score, 0 to 100; null for projects and where nothing is known."""

    id: IdText | None
    name: str
    unit_name: str
    score: ScoreShape
    fair: str | None


class ScoresShape(BaseModel):
    """All counting answers of the period together, and each group, the best leading."""

    total: ScoreShape
    items: list[ScoreGroupShape]


class CustomerAnswerShape(BaseModel):
    """One answer; `counts` is true for the one of its case that counts."""

    id: IdText
    source: str
    counts: bool
    case_on: DayText
    satisfaction: str
    points: str
    said_by: str
    opinion: str
    given_at: InstantText
    request_id: IdText | None
    customer_name: str
    engineer_name: str
    unit_name: str


class Answers(BaseModel):
    """A page of answers."""

    items: list[CustomerAnswerShape]
    next_cursor: str


class SentSurveyShape(Saved):
    """The request asked about, and the address of the link; null when asked for again."""

    link: str | None


def score(row: Score) -> dict[str, Any]:
    """ScoreShape."""
    return {
        "counts": {opinion.value: cases for opinion, cases in row.counts.items()},
        "cases": row.cases,
        "points": f"{row.points.normalize():f}",
        "mean": None if row.mean is None else str(row.mean),
    }


def group(row: ScoreGroup) -> dict[str, Any]:
    """ScoreGroupShape."""
    return {
        "id": id_or_none(row.public_id),
        "name": row.name,
        "unit_name": row.unit_name,
        "score": score(row.score),
        "fair": None if row.fair is None else str(row.fair),
    }


def answer(row: AnswerView) -> dict[str, Any]:
    """CustomerAnswerShape."""
    return {
        "id": str(row.public_id),
        "source": row.source,
        "counts": row.counts,
        "case_on": row.case_on.isoformat(),
        "satisfaction": row.satisfaction,
        "points": f"{row.points.normalize():f}",
        "said_by": row.said_by,
        "opinion": row.opinion,
        "given_at": instant(row.given_at),
        "request_id": id_or_none(row.request_public_id),
        "customer_name": row.customer_name,
        "engineer_name": row.engineer_name,
        "unit_name": row.unit_name,
    }
