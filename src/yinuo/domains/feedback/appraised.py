"""What answers came to, month by month, as appraisal takes them in (LV-08, BP-13).

Limited to what the actor may see; a whole year costs as many statements as a month.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from django.conf import settings
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from yinuo.domains.feedback.answer_types import Grouping, Part
from yinuo.domains.feedback.fair import counting_cases
from yinuo.domains.feedback.policies import visible_answers, visible_published
from yinuo.domains.feedback.publishing import Figures, figures_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.supervising import supervisors
from yinuo.domains.network.types import Actor
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.kernel.scoring import Answered, Score, fair_of_sums, score_of, together

# Internal id of a person or unit, and the first day of a month.
Key: TypeAlias = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Tally:
    """A raw score with what its cases miss of the fair one, so that months can be added up."""

    score: Score
    missing: int = 0
    worth: int = 0

    @property
    def fair(self) -> Decimal | None:
        """The fair score; None where nothing is known."""
        return fair_of_sums(self.missing, self.worth)


@dataclass(frozen=True, slots=True)
class Tallies:
    """What each person's, unit's and supervisor's months came to; a month without a case has
    no entry."""

    people: Mapping[Key, Tally]
    units: Mapping[Key, Tally]
    supervisors: Mapping[Key, Tally]


def tally(parts: Iterable[Tally]) -> Tally | None:
    """Several without a case in common; None without any."""
    found = list(parts)
    if not found:
        return None
    missing, worth = sum(one.missing for one in found), sum(one.worth for one in found)
    return Tally(together(one.score for one in found), missing, worth)


def tallies_by_month(actor: Actor, since: date, until: date) -> Tallies:
    """All visible months from `since` up to and without `until`; four statements."""
    cells = _cells(actor, Part(since, until))
    people: dict[Key, list[Tally]] = defaultdict(list)
    units: dict[Key, list[Tally]] = defaultdict(list)
    for (unit, person, left_out, month), cell in cells.items():
        units[unit, month].append(cell)
        if person is not None and not left_out:
            people[person, month].append(cell)
    led: dict[Key, list[Tally]] = defaultdict(list)
    for one in supervisors(settings.SUPERVISING_ROLES, actor.units_for(Permission.SCORE_READ)):
        for (unit, person, left_out, month), cell in cells.items():
            is_his = person is not None and person != one.person_id and unit in one.unit_ids
            if is_his and not left_out:
                led[one.person_id, month].append(cell)
    return Tallies(_sums(people), _sums(units), _sums(led))


def published_by_month(actor: Actor, since: date, until: date, by: Grouping) -> dict[Key, Decimal]:
    """The points published of each month of engineers or units, later differences included."""
    rows = visible_published(actor).filter(
        grouping=by.value, of_month__gte=since, of_month__lt=until
    )
    found: dict[Key, Figures] = defaultdict(Figures)
    for row in rows:
        owner = row.unit_id if by is Grouping.UNIT else row.engineer_id
        if owner is not None:
            found[owner, row.of_month] = found[owner, row.of_month].plus(figures_of(row))
    return {key: Decimal(figures.points) for key, figures in found.items()}


def _sums(found: Mapping[Key, list[Tally]]) -> dict[Key, Tally]:
    summed = {key: tally(parts) for key, parts in found.items()}
    return {key: one for key, one in summed.items() if one is not None}


def _cells(actor: Actor, part: Part) -> dict[tuple[int, int | None, bool, date], Tally]:
    """Unit, engineer, whether an appeal left it out, and month: what no two groups share."""
    answers = visible_answers(actor).filter(
        counts=True, case_on__gte=part.since, case_on__lt=part.until
    )
    counted = (
        answers.annotate(month=TruncMonth("case_on"))
        .order_by()
        .values_list("unit_id", "engineer_id", "left_out", "month", "satisfaction", "points")
        .annotate(cases=Count("*"))
    )
    said: dict[tuple[int, int | None, bool, date], list[Answered]] = defaultdict(list)
    for *key, opinion, points, cases in counted:
        unit, person, left_out, month = key
        answered = Answered(Satisfaction(opinion), points, cases)
        said[unit, person, left_out, month].append(answered)
    fair = _fair(actor, part)
    return {
        key: Tally(score_of(given), *fair.get((key[0], key[1], key[3]), (0, 0)))
        if not key[2]
        else Tally(score_of(given))
        for key, given in said.items()
    }


def _fair(actor: Actor, part: Part) -> dict[tuple[int, int | None, date], tuple[int, int]]:
    rows = counting_cases(actor, part).annotate(month=TruncMonth("case_on")).order_by()
    counted = rows.values_list("unit_id", "engineer_id", "month")
    summed = counted.annotate(missing_sum=Sum("missing"), worth_sum=Sum("difficulty_percent"))
    return {(unit, person, month): (lack, worth) for unit, person, month, lack, worth in summed}
