"""Counting a month for its publication: cells, their differences, and the groups made of them.

For the product itself: it counts the whole company, whoever asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Sum

from yinuo.domains.feedback.answer_models import Answer
from yinuo.domains.feedback.fair_models import ScoredCase
from yinuo.domains.feedback.publication_models import PublishedScore
from yinuo.domains.network.supervising import supervisors
from yinuo.kernel.instants import shift_date
from yinuo.kernel.plan.reports import Satisfaction

CELL, ENGINEER, UNIT, PROJECT, SUPERVISOR = "cell", "engineer", "unit", "project", "supervisor"
GROUPINGS = (ENGINEER, UNIT, PROJECT, SUPERVISOR)


class Place(NamedTuple):
    """Whose figures: of an engineer (or supervisor), in a unit, for a project; ids or None."""

    engineer_id: int | None
    unit_id: int
    project_id: int | None
    # Without an engineer's upheld appeals, which count for unit and project only.
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Cases by opinion, their points, what is missing and what they are worth."""

    counts: Mapping[str, int] = field(default_factory=dict)
    points: Decimal = Decimal(0)
    missing: int = 0
    difficulty_percent: int = 0

    def plus(self, other: Figures, times: int = 1) -> Figures:
        """The sum; with -1 for `times` the difference."""
        counts = defaultdict(int, self.counts)
        for opinion, cases in other.counts.items():
            counts[opinion] += times * cases
        return Figures(
            {opinion: cases for opinion, cases in counts.items() if cases},
            self.points + times * other.points,
            self.missing + times * other.missing,
            self.difficulty_percent + times * other.difficulty_percent,
        )

    @property
    def cases(self) -> int:
        """Over how many cases."""
        return sum(self.counts.values())

    @property
    def is_nothing(self) -> bool:
        """True when nothing counts and nothing differs."""
        return not (self.counts or self.points or self.missing or self.difficulty_percent)


Cells = dict[Place, Figures]


def fresh_cells(month: date) -> Cells:
    """The cells of a month as they come to now; two statements."""
    until = shift_date(month, months=1)
    within = {"case_on__gte": month, "case_on__lt": until}
    found: Cells = defaultdict(Figures)
    said = Answer.objects.filter(counts=True, **within).order_by()
    columns = ("engineer_id", "unit_id", "project_id", "left_out", "satisfaction", "points")
    for row in said.values_list(*columns).annotate(cases=Count("id")):
        *place, opinion, points, cases = row
        one = Figures({opinion: cases}, points * cases)
        found[Place(*place)] = found[Place(*place)].plus(one)
    known = ScoredCase.objects.filter(left_out=False, missing__isnull=False, **within).order_by()
    summed = known.values_list("engineer_id", "unit_id").annotate(
        missing_sum=Sum("missing"), worth_sum=Sum("difficulty_percent")
    )
    for engineer_id, unit_id, missing, worth in summed:
        place = Place(engineer_id, unit_id, None)
        found[place] = found[place].plus(Figures({}, Decimal(0), missing, worth))
    return dict(found)


def published_cells(months: Collection[date]) -> dict[date, Cells]:
    """The cells of months as published, differences included."""
    found: dict[date, Cells] = {month: defaultdict(Figures) for month in months}
    rows = PublishedScore.objects.filter(grouping=CELL, of_month__in=list(months))
    for row in rows:
        place = Place(row.engineer_id, row.unit_id, row.project_id, bool(row.counts.get(LEFT)))
        cells = found[row.of_month]
        cells[place] = cells[place].plus(figures_of(row))
    return found


# Marks a cell of cases that an upheld appeal took from their engineer.
LEFT = "left_out"


def figures_of(row: PublishedScore) -> Figures:
    """The figures of a row."""
    counts = {one.value: row.counts[one.value] for one in Satisfaction if one.value in row.counts}
    return Figures(counts, row.points, row.missing, row.difficulty_percent)


def differing(fresh: Cells, before: Cells) -> Cells:
    """What must be added to what was published to come to what is counted now."""
    found = {
        place: fresh.get(place, Figures()).plus(before.get(place, Figures()), -1)
        for place in {*fresh, *before}
    }
    return {place: one for place, one in found.items() if not one.is_nothing}


def groups_of(cells: Cells, units: Collection[int] = ()) -> dict[str, Cells]:
    """The groups that cells add up to, supervisors with the engineers of their units (BP-13).

    `units` are those whose supervisors have a score: all of the company's when it is published.
    """
    made: dict[str, Cells] = {name: defaultdict(Figures) for name in GROUPINGS}
    for place, figures in cells.items():
        _add(made[UNIT], Place(None, place.unit_id, None), figures)
        if place.project_id is not None:
            _add(made[PROJECT], Place(None, place.unit_id, place.project_id), figures)
        if place.engineer_id is not None and not place.is_left_out:
            _add(made[ENGINEER], Place(place.engineer_id, place.unit_id, None), figures)
    made[SUPERVISOR] = _of_supervisors(made[ENGINEER], units)
    return {
        name: {place: one for place, one in found.items() if not one.is_nothing}
        for name, found in made.items()
    }


def rows_of(name: str, cells: Cells) -> Iterable[PublishedScore]:
    """The rows of a group, without publication and month."""
    for place, one in cells.items():
        counts: dict[str, object] = dict(one.counts)
        if place.is_left_out:
            counts[LEFT] = True
        yield PublishedScore(
            grouping=name,
            engineer_id=place.engineer_id,
            unit_id=place.unit_id,
            project_id=place.project_id,
            counts=counts,
            cases=one.cases,
            points=one.points,
            missing=one.missing,
            difficulty_percent=one.difficulty_percent,
        )


def raw(cells: Cells) -> Cells:
    """The same without the fair score, which no later count can make again."""
    plain = {place: replace(one, missing=0, difficulty_percent=0) for place, one in cells.items()}
    return {place: one for place, one in plain.items() if not one.is_nothing}


def _of_supervisors(engineers: Cells, units: Collection[int]) -> Cells:
    found: Cells = defaultdict(Figures)
    for one in supervisors(settings.SUPERVISING_ROLES, units):
        for place, figures in engineers.items():
            if place.unit_id in one.unit_ids and place.engineer_id != one.person_id:
                _add(found, Place(one.person_id, place.unit_id, None), figures)
    return found


def _add(cells: Cells, place: Place, figures: Figures) -> None:
    cells[place] = cells.get(place, Figures()).plus(figures)
