"""Contacts of a customer and their numbers: make and change."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.customers.selectors import get_contact
from yinuo.domains.customers.services import create_contact, edit_contact
from yinuo.domains.network.types import Actor
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.customer_file import site_choices
from yinuo.surfaces.console.editing import FormPage, form_page, posted
from yinuo.surfaces.console.views.archive.customers import (
    address_of,
    back_to,
    writable_customer,
)
from yinuo.surfaces.console.views.archive.forms import ContactForm

PART = "contacts"


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Another contact of the customer."""
    actor: Actor = actor_of(request)
    customer = writable_customer(actor, customer_id)
    form = ContactForm(posted(request), sites=site_choices(actor, customer_id), initial={})

    def save() -> UUID:
        values = form.values()
        return create_contact(
            actor=actor, customer_id=customer_id, **values, now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("New contact"),
            form=form,
            route=f"console.contacts.new.{customer_id}",
            save=save,
            done=lambda _made: address_of(customer_id, PART),
            back=back_to(customer, PART),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Change a contact; the numbers replace the former ones."""
    actor = actor_of(request)
    row = get_contact(actor, contact_id)
    customer = writable_customer(actor, row.customer_public_id)
    names = ("name", "title", "email", "phones", "roles", "active", "version")
    initial = {name: getattr(row, name) for name in names}
    initial["site_id"] = str(row.site_public_id or "")
    choices = site_choices(actor, customer.public_id, chosen=row.site_public_id)
    form = ContactForm(posted(request), sites=choices, initial=initial)

    def save() -> UUID:
        values = form.values()
        return edit_contact(
            actor=actor, contact_id=contact_id, **values, now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=row.name,
            form=form,
            route=f"console.contacts.edit.{contact_id}",
            save=save,
            done=lambda _made: address_of(customer.public_id, PART),
            back=back_to(customer, PART),
        ),
    )
