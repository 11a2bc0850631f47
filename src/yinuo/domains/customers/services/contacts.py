"""Contacts and their numbers: create and edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from yinuo.domains.customers.contact_roles import contact_roles, unknown_roles
from yinuo.domains.customers.models import Contact, ContactPhone, Customer, Site
from yinuo.domains.customers.phones import is_phone, phone_digits
from yinuo.domains.customers.policies import visible_contacts, visible_customers
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.services import end_sessions
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of
from yinuo.platform.sorting import pinyin_key

NAME_LENGTH = 80
MOST_PHONES = 10


def create_contact(
    *,
    actor: Actor,
    customer_id: object,
    name: str,
    phones: Sequence[str] = (),
    site_id: object = None,
    title: str = "",
    email: str = "",
    roles: Sequence[str] = (),
    now: datetime,
) -> Contact:
    """Add a contact with any number of phones. The site must be the customer's own.

    `roles` are codes of the shipped list of what contacts are at the customer's.
    """
    customer = one_of(visible_customers(actor, Permission.CUSTOMER_WRITE), customer_id)
    _check(name, phones, title, email, roles)
    with writing(actor=actor, now=now) as work:
        contact = Contact.objects.create(
            customer=customer,
            site=_own_site(customer, site_id),
            name=name.strip(),
            name_key=pinyin_key(name.strip()),
            title=title.strip(),
            email=email.strip(),
            roles=_in_order(roles),
        )
        _set_phones(contact, phones)
        # Personal data stay out of the audit: it cannot be erased.
        work.audit(
            "contact.create",
            contact,
            after={"customer": str(customer.public_id), "roles": contact.roles},
        )
        return contact


def edit_contact(
    *,
    actor: Actor,
    contact_id: object,
    version: int,
    name: str,
    phones: Sequence[str],
    site_id: object,
    title: str,
    email: str,
    active: bool,
    roles: Sequence[str],
    now: datetime,
) -> Contact:
    """Change a contact; the list of phones replaces the former one.

    One who is no longer active cannot sign in any more, and his sessions end (R14).
    """
    contact = one_of(
        visible_contacts(actor, Permission.CUSTOMER_WRITE).select_related("customer"), contact_id
    )
    _check(name, phones, title, email, roles)
    with writing(actor=actor, now=now) as work:
        changes = {
            "name": name.strip(),
            "name_key": pinyin_key(name.strip()),
            "title": title.strip(),
            "email": email.strip(),
            "site": _own_site(contact.customer, site_id),
            "active": active,
            "roles": _in_order(roles),
        }
        before = {"active": contact.active, "roles": contact.roles}
        stored(contact, expected_version=version, changes=changes)
        _set_phones(contact, phones)
        if not active and contact.user_id is not None:
            end_sessions(user_id=contact.user_id)
        after = {"active": active, "roles": contact.roles}
        work.audit("contact.edit", contact, before=before, after=after)
        return contact


def _in_order(roles: Sequence[str]) -> list[str]:
    return [role.code for role in contact_roles() if role.code in roles]


def _own_site(customer: Customer, site_id: object) -> Site | None:
    return one_of(Site.objects.filter(customer=customer), site_id) if site_id else None


def _set_phones(contact: Contact, phones: Sequence[str]) -> None:
    wanted = {phone_digits(number): number.strip() for number in phones if number.strip()}
    ContactPhone.objects.filter(contact=contact).delete()
    ContactPhone.objects.bulk_create(
        ContactPhone(contact=contact, number=number, digits=digits)
        for digits, number in wanted.items()
    )


def _check(name: str, phones: Sequence[str], title: str, email: str, roles: Sequence[str]) -> None:
    problems: dict[str, str] = {}
    if unknown_roles(roles):
        problems["roles"] = _("Choose from the list of roles.")
    if not name.strip() or len(name) > NAME_LENGTH:
        problems["name"] = _("Give a name of at most 80 characters.")
    if len(title) > NAME_LENGTH:
        problems["title"] = _("Use at most 80 characters.")
    if len(phones) > MOST_PHONES or any(p.strip() and not is_phone(p) for p in phones):
        problems["phones"] = _("Give at most 10 numbers of 3 to 20 digits each.")
    try:
        if email.strip():
            validate_email(email.strip())
    except ValidationError:
        problems["email"] = _("This is not an e-mail address.")
    if problems:
        raise InvalidInput(problems)
