"""What is known of people and units in a month or a year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from yinuo.domains.appraisal.types import Appraisal, Duty
from yinuo.domains.feedback.appraised import Tally
from yinuo.surfaces.api.shapes.values import IdText, money_or_none


class AppraisedScore(BaseModel):
    """Points of the answers that count, of how many cases; `fair` is the fair score."""

    points: str
    cases: int
    mean: str | None
    fair: str | None


class AppraisedDuty(BaseModel):
    """Duty of the period; money only for who may see all of it."""

    days: int
    calls: int
    call_minutes: int
    complaints: int | None
    allowance: str | None
    deductions: str | None
    total: str | None


class AppraisedVisits(BaseModel):
    """Visits of sales: due and held."""

    due: int
    held: int


class AppraisedTrainings(BaseModel):
    """Trainings attended, passed and given."""

    came: int
    passed: int
    given: int


class AppraisalShape(BaseModel):
    """A person or unit; a part that is null is not known, never nought. `month` is set for a line
    of a longer period."""

    id: IdText
    name: str
    unit_name: str
    month: str | None
    satisfaction: AppraisedScore | None
    published: str | None
    supervised: AppraisedScore | None
    duty: AppraisedDuty | None
    visits: AppraisedVisits | None
    trained: AppraisedTrainings | None


class Appraisals(BaseModel):
    """A page of people, or all units."""

    items: list[AppraisalShape]
    next_cursor: str


class PersonAppraisal(BaseModel):
    """One person: the whole period, and each of its months that has begun."""

    whole: AppraisalShape
    months: list[AppraisalShape]


def appraisal(row: Appraisal) -> dict[str, Any]:
    """AppraisalShape."""
    known = row.inputs
    visits, trained = known.visits, known.trained
    return {
        "id": str(row.public_id),
        "name": row.name,
        "unit_name": row.unit_name,
        "month": f"{row.month:%Y-%m}" if row.month else None,
        "satisfaction": _score(known.satisfaction),
        "published": _figure(known.published),
        "supervised": _score(known.supervised),
        "duty": _duty(known.duty),
        "visits": {"due": visits.due, "held": visits.held} if visits else None,
        "trained": {"came": trained.came, "passed": trained.passed, "given": trained.given}
        if trained
        else None,
    }


def _score(found: Tally | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "points": str(_figure(found.score.points)),
        "cases": found.score.cases,
        "mean": _figure(found.score.mean),
        "fair": _figure(found.fair),
    }


def _duty(found: Duty | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "days": found.days,
        "calls": found.calls,
        "call_minutes": found.call_minutes,
        "complaints": found.complaints,
        "allowance": money_or_none(found.allowance),
        "deductions": money_or_none(found.deductions),
        "total": money_or_none(found.total),
    }


def _figure(number: Decimal | None) -> str | None:
    """A number without needless zeros."""
    return None if number is None else f"{number.normalize():f}"
