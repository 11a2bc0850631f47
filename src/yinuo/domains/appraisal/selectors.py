"""Assembling appraisals: of people, of units, of one person's year. Each domain says who may see.

Whether a month or a year is asked, of one or of fifty people, the statements are as many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from yinuo.domains.appraisal.types import Appraisal, Duty, Inputs, Period
from yinuo.domains.feedback.answer_types import Grouping
from yinuo.domains.feedback.appraised import Tallies, published_by_month, tallies_by_month, tally
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.supervising import (
    Appraised,
    people_under,
    person_under,
    units_of_people,
)
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.appraised import DutyMonth, duty_by_month
from yinuo.domains.prevention.appraised import SalesVisits, sales_visits_by_month
from yinuo.domains.trainings.appraised import Trained, trainings_by_month
from yinuo.kernel.instants import shift_date
from yinuo.platform.days import begin_of
from yinuo.platform.paging import Page

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class _Known:
    """What every domain told, by internal id and month."""

    tallies: Tallies
    published: Mapping[tuple[int, date], Decimal]
    duty: Mapping[tuple[int, date], list[DutyMonth]]
    visits: Mapping[tuple[int, date], SalesVisits]
    trained: Mapping[tuple[int, date], Trained]


def appraise_people(
    actor: Actor,
    period: Period,
    *,
    unit_id: object = None,
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[Appraisal]:
    """People of the units whose scores the actor may see, by name."""
    people = people_under(
        actor, Permission.SCORE_READ, unit_id=unit_id, text=text, cursor=cursor, limit=limit
    )
    known = _read(actor, period, {one.id for one in people.items})
    months = months_of(period)
    return people.map(lambda one: _line(one, _inputs(known, [one.id], months)))


def appraise_person(
    actor: Actor, person_id: object, period: Period, today: date
) -> tuple[Appraisal, list[Appraisal]]:
    """A visible person's whole period, and each of its months that has begun or of which something
    is known already, such as a turn; NotFound for anybody else."""
    person = person_under(actor, Permission.SCORE_READ, person_id)
    known = _read(actor, period, {person.id})
    months = months_of(period)
    lines = [_line(person, _inputs(known, [person.id], [one]), one) for one in months]
    shown = [
        line
        for month, line in zip(months, lines, strict=True)
        if month <= today or not line.inputs.is_empty()
    ]
    return _line(person, _inputs(known, [person.id], months)), shown


def appraise_units(actor: Actor, period: Period) -> list[Appraisal]:
    """The units whose scores the actor may see: their own answers, and the sums of their people's
    duty, visits and trainings."""
    units = [one for one in list_units(actor) if actor.may(Permission.SCORE_READ, one.id)]
    people = units_of_people({one.id for one in units})
    known = _read(actor, period, people, by=Grouping.UNIT)
    months = months_of(period)
    staff: dict[int, list[int]] = defaultdict(list)
    for person, unit in people.items():
        staff[unit].append(person)
    return [
        Appraisal(
            one.public_id, one.name, "", _inputs(known, staff[one.id], months, unit_id=one.id)
        )
        for one in units
    ]


def months_of(period: Period) -> list[date]:
    """The first days of the months of a period."""
    months = [period.since]
    while (following := shift_date(months[-1], months=1)) < period.until:
        months.append(following)
    return months


def _read(
    actor: Actor,
    period: Period,
    person_ids: Collection[int],
    by: Grouping = Grouping.ENGINEER,
) -> _Known:
    since, until, people = period.since, period.until, set(person_ids)
    return _Known(
        tallies=tallies_by_month(actor, since, until),
        published=published_by_month(actor, since, until, by),
        duty=duty_by_month(actor, since, until, people),
        visits=sales_visits_by_month(actor, since, until, people),
        trained=trainings_by_month(actor, begin_of(since), begin_of(until), people),
    )


def _inputs(
    known: _Known, people: Collection[int], months: Collection[date], unit_id: int | None = None
) -> Inputs:
    """Of one person; or of a unit, whose own answers count and its people's rest is summed."""
    wanted = [(person, month) for person in people for month in months]
    scored = known.tallies.people if unit_id is None else known.tallies.units
    own = wanted if unit_id is None else [(unit_id, month) for month in months]
    led = known.tallies.supervisors if unit_id is None else {}
    duty = [each for one in _found(known.duty, wanted) for each in one]
    return Inputs(
        satisfaction=tally(_found(scored, own)),
        published=_sum(_found(known.published, own), lambda found: sum(found, Decimal(0))),
        supervised=tally(_found(led, wanted)),
        duty=Duty(tuple(duty)) if duty else None,
        visits=_sum(_found(known.visits, wanted), _visits),
        trained=_sum(_found(known.trained, wanted), _trained),
    )


def _visits(found: list[SalesVisits]) -> SalesVisits:
    return SalesVisits(sum(one.due for one in found), sum(one.held for one in found))


def _trained(found: list[Trained]) -> Trained:
    figures = ("came", "passed", "given")
    return Trained(**{name: sum(getattr(one, name) for one in found) for name in figures})


def _found(
    known: Mapping[tuple[int, date], Item], wanted: Iterable[tuple[int, date]]
) -> list[Item]:
    return [known[key] for key in wanted if key in known]


def _sum(found: list[Item], add: Callable[[list[Item]], Item]) -> Item | None:
    return add(found) if found else None


def _line(person: Appraised, inputs: Inputs, month: date | None = None) -> Appraisal:
    return Appraisal(person.public_id, person.name, person.unit_name, inputs, month)
