"""Which units may serve a place, the own one first, then up the levels; and what keeps the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import asin, cos, inf, radians, sin, sqrt
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.network.candidates import certified_people, certified_units, people_away
from yinuo.domains.network.models import Assignment, Person, Role, ServiceUnit
from yinuo.domains.network.permissions import Permission, granted_by
from yinuo.domains.network.qualified import qualification_for
from yinuo.domains.network.rows import position_at
from yinuo.domains.network.words import folded
from yinuo.platform.positions import Position

HEADQUARTERS = 1
# Of units that are near but do not serve the place so many are named; the rest goes without saying.
MOST_BESIDE = 10
EARTH_KM = 6371.0


class PassedOver(StrEnum):
    """Why a unit is not asked, in the order in which it is looked at."""

    CLOSED = "closed"
    AREA = "area"
    PRODUCT_LINE = "product_line"
    SERVICE_MODE = "service_mode"
    NOT_CERTIFIED = "not_certified"
    NOBODY_CERTIFIED = "nobody_certified"
    NOBODY_THERE = "nobody_there"
    NOBODY_ANSWERS = "nobody_answers"


@dataclass(frozen=True, slots=True)
class WorkWanted:
    """Work that a unit is looked for: whose customer it is, where, on what, how, when."""

    unit_id: int
    product_line: str
    mode: str
    address: str
    position: Position | None
    at: datetime


@dataclass(frozen=True, slots=True)
class NearUnit:
    """A unit in its turn; `reason` empty when it can be asked, `answerers` are whom to tell."""

    unit_id: int
    public_id: UUID
    name: str
    level: int
    distance_km: int | None
    reason: str
    answerers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rules are asked of, by unit id."""

    wanted: WorkWanted
    line: frozenset[int]
    unit_certified: frozenset[int] | None
    people: dict[int, set[int]]
    certified: frozenset[int]
    away: frozenset[int]
    answerers: dict[int, list[int]]


def nearest_units(wanted: WorkWanted) -> list[NearUnit]:
    """Units in the order in which they are asked, those passed over among them with the reason.

    The customer's own unit leads; then the deepest level, on each the unit above the customer's
    first and others by distance; headquarters last, which answers for the whole network and is
    passed over only when it is closed. Units without areas or reach serve their own customers
    only. At most seven statements, however many units there are.
    """
    own = ServiceUnit.objects.get(pk=wanted.unit_id)
    line = frozenset(int(part) for part in own.path.split("/") if part)
    root = own.path.split("/")[1]
    units = list(ServiceUnit.objects.filter(path__startswith=f"/{root}/"))
    far = {one.pk: kilometres_to(one, wanted.position) for one in units}
    chosen = [*(one for one in units if one.pk in line), *_beside(units, line, far, wanted)]
    chosen.sort(
        key=lambda one: (
            one.pk != own.pk,
            -one.level,
            one.pk not in line,
            inf if (km := far[one.pk]) is None else km,
            one.name_key,
        )
    )
    known = _known(wanted, line, [one.pk for one in chosen])
    return [
        NearUnit(
            unit_id=one.pk,
            public_id=one.public_id,
            name=one.name,
            level=one.level,
            distance_km=None if (km := far[one.pk]) is None else round(km),
            reason=next(_reasons(one, known, far[one.pk]), ""),
            answerers=tuple(known.answerers.get(one.pk, ())),
        )
        for one in chosen
    ]


def is_on_line(unit_id: int, of_unit_id: int) -> bool:
    """True when a unit is another one or stands above it: its people see what belongs to that."""
    path = ServiceUnit.objects.filter(pk=of_unit_id).values_list("path", flat=True).first() or ""
    return f"/{unit_id}/" in path


def kilometres_to(unit: ServiceUnit, to: Position | None) -> float | None:
    """Kilometres as the crow flies, by the haversine formula; None where a position lacks."""
    here = position_at(unit.latitude, unit.longitude)
    if here is None or to is None:
        return None
    north, south = radians(float(here.latitude)), radians(float(to.latitude))
    east = radians(float(to.longitude - here.longitude))
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def _beside(
    units: Iterable[ServiceUnit],
    line: frozenset[int],
    far: dict[int, float | None],
    wanted: WorkWanted,
) -> list[ServiceUnit]:
    """Units off the customer's line: those that serve the place, and the nearest that do not."""
    others = [one for one in units if one.pk not in line and (one.areas or one.reach_km)]
    serving = [one for one in others if _serves(one, wanted, far[one.pk])]
    rest = [one for one in others if one not in serving and far[one.pk] is not None]
    rest.sort(key=lambda one: far[one.pk] or 0)
    return [*serving, *rest[:MOST_BESIDE]]


def _known(wanted: WorkWanted, line: frozenset[int], ids: list[int]) -> _Known:
    needs = qualification_for(wanted.product_line)
    on = wanted.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    people: dict[int, set[int]] = defaultdict(set)
    for person, unit in Person.objects.filter(unit_id__in=ids, active=True).values_list(
        "pk", "unit_id"
    ):
        people[unit].add(person)
    everybody = [one for found in people.values() for one in found]
    certified = (
        certified_people(everybody, wanted.product_line, on)
        if needs.person_certified
        else frozenset(everybody)
    )
    return _Known(
        wanted=wanted,
        line=line,
        unit_certified=certified_units(ids, wanted.product_line, on)
        if needs.unit_certified
        else None,
        people=people,
        certified=certified,
        away=people_away(wanted.at),
        answerers=_answerers(ids),
    )


def _answerers(ids: list[int]) -> dict[int, list[int]]:
    """Who answers offers in each unit itself, by role there."""
    roles = [
        one.pk
        for one in Role.objects.all()
        if Permission.OFFER_ANSWER in granted_by(one.permissions)
    ]
    held = Assignment.objects.filter(
        unit_id__in=ids, role_id__in=roles, person__active=True, person__user__is_active=True
    )
    found: dict[int, list[int]] = defaultdict(list)
    for unit, person in held.values_list("unit_id", "person_id").distinct().order_by("person_id"):
        found[unit].append(person)
    return found


def _reasons(unit: ServiceUnit, known: _Known, km: float | None) -> Iterator[str]:
    if not unit.active:
        yield PassedOver.CLOSED
    if unit.level == HEADQUARTERS:
        return
    wanted = known.wanted
    if unit.pk not in known.line and not _serves(unit, wanted, km):
        yield PassedOver.AREA
    if unit.product_lines and folded(wanted.product_line) not in map(folded, unit.product_lines):
        yield PassedOver.PRODUCT_LINE
    if unit.service_modes and wanted.mode not in unit.service_modes:
        yield PassedOver.SERVICE_MODE
    if known.unit_certified is not None and unit.pk not in known.unit_certified:
        yield PassedOver.NOT_CERTIFIED
    people = known.people.get(unit.pk, set())
    if not people & known.certified:
        yield PassedOver.NOBODY_CERTIFIED
    if not (people & known.certified) - known.away:
        yield PassedOver.NOBODY_THERE
    if not known.answerers.get(unit.pk):
        yield PassedOver.NOBODY_ANSWERS


def _serves(unit: ServiceUnit, wanted: WorkWanted, km: float | None) -> bool:
    if any(area in wanted.address for area in unit.areas):
        return True
    return unit.reach_km is not None and km is not None and km <= unit.reach_km
