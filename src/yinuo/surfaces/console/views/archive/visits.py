"""Calls on a customer by our people: the list, and a form to add one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.customers.selectors import list_contacts
from yinuo.domains.customers.services import record_visit
from yinuo.platform.paging import MOST_PER_PAGE
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.customer_file import site_choices
from yinuo.surfaces.console.editing import FormPage, form_page, posted
from yinuo.surfaces.console.views.archive.customers import (
    address_of,
    back_to,
    writable_customer,
)
from yinuo.surfaces.console.views.archive.file_forms import VisitForm

PART = "visits"


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Record a call on the customer."""
    actor = actor_of(request)
    customer = writable_customer(actor, customer_id)
    contacts = list_contacts(actor, customer_id=customer_id, limit=MOST_PER_PAGE).items
    form = VisitForm(
        posted(request),
        sites=site_choices(actor, customer_id),
        contacts=[(str(one.public_id), one.name) for one in contacts if one.active],
        initial={"visited_on": timezone.localdate(), "visitors": actor.label},
    )

    def save() -> UUID:
        data, now = form.visit(), timezone.now()
        return record_visit(actor=actor, customer_id=customer_id, data=data, now=now).public_id

    return form_page(
        request,
        FormPage(
            title=_("New call on the customer"),
            form=form,
            route=f"console.customers.visits.{customer_id}",
            save=save,
            done=lambda _made: address_of(customer_id, PART),
            back=back_to(customer, PART),
        ),
    )
