"""What the customer file hands to others: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as lists and heads show it."""

    id: int
    public_id: UUID
    version: int
    name: str
    short_name: str
    unit_id: int
    unit_public_id: UUID
    unit_name: str
    notes: str
    active: bool


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A customer's site."""

    id: int
    public_id: UUID
    version: int
    customer_public_id: UUID
    name: str
    address: str
    zone: str
    active: bool


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact with all numbers, as typed. `username` is empty without an account;
    `may_sign_in` is false for one that was withdrawn."""

    id: int
    public_id: UUID
    version: int
    customer_public_id: UUID
    customer_name: str
    site_public_id: UUID | None
    name: str
    title: str
    email: str
    phones: tuple[str, ...]
    active: bool
    username: str = ""
    may_sign_in: bool = False


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who may be on the line, and why we think so."""

    customer_public_id: UUID
    customer_name: str
    contact_public_id: UUID | None
    contact_name: str
    phone: str
    matched: str


@dataclass(frozen=True, slots=True)
class Place:
    """A customer with the site and contact a request names, all resolved in the actor's scope."""

    customer_id: int
    customer_public_id: UUID
    customer_name: str
    unit_id: int
    unit_code: str
    site_id: int | None
    site_public_id: UUID | None
    zone: str
    contact_id: int | None
    contact_public_id: UUID | None
    contact_name: str
    contact_phone: str
