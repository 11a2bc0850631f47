"""Everybody who carries out work in a part of the tree, as planning and the board need them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.network.models import Assignment, Person, ServiceUnit
from yinuo.domains.network.permissions import Permission, granted_by
from yinuo.domains.network.rows import position_at
from yinuo.domains.network.shifts import Window
from yinuo.domains.network.types import Actor
from yinuo.platform.positions import Position
from yinuo.platform.scoped import one_of

MOST = 400


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A unit whose work is planned, with all below it."""

    id: int
    public_id: UUID
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Performer:
    """Somebody who carries out work there; without hours of his own `shift` is empty."""

    person_id: int
    public_id: UUID
    name: str
    phone: str
    unit_id: int
    unit_name: str
    home: Position | None
    shift: tuple[Window, ...]


def planned_unit(actor: Actor, unit_id: object) -> PlannedUnit:
    """The unit in which the actor sends people; NotFound for any other."""
    units = ServiceUnit.objects.filter(id__any=actor.units_for(Permission.WORK_ORDER_ASSIGN))
    unit = one_of(units, unit_id)
    return PlannedUnit(unit.pk, unit.public_id, unit.name, unit.path)


def planned_units(actor: Actor) -> list[PlannedUnit]:
    """All units in which the actor sends people, in tree order."""
    units = ServiceUnit.objects.filter(
        id__any=actor.units_for(Permission.WORK_ORDER_ASSIGN), active=True
    )
    return [
        PlannedUnit(unit.pk, unit.public_id, unit.name, unit.path)
        for unit in units.order_by("level", "name_key", "id")
    ]


def performers_in(unit: PlannedUnit, most: int = MOST) -> list[Performer]:
    """Who carries out work in the unit or below it, by name; at most so many. Two statements."""
    people = _performing(unit).select_related("unit").order_by("name_key", "id")[:most]
    return [
        Performer(
            person_id=one.pk,
            public_id=one.public_id,
            name=one.name,
            phone=one.phone,
            unit_id=one.unit_id,
            unit_name=one.unit.name,
            home=position_at(one.home_latitude, one.home_longitude),
            shift=tuple(Window(*window) for window in one.shift),
        )
        for one in people
    ]


def who_left(
    unit: PlannedUnit, present: Iterable[Performer], person_ids: Iterable[int | None]
) -> frozenset[int]:
    """Which of these people carry out no work in the unit or below it any more.

    `present` are known to. Nothing is read unless somebody else is asked about; two statements.
    """
    others = {one for one in person_ids if one is not None} - {one.person_id for one in present}
    if not others:
        return frozenset()
    return frozenset(
        others.difference(_performing(unit).filter(pk__in=others).values_list("pk", flat=True))
    )


def _performing(unit: PlannedUnit) -> QuerySet[Person]:
    above = [int(part) for part in unit.path.split("/") if part]
    near = Q(unit_id__in=above) | Q(unit__path__startswith=unit.path)
    held = Assignment.objects.filter(near, unit__active=True)
    roles = {
        role
        for role, rights in held.values_list("role_id", "role__permissions").distinct()
        if Permission.WORK_ORDER_PERFORM in granted_by(rights)
    }
    holders = held.filter(role_id__in=roles).values("person_id")
    return Person.objects.filter(pk__in=holders, active=True, user__is_active=True)
