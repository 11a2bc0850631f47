"""Who is calling: by part of a number, or by name of a contact or company; and the place a
request names."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Reverse
from django.utils.translation import gettext as _

from yinuo.domains.customers.models import Contact, ContactPhone, Site
from yinuo.domains.customers.phones import is_phone, phone_digits
from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.customers.types import Caller, Place
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.scoped import one_of

MOST_CALLERS = 8
FEWEST_LETTERS = 2


def find_callers(actor: Actor, text: str) -> list[Caller]:
    """People and companies that fit what was typed, best first, at most eight.

    Digits are compared with the start and the end of known numbers; other text with names.
    `matched` says which: phone, contact or customer.
    """
    text = text.strip()
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
    customer = one_of(visible_customers(actor, permission).select_related("unit"), customer_id)
    site = one_of(Site.objects.filter(customer=customer), site_id) if site_id else None
    contact = None
    if contact_id:
        contacts = Contact.objects.filter(customer=customer).prefetch_related("phones")
        contact = one_of(contacts, contact_id)
    phones = list(contact.phones.all()) if contact else []
    return Place(
        customer_id=customer.pk,
        customer_public_id=customer.public_id,
        customer_name=customer.name,
        unit_id=customer.unit_id,
        unit_code=customer.unit.code,
        site_id=site.pk if site else None,
        site_public_id=site.public_id if site else None,
        zone=site.zone if site else "Asia/Shanghai",
        contact_id=contact.pk if contact else None,
        contact_public_id=contact.public_id if contact else None,
        contact_name=contact.name if contact else "",
        contact_phone=phones[0].number if phones else "",
    )


def _by_phone(actor: Actor, digits: str) -> list[Caller]:
    phones = (
        ContactPhone.objects.annotate(backwards=Reverse("digits"))
        .filter(Q(digits__startswith=digits) | Q(backwards__startswith=digits[::-1]))
        .filter(
            contact__active=True,
            contact__customer__unit_id__any=actor.units_for(Permission.CUSTOMER_READ),
        )
        .select_related("contact__customer")
        .order_by("digits", "id")[:MOST_CALLERS]
    )
    return [_caller(phone.contact, phone.number, "phone") for phone in phones]


def _by_contact(actor: Actor, text: str) -> list[Caller]:
    contacts = (
        Contact.objects.filter(
            name__icontains=text,
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
        .filter(Q(name__icontains=text) | Q(short_name__icontains=text), active=True)
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
