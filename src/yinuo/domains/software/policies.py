"""Who sees software versions and what was given of them: versions are the company's, deliveries
and help belong to the unit of the customer."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.software.models import SoftwareDelivery, SoftwareHelp, SoftwareRelease


def visible_releases(
    actor: Actor, permission: Permission = Permission.SOFTWARE_READ
) -> QuerySet[SoftwareRelease]:
    """Versions belong to the whole company: who holds the right anywhere reads all of them."""
    if actor.may(permission):
        return SoftwareRelease.objects.all()
    return SoftwareRelease.objects.none()


def visible_deliveries(actor: Actor) -> QuerySet[SoftwareDelivery]:
    """What was given to customers of units where the actor holds the right."""
    units = actor.units_for(Permission.SOFTWARE_READ)
    return SoftwareDelivery.objects.filter(asset__customer__unit_id__any=units)


def visible_helps(actor: Actor) -> QuerySet[SoftwareHelp]:
    """The help given to those customers."""
    units = actor.units_for(Permission.SOFTWARE_READ)
    return SoftwareHelp.objects.filter(asset__customer__unit_id__any=units)
