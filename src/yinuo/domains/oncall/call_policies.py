"""Who sees the duty log and its pay, and who writes them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.models import Call, Handover, Rota


def visible_calls(actor: Actor, permission: Permission = Permission.DUTY_READ) -> QuerySet[Call]:
    """Calls of rotas where the actor holds the right, and those that are his own."""
    seen = Q(rota__unit_id__any=actor.units_for(permission))
    if actor.person_id is None:
        return Call.objects.filter(seen)
    return Call.objects.filter(seen | Q(person_id=actor.person_id))


def visible_handovers(actor: Actor) -> QuerySet[Handover]:
    """Hand-overs to the actor himself, and those of rotas he makes."""
    made = Q(turn__rota__unit_id__any=actor.units_for(Permission.DUTY_WRITE))
    if actor.person_id is None:
        return Handover.objects.filter(made)
    return Handover.objects.filter(made | Q(to_id=actor.person_id))


def may_see_pay(actor: Actor, rota: Rota, person_id: int) -> bool:
    """One's own month, and everybody's for whoever makes the rota."""
    return person_id == actor.person_id or actor.may(Permission.DUTY_WRITE, rota.unit_id)
