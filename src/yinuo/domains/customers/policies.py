"""Which customers an actor sees and changes: those of the units where he holds the right."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.customers.models import Contact, Customer, Site
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor


def visible_customers(
    actor: Actor, permission: Permission = Permission.CUSTOMER_READ
) -> QuerySet[Customer]:
    """Customers in whose unit the actor holds the right."""
    return Customer.objects.filter(unit_id__any=actor.units_for(permission))


def visible_sites(
    actor: Actor, permission: Permission = Permission.CUSTOMER_READ
) -> QuerySet[Site]:
    """Sites of those customers."""
    return Site.objects.filter(customer__unit_id__any=actor.units_for(permission))


def visible_contacts(
    actor: Actor, permission: Permission = Permission.CUSTOMER_READ
) -> QuerySet[Contact]:
    """Contacts of those customers."""
    return Contact.objects.filter(customer__unit_id__any=actor.units_for(permission))
