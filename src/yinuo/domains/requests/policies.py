"""Which requests an actor sees and works on: those of the units where he holds the right."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.models import Request

# Which right each step needs; whatever is not named is ordinary work.
_RIGHT_FOR = {
    "confirmed_by_customer": Permission.REQUEST_CLOSE,
    "archived": Permission.REQUEST_CLOSE,
    "cancelled": Permission.REQUEST_CLOSE,
    "reopened": Permission.REQUEST_CLOSE,
}


def visible_requests(
    actor: Actor, permission: Permission = Permission.REQUEST_READ
) -> QuerySet[Request]:
    """Requests in the units where the actor holds the right."""
    return Request.objects.filter(unit_id__any=actor.units_for(permission))


def right_for_step(kind: str) -> Permission:
    """The right that recording a fact of this kind needs."""
    return _RIGHT_FOR.get(kind, Permission.REQUEST_WORK)
