"""Reading the customer file; every function is limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from yinuo.domains.customers.consents import newest_consents
from yinuo.domains.customers.models import Contact, Customer, CustomerVisit, Site
from yinuo.domains.customers.policies import visible_contacts, visible_customers, visible_sites
from yinuo.domains.customers.types import (
    ConsentView,
    ContactRow,
    CustomerRow,
    CustomerVisitView,
    SiteRow,
)
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.paging import Page, chosen_order, page_of
from yinuo.platform.scoped import one_of

CUSTOMER_ORDERS = {"name": ("name_key", "id"), "newest": ("-id",)}


def list_customers(
    actor: Actor, *, text: str = "", sort: str = "", cursor: str = "", limit: int = 50
) -> Page[CustomerRow]:
    """Visible customers, by name or as `sort` says; `text` narrows by name or short name."""
    customers = visible_customers(actor).select_related("unit", "parent")
    if text.strip():
        word = text.strip()
        customers = customers.filter(Q(name__holds=word) | Q(short_name__holds=word))
    order = chosen_order(CUSTOMER_ORDERS, sort)
    page = page_of(customers, order=order, cursor=cursor, limit=limit)
    return page.map(lambda customer: _customer_row(actor, customer))


def get_customer(actor: Actor, public_id: object) -> CustomerRow:
    """One visible customer; NotFound otherwise."""
    customers = visible_customers(actor).select_related("unit", "parent")
    return _customer_row(actor, one_of(customers, public_id))


def list_customer_visits(
    actor: Actor, customer_id: object, *, cursor: str = "", limit: int = 20
) -> Page[CustomerVisitView]:
    """Calls on a visible customer, newest first, each with its number; the first visit is 1."""
    customer = one_of(visible_customers(actor), customer_id)
    visits = CustomerVisit.objects.filter(customer=customer).select_related("site", "contact")
    numbered = visits.annotate(
        number=Window(RowNumber(), order_by=[F("visited_on").asc(), F("id").asc()])
    )
    page = page_of(visits, order=("-visited_on", "-id"), cursor=cursor, limit=limit)
    numbers = dict(numbered.values_list("id", "number"))
    return page.map(lambda row: _visit_view(row, numbers[row.pk]))


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
    page = page_of(contacts, order=("id",), cursor=cursor, limit=limit)
    consents = newest_consents(row.pk for row in page.items)
    return page.map(lambda row: _contact_row(row, consents[row.pk]))


def get_contact(actor: Actor, public_id: object) -> ContactRow:
    """One visible contact; NotFound otherwise."""
    row = one_of(_with_phones(visible_contacts(actor)), public_id)
    return _contact_row(row, newest_consents([row.pk])[row.pk])


def visit_days(customer_id: int) -> list[tuple[date, date | None]]:
    """When a customer (internal id) was called on and when to go again, the first call leading."""
    visits = CustomerVisit.objects.filter(customer_id=customer_id).order_by("visited_on", "id")
    return list(visits.values_list("visited_on", "again_on"))


def _with_phones(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    return contacts.select_related("customer", "site", "user").prefetch_related("phones")


def _customer_row(actor: Actor, customer: Customer) -> CustomerRow:
    parent = customer.parent
    if parent is not None and parent.unit_id not in actor.units_for(Permission.CUSTOMER_READ):
        parent = None
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
        parent_public_id=parent.public_id if parent else None,
        parent_name=parent.name if parent else "",
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
        latitude=site.latitude,
        longitude=site.longitude,
        price_zone=site.price_zone,
    )


def _contact_row(contact: Contact, consents: Iterable[ConsentView]) -> ContactRow:
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
        roles=tuple(contact.roles),
        consents=tuple(consents),
    )


def _visit_view(row: CustomerVisit, number: int) -> CustomerVisitView:
    return CustomerVisitView(
        public_id=row.public_id,
        number=number,
        visited_on=row.visited_on,
        visitors=row.visitors,
        purpose=row.purpose,
        outcome=row.outcome,
        again_on=row.again_on,
        site_name=row.site.name if row.site else "",
        contact_name=row.contact.name if row.contact else "",
        recorded_by=row.recorded_by,
    )
