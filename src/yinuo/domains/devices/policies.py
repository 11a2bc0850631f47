"""Whose phones and whose unsettled operations an actor sees."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yinuo.domains.devices.models import ArrivalProof, Device, Operation, PhotoUpload
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Forbidden


def person_of(actor: Actor) -> int:
    """The person who sends; Forbidden for an actor that is none."""
    if actor.person_id is None:
        raise Forbidden
    return actor.person_id


def own_devices(actor: Actor) -> QuerySet[Device]:
    """The actor's own phones."""
    return Device.objects.filter(person_id=person_of(actor))


def visible_devices(actor: Actor) -> QuerySet[Device]:
    """His own, and those of people in units where he keeps the accounts."""
    units = actor.units_for(Permission.PERSON_WRITE)
    return Device.objects.filter(Q(person_id=actor.person_id) | Q(person__unit_id__any=units))


def own_operations(actor: Actor) -> QuerySet[Operation]:
    """What the actor sent himself."""
    return Operation.objects.filter(person_id=person_of(actor))


def visible_operations(actor: Actor) -> QuerySet[Operation]:
    """His own, and those on sheets that he gives to people."""
    orders = visible_work_orders(actor, Permission.WORK_ORDER_ASSIGN).values("id")
    return Operation.objects.filter(Q(person_id=actor.person_id) | Q(work_order_id__in=orders))


def visible_arrivals(actor: Actor) -> QuerySet[ArrivalProof]:
    """How arrivals were shown, on visible sheets."""
    orders = visible_work_orders(actor).values("id")
    return ArrivalProof.objects.filter(operation__work_order_id__in=orders)


def own_uploads(actor: Actor) -> QuerySet[PhotoUpload]:
    """Photographs the actor is sending."""
    return PhotoUpload.objects.filter(person_id=person_of(actor))
