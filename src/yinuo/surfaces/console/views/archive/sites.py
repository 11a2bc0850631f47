"""Sites of a customer: make and change."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.customers.selectors import get_site
from yinuo.domains.customers.services import create_site, edit_site
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, form_page, posted
from yinuo.surfaces.console.views.archive.customers import (
    address_of,
    back_to,
    writable_customer,
)
from yinuo.surfaces.console.views.archive.forms import SiteForm
from yinuo.surfaces.console.zones import DEFAULT_ZONE

PART = "sites"


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Another site of the customer."""
    actor = actor_of(request)
    customer = writable_customer(actor, customer_id)
    form = SiteForm(posted(request), initial={"zone": DEFAULT_ZONE})

    def save() -> UUID:
        values = form.values()
        return create_site(
            actor=actor, customer_id=customer_id, **values, now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("New site"),
            form=form,
            route=f"console.sites.new.{customer_id}",
            save=save,
            done=lambda _made: address_of(customer_id, PART),
            back=back_to(customer, PART),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Change a site. Running promises keep the zone they were computed with."""
    actor = actor_of(request)
    row = get_site(actor, site_id)
    customer = writable_customer(actor, row.customer_public_id)
    names = (
        *("name", "zone", "address", "price_zone", "latitude", "longitude"),
        *("active", "version"),
    )
    form = SiteForm(posted(request), initial={name: getattr(row, name) for name in names})

    def save() -> UUID:
        values = form.values()
        return edit_site(actor=actor, site_id=site_id, **values, now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=row.name,
            form=form,
            route=f"console.sites.edit.{site_id}",
            save=save,
            done=lambda _made: address_of(customer.public_id, PART),
            back=back_to(customer, PART),
        ),
    )
