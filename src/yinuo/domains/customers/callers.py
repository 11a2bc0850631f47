"""Who is calling: by part of a number, or by name of a contact or company; and the place a
request names."""

from __future__ import annotations

import unicodedata

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Reverse
from django.utils.translation import gettext as _

from yinuo.domains.customers.models import Contact, ContactPhone
from yinuo.domains.customers.phones import is_phone, phone_digits
from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.customers.types import Caller, Place
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.scoped import identity

MOST_CALLERS = 8
FEWEST_LETTERS = 2

# Hand-written: it runs for every request opened and answers what four queries would. The scope
# is part of it, and a site or contact of another customer does not join. Columns as in Place.
_PLACE = """
SELECT customer.id, customer.public_id, customer.name, customer.unit_id, unit.code,
    site.id, site.public_id, coalesce(site.zone, 'Asia/Shanghai'),
    contact.id, contact.public_id, coalesce(contact.name, ''),
    coalesce((SELECT phone.number FROM customers_phone AS phone
              WHERE phone.contact_id = contact.id ORDER BY phone.id LIMIT 1), '')
FROM customers_customer AS customer
JOIN network_unit AS unit ON unit.id = customer.unit_id
LEFT JOIN customers_site AS site
    ON site.customer_id = customer.id AND site.public_id = %s::uuid
LEFT JOIN customers_contact AS contact
    ON contact.customer_id = customer.id AND contact.public_id = %s::uuid
WHERE customer.public_id = %s::uuid AND customer.unit_id = ANY(%s::bigint[])
"""


def find_callers(actor: Actor, text: str) -> list[Caller]:
    """People and companies that fit what was typed, best first, at most eight.

    Digits are looked for in known numbers, whole numbers and endings first; other text in names of
    any width. `matched` says which: phone, contact or customer.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if is_phone(text):
        return _by_phone(actor, phone_digits(text))
    if len(text) < FEWEST_LETTERS:
        return []
    return (_by_contact(actor, text) + _by_company(actor, text))[:MOST_CALLERS]


def resolve_place(
    actor: Actor,
    permission: Permission,
    *,
    customer_id: object,
    site_id: object = None,
    contact_id: object = None,
) -> Place:
    """Customer, site and contact of a new request, each within the actor's scope (R02).

    Raises NotFound for what the actor cannot see, InvalidInput without customer. A site or
    contact of another customer counts as absent.
    """
    if not customer_id:
        raise InvalidInput({"customer_id": _("Choose the customer first.")})
    site = identity(site_id) if site_id else None
    contact = identity(contact_id) if contact_id else None
    units = list(actor.units_for(permission))
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [site, contact, identity(customer_id), units])
        row = cursor.fetchone()
    place = Place(*row) if row else None
    if place is None or (site and not place.site_id) or (contact and not place.contact_id):
        raise NotFound
    return place


def _by_phone(actor: Actor, digits: str) -> list[Caller]:
    """The whole number first, then its end (what people give on the phone), its start, the rest.

    Each step is asked only while fewer than eight are found; only the last needs the costly index.
    """
    phones = ContactPhone.objects.filter(
        contact__active=True,
        contact__customer__unit_id__any=actor.units_for(Permission.CUSTOMER_READ),
    ).select_related("contact__customer")
    backwards = phones.alias(backwards=Reverse("digits"))
    steps = (
        phones.filter(digits=digits),
        backwards.filter(_begins("backwards", digits[::-1])),
        phones.filter(_begins("digits", digits)),
        phones.filter(digits__holds=digits),
    )
    found: dict[int, ContactPhone] = {}
    for step in steps:
        # Those found before would come again: whole numbers end and begin with themselves.
        room = MOST_CALLERS + len(found)
        for phone in step.order_by("digits", "id")[:room]:
            found.setdefault(phone.pk, phone)
        if len(found) >= MOST_CALLERS:
            break
    first = list(found.values())[:MOST_CALLERS]
    return [_caller(phone.contact, phone.number, "phone") for phone in first]


def _begins(name: str, digits: str) -> Q:
    """Texts of digits that begin so, as a range that an index of any collation finds."""
    condition = Q(**{f"{name}__gte": digits})
    stem = digits.rstrip("9")
    if stem:
        after = stem[:-1] + str(int(stem[-1]) + 1)
        condition &= Q(**{f"{name}__lt": after})
    return condition


def _by_contact(actor: Actor, text: str) -> list[Caller]:
    contacts = (
        Contact.objects.filter(
            name__holds=text,
            active=True,
            customer__unit_id__any=actor.units_for(Permission.CUSTOMER_READ),
        )
        .select_related("customer")
        .prefetch_related("phones")
        .order_by("name_key", "id")[:MOST_CALLERS]
    )
    return [
        _caller(contact, next((p.number for p in contact.phones.all()), ""), "contact")
        for contact in contacts
    ]


def _by_company(actor: Actor, text: str) -> list[Caller]:
    customers = (
        visible_customers(actor)
        .filter(Q(name__holds=text) | Q(short_name__holds=text), active=True)
        .order_by("name_key", "id")[:MOST_CALLERS]
    )
    return [
        Caller(
            customer_public_id=customer.public_id,
            customer_name=customer.name,
            contact_public_id=None,
            contact_name="",
            phone="",
            matched="customer",
        )
        for customer in customers
    ]


def _caller(contact: Contact, number: str, matched: str) -> Caller:
    return Caller(
        customer_public_id=contact.customer.public_id,
        customer_name=contact.customer.name,
        contact_public_id=contact.public_id,
        contact_name=contact.name,
        phone=number,
        matched=matched,
    )
