"""The company that a customer belongs to: found by a search, chosen, or taken away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.customers.selectors import list_customers
from yinuo.domains.customers.services import edit_customer
from yinuo.domains.customers.types import CustomerRow
from yinuo.domains.network.types import Actor
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, form_page, posted
from yinuo.surfaces.console.views.archive.customers import (
    address_of,
    back_to,
    writable_customer,
)
from yinuo.surfaces.console.views.archive.forms import ParentForm
from yinuo.surfaces.console.views.lists import searched

MOST_FOUND = 20


@require_http_methods(["GET", "POST"])
@page
def parent(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Say which company a customer belongs to."""
    actor = actor_of(request)
    row = writable_customer(actor, customer_id)
    text = searched(request)
    initial = {"parent_id": str(row.parent_public_id or ""), "version": row.version}
    form = ParentForm(posted(request), companies=_companies(actor, row, text), initial=initial)

    def save() -> UUID:
        return edit_customer(
            actor=actor,
            customer_id=customer_id,
            name=row.name,
            short_name=row.short_name,
            notes=row.notes,
            active=row.active,
            **form.values(),
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("Parent company"),
            form=form,
            route=f"console.customers.parent.{customer_id}",
            save=save,
            done=address_of,
            back=back_to(row),
            lead=row.name,
            template="console/archive/parent.html",
            extra={"text": text},
        ),
    )


def _companies(actor: Actor, row: CustomerRow, text: str) -> list[tuple[str, str]]:
    """The present parent, and the companies whose name fits the search."""
    found = list_customers(actor, text=text, limit=MOST_FOUND).items if text else ()
    companies = {str(one.public_id): one.name for one in found if one.public_id != row.public_id}
    if row.parent_public_id:
        companies.setdefault(str(row.parent_public_id), row.parent_name)
    return list(companies.items())
