"""Visitors: contacts of customers who sign in themselves, and what they see of the customer file.

A visitor belongs to exactly one customer; whatever he reads or sends is limited to that one.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from yinuo.domains.customers.models import ContactPhone, Site
from yinuo.platform.database.fence import fenced
from yinuo.platform.errors import SignInNeeded

DEFAULT_ZONE = "Asia/Shanghai"

# Whoever works here is never a visitor, even if a contact should carry his account.
_OF_USER = """
SELECT account.id, contact.id, contact.public_id, contact.name, customer.id, customer.public_id,
    customer.name, customer.unit_id, coalesce(site.zone, %s)
FROM customers_contact AS contact
JOIN accounts_user AS account ON account.id = contact.user_id AND account.is_active
JOIN customers_customer AS customer ON customer.id = contact.customer_id AND customer.active
LEFT JOIN customers_site AS site ON site.id = contact.site_id
WHERE contact.user_id = %s AND contact.active
    AND NOT EXISTS (SELECT FROM network_person AS person WHERE person.user_id = contact.user_id)
"""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A customer's contact who is signed in. `zone` is the local time of his site."""

    user_id: int
    contact_id: int
    contact_public_id: UUID
    name: str
    customer_id: int
    customer_public_id: UUID
    customer_name: str
    unit_id: int
    zone: str


@dataclass(frozen=True, slots=True)
class OwnSite:
    """A site of the visitor's customer that is in use."""

    id: int
    public_id: UUID
    name: str
    zone: str


def get_visitor(user_id: int) -> Visitor:
    """The visitor behind an account.

    Read anew for every call, so that a contact or customer no longer active is out at once (R06).
    Raises SignInNeeded for anybody else, people who work here included.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_USER, [DEFAULT_ZONE, user_id])
        row = cursor.fetchone()
    if row is None:
        raise SignInNeeded
    return Visitor(*row)


def reading(visitor: Visitor) -> AbstractContextManager[None]:
    """The database shows rows of the visitor's own customer only, whatever a policy forgot."""
    return fenced(customers=[visitor.customer_id])


def sites_of(visitor: Visitor) -> list[OwnSite]:
    """The sites of the visitor's customer that are in use, by their order of entry."""
    sites = Site.objects.filter(customer_id=visitor.customer_id, active=True).order_by("id")
    return [OwnSite(site.pk, site.public_id, site.name, site.zone) for site in sites]


def number_of(visitor: Visitor) -> str:
    """The visitor's own first number, as typed; empty when none is known."""
    numbers = ContactPhone.objects.filter(contact_id=visitor.contact_id).order_by("id")
    return numbers.values_list("number", flat=True).first() or ""
