"""What customers' answers come to in a period, by engineer, unit, project, supervisor or time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth, TruncYear

from yinuo.domains.feedback.answer_types import AnswerView, Grouping, Part, ScoreGroup
from yinuo.domains.feedback.fair import counting_cases, fair_by, sums_by, together_by
from yinuo.domains.feedback.fair_models import ScoredCase
from yinuo.domains.feedback.models import Answer
from yinuo.domains.feedback.policies import visible_answers
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.supervising import Supervisor, supervisors
from yinuo.domains.network.types import Actor
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.kernel.scoring import Answered, Score, score_of, together
from yinuo.platform.paging import Page, page_of

Found = TypeVar("Found")
# Whom a group is about, and what he is read under beside his name.
_ABOUT: dict[Grouping, tuple[str, str | None]] = {
    Grouping.ENGINEER: ("engineer", "unit__name"),
    Grouping.UNIT: ("unit", None),
    Grouping.PROJECT: ("project", "customer__name"),
}
_PERIODS = {Grouping.MONTH: (TruncMonth, "%Y-%m"), Grouping.YEAR: (TruncYear, "%Y")}


def scores_by(actor: Actor, part: Part, by: Grouping) -> list[ScoreGroup]:
    """The groups of a part by points, the best leading; months and years in their order."""
    rows = _counting(actor, part)
    if by is Grouping.SUPERVISOR:
        return _by_supervisor(actor, rows, counting_cases(actor, part))
    fair = fair_by(actor, part, by)
    if by in _PERIODS:
        return _by_period(rows, by, fair)
    column = f"{_ABOUT[by][0]}_id"
    rows = rows.filter(**{f"{column}__isnull": False})
    if by is Grouping.ENGINEER:
        rows = rows.filter(left_out=False)
    found: dict[int, list[Answered]] = {}
    for key, opinion, points, cases in _counted(rows, (column,)):
        found.setdefault(key, []).append(Answered(Satisfaction(opinion), points, cases))
    names = _names(by, found)
    return _ranked(
        ScoreGroup(*names[key], score_of(answers), fair.get(key))
        for key, answers in found.items()
        if key in names
    )


def total_of(actor: Actor, part: Part) -> Score:
    """The score of all cases of a part, those without an engineer or project included."""
    counted = _counted(_counting(actor, part), ())
    return score_of(Answered(Satisfaction(one), points, cases) for one, points, cases in counted)


def list_answers(
    actor: Actor, part: Part, *, cursor: str = "", limit: int = 50
) -> Page[AnswerView]:
    """Every answer of the cases of a part, those that do not count too, the newest first."""
    rows = _of_part(visible_answers(actor), part)
    rows = rows.select_related("request", "customer", "engineer", "unit")
    return page_of(rows, order=("-id",), cursor=cursor, limit=limit).map(answer_view)


def answer_view(row: Answer) -> AnswerView:
    """The frozen form of a row."""
    return AnswerView(
        public_id=row.public_id,
        source=row.source,
        counts=row.counts,
        case_on=row.case_on,
        satisfaction=row.satisfaction,
        points=row.points,
        said_by=row.said_by,
        opinion=row.opinion,
        given_at=row.given_at,
        request_public_id=row.request.public_id if row.request else None,
        request_number=row.request.number if row.request else "",
        customer_name=row.customer.name,
        engineer_name=row.engineer.name if row.engineer else "",
        unit_name=row.unit.name,
    )


def months_before(today: date, number: int) -> list[date]:
    """The first days of this month and of those before it, `number` in all."""
    months = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(months, months - number, -1)]


def _of_part(rows: QuerySet[Answer], part: Part) -> QuerySet[Answer]:
    rows = rows.filter(case_on__gte=part.since, case_on__lt=part.until)
    if part.engineer_id is not None:
        rows = rows.filter(engineer_id=part.engineer_id)
    return rows if part.unit_id is None else rows.filter(unit_id=part.unit_id)


def _counting(actor: Actor, part: Part) -> QuerySet[Answer]:
    return _of_part(visible_answers(actor), part).filter(counts=True)


def _counted(rows: QuerySet[Answer], columns: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    said = (*columns, "satisfaction", "points")
    return rows.order_by().values_list(*said).annotate(cases=Count("*"))


def _names(by: Grouping, ids: Iterable[int]) -> dict[int, tuple[UUID, str, str]]:
    """Public id, name and what stands beside it, by internal id. Read after the answers were
    counted: joined to each answer they would cost more than the count itself."""
    about, beside = _ABOUT[by]
    kind: Any = Answer._meta.get_field(about).related_model
    rows = kind.objects.filter(pk__in=list(ids))
    found = rows.values_list("pk", "public_id", "name", *([beside] if beside else []))
    return {key: (public_id, name, *(rest or [""])) for key, public_id, name, *rest in found}


def _by_period(
    rows: QuerySet[Answer], by: Grouping, fair: Mapping[str, Decimal | None]
) -> list[ScoreGroup]:
    truncated, shape = _PERIODS[by]
    rows = rows.annotate(period=truncated("case_on"))
    found: dict[date, list[Answered]] = {}
    for period, opinion, points, cases in _counted(rows, ("period",)):
        found.setdefault(period, []).append(Answered(Satisfaction(opinion), points, cases))
    named = [(f"{period:{shape}}", answers) for period, answers in sorted(found.items())]
    return [
        ScoreGroup(None, name, "", score_of(answers), fair.get(name)) for name, answers in named
    ]


def _by_supervisor(
    actor: Actor, rows: QuerySet[Answer], cases: QuerySet[ScoredCase]
) -> list[ScoreGroup]:
    """Each supervisor by the answers about the engineers of his units, his own left out (BP-13)."""
    by_person: dict[tuple[int, int], list[Answered]] = {}
    with_engineer = rows.filter(engineer__isnull=False, left_out=False)
    for unit, person, opinion, points, n in _counted(with_engineer, ("unit_id", "engineer_id")):
        answered = Answered(Satisfaction(opinion), points, n)
        by_person.setdefault((unit, person), []).append(answered)
    scores = {key: score_of(answers) for key, answers in by_person.items()}
    sums = sums_by(cases, "unit_id", "engineer_id")
    found = []
    for one in supervisors(settings.SUPERVISING_ROLES, actor.units_for(Permission.SCORE_READ)):
        own = together(_of_his(one, scores))
        if own.cases:
            fair = together_by(_of_his(one, sums))
            found.append(ScoreGroup(one.public_id, one.name, one.unit_name, own, fair))
    return _ranked(found)


def _of_his(one: Supervisor, by_person: Mapping[Any, Found]) -> list[Found]:
    """What belongs to his engineers, by (unit, person); his own left out."""
    return [
        found
        for (unit, person), found in by_person.items()
        if unit in one.unit_ids and person != one.person_id
    ]


def _ranked(groups: Iterable[ScoreGroup]) -> list[ScoreGroup]:
    return sorted(groups, key=lambda one: (-one.score.points, -one.score.cases, one.name))
