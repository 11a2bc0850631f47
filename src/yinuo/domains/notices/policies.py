"""A person sees his own notices; whoever manages the outbox sees those of his units."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.models import Notice
from yinuo.domains.notices.types import Channel


def own_notices(actor: Actor) -> QuerySet[Notice]:
    """What this person was told in the app."""
    if actor.person_id is None or not actor.may(Permission.NOTICE_READ):
        return Notice.objects.none()
    return Notice.objects.filter(person_id=actor.person_id, channel=Channel.APP)


def managed_notices(actor: Actor) -> QuerySet[Notice]:
    """Everything told about cases of the units whose outbox the actor manages."""
    return Notice.objects.filter(unit_id__any=actor.units_for(Permission.OUTBOX_MANAGE))
