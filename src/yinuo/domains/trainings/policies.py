"""Which trainings an actor sees: his units', those for customers he sees, and his own."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.trainings.models import Participant, Training


def visible_trainings(
    actor: Actor, permission: Permission = Permission.TRAINING_READ
) -> QuerySet[Training]:
    """Trainings held by units where the actor holds the right. For reading also those for
    customers of such units, those in which their people take part, and his own."""
    units = actor.units_for(permission)
    seen = Q(unit_id__any=units)
    if permission is Permission.TRAINING_READ:
        seen |= Q(customer__unit_id__any=units)
        people = Q(person__unit_id__any=units)
        if _has_own(actor):
            people |= Q(person_id=actor.person_id)
            seen |= Q(trainer_id=actor.person_id)
        seen |= Q(pk__in=Participant.objects.filter(people).values("training_id"))
    return Training.objects.filter(seen)


def recordable_trainings(actor: Actor) -> QuerySet[Training]:
    """Trainings whose course he may record: those he may plan, and those he gives."""
    seen = Q(unit_id__any=actor.units_for(Permission.TRAINING_WRITE))
    if _has_own(actor):
        seen |= Q(trainer_id=actor.person_id)
    return Training.objects.filter(seen)


def visible_participants(actor: Actor) -> QuerySet[Participant]:
    """Who takes part: everybody of trainings he oversees or gives, else himself alone.

    How a colleague did is nobody's business but his unit's and his trainer's.
    """
    units = actor.units_for(Permission.TRAINING_READ)
    seen = (
        Q(training__unit_id__any=units)
        | Q(training__customer__unit_id__any=units)
        | Q(person__unit_id__any=units)
    )
    if _has_own(actor):
        seen |= Q(training__trainer_id=actor.person_id) | Q(person_id=actor.person_id)
    return Participant.objects.filter(seen)


def _has_own(actor: Actor) -> bool:
    rights = (Permission.TRAINING_READ, Permission.TRAINING_OWN)
    return actor.person_id is not None and any(actor.may(one) for one in rights)
