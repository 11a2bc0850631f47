"""From answer, sheet and promise to what a case comes to. Nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.feedback.answer_models import Answer
from yinuo.domains.feedback.fair_models import ScoredCase
from yinuo.domains.feedback.fair_types import Weighing
from yinuo.domains.feedback.publication_models import ScorePublication
from yinuo.domains.feedback.weighing import weighings_of_months
from yinuo.domains.fieldwork.signed import WorkedSheet, worked_sheets
from yinuo.domains.obligations.arrived import KeptArrival, kept_arrivals
from yinuo.kernel.instants import shift_date
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.reports import Satisfaction, points_of
from yinuo.kernel.scoring import FairCase, judged

# A promise of arrival belongs to the sheet whose arrival ended it.
SAME = timedelta(minutes=1)
MINUTE = timedelta(minutes=1)
# What a row keeps, for writing it and for comparing.
KEPT = (
    *("case_on", "sheet_number", "request_id", "engineer_id", "unit_id", "kind"),
    *("level_zh", "level_en", "level_rank", "satisfaction", "points", "least", "most"),
    *("promised_minutes", "inherited_minutes", "travel_minutes", "late_minutes"),
    *("own_late_minutes", "difficulty_percent", "missing", "satisfaction_missing"),
    *("timeliness_missing", "left_out", "weights"),
)


def fresh_cases(case_ids: Collection[UUID]) -> Iterator[ScoredCase]:
    """The cases as they are to be stored now, not saved; those without an engineer left out.

    A handful of statements however many there are.
    """
    rows = Answer.objects.filter(case_id__in=case_ids, counts=True, engineer__isnull=False)
    answers = list(rows)
    weighings = weighings_of_months({one.case_on.replace(day=1) for one in answers})
    sheets = worked_sheets(one.case_id for one in answers)
    subjects = {*sheets, *(one.request_public_id for one in sheets.values())}
    arrivals = kept_arrivals(subjects)
    for answer in answers:
        sheet = sheets.get(answer.case_id)
        if sheet is not None and answer.engineer_id is not None:
            mine = [*arrivals[sheet.public_id], *arrivals[sheet.request_public_id]]
            weighing = weighings[answer.case_on.replace(day=1)]
            case = _case(answer, sheet, _own_arrival(sheet, mine), weighing)
            case.engineer_id = answer.engineer_id
            yield case


def _case(
    answer: Answer, sheet: WorkedSheet, arrival: KeptArrival | None, weighing: Weighing
) -> ScoredCase:
    plan = compiled_plan(sheet.plan_version_id).plan if sheet.plan_version_id else None
    rank, level_zh, level_en = _level(plan, sheet.level)
    worth = [points_of(plan, one) for one in Satisfaction if one != Satisfaction.NO_STATEMENT]
    minutes = _minutes(sheet, arrival)
    says = answer.satisfaction != Satisfaction.NO_STATEMENT
    case = FairCase(
        points=answer.points if says else None,
        least=min(worth),
        most=max(worth),
        difficulty_percent=weighing.weights.difficulty(sheet.request_kind, rank),
        **minutes,
    )
    part = judged(case, weighing.weights)
    return ScoredCase(
        case_id=answer.case_id,
        case_on=answer.case_on,
        sheet_number=sheet.number,
        request_id=sheet.request_pk,
        unit_id=answer.unit_id,
        kind=sheet.request_kind,
        level_zh=level_zh,
        level_en=level_en,
        level_rank=rank,
        satisfaction=answer.satisfaction,
        points=answer.points,
        least=case.least,
        most=case.most,
        own_late_minutes=part.own_late_minutes if part else 0,
        difficulty_percent=case.difficulty_percent,
        missing=part.missing if part else None,
        satisfaction_missing=part.satisfaction_missing if part else None,
        timeliness_missing=part.timeliness_missing if part else None,
        left_out=answer.left_out,
        weights=weighing.number,
        **minutes,
    )


def values_of(case: ScoredCase) -> dict[str, Any]:
    """What is kept of a case, for comparing two."""
    found = {name: getattr(case, name) for name in KEPT}
    return {
        name: value.normalize() if isinstance(value, Decimal) else value
        for name, value in found.items()
    }


def open_cases() -> QuerySet[ScoredCase]:
    """Cases of months not published yet, for which other weights may still come."""
    published = Q()
    for month in ScorePublication.objects.values_list("month", flat=True):
        published |= Q(case_on__gte=month, case_on__lt=shift_date(month, months=1))
    return ScoredCase.objects.exclude(published) if published else ScoredCase.objects.all()


def _own_arrival(sheet: WorkedSheet, arrivals: list[KeptArrival]) -> KeptArrival | None:
    """The first due of the promises that this sheet's arrival made good."""
    at = sheet.arrived_at
    if at is None:
        return None
    return next((one for one in arrivals if abs(one.ended_at - at) < SAME), None)


def _minutes(sheet: WorkedSheet, arrival: KeptArrival | None) -> dict[str, Any]:
    travel = _between(sheet.departed_at, sheet.arrived_at)
    if arrival is None:
        return {"travel_minutes": travel}
    got_at = sheet.assigned_at or arrival.started_at
    return {
        "promised_minutes": arrival.minutes(arrival.started_at, arrival.due_at),
        "inherited_minutes": arrival.minutes(arrival.started_at, min(got_at, arrival.ended_at)),
        "travel_minutes": travel,
        "late_minutes": arrival.minutes(arrival.due_at, arrival.ended_at),
    }


def _between(since: datetime | None, until: datetime | None) -> int:
    return (until - since) // MINUTE if since and until and until > since else 0


def _level(plan: Plan | None, code: str) -> tuple[int | None, str, str]:
    """How many levels of the plan are worse, and its name in both languages."""
    for rank, one in enumerate(plan.levels if plan else ()):
        if one.code == code:
            return rank, one.title.zh, one.title.en
    return None, "", ""
