"""What a contact allows us: to be called, written to, asked for his opinion."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.customers.consents import consents_of
from yinuo.domains.customers.selectors import get_contact
from yinuo.domains.customers.services import record_consent
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, form_page, posted
from yinuo.surfaces.console.views.archive.customers import (
    address_of,
    back_to,
    writable_customer,
)
from yinuo.surfaces.console.views.archive.file_forms import NO, YES, ConsentForm

PART = "contacts"


@require_http_methods(["GET", "POST"])
@page
def consent(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Record what a contact said, beside everything he said before."""
    actor = actor_of(request)
    row = get_contact(actor, contact_id)
    customer = writable_customer(actor, row.customer_public_id)
    initial = {one.purpose: YES if one.given else NO for one in row.consents}
    form = ConsentForm(posted(request), initial=dict(initial))

    def save() -> UUID:
        data, now = form.consent(), timezone.now()
        return record_consent(actor=actor, contact_id=contact_id, data=data, now=now).public_id

    return form_page(
        request,
        FormPage(
            title=_("Consent"),
            form=form,
            route=f"console.contacts.consent.{contact_id}",
            save=save,
            done=lambda _made: address_of(customer.public_id, PART),
            back=back_to(customer, PART),
            lead=row.name,
            template="console/archive/consent.html",
            extra={"said": consents_of(row.id)},
        ),
    )
