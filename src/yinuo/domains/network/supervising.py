"""Who answers for whose people: holders of supervising roles and the units in their charge."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from yinuo.domains.network.models import Assignment, ServiceUnit


@dataclass(frozen=True, slots=True)
class Supervisor:
    """A person with the internal ids of the units in his charge, lower ones included."""

    person_id: int
    public_id: UUID
    name: str
    unit_name: str
    unit_ids: frozenset[int]


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
