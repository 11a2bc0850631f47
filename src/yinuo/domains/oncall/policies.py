"""Who sees and makes rotas."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.models import Rota, Turn


def visible_rotas(actor: Actor, permission: Permission = Permission.DUTY_READ) -> QuerySet[Rota]:
    """Rotas of the units where the actor holds the right."""
    return Rota.objects.filter(unit_id__any=actor.units_for(permission), active=True)


def visible_turns(actor: Actor, permission: Permission = Permission.DUTY_READ) -> QuerySet[Turn]:
    """Turns that count, of such rotas."""
    units = actor.units_for(permission)
    return Turn.objects.filter(rota__unit_id__any=units, cancelled_at__isnull=True)
