"""Whether what scores are made of equals a fresh computation; for the check of an installation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Sum

from yinuo.domains.feedback.answer_models import Answer, TakenUpTo
from yinuo.domains.feedback.fair_models import AppealDecision, ScoredCase
from yinuo.domains.feedback.publication_models import PublishedScore, ScorePublication
from yinuo.domains.feedback.publishing import (
    GROUPINGS,
    SUPERVISOR,
    Cells,
    Figures,
    Place,
    groups_of,
    published_cells,
    raw,
)
from yinuo.domains.feedback.reckoning import fresh_cases, open_cases, values_of
from yinuo.domains.feedback.services.answers import given_of, order_of_sources
from yinuo.domains.feedback.services.reckoning import PROMISES
from yinuo.domains.feedback.weighing import present_weighing
from yinuo.domains.fieldwork.signed import worked_sheets_about
from yinuo.domains.obligations.arrived import changes_after
from yinuo.kernel.instants import shift_date
from yinuo.kernel.scoring import counting_answer

AT_ONCE = 500
MOST_WAITING = 100_000


class WrongCase(NamedTuple):
    """A case that is not stored as it comes to now; the names and both values of what differs."""

    case_id: UUID
    stored: dict[str, Any]
    fresh: dict[str, Any]


def wrong_cases() -> list[WrongCase]:
    """Scored cases that differ from a fresh computation; reads everything.

    Those that wait for a worker, after a change of their promise or the weights, are left out.
    """
    waiting = _waiting()
    old = open_cases().exclude(weights=present_weighing().number)
    rows = ScoredCase.objects.exclude(pk__in=old.values("pk")).order_by("pk")
    found: list[WrongCase] = []
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        stored = {one.case_id: one for one in some if one.case_id not in waiting}
        fresh = {one.case_id: values_of(one) for one in fresh_cases(list(stored))}
        found.extend(
            wrong for key, row in stored.items() if (wrong := _compared(row, fresh.get(key)))
        )
    return found


def _compared(row: ScoredCase, fresh: dict[str, Any] | None) -> WrongCase | None:
    stored = values_of(row)
    fresh = fresh or {}
    names = [name for name, value in stored.items() if value != fresh.get(name)]
    if not names:
        return None
    return WrongCase(
        row.case_id,
        {name: stored[name] for name in names},
        {name: fresh.get(name) for name in names},
    )


def _waiting() -> set[UUID]:
    stream = TakenUpTo.objects.filter(pk=PROMISES).first()
    changes = changes_after(stream.last_id if stream else 0, MOST_WAITING)
    return set(worked_sheets_about({subject for _number, subject, _at in changes}))


def wrong_publications() -> list[str]:
    """Published months whose figures are not what counting them anew gives, each with a reason.

    Counted is what stood when the last month was published: later answers and decisions are
    differences that the next publication tells.
    """
    last = ScorePublication.objects.order_by("-published_at", "-pk").first()
    if last is None:
        return []
    months = list(ScorePublication.objects.values_list("month", flat=True))
    cells = published_cells(months)
    found = []
    for month in months:
        stored = raw({place: one for place, one in cells[month].items() if not one.is_nothing})
        if stored != raw(_counted_until(month, last)):
            found.append(f"{month:%Y-%m}: published is not what was counted")
        if _group_sums(month) != {
            name: sum((one.points for one in group.values()), Decimal(0))
            for name, group in groups_of(cells[month]).items()
            if name != SUPERVISOR
        }:
            found.append(f"{month:%Y-%m}: groups are not the sums of their cells")
    return found


def _counted_until(month: date, last: ScorePublication) -> Cells:
    """The month by the answers and decisions that the last publication knew, counted anew."""
    until = shift_date(month, months=1)
    rows = Answer.objects.filter(pk__lte=last.last_answer_id)
    rows = rows.filter(case_on__gte=month, case_on__lt=until).order_by("pk")
    left = set(
        AppealDecision.objects.filter(pk__lte=last.last_decision_id, upheld=True).values_list(
            "appeal__case__case_id", flat=True
        )
    )
    cases: dict[UUID, list[Answer]] = {}
    for row in rows:
        cases.setdefault(row.case_id, []).append(row)
    found: Cells = {}
    for case_id, answers in cases.items():
        chosen = counting_answer((given_of(one) for one in answers), order_of_sources())
        [one] = [one for one in answers if chosen is not None and one.pk == chosen.number]
        place = Place(one.engineer_id, one.unit_id, one.project_id, case_id in left)
        figures = Figures({one.satisfaction: 1}, one.points)
        found[place] = found.get(place, Figures()).plus(figures)
    return found


def _group_sums(month: date) -> dict[str, Decimal]:
    rows = PublishedScore.objects.filter(of_month=month, grouping__in=GROUPINGS)
    summed = rows.exclude(grouping=SUPERVISOR).values_list("grouping").annotate(all=Sum("points"))
    return {name: Decimal(0) for name in GROUPINGS if name != SUPERVISOR} | dict(summed)
