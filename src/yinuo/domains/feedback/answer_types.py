"""What is taken in and handed out about satisfaction: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from yinuo.kernel.scoring import Score, Source


class Grouping(StrEnum):
    """By what a month's answers are counted."""

    ENGINEER = "engineer"
    UNIT = "unit"
    PROJECT = "project"
    SUPERVISOR = "supervisor"
    MONTH = "month"
    YEAR = "year"


class SurveyWay(StrEnum):
    """How a survey was held (BP-13)."""

    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Case:
    """What an answer is about. `public_id` is the sheet's, the request's, or the survey's own."""

    public_id: UUID
    on: date
    request_pk: int | None
    customer_id: int
    project_id: int | None
    unit_id: int
    engineer_id: int | None


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer to be kept: where from, what it says, by whom, when."""

    source: Source
    source_id: UUID
    satisfaction: str
    points: Decimal
    said_by: str
    opinion: str
    given_at: datetime
    channel: str = ""


@dataclass(frozen=True, slots=True)
class SurveyData:
    """What a customer said of a project, or at the end of a year."""

    project_id: object
    is_annual: bool
    way: str
    satisfaction: str
    said_by: str = ""
    opinion: str = ""
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Which answers: those whose case counts from `since` up to and without `until`."""

    since: date
    until: date
    engineer_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """What one engineer, unit, project, supervisor or period came to.

    `fair` stands beside the raw score (B-61); None for projects and where nothing is known.
    """

    public_id: UUID | None
    name: str
    unit_name: str
    score: Score
    fair: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer as taken down."""

    public_id: UUID
    source: str
    counts: bool
    case_on: date
    satisfaction: str
    points: Decimal
    said_by: str
    opinion: str
    given_at: datetime
    request_public_id: UUID | None
    request_number: str
    customer_name: str
    engineer_name: str
    unit_name: str
