"""What the customer file hands to others: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

# What a contact may allow or refuse, and how we may have heard.
PURPOSES = ("call", "mail", "survey")
HOW_CONSENTED = ("phone", "paper", "contract", "mail", "web")


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
    parent_public_id: UUID | None = None
    parent_name: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A company in a customer's tree: `level` counts from the top visible one, which has 0."""

    public_id: UUID
    name: str
    level: int
    active: bool


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A customer's site. Latitude and longitude are degrees of WGS-84, both or none."""

    id: int
    public_id: UUID
    version: int
    customer_public_id: UUID
    name: str
    address: str
    zone: str
    active: bool
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    price_zone: str = ""


@dataclass(frozen=True, slots=True)
class ConsentView:
    """What a contact allowed or refused: `purpose` call, mail or survey; when and how."""

    purpose: str
    given: bool
    given_at: datetime
    how: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class CustomerVisitView:
    """A call on a customer. `number` 1 is the first visit; later ones are return visits."""

    public_id: UUID
    number: int
    visited_on: date
    visitors: str
    purpose: str
    outcome: str
    again_on: date | None
    site_name: str
    contact_name: str
    recorded_by: str

    @property
    def is_first(self) -> bool:
        """True for the first visit to this customer."""
        return self.number == 1


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
    roles: tuple[str, ...] = ()
    consents: tuple[ConsentView, ...] = ()


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
