"""`/contacts`: list, read, create, edit."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.customers.selectors import get_contact, list_contacts
from yinuo.domains.customers.services import (
    ConsentData,
    create_contact,
    edit_contact,
    record_consent,
)
from yinuo.domains.customers.types import PURPOSES
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Id,
    Input,
    Instant,
    Label,
    Paging,
    PathId,
    Version,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import customers as shapes

resource = Resource("contacts")

Phones = Annotated[list[Annotated[str, text(40)]], Field(max_length=10)]
Roles = Annotated[list[Annotated[str, text(40)]], Field(max_length=20)]
Email = Annotated[str, text(254)]


class ContactFilters(Paging):
    """Which contacts to list."""

    customer_id: Id | None = None


class ContactInput(Input):
    """A new contact; the site must be the customer's own."""

    customer_id: Id
    name: Label
    phones: Phones = []
    site_id: Id | None = None
    title: Label = ""
    email: Email = ""
    roles: Roles = []


class ContactEdit(Input):
    """A contact, all of it; `phones` replaces the former numbers."""

    version: Version
    name: Label
    phones: Phones
    site_id: Id | None
    title: Label
    email: Email
    roles: Roles
    active: bool


class ConsentInput(Input):
    """What a contact said; a purpose left out or null stays as it is. `given_at`: left out, now."""

    call: bool | None = None
    mail: bool | None = None
    survey: bool | None = None
    how: Literal["phone", "paper", "contract", "mail", "web"]
    given_at: Instant | None = None

    def data(self) -> ConsentData:
        """The same for the service."""
        said = {purpose: getattr(self, purpose) for purpose in PURPOSES}
        answers = {purpose: given for purpose, given in said.items() if given is not None}
        return ConsentData(answers, self.how, self.given_at)


@resource.reads("", name="list_contacts", right=Permission.CUSTOMER_READ, gives=shapes.Contacts)
def list_all(request: ApiRequest, filters: Query[ContactFilters]) -> HttpResponse:
    """Visible contacts with their numbers."""
    page = list_contacts(
        request.auth.actor,
        customer_id=filters.customer_id,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.contact)


@resource.writes("POST", "", name="create_contact", right=Permission.CUSTOMER_WRITE, status=201)
def create_one(request: ApiRequest, data: ContactInput) -> HttpResponse:
    """Add a contact to a customer."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            create_contact(
                actor=call.actor,
                customer_id=data.customer_id,
                name=data.name,
                phones=data.phones,
                site_id=data.site_id,
                title=data.title,
                email=data.email,
                roles=data.roles,
                now=call.now,
            )
        ),
        status=201,
    )


@resource.reads(
    "/{contact_id}",
    name="get_contact",
    right=Permission.CUSTOMER_READ,
    gives=shapes.ContactShape,
)
def get_one(request: ApiRequest, contact_id: PathId) -> HttpResponse:
    """One contact."""
    return shown(shapes.contact(get_contact(request.auth.actor, contact_id)))


@resource.writes("PUT", "/{contact_id}", name="edit_contact", right=Permission.CUSTOMER_WRITE)
def edit_one(request: ApiRequest, contact_id: PathId, data: ContactEdit) -> HttpResponse:
    """Replace a contact's data."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: edit_contact(
            actor=call.actor,
            contact_id=contact_id,
            version=data.version,
            name=data.name,
            phones=data.phones,
            site_id=data.site_id,
            title=data.title,
            email=data.email,
            active=data.active,
            roles=data.roles,
            now=call.now,
        ),
        lambda: shapes.contact(get_contact(call.actor, contact_id)),
    )


@resource.writes(
    "POST",
    "/{contact_id}/consents",
    name="record_contact_consent",
    right=Permission.CUSTOMER_WRITE,
    status=201,
)
def consent_one(request: ApiRequest, contact_id: PathId, data: ConsentInput) -> HttpResponse:
    """Record what a contact allowed or refused; the newest word counts."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            record_consent(actor=call.actor, contact_id=contact_id, data=data.data(), now=call.now)
        ),
        status=201,
    )
