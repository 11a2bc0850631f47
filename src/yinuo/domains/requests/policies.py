"""Which requests an actor sees and works on: those of the units where he holds the right."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.network.upline import units_over
from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.clinic_models import ClinicSeat
from yinuo.domains.requests.clinic_types import SEATED
from yinuo.domains.requests.group_models import SupportGroup
from yinuo.domains.requests.models import Request
from yinuo.kernel.states import ENDED

# Which right each step needs; whatever is not named is ordinary work.
_RIGHT_FOR = {
    "confirmed_by_customer": Permission.REQUEST_CLOSE,
    "archived": Permission.REQUEST_CLOSE,
    "cancelled": Permission.REQUEST_CLOSE,
    "reopened": Permission.REQUEST_CLOSE,
    "merged": Permission.REQUEST_CLOSE,
}


_OVER = sorted(state.value for state in ENDED)


def visible_requests(
    actor: Actor, permission: Permission = Permission.REQUEST_READ
) -> QuerySet[Request]:
    """Requests in the units where the actor holds the right, and those that such units serve.

    For reading also the open ones into which he himself was invited as an expert (SV-03).
    """
    units = actor.units_for(permission)
    seen = Q(unit_id__any=units) | Q(serving_unit_id__any=units)
    if permission is Permission.REQUEST_READ and units and not actor.sees_whole:
        seated = own_seats(actor).filter(state__in=SEATED).values("request_id")
        seen |= Q(pk__in=seated) & ~Q(state__in=_OVER)
    return Request.objects.filter(seen)


def own_seats(actor: Actor) -> QuerySet[ClinicSeat]:
    """The seats of the actor himself at cases into which he was invited."""
    return ClinicSeat.objects.filter(person_id=actor.person_id or 0)


def visible_groups(
    actor: Actor, permission: Permission = Permission.REQUEST_READ
) -> QuerySet[SupportGroup]:
    """Groups of the units where the actor holds the right, and of those above his own.

    The latter only for reading: requests of his unit may stand in their queues.
    """
    groups = SupportGroup.objects.filter(unit_id__any=actor.units_for(permission))
    if permission is not Permission.REQUEST_READ or actor.unit_id is None:
        return groups
    above = [unit.id for unit in units_over(actor.unit_id)]
    return SupportGroup.objects.filter(unit_id__in=above) | groups


def right_for_step(kind: str) -> Permission:
    """The right that recording a fact of this kind needs."""
    return _RIGHT_FOR.get(kind, Permission.REQUEST_WORK)


def may_correct(actor: Actor, fact: FactView, unit_id: int) -> bool:
    """One's own entries with the right to record them, others' with the right to correct."""
    if actor.may(Permission.REQUEST_CORRECT, unit_id):
        return True
    is_own = actor.user_id is not None and fact.recorded_by == actor.user_id
    return is_own and actor.may(right_for_step(fact.kind), unit_id)
