"""Which requests an actor sees and works on: those of the units where he holds the right."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.models import Request

# Which right each step needs; whatever is not named is ordinary work.
_RIGHT_FOR = {
    "confirmed_by_customer": Permission.REQUEST_CLOSE,
    "archived": Permission.REQUEST_CLOSE,
    "cancelled": Permission.REQUEST_CLOSE,
    "reopened": Permission.REQUEST_CLOSE,
    "merged": Permission.REQUEST_CLOSE,
}


def visible_requests(
    actor: Actor, permission: Permission = Permission.REQUEST_READ
) -> QuerySet[Request]:
    """Requests in the units where the actor holds the right."""
    return Request.objects.filter(unit_id__any=actor.units_for(permission))


def right_for_step(kind: str) -> Permission:
    """The right that recording a fact of this kind needs."""
    return _RIGHT_FOR.get(kind, Permission.REQUEST_WORK)


def may_correct(actor: Actor, fact: FactView, unit_id: int) -> bool:
    """One's own entries with the right to record them, others' with the right to correct."""
    if actor.may(Permission.REQUEST_CORRECT, unit_id):
        return True
    is_own = actor.user_id is not None and fact.recorded_by == actor.user_id
    return is_own and actor.may(right_for_step(fact.kind), unit_id)
