"""Roles as data, and who holds which one where."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from yinuo.domains.network import policies
from yinuo.domains.network.models import Assignment, Person, Role
from yinuo.domains.network.permissions import Permission, granted_by
from yinuo.domains.network.standard_roles import standard_roles
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.services import end_sessions
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of


def load_roles() -> None:
    """Add the standard roles that are not there yet; edited ones stay as they are."""
    Role.objects.bulk_create(
        [
            Role(code=code, name_zh=role["zh"], name_en=role["en"], permissions=role["rights"])
            for code, role in standard_roles().items()
        ],
        ignore_conflicts=True,
    )


def assign_role(
    *, actor: Actor, person_id: object, role_code: str, unit_id: object, now: datetime
) -> None:
    """Give a person a role in a unit and all below it; giving it twice changes nothing.

    Raises Forbidden by rule R08, NotFound for what the actor cannot see.
    """
    unit = policies.unit_for(actor, unit_id, Permission.ROLE_ASSIGN)
    with writing(actor=actor, now=now) as work:
        person = _locked_person(actor, person_id)
        role = _role(role_code)
        rights = granted_by(role.permissions)
        policies.require_may_grant(actor, to_person_id=person.pk, rights=rights, unit_id=unit.pk)
        _, created = Assignment.objects.get_or_create(person=person, role=role, unit=unit)
        if created:
            _end_sessions_of(person)
            work.audit("network.assign_role", person, after={"role": role_code, "unit": unit.code})


def revoke_role(
    *, actor: Actor, person_id: object, role_code: str, unit_id: object, now: datetime
) -> None:
    """Take a role away. Raises IllegalMove for the last administrator (R08)."""
    unit = policies.unit_for(actor, unit_id, Permission.ROLE_ASSIGN)
    with writing(actor=actor, now=now) as work:
        person = _locked_person(actor, person_id)
        role = _role(role_code)
        deleted, _rows = Assignment.objects.filter(person=person, role=role, unit=unit).delete()
        require_administrator_left()
        if deleted:
            _end_sessions_of(person)
            work.audit("network.revoke_role", person, before={"role": role_code, "unit": unit.code})


def require_administrator_left() -> None:
    """IllegalMove unless an active person who signs in can still assign every role somewhere."""
    holders = Assignment.objects.filter(
        person__active=True, person__user__is_active=True
    ).values_list("role__permissions", flat=True)
    if not any(Permission.ROLE_ASSIGN_ANY in granted_by(rights) for rights in holders):
        raise IllegalMove(_("The last administrator cannot be removed. Appoint another one first."))


def take_turns() -> None:
    """Let everything that may take an administrator away wait for each other, to its commit.

    Two people could otherwise remove the last two administrators at the same time.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE network_assignment IN SHARE ROW EXCLUSIVE MODE")


def _end_sessions_of(person: Person) -> None:
    """Other rights need another sign-in (R14)."""
    if person.user_id is not None:
        end_sessions(user_id=person.user_id)


def _role(code: str) -> Role:
    role = Role.objects.filter(code=code).first()
    if role is None:
        raise InvalidInput({"role": _("There is no such role.")})
    return role


def _locked_person(actor: Actor, public_id: object) -> Person:
    """The visible person, nobody's roles changing meanwhile."""
    take_turns()
    return one_of(policies.visible_people(actor), public_id)
