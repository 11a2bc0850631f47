"""`/contacts`: list, read, create, edit."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.customers.selectors import get_contact, list_contacts
from yinuo.domains.customers.services import create_contact, edit_contact
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Label, Paging, PathId, Version, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import customers as shapes

resource = Resource("contacts")

Phones = Annotated[list[Annotated[str, text(40)]], Field(max_length=10)]
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


class ContactEdit(Input):
    """A contact, all of it; `phones` replaces the former numbers."""

    version: Version
    name: Label
    phones: Phones
    site_id: Id | None
    title: Label
    email: Email
    active: bool


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
            now=call.now,
        ),
        lambda: shapes.contact(get_contact(call.actor, contact_id)),
    )
