"""Who can take a piece of work, and what keeps everybody else from it. The hard rules only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.network.crowd import ANY_LINE, Bools, Crowd, absences_within, crowd_of, overlaps
from yinuo.domains.network.models import Absence, Certificate, Person
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.qualification_types import Candidate, Demand, Obstacle, Rule
from yinuo.domains.network.rows import position_at
from yinuo.domains.network.types import Actor
from yinuo.domains.network.words import folded

__all__ = [
    "absences_within",
    "candidates_for",
    "certified_people",
    "certified_units",
    "crowd_for",
    "named",
    "people_away",
    "person_id_of",
    "rules_broken",
]


class _Known(NamedTuple):
    """The columns of a person that are shown; whole people take several times as long to read."""

    id: int
    public_id: UUID
    name: str
    phone: str
    unit_id: int
    unit__name: str
    home_latitude: Decimal | None
    home_longitude: Decimal | None
    tools: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the sentences about somebody say of him, beside the crowd's columns."""

    person: _Known
    # The training he takes part in at that time; any other absence is nobody's business.
    training: str


def crowd_for(
    actor: Actor, demands: Sequence[Demand], *, away_until: datetime | None = None
) -> Crowd:
    """Everybody who performs work in the demands' units, in columns, by name.

    Absences are those of the demands' time, and what follows it up to `away_until`. At most seven
    statements. Raises Forbidden without the right to assign in one of the units.
    """
    for unit_id in {one.unit_id for one in demands}:
        require(actor, Permission.WORK_ORDER_ASSIGN, unit_id)
    return crowd_of(demands, away_until)


def candidates_for(
    actor: Actor, demand: Demand, *, on_call: frozenset[int] = frozenset()
) -> list[Candidate]:
    """Everybody who performs work in the demand's unit, each with the hard rules he breaks.

    By name. A certificate must be good on the day the work starts and the day it ends. `on_call`
    are people on duty then, for whom working hours do not matter. At most nine statements,
    however many people there are. Raises Forbidden without the right to assign there.
    """
    crowd = crowd_for(actor, [demand])
    return named(crowd, demand, crowd.ids.tolist(), crowd.keeps(demand, on_call))


def rules_broken(crowd: Crowd, demands: Sequence[Demand]) -> list[dict[int, tuple[Rule, ...]]]:
    """For each demand, by person of its unit, the rules he breaks in the order they are asked."""
    found = []
    for demand in demands:
        here, keeps = crowd.works_in(demand.unit_id), crowd.keeps(demand)
        broken: dict[int, tuple[Rule, ...]] = dict.fromkeys(crowd.ids[here].tolist(), ())
        for rule, kept in keeps.items():
            for person in crowd.ids[here & ~kept].tolist():
                broken[person] = (*broken[person], rule)
        found.append(broken)
    return found


def named(
    crowd: Crowd,
    demand: Demand,
    person_ids: Iterable[int],
    keeps: Mapping[Rule, Bools],
) -> list[Candidate]:
    """These people of the crowd with their names and the rules they break, in its order.

    `keeps` is what the crowd keeps of the demand. Two statements at most.
    """
    rows = sorted(crowd.row_of[one] for one in person_ids)
    ids = crowd.ids[rows].tolist()
    away = {one[0] for one in crowd.away if overlaps(one, demand)}.intersection(ids)
    shown = _shown(demand, ids, away)
    found = []
    for row, person_id in zip(rows, ids, strict=True):
        one = shown[person_id].person
        broken = [rule for rule, kept in keeps.items() if not kept[row]]
        found.append(
            Candidate(
                person_id=person_id,
                public_id=one.public_id,
                name=one.name,
                phone=one.phone,
                unit_id=one.unit_id,
                unit_name=one.unit__name,
                home=position_at(one.home_latitude, one.home_longitude),
                shift=crowd.shifts[crowd.hours[row]],
                obstacles=tuple(_obstacles(shown[person_id], broken, demand, crowd)),
            )
        )
    return found


def certified_units(unit_ids: Iterable[int], product_line: str, on: date) -> frozenset[int]:
    """Those of the units that hold a certificate for a product line on a day."""
    good = _good(product_line, on).filter(unit_id__in=list(unit_ids))
    return frozenset(good.values_list("unit_id", flat=True))


def certified_people(person_ids: Iterable[int], product_line: str, on: date) -> frozenset[int]:
    """Those of the people who hold a certificate for a product line on a day."""
    good = _good(product_line, on).filter(person_id__in=list(person_ids))
    return frozenset(good.values_list("person_id", flat=True))


def people_away(at: datetime) -> frozenset[int]:
    """Who is absent at an instant; the caller knows the people."""
    away = Absence.objects.filter(cancelled_at__isnull=True, starts_at__lte=at, ends_at__gt=at)
    return frozenset(away.values_list("person_id", flat=True))


def person_id_of(public_id: UUID | None) -> int | None:
    """The internal id of a person; None when nobody has the public one."""
    if public_id is None:
        return None
    return Person.objects.filter(public_id=public_id).values_list("pk", flat=True).first()


def _shown(demand: Demand, ids: Sequence[int], away: Collection[int]) -> dict[int, _Shown]:
    rows = Person.objects.filter(pk__in=ids).values_list(*_Known._fields)
    taught = _trainings(demand, away)
    people = (_Known(*row) for row in rows)
    return {one.id: _Shown(one, taught.get(one.id, "")) for one in people}


def _trainings(demand: Demand, away: Collection[int]) -> dict[int, str]:
    """By person the training in which he takes part then; no statement when nobody is away."""
    if not away:
        return {}
    rows = Absence.objects.filter(
        person_id__in=away,
        cause_id__isnull=False,
        cancelled_at__isnull=True,
        starts_at__lt=demand.ends_at,
        ends_at__gt=demand.starts_at,
    )
    return dict(rows.values_list("person_id", "note"))


def _obstacles(
    one: _Shown, broken: Sequence[Rule], demand: Demand, crowd: Crowd
) -> Iterator[Obstacle]:
    """The sentences for the rules that somebody breaks."""
    needs, line = demand.needs, demand.product_line
    for rule in broken:
        if rule is Rule.SKILL:
            for wanted in needs.skills:
                level = int(crowd.levels[folded(wanted.name)][crowd.row_of[one.person.id]])
                if level < wanted.level:
                    yield Obstacle(rule, wanted.name, str(wanted.level), str(level))
        elif rule is Rule.CERTIFICATE:
            yield Obstacle(rule, line)
        elif rule is Rule.UNIT_CERTIFICATE:
            yield Obstacle(rule, line, present=one.person.unit__name)
        elif rule is Rule.TOOLS:
            has = {folded(each) for each in one.person.tools}
            missing = [each for each in needs.tools if folded(each) not in has]
            yield Obstacle(rule, "、".join(missing))
        elif rule is Rule.ABSENCE:
            ends = max(
                each[2]
                for each in crowd.away
                if each[0] == one.person.id and overlaps(each, demand)
            )
            yield Obstacle(rule, one.training, present=ends.isoformat())
        else:
            yield Obstacle(rule)


def _good(product_line: str, on: date) -> QuerySet[Certificate]:
    return Certificate.objects.filter(
        Q(line_key=folded(product_line)) | Q(line_key=ANY_LINE),
        withdrawn_at__isnull=True,
        valid_from__lte=on,
        valid_until__gte=on,
    )
