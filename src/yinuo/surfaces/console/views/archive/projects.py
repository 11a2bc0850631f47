"""Projects delivered to a customer: make, rename, set the acceptance."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.assets.selectors import get_project
from yinuo.domains.assets.services import create_project, edit_project
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, form_page, posted
from yinuo.surfaces.console.views.archive.customers import (
    address_of,
    back_to,
    writable_customer,
)
from yinuo.surfaces.console.views.archive.forms import ProjectForm

PART = "projects"


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Another project of the customer."""
    actor = actor_of(request)
    customer = writable_customer(actor, customer_id, Permission.ASSET_WRITE)
    form = ProjectForm(posted(request), initial={})

    def save() -> UUID:
        values = form.values()
        return create_project(
            actor=actor, customer_id=customer_id, **values, now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("New project"),
            form=form,
            route=f"console.projects.new.{customer_id}",
            save=save,
            done=lambda _made: address_of(customer_id, PART),
            back=back_to(customer, PART),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Rename a project or set its acceptance."""
    actor = actor_of(request)
    row = get_project(actor, project_id)
    customer = writable_customer(actor, row.customer_public_id, Permission.ASSET_WRITE)
    names = ("name", "accepted_on", "finished_on", "version")
    form = ProjectForm(posted(request), initial={name: getattr(row, name) for name in names})

    def save() -> UUID:
        values = form.values()
        return edit_project(
            actor=actor, project_id=project_id, **values, now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=row.name,
            form=form,
            route=f"console.projects.edit.{project_id}",
            save=save,
            done=lambda _made: address_of(customer.public_id, PART),
            back=back_to(customer, PART),
        ),
    )
