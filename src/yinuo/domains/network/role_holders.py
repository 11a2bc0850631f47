"""Who holds which roles over a unit, by name, and who of them is away: for steps of a chain."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yinuo.domains.network.models import Absence, Assignment, Person, ServiceUnit


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """A person who holds one of the roles asked for; `is_away` at the instant asked about."""

    person_id: int
    public_id: UUID
    name: str
    phone: str
    is_away: bool


def role_holders(roles: Collection[str], unit_id: int, now: datetime) -> tuple[RoleHolder, ...]:
    """Active people who hold any of the roles in the unit or above it, by name.

    The caller has checked that the actor may know of the unit's work.
    """
    path = ServiceUnit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or ""
    above = [int(part) for part in path.split("/") if part]
    held = Assignment.objects.filter(role__code__in=roles, unit_id__in=above)
    people = Person.objects.filter(
        pk__in=held.values("person_id"), active=True, user__is_active=True
    )
    return _holders(people.order_by("name_key", "id"), now)


def people_by_id(ids: Iterable[int], now: datetime) -> dict[int, RoleHolder]:
    """These people by internal id, those who have left too; two statements."""
    people = Person.objects.filter(pk__in=set(ids)).order_by("id")
    return {one.person_id: one for one in _holders(people, now)}


def names_of(public_ids: Iterable[str]) -> dict[str, str]:
    """Names by public id as text, for what was kept without them; one statement, or none."""
    ids = set(public_ids)
    if not ids:
        return {}
    found = Person.objects.filter(public_id__in=ids).values_list("public_id", "name")
    return {str(public_id): name for public_id, name in found}


def _holders(people: Iterable[Person], now: datetime) -> tuple[RoleHolder, ...]:
    found = list(people)
    away = set(
        Absence.objects.filter(
            person_id__in=[one.pk for one in found],
            cancelled_at__isnull=True,
            starts_at__lte=now,
            ends_at__gt=now,
        ).values_list("person_id", flat=True)
    )
    return tuple(
        RoleHolder(one.pk, one.public_id, one.name, one.phone, one.pk in away) for one in found
    )
