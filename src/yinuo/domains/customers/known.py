"""What the customer file knows already, many rows at once: for imports and exports.

Only what a file can hold; limited to the actor's scope like every other reading.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.customers.models import Contact, Customer, Site
from yinuo.domains.customers.policies import visible_contacts, visible_customers, visible_sites
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.sorting import pinyin_key


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """A customer as a row of a file. The parent is told only to those who see it."""

    id: int
    public_id: UUID
    version: int
    name: str
    short_name: str
    unit_id: int
    unit_code: str
    parent_public_id: UUID | None
    parent_name: str
    notes: str
    active: bool


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A site as a row of a file."""

    id: int
    public_id: UUID
    version: int
    customer_public_id: UUID
    customer_name: str
    name: str
    address: str
    zone: str
    latitude: Decimal | None
    longitude: Decimal | None
    price_zone: str
    active: bool


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A contact as a row of a file: numbers as typed, and as digits to compare by."""

    id: int
    public_id: UUID
    version: int
    customer_public_id: UUID
    customer_name: str
    site_public_id: UUID | None
    site_name: str
    name: str
    title: str
    email: str
    roles: tuple[str, ...]
    phones: tuple[str, ...]
    digits: tuple[str, ...]
    active: bool


def known_customers(
    actor: Actor,
    permission: Permission,
    *,
    names: Collection[str] = (),
    public_ids: Collection[UUID] = (),
) -> list[KnownCustomer]:
    """Customers of exactly these names or ids, where the actor holds the right."""
    if not names and not public_ids:
        return []
    # By the sort key, which has an index; the name itself decides.
    keys = {pinyin_key(name) for name in names}
    found = visible_customers(actor, permission).filter(
        Q(name_key__in=keys, name__in=names) | Q(public_id__in=public_ids)
    )
    return _customers(actor, found.order_by("id"))


def known_sites(
    actor: Actor, permission: Permission, *, customer_ids: Collection[UUID], names: Collection[str]
) -> list[KnownSite]:
    """Sites of these names at these customers."""
    found = visible_sites(actor, permission).filter(
        customer__public_id__in=customer_ids, name__in=names
    )
    return _sites(found.order_by("id"))


def known_contacts(
    actor: Actor, permission: Permission, *, customer_ids: Collection[UUID], names: Collection[str]
) -> list[KnownContact]:
    """Contacts of these names at these customers."""
    found = visible_contacts(actor, permission).filter(
        customer__public_id__in=customer_ids, name__in=names
    )
    return _contacts(found.order_by("id"))


def known_sites_by_id(
    actor: Actor, permission: Permission, public_ids: Collection[UUID]
) -> list[KnownSite]:
    """Sites of these ids."""
    return _sites(visible_sites(actor, permission).filter(public_id__in=public_ids))


def known_contacts_by_id(
    actor: Actor, permission: Permission, public_ids: Collection[UUID]
) -> list[KnownContact]:
    """Contacts of these ids."""
    return _contacts(visible_contacts(actor, permission).filter(public_id__in=public_ids))


def customers_after(actor: Actor, last_id: int, limit: int) -> list[KnownCustomer]:
    """The next visible customers behind a row number, in the order they were made."""
    found = visible_customers(actor).filter(id__gt=last_id)
    return _customers(actor, found.order_by("id")[:limit])


def sites_after(actor: Actor, last_id: int, limit: int) -> list[KnownSite]:
    """The next visible sites behind a row number."""
    return _sites(visible_sites(actor).filter(id__gt=last_id).order_by("id")[:limit])


def contacts_after(actor: Actor, last_id: int, limit: int) -> list[KnownContact]:
    """The next visible contacts behind a row number."""
    return _contacts(visible_contacts(actor).filter(id__gt=last_id).order_by("id")[:limit])


def _customers(actor: Actor, found: QuerySet[Customer]) -> list[KnownCustomer]:
    readable = actor.units_for(Permission.CUSTOMER_READ)
    rows = []
    for one in found.select_related("unit", "parent"):
        parent = one.parent if one.parent and one.parent.unit_id in readable else None
        rows.append(
            KnownCustomer(
                id=one.pk,
                public_id=one.public_id,
                version=one.version,
                name=one.name,
                short_name=one.short_name,
                unit_id=one.unit_id,
                unit_code=one.unit.code,
                parent_public_id=parent.public_id if parent else None,
                parent_name=parent.name if parent else "",
                notes=one.notes,
                active=one.active,
            )
        )
    return rows


def _sites(found: QuerySet[Site]) -> list[KnownSite]:
    return [
        KnownSite(
            id=one.pk,
            public_id=one.public_id,
            version=one.version,
            customer_public_id=one.customer.public_id,
            customer_name=one.customer.name,
            name=one.name,
            address=one.address,
            zone=one.zone,
            latitude=one.latitude,
            longitude=one.longitude,
            price_zone=one.price_zone,
            active=one.active,
        )
        for one in found.select_related("customer")
    ]


def _contacts(found: QuerySet[Contact]) -> list[KnownContact]:
    return [
        KnownContact(
            id=one.pk,
            public_id=one.public_id,
            version=one.version,
            customer_public_id=one.customer.public_id,
            customer_name=one.customer.name,
            site_public_id=one.site.public_id if one.site else None,
            site_name=one.site.name if one.site else "",
            name=one.name,
            title=one.title,
            email=one.email,
            roles=tuple(one.roles),
            phones=tuple(phone.number for phone in one.phones.all()),
            digits=tuple(phone.digits for phone in one.phones.all()),
            active=one.active,
        )
        for one in found.select_related("customer", "site").prefetch_related("phones")
    ]
