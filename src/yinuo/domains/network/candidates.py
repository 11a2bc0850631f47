"""Who can take a piece of work, and what keeps everybody else from it. The hard rules only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, Q, QuerySet

from yinuo.domains.network.models import (
    Absence,
    Assignment,
    Certificate,
    Person,
    ServiceUnit,
    Skill,
)
from yinuo.domains.network.permissions import Permission, granted_by
from yinuo.domains.network.policies import require
from yinuo.domains.network.qualification_types import (
    Candidate,
    Demand,
    Obstacle,
    Rule,
    SkillLevel,
)
from yinuo.domains.network.rows import position_at
from yinuo.domains.network.shifts import Window, is_at_work
from yinuo.domains.network.types import Actor
from yinuo.domains.network.words import folded

ANY_LINE = ""


@dataclass(frozen=True, slots=True)
class _Held:
    """What the rules are asked of, by person or unit id."""

    demand: Demand
    zone: ZoneInfo
    skills: Mapping[int, Mapping[str, int]]
    person_until: Mapping[int, date]
    unit_until: Mapping[int, date]
    away: Mapping[int, tuple[datetime, datetime]]
    on_call: frozenset[int]


def candidates_for(
    actor: Actor, demand: Demand, *, on_call: frozenset[int] = frozenset()
) -> list[Candidate]:
    """Everybody who performs work in the demand's unit, each with the hard rules he breaks.

    By name. A certificate must be good on the day the work starts and the day it ends. `on_call`
    are people on duty then, for whom working hours do not matter. At most seven statements,
    however many people there are. Raises Forbidden without the right to assign there.
    """
    require(actor, Permission.WORK_ORDER_ASSIGN, demand.unit_id)
    people = list(_people(demand.unit_id))
    held = _held(demand, on_call)
    return [
        Candidate(
            person_id=one.pk,
            public_id=one.public_id,
            name=one.name,
            phone=one.phone,
            unit_id=one.unit_id,
            unit_name=one.unit.name,
            home=position_at(one.home_latitude, one.home_longitude),
            shift=(windows := tuple(Window(*window) for window in one.shift)),
            obstacles=tuple(_obstacles(one, windows, held)),
        )
        for one in people
    ]


def absences_within(begins: datetime, ends: datetime) -> list[tuple[int, datetime, datetime]]:
    """Person, begin and end of every absence that touches a time; the caller knows the people."""
    rows = Absence.objects.filter(cancelled_at__isnull=True, starts_at__lt=ends, ends_at__gt=begins)
    return list(rows.values_list("person_id", "starts_at", "ends_at"))


def certified_units(unit_ids: Iterable[int], product_line: str, on: date) -> frozenset[int]:
    """Those of the units that hold a certificate for a product line on a day."""
    good = _until(_good(product_line, on).filter(unit_id__in=list(unit_ids)), "unit_id")
    return frozenset(good)


def certified_people(person_ids: Iterable[int], product_line: str, on: date) -> frozenset[int]:
    """Those of the people who hold a certificate for a product line on a day."""
    good = _until(_good(product_line, on).filter(person_id__in=list(person_ids)), "person_id")
    return frozenset(good)


def people_away(at: datetime) -> frozenset[int]:
    """Who is absent at an instant; the caller knows the people."""
    away = Absence.objects.filter(cancelled_at__isnull=True, starts_at__lte=at, ends_at__gt=at)
    return frozenset(away.values_list("person_id", flat=True))


def _people(unit_id: int) -> Iterable[Person]:
    path = ServiceUnit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or ""
    above = [int(part) for part in path.split("/") if part]
    roles = Assignment.objects.filter(unit_id__in=above, unit__active=True).values_list(
        "role_id", "role__permissions"
    )
    performing = {
        role
        for role, rights in roles.distinct()
        if Permission.WORK_ORDER_PERFORM in granted_by(rights)
    }
    holders = Assignment.objects.filter(
        unit_id__in=above, unit__active=True, role_id__in=performing
    ).values("person_id")
    active = Person.objects.filter(pk__in=holders, active=True, user__is_active=True)
    return active.select_related("unit").order_by("name_key", "id")


def _held(demand: Demand, on_call: frozenset[int]) -> _Held:
    zone = ZoneInfo(settings.TIME_ZONE)
    last = demand.ends_at.astimezone(zone).date()
    first = demand.starts_at.astimezone(zone).date()
    good = _good(demand.product_line, last).filter(valid_from__lte=first)
    away = {
        person: (starts_at, ends_at)
        for person, starts_at, ends_at in absences_within(demand.starts_at, demand.ends_at)
    }
    return _Held(
        demand=demand,
        zone=zone,
        skills=_skills(demand.needs.skills),
        person_until=_until(good, "person_id") if demand.needs.person_certified else {},
        unit_until=_until(good, "unit_id") if demand.needs.unit_certified else {},
        away=away,
        on_call=on_call,
    )


def _good(product_line: str, on: date) -> QuerySet[Certificate]:
    lines = {folded(product_line), ANY_LINE}
    return Certificate.objects.filter(
        withdrawn_at__isnull=True, line_key__in=lines, valid_from__lte=on, valid_until__gte=on
    )


def _until(good: QuerySet[Certificate], holder: str) -> dict[int, date]:
    rows = good.filter(Q(**{f"{holder}__isnull": False})).values_list(holder)
    return dict(rows.annotate(until=Max("valid_until")))


def _skills(wanted: Iterable[SkillLevel]) -> dict[int, dict[str, int]]:
    names = {folded(one.name) for one in wanted}
    found: dict[int, dict[str, int]] = defaultdict(dict)
    if names:
        rows = Skill.objects.filter(name_key__in=names)
        for person, name, level in rows.values_list("person_id", "name_key", "level"):
            found[person][name] = level
    return found


def _obstacles(person: Person, shift: tuple[Window, ...], held: _Held) -> Iterator[Obstacle]:
    needs, line = held.demand.needs, held.demand.product_line
    own = held.skills.get(person.pk, {})
    for wanted in needs.skills:
        level = own.get(folded(wanted.name), 0)
        if level < wanted.level:
            yield Obstacle(Rule.SKILL, wanted.name, str(wanted.level), str(level))
    if needs.person_certified and person.pk not in held.person_until:
        yield Obstacle(Rule.CERTIFICATE, line)
    if needs.unit_certified and person.unit_id not in held.unit_until:
        yield Obstacle(Rule.UNIT_CERTIFICATE, line, present=person.unit.name)
    has = {folded(one) for one in person.tools}
    if missing := [one for one in needs.tools if folded(one) not in has]:
        yield Obstacle(Rule.TOOLS, "、".join(missing))
    if person.pk in held.away:
        yield Obstacle(Rule.ABSENCE, present=held.away[person.pk][1].isoformat())
    at = held.demand.starts_at
    if person.pk not in held.on_call and not is_at_work(shift, at, held.zone):
        yield Obstacle(Rule.SHIFT)
