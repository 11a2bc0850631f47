"""Customers, sites and contacts."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.customers.types import ContactRow, CustomerRow, SiteRow
from yinuo.surfaces.api.shapes.values import IdText, id_or_none


class CustomerShape(BaseModel):
    """A company we serve."""

    id: IdText
    version: int
    name: str
    short_name: str
    unit_id: IdText
    unit_name: str
    notes: str
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
    active: bool


class Sites(BaseModel):
    """A page of sites."""

    items: list[SiteShape]
    next_cursor: str


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
    active: bool


class Contacts(BaseModel):
    """A page of contacts."""

    items: list[ContactShape]
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
        "active": row.active,
    }
