"""Customers, sites and contacts."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from yinuo.domains.customers.types import (
    Branch,
    ConsentView,
    ContactRow,
    CustomerRow,
    CustomerVisitView,
    SiteRow,
)
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    day_or_none,
    id_or_none,
    instant,
)


class CustomerShape(BaseModel):
    """A company we serve."""

    id: IdText
    version: int
    name: str
    short_name: str
    unit_id: IdText
    unit_name: str
    notes: str
    parent_id: IdText | None
    parent_name: str
    active: bool


class Customers(BaseModel):
    """A page of customers."""

    items: list[CustomerShape]
    next_cursor: str


class SiteShape(BaseModel):
    """A place of a customer; its zone decides the local time of promises."""

    id: IdText
    version: int
    customer_id: IdText
    name: str
    address: str
    zone: str
    latitude: str | None
    longitude: str | None
    price_zone: str
    active: bool


class Sites(BaseModel):
    """A page of sites."""

    items: list[SiteShape]
    next_cursor: str


class ConsentShape(BaseModel):
    """What a contact allowed or refused, the newest word on each purpose."""

    purpose: Literal["call", "mail", "survey"]
    given: bool
    given_at: InstantText
    how: str
    recorded_by: str


class ContactShape(BaseModel):
    """A person at the customer."""

    id: IdText
    version: int
    customer_id: IdText
    customer_name: str
    site_id: IdText | None
    name: str
    title: str
    email: str
    phones: list[str]
    roles: list[str]
    consents: list[ConsentShape]
    active: bool


class Contacts(BaseModel):
    """A page of contacts."""

    items: list[ContactShape]
    next_cursor: str


class BranchShape(BaseModel):
    """A company in a customer's tree; `level` 0 is the top one."""

    id: IdText
    name: str
    level: int
    active: bool


class Tree(BaseModel):
    """The companies above and below a customer, himself included, from the top."""

    items: list[BranchShape]


class MadeShape(BaseModel):
    """What was made, and is not changed afterwards."""

    id: IdText


class CustomerVisitShape(BaseModel):
    """A call on a customer; `number` 1 is the first visit."""

    id: IdText
    number: int
    visited_on: DayText
    visitors: str
    purpose: str
    outcome: str
    again_on: DayText | None
    site_name: str
    contact_name: str
    recorded_by: str


class CustomerVisits(BaseModel):
    """A page of calls on a customer."""

    items: list[CustomerVisitShape]
    next_cursor: str


def customer(row: CustomerRow) -> dict[str, Any]:
    """CustomerShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "name": row.name,
        "short_name": row.short_name,
        "unit_id": str(row.unit_public_id),
        "unit_name": row.unit_name,
        "notes": row.notes,
        "parent_id": id_or_none(row.parent_public_id),
        "parent_name": row.parent_name,
        "active": row.active,
    }


def site(row: SiteRow) -> dict[str, Any]:
    """SiteShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "customer_id": str(row.customer_public_id),
        "name": row.name,
        "address": row.address,
        "zone": row.zone,
        "latitude": None if row.latitude is None else str(row.latitude),
        "longitude": None if row.longitude is None else str(row.longitude),
        "price_zone": row.price_zone,
        "active": row.active,
    }


def contact(row: ContactRow) -> dict[str, Any]:
    """ContactShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "site_id": id_or_none(row.site_public_id),
        "name": row.name,
        "title": row.title,
        "email": row.email,
        "phones": list(row.phones),
        "roles": list(row.roles),
        "consents": [consent(one) for one in row.consents],
        "active": row.active,
    }


def consent(row: ConsentView) -> dict[str, Any]:
    """ConsentShape."""
    return {
        "purpose": row.purpose,
        "given": row.given,
        "given_at": instant(row.given_at),
        "how": row.how,
        "recorded_by": row.recorded_by,
    }


def branch(row: Branch) -> dict[str, Any]:
    """BranchShape."""
    return {
        "id": str(row.public_id),
        "name": row.name,
        "level": row.level,
        "active": row.active,
    }


def customer_visit(row: CustomerVisitView) -> dict[str, Any]:
    """CustomerVisitShape."""
    return {
        "id": str(row.public_id),
        "number": row.number,
        "visited_on": row.visited_on.isoformat(),
        "visitors": row.visitors,
        "purpose": row.purpose,
        "outcome": row.outcome,
        "again_on": day_or_none(row.again_on),
        "site_name": row.site_name,
        "contact_name": row.contact_name,
        "recorded_by": row.recorded_by,
    }
