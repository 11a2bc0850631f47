"""Reading fair scores, their cases and appeals; limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth, TruncYear

from yinuo.domains.feedback.answer_types import Grouping, Part
from yinuo.domains.feedback.fair_models import ScoreAppeal, ScoredCase
from yinuo.domains.feedback.fair_types import AppealView, CaseView
from yinuo.domains.feedback.policies import visible_appeals, visible_cases
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.scoring import fair_of_sums
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of

Sums = tuple[int, int]
_COLUMNS = {Grouping.ENGINEER: "engineer_id", Grouping.UNIT: "unit_id"}
_PERIODS = {Grouping.MONTH: (TruncMonth, "%Y-%m"), Grouping.YEAR: (TruncYear, "%Y")}
_RELATED = ("request", "engineer", "unit", "appeal__decision")


def fair_by(actor: Actor, part: Part, by: Grouping) -> dict[Any, Decimal | None]:
    """The fair score of each group: by internal id, months and years by their name.

    Projects have none: what is fair to engineers says nothing of them. One statement.
    """
    rows = counting_cases(actor, part)
    if by in _COLUMNS:
        summed = sums_by(rows, _COLUMNS[by])
        return {key: fair_of_sums(*sums) for (key,), sums in summed.items()}
    if by in _PERIODS:
        truncated, shape = _PERIODS[by]
        summed = sums_by(rows.annotate(period=truncated("case_on")), "period")
        return {f"{key:{shape}}": fair_of_sums(*sums) for (key,), sums in summed.items()}
    return {}


def fair_total(actor: Actor, part: Part) -> Decimal | None:
    """The fair score of all cases of a part."""
    return together_by(sums_by(counting_cases(actor, part), "unit_id").values())


def counting_cases(actor: Actor, part: Part) -> QuerySet[ScoredCase]:
    """Visible cases of a part that count: something is known, no appeal was upheld."""
    return _of_part(visible_cases(actor), part).filter(left_out=False, missing__isnull=False)


def sums_by(rows: QuerySet[Any], *columns: str) -> dict[tuple[Any, ...], Sums]:
    """What is missing and what the cases are worth, by the values of the columns."""
    counted = rows.order_by().values_list(*columns)
    counted = counted.annotate(missing_sum=Sum("missing"), worth_sum=Sum("difficulty_percent"))
    return {tuple(key): (missing, worth) for *key, missing, worth in counted}


def list_cases(actor: Actor, part: Part, *, cursor: str = "", limit: int = 50) -> Page[CaseView]:
    """Every case of a part with its inputs, those that do not count too, the newest first."""
    rows = _of_part(visible_cases(actor), part).select_related(*_RELATED)
    page = page_of(rows, order=("-id",), cursor=cursor, limit=limit)
    return page.map(lambda row: case_view(actor, row))


def get_case(actor: Actor, case_id: object) -> CaseView:
    """One visible case; NotFound otherwise."""
    return case_view(actor, one_of(visible_cases(actor).select_related(*_RELATED), case_id))


def list_appeals(
    actor: Actor, *, is_open: bool = False, cursor: str = "", limit: int = 50
) -> Page[AppealView]:
    """Visible appeals, the newest first; with `is_open` those that wait for a decision."""
    rows = _appeals(actor)
    if is_open:
        rows = rows.filter(decision=None)
    page = page_of(rows, order=("-id",), cursor=cursor, limit=limit)
    return page.map(lambda row: _appeal(actor, row))


def get_appeal(actor: Actor, appeal_id: object) -> AppealView:
    """One visible appeal; NotFound otherwise."""
    return _appeal(actor, one_of(_appeals(actor), appeal_id))


def case_view(actor: Actor, row: ScoredCase) -> CaseView:
    """The frozen form of a row."""
    appeal = getattr(row, "appeal", None)
    decision = getattr(appeal, "decision", None)
    known = None if row.missing is None else (row.missing, row.difficulty_percent)
    return CaseView(
        public_id=row.public_id,
        case_on=row.case_on,
        sheet_number=row.sheet_number,
        request_public_id=row.request.public_id,
        request_number=row.request.number,
        engineer_public_id=row.engineer.public_id,
        engineer_name=row.engineer.name,
        unit_name=row.unit.name,
        kind=row.kind,
        level_zh=row.level_zh,
        level_en=row.level_en,
        satisfaction=row.satisfaction,
        points=row.points,
        promised_minutes=row.promised_minutes,
        inherited_minutes=row.inherited_minutes,
        travel_minutes=row.travel_minutes,
        late_minutes=row.late_minutes,
        own_late_minutes=row.own_late_minutes,
        difficulty_percent=row.difficulty_percent,
        satisfaction_missing=_percent(row.satisfaction_missing),
        timeliness_missing=_percent(row.timeliness_missing),
        fair=fair_of_sums(*known) if known else None,
        left_out=row.left_out,
        weights=row.weights,
        appeal_public_id=appeal.public_id if appeal else None,
        appeal_upheld=decision.upheld if decision else None,
        may_appeal=appeal is None
        and row.engineer_id == actor.person_id
        and actor.may(Permission.SCORE_OWN),
    )


def _appeals(actor: Actor) -> QuerySet[ScoreAppeal]:
    return visible_appeals(actor).select_related(
        "decision", "case__request", "case__engineer", "case__unit"
    )


def _appeal(actor: Actor, row: ScoreAppeal) -> AppealView:
    decision = getattr(row, "decision", None)
    case = replace(case_view(actor, row.case), appeal_public_id=row.public_id)
    return AppealView(
        public_id=row.public_id,
        case=case,
        reason=row.reason,
        raised_at=row.raised_at,
        upheld=decision.upheld if decision else None,
        decision=decision.reason if decision else "",
        decided_at=decision.decided_at if decision else None,
        decided_by=decision.decided_by if decision else "",
        may_decide=decision is None
        and row.engineer_id != actor.person_id
        and actor.may(Permission.SCORE_DECIDE, row.unit_id),
    )


def _percent(missing: int | None) -> Decimal | None:
    """Of the whole, in percent; None stays None."""
    return None if missing is None else Decimal(missing) / 100


def _of_part(rows: QuerySet[ScoredCase], part: Part) -> QuerySet[ScoredCase]:
    rows = rows.filter(case_on__gte=part.since, case_on__lt=part.until)
    if part.engineer_id is not None:
        rows = rows.filter(engineer_id=part.engineer_id)
    return rows if part.unit_id is None else rows.filter(unit_id=part.unit_id)


def together_by(sums: Iterable[Sums]) -> Decimal | None:
    """The fair score of several groups without a case in common."""
    missing = worth = 0
    for one_missing, one_worth in sums:
        missing, worth = missing + one_missing, worth + one_worth
    return fair_of_sums(missing, worth)
