"""Where units and people stand in the network, and which roles a person holds at a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from yinuo.domains.network.models import Assignment, Certificate, Person, ServiceUnit
from yinuo.domains.network.qualification_types import CertificateRow
from yinuo.domains.network.words import folded
from yinuo.platform.identifiers import parse_public_id


class Place(NamedTuple):
    """A unit by its internal id, its level (1 headquarters, 2 centre, 3 partner) and name."""

    unit_id: int
    level: int
    name: str


def places_of_units(unit_ids: Iterable[int]) -> dict[int, Place]:
    """Units by internal id; one statement."""
    rows = ServiceUnit.objects.filter(pk__in=set(unit_ids))
    return {row.pk: Place(row.pk, row.level, row.name) for row in rows}


def places_named(public_ids: Iterable[str]) -> dict[str, Place]:
    """Units, and the units of people, by the public ids that facts name; others are left out."""
    wanted = {parsed for one in public_ids if (parsed := parse_public_id(one)) is not None}
    if not wanted:
        return {}
    found = {str(row.public_id): _place(row) for row in _units(wanted)}
    people = Person.objects.filter(public_id__in=wanted).select_related("unit")
    return found | {str(row.public_id): _place(row.unit) for row in people}


def roles_at(person_id: int, unit_id: int) -> set[str]:
    """The codes of the roles a person holds in a unit, through it or a unit above."""
    path = ServiceUnit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or ""
    above = [int(part) for part in path.split("/") if part]
    held = Assignment.objects.filter(person_id=person_id, unit_id__in=above)
    return set(held.values_list("role__code", flat=True))


def units_by_role(person_id: int | None) -> dict[str, set[int]]:
    """The units where a person holds each of his roles, by the role's code: those where it was
    given to him and all below them. Two statements.
    """
    if person_id is None:
        return {}
    held = Assignment.objects.filter(person_id=person_id).values_list("role__code", "unit__path")
    given = list(held)
    paths = list(ServiceUnit.objects.values_list("id", "path")) if given else []
    found: dict[str, set[int]] = {}
    for role, above in given:
        found.setdefault(role, set()).update(pk for pk, path in paths if path.startswith(above))
    return found


class Reachable(NamedTuple):
    """Somebody a customer may ring himself."""

    name: str
    phone: str


def reachable(roles: Sequence[str], unit_id: int) -> list[Reachable]:
    """Who holds the first of these roles that anybody holds for a unit, with a number, by name.

    Whoever holds it nearest to the unit counts; empty when nobody with a number does.
    """
    path = ServiceUnit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or ""
    above = [int(part) for part in path.split("/") if part]
    held = Assignment.objects.filter(
        role__code__in=roles, unit_id__in=above, person__active=True, person__user__is_active=True
    ).exclude(person__phone="")
    rows = list(held.select_related("person", "role", "unit").order_by("person__name_key"))
    if not rows:
        return []
    best = min((roles.index(one.role.code), -one.unit.level) for one in rows)
    found = [one for one in rows if (roles.index(one.role.code), -one.unit.level) == best]
    return [Reachable(one.person.name, one.person.phone) for one in found]


def works_here(person_id: UUID) -> bool:
    """True when the person (public id) is active and can sign in."""
    active = Person.objects.filter(public_id=person_id, active=True, user__is_active=True)
    return active.exists()


def others_certified(certificates: Sequence[CertificateRow], today: date) -> dict[int, int]:
    """By certificate id, how many others may go on with its line in its unit when it ends.

    For a person's: other active people of the unit; for a unit's own: its other certificates. One
    statement.
    """
    units = {one.unit_id for one in certificates}
    lines = {folded(one.data.product_line) for one in certificates} | {""}
    rows = Certificate.objects.filter(
        Q(person__unit_id__in=units, person__active=True) | Q(unit_id__in=units),
        withdrawn_at__isnull=True,
        line_key__in=lines,
        valid_until__gte=today,
    ).select_related("person")
    held = [(one.person.unit_id if one.person else one.unit_id, one.person_id, one) for one in rows]
    return {
        row.id: len(
            {
                person or one.pk
                for unit, person, one in held
                if unit == row.unit_id
                and (person is None) == (row.person_id is None)
                and (person != row.person_id if person else one.pk != row.id)
                and one.line_key in {folded(row.data.product_line), ""}
                and one.valid_until > row.data.valid_until
            }
        )
        for row in certificates
    }


def _units(public_ids: set[UUID]) -> Iterable[ServiceUnit]:
    return ServiceUnit.objects.filter(public_id__in=public_ids)


def _place(unit: ServiceUnit) -> Place:
    return Place(unit.pk, unit.level, unit.name)
