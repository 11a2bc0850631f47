"""Who may be given work in a unit: the people who hold a right there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.network.models import Assignment, ServiceUnit
from yinuo.domains.network.permissions import Permission, granted_by


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who holds a right in a unit."""

    id: int
    public_id: UUID
    name: str
    unit_name: str


def holders_of(permission: Permission, unit_id: int) -> list[Holder]:
    """Active people holding `permission` in the unit, through a role there or above it, by name.

    The caller has checked that the actor may give work to people of this unit.
    """
    held = Assignment.objects.filter(unit_id__in=_above(unit_id))
    return _holders(permission, held)


def holders_around(permission: Permission, unit_id: int) -> list[Holder]:
    """The same, with those who hold the right only in a unit below; each once, by name."""
    above = _above(unit_id)
    within = Q(unit_id__in=above) | Q(unit__path__contains=f"/{unit_id}/")
    return _holders(permission, Assignment.objects.filter(within))


def nearest_holders(permission: Permission, unit_id: int) -> list[Holder]:
    """Those who hold the right by a role in the unit itself, else in the nearest one above that has
    anybody: whom to tell, by name."""
    for one in reversed(_above(unit_id)):
        if found := _holders(permission, Assignment.objects.filter(unit_id=one)):
            return found
    return []


def is_there_another(permission: Permission, user_id: int | None) -> bool:
    """Whether an active person other than this account's holds a right in any unit."""
    held = Assignment.objects.all()
    others = held if user_id is None else held.exclude(person__user_id=user_id)
    return bool(_holders(permission, others))


def _above(unit_id: int) -> list[int]:
    path = ServiceUnit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or ""
    return [int(part) for part in path.split("/") if part]


def _holders(permission: Permission, held: QuerySet[Assignment]) -> list[Holder]:
    active = held.filter(
        unit__active=True, person__active=True, person__user__is_active=True
    ).select_related("person__unit", "role")
    people = {
        one.person_id: one.person
        for one in active.order_by("person__name_key", "person_id")
        if permission in granted_by(one.role.permissions)
    }
    return [
        Holder(person.pk, person.public_id, person.name, person.unit.name)
        for person in people.values()
    ]
