"""Who answers for whose people: holders of supervising roles and the units in their charge."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from yinuo.domains.network.models import Assignment, Person, ServiceUnit
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of


@dataclass(frozen=True, slots=True)
class Supervisor:
    """A person with the internal ids of the units in his charge, lower ones included."""

    person_id: int
    public_id: UUID
    name: str
    unit_name: str
    unit_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Appraised:
    """A person as those who may hold him to account know him."""

    id: int
    public_id: UUID
    name: str
    unit_id: int
    unit_public_id: UUID
    unit_name: str


def people_under(
    actor: Actor,
    permission: Permission,
    *,
    unit_id: object = None,
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[Appraised]:
    """Active people of the units where the actor holds a right, by name, page by page."""
    people = Person.objects.filter(unit_id__any=actor.units_for(permission), active=True)
    if unit_id is not None:
        people = people.filter(unit__public_id=identity(unit_id))
    if word := text.strip():
        people = people.filter(name__icontains=word)
    rows = people.select_related("unit")
    return page_of(rows, order=("name_key", "id"), cursor=cursor, limit=limit).map(_appraised)


def person_under(actor: Actor, permission: Permission, person_id: object) -> Appraised:
    """One of those people, or the actor himself; NotFound for anybody else."""
    own = Q(pk=actor.person_id) if actor.person_id is not None else Q()
    seen = Person.objects.filter(Q(unit_id__any=actor.units_for(permission)) | own)
    return _appraised(one_of(seen.select_related("unit"), person_id))


def units_of_people(unit_ids: Collection[int]) -> dict[int, int]:
    """The unit of each active person of these units, by internal ids."""
    rows = Person.objects.filter(unit_id__in=unit_ids, active=True)
    return dict(rows.values_list("pk", "unit_id"))


def _appraised(one: Person) -> Appraised:
    unit = one.unit
    return Appraised(one.pk, one.public_id, one.name, unit.pk, unit.public_id, unit.name)


def supervisors(roles: Collection[str], unit_ids: Collection[int]) -> list[Supervisor]:
    """Active holders of any of the roles in these units, by name; the caller may know of them."""
    held = Assignment.objects.filter(
        role__code__in=roles, unit_id__in=unit_ids, person__active=True
    ).select_related("person__unit", "unit")
    paths = dict(ServiceUnit.objects.filter(pk__in=unit_ids).values_list("pk", "path"))
    charges: dict[int, set[int]] = {}
    people = {}
    for one in held.order_by("person__name_key", "person_id"):
        people[one.person_id] = one.person
        below = {pk for pk, path in paths.items() if path.startswith(one.unit.path)}
        charges.setdefault(one.person_id, set()).update(below)
    return [
        Supervisor(pk, person.public_id, person.name, person.unit.name, frozenset(charges[pk]))
        for pk, person in people.items()
    ]
