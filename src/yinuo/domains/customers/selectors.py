"""Reading the customer file; every function is limited to what the actor may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yinuo.domains.customers.models import Contact, Customer, Site
from yinuo.domains.customers.policies import visible_contacts, visible_customers, visible_sites
from yinuo.domains.customers.types import ContactRow, CustomerRow, SiteRow
from yinuo.domains.network.types import Actor
from yinuo.platform.paging import Page, chosen_order, page_of
from yinuo.platform.scoped import one_of

CUSTOMER_ORDERS = {"name": ("name_key", "id"), "newest": ("-id",)}


def list_customers(
    actor: Actor, *, text: str = "", sort: str = "", cursor: str = "", limit: int = 50
) -> Page[CustomerRow]:
    """Visible customers, by name or as `sort` says; `text` narrows by name or short name."""
    customers = visible_customers(actor).select_related("unit")
    if text.strip():
        word = text.strip()
        customers = customers.filter(Q(name__holds=word) | Q(short_name__holds=word))
    order = chosen_order(CUSTOMER_ORDERS, sort)
    return page_of(customers, order=order, cursor=cursor, limit=limit).map(_customer_row)


def get_customer(actor: Actor, public_id: object) -> CustomerRow:
    """One visible customer; NotFound otherwise."""
    return _customer_row(one_of(visible_customers(actor).select_related("unit"), public_id))


def list_sites(
    actor: Actor, *, customer_id: object = None, cursor: str = "", limit: int = 50
) -> Page[SiteRow]:
    """Visible sites, of one customer when given."""
    sites = visible_sites(actor).select_related("customer")
    if customer_id is not None:
        sites = sites.filter(customer=one_of(visible_customers(actor), customer_id))
    return page_of(sites, order=("id",), cursor=cursor, limit=limit).map(_site_row)


def get_site(actor: Actor, public_id: object) -> SiteRow:
    """One visible site; NotFound otherwise."""
    return _site_row(one_of(visible_sites(actor).select_related("customer"), public_id))


def list_contacts(
    actor: Actor, *, customer_id: object = None, cursor: str = "", limit: int = 50
) -> Page[ContactRow]:
    """Visible contacts with their numbers, of one customer when given."""
    contacts = _with_phones(visible_contacts(actor))
    if customer_id is not None:
        contacts = contacts.filter(customer=one_of(visible_customers(actor), customer_id))
    return page_of(contacts, order=("id",), cursor=cursor, limit=limit).map(_contact_row)


def get_contact(actor: Actor, public_id: object) -> ContactRow:
    """One visible contact; NotFound otherwise."""
    return _contact_row(one_of(_with_phones(visible_contacts(actor)), public_id))


def _with_phones(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    return contacts.select_related("customer", "site", "user").prefetch_related("phones")


def _customer_row(customer: Customer) -> CustomerRow:
    return CustomerRow(
        id=customer.pk,
        public_id=customer.public_id,
        version=customer.version,
        name=customer.name,
        short_name=customer.short_name,
        unit_id=customer.unit_id,
        unit_public_id=customer.unit.public_id,
        unit_name=customer.unit.name,
        notes=customer.notes,
        active=customer.active,
    )


def _site_row(site: Site) -> SiteRow:
    return SiteRow(
        id=site.pk,
        public_id=site.public_id,
        version=site.version,
        customer_public_id=site.customer.public_id,
        name=site.name,
        address=site.address,
        zone=site.zone,
        active=site.active,
    )


def _contact_row(contact: Contact) -> ContactRow:
    return ContactRow(
        id=contact.pk,
        public_id=contact.public_id,
        version=contact.version,
        customer_public_id=contact.customer.public_id,
        customer_name=contact.customer.name,
        site_public_id=contact.site.public_id if contact.site else None,
        name=contact.name,
        title=contact.title,
        email=contact.email,
        phones=tuple(phone.number for phone in contact.phones.all()),
        active=contact.active,
        username=contact.user.username if contact.user else "",
        may_sign_in=contact.active and contact.user is not None and contact.user.is_active,
    )
