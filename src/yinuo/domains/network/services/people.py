"""People: who works where, who may sign in."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.network import policies
from yinuo.domains.network.models import Person
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.services.roles import require_administrator_left, take_turns
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.services import deactivate_user, reactivate_user
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of
from yinuo.platform.sorting import pinyin_key

NAME_LENGTH = 80


def create_person(
    *, actor: Actor, unit_id: object, name: str, phone: str = "", now: datetime
) -> Person:
    """Add a person to a unit; he cannot sign in until `link_user` gives him an account."""
    unit = policies.unit_for(actor, unit_id, Permission.PERSON_WRITE)
    _check_name(name)
    with writing(actor=actor, now=now) as work:
        person = Person.objects.create(
            name=name.strip(), name_key=pinyin_key(name), phone=phone.strip(), unit=unit
        )
        work.audit("person.create", person, after={"name": name, "unit": unit.code})
        return person


def edit_person(
    *,
    actor: Actor,
    person_id: object,
    version: int,
    name: str,
    phone: str,
    unit_id: object,
    now: datetime,
) -> Person:
    """Rename a person, change the phone, or move him to another unit one may write to."""
    person = writable_person(actor, person_id)
    unit = policies.unit_for(actor, unit_id, Permission.PERSON_WRITE)
    _check_name(name)
    with writing(actor=actor, now=now) as work:
        before = {"name": person.name, "unit_id": person.unit_id}
        changes = {
            "name": name.strip(),
            "name_key": pinyin_key(name),
            "phone": phone.strip(),
            "unit": unit,
        }
        stored(person, expected_version=version, changes=changes)
        work.audit("person.edit", person, before=before, after={"name": name, "unit_id": unit.pk})
        return person


def link_user(*, actor: Actor, person_id: object, user_id: int, now: datetime) -> Person:
    """Let a person sign in with an account that nobody else uses."""
    person = writable_person(actor, person_id)
    if Person.objects.filter(user_id=user_id).exists():
        raise InvalidInput({"user": _("This account belongs to somebody else.")})
    with writing(actor=actor, now=now) as work:
        stored(person, expected_version=None, changes={"user_id": user_id})
        work.audit("person.link_user", person, after={"user_id": user_id})
        return person


def deactivate_person(*, actor: Actor, person_id: object, version: int, now: datetime) -> Person:
    """End a person's work here: no rights, no session and no token works from now on (R14).

    The last administrator stays (R08).
    """
    person = writable_person(actor, person_id)
    with writing(actor=actor, now=now) as work:
        take_turns()
        stored(person, expected_version=version, changes={"active": False})
        if person.user_id is not None:
            deactivate_user(user_id=person.user_id)
        require_administrator_left()
        work.audit("person.deactivate", person, before={"active": True}, after={"active": False})
        return person


def reactivate_person(*, actor: Actor, person_id: object, version: int, now: datetime) -> Person:
    """Take a person back: the account works again with its password, the roles are as they were.

    Raises IllegalMove for somebody who never left.
    """
    person = writable_person(actor, person_id)
    with writing(actor=actor, now=now) as work:
        if person.active:
            raise IllegalMove(_("This person works here."))
        stored(person, expected_version=version, changes={"active": True})
        if person.user_id is not None:
            reactivate_user(user_id=person.user_id)
        work.audit("person.reactivate", person, before={"active": False}, after={"active": True})
        return person


def writable_person(actor: Actor, public_id: object) -> Person:
    """The person, if the actor may change him; NotFound otherwise."""
    writable = actor.units_for(Permission.PERSON_WRITE)
    return one_of(policies.visible_people(actor).filter(unit_id__any=writable), public_id)


def _check_name(name: str) -> None:
    if not name.strip() or len(name) > NAME_LENGTH:
        raise InvalidInput({"name": _("Give a name of at most 80 characters.")})
