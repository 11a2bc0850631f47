"""Who sees and changes units and people. Missing and forbidden look the same."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yinuo.domains.network.models import Certificate, Person, ServiceUnit
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Forbidden
from yinuo.platform.scoped import one_of


def require(actor: Actor, permission: Permission, unit_id: int | None = None) -> None:
    """Pass when the actor holds the right in that unit (anywhere if None); else Forbidden."""
    if not actor.may(permission, unit_id):
        raise Forbidden


def visible_units(actor: Actor) -> QuerySet[ServiceUnit]:
    """Units the actor may know of."""
    return ServiceUnit.objects.filter(id__any=actor.units_for(Permission.UNIT_READ))


def visible_people(actor: Actor) -> QuerySet[Person]:
    """People of the units whose people the actor may see."""
    return Person.objects.filter(unit_id__any=actor.units_for(Permission.PERSON_READ))


def visible_certificates(
    actor: Actor, permission: Permission = Permission.PERSON_READ
) -> QuerySet[Certificate]:
    """Certificates of people, and of units, where the actor holds the right."""
    units = actor.units_for(permission)
    return Certificate.objects.filter(Q(person__unit_id__any=units) | Q(unit_id__any=units))


def unit_for(actor: Actor, public_id: object, permission: Permission) -> ServiceUnit:
    """The unit of that id in which the actor holds `permission`; NotFound for anything else."""
    return one_of(ServiceUnit.objects.filter(id__any=actor.units_for(permission)), public_id)


def require_may_grant(
    actor: Actor, *, to_person_id: int, rights: frozenset[Permission], unit_id: int
) -> None:
    """Rule R08: nobody gives himself more than he holds, nor others without the right to.

    Others may get rights the giver lacks only from an administrator (`role:assign_any`).
    """
    require(actor, Permission.ROLE_ASSIGN, unit_id)
    exceeds = any(not actor.may(right, unit_id) for right in rights)
    if not exceeds:
        return
    if to_person_id == actor.person_id or not actor.may(Permission.ROLE_ASSIGN_ANY, unit_id):
        raise Forbidden
