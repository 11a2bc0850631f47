"""Reading the network; every function is limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count

from yinuo.domains.network.models import Assignment, Person, Role, ServiceUnit
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require, visible_people, visible_units
from yinuo.domains.network.types import Actor, AssignmentRow, PersonRow, RoleRow, UnitRow
from yinuo.platform.errors import NotFound
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of


def list_units(actor: Actor) -> list[UnitRow]:
    """All visible units in tree order."""
    units = visible_units(actor).select_related("parent").order_by("level", "name_key", "id")
    return [_unit_row(unit) for unit in units]


def page_units(actor: Actor, *, cursor: str = "", limit: int = 50) -> Page[UnitRow]:
    """Visible units, the highest first, page by page."""
    units = visible_units(actor).select_related("parent")
    order = ("level", "name_key", "id")
    return page_of(units, order=order, cursor=cursor, limit=limit).map(_unit_row)


def get_unit(actor: Actor, public_id: object) -> UnitRow:
    """One visible unit; NotFound otherwise."""
    return _unit_row(one_of(visible_units(actor).select_related("parent"), public_id))


def list_roles() -> list[RoleRow]:
    """All roles; their names are no secret."""
    return [_role_row(role) for role in Role.objects.order_by("id")]


def list_roles_held(actor: Actor) -> list[RoleRow]:
    """All roles with how many active people hold each. Raises Forbidden without `person:read`."""
    require(actor, Permission.PERSON_READ)
    active = Assignment.objects.filter(person__active=True).values("role_id")
    counted = active.annotate(number=Count("person_id", distinct=True))
    held = dict(counted.values_list("role_id", "number"))
    return [_role_row(one, held.get(one.pk, 0)) for one in Role.objects.order_by("id")]


def get_role(actor: Actor, role_id: object) -> RoleRow:
    """One role, as `list_roles_held` shows it; NotFound when there is none."""
    for row in list_roles_held(actor):
        if str(row.public_id) == str(role_id):
            return row
    raise NotFound


def _role_row(role: Role, holders: int = 0) -> RoleRow:
    return RoleRow(
        public_id=role.public_id,
        version=role.version,
        code=role.code,
        name_zh=role.name_zh,
        name_en=role.name_en,
        permissions=tuple(role.permissions),
        holders=holders,
    )


def list_people(actor: Actor, *, text: str = "", limit: int = 200) -> list[PersonRow]:
    """Visible people by name, with their roles; `text` narrows by name."""
    people = visible_people(actor).select_related("unit", "user")
    if text.strip():
        people = people.filter(name__icontains=text.strip())
    rows = people.prefetch_related("assignments__role", "assignments__unit")
    return [_person_row(person) for person in rows.order_by("name_key", "id")[:limit]]


def people_named(actor: Actor, names: Collection[str]) -> dict[str, list[UUID]]:
    """The visible people who have not left, by name exactly as written; several may share one."""
    found: dict[str, list[UUID]] = {}
    rows = visible_people(actor).filter(active=True, name__in=names)
    for name, public_id in rows.order_by("id").values_list("name", "public_id"):
        found.setdefault(name, []).append(public_id)
    return found


def page_people(
    actor: Actor, *, text: str = "", unit_id: object = None, cursor: str = "", limit: int = 50
) -> Page[PersonRow]:
    """Visible people by name, page by page; `text` narrows by name, `unit_id` to one unit."""
    people = visible_people(actor).select_related("unit", "user")
    if unit_id is not None:
        people = people.filter(unit__public_id=identity(unit_id))
    if text.strip():
        people = people.filter(name__icontains=text.strip())
    rows = people.prefetch_related("assignments__role", "assignments__unit")
    return page_of(rows, order=("name_key", "id"), cursor=cursor, limit=limit).map(_person_row)


def get_person(actor: Actor, public_id: object) -> PersonRow:
    """One visible person with roles; NotFound otherwise."""
    people = visible_people(actor).select_related("unit", "user")
    person = one_of(people.prefetch_related("assignments__role", "assignments__unit"), public_id)
    return _person_row(person)


def find_user_id(username: str) -> int | None:
    """The account of an active person by user name; for the command line."""
    return (
        Person.objects.filter(user__username=username, active=True)
        .values_list("user_id", flat=True)
        .first()
    )


def headquarters_id() -> int | None:
    """The internal id of headquarters; None before set-up."""
    return ServiceUnit.objects.filter(parent=None).values_list("pk", flat=True).first()


def has_company() -> bool:
    """True once headquarters exist."""
    return ServiceUnit.objects.exists()


def _unit_row(unit: ServiceUnit) -> UnitRow:
    return UnitRow(
        id=unit.pk,
        public_id=unit.public_id,
        version=unit.version,
        code=unit.code,
        name=unit.name,
        level=unit.level,
        parent_public_id=unit.parent.public_id if unit.parent else None,
        active=unit.active,
    )


def _person_row(person: Person) -> PersonRow:
    return PersonRow(
        id=person.pk,
        public_id=person.public_id,
        version=person.version,
        name=person.name,
        phone=person.phone,
        unit_id=person.unit_id,
        unit_public_id=person.unit.public_id,
        unit_name=person.unit.name,
        username=person.user.username if person.user else "",
        active=person.active,
        assignments=tuple(
            AssignmentRow(held.role.code, held.unit.public_id, held.unit.name)
            for held in person.assignments.all()
        ),
    )
