"""Assets: the page of one, and the forms to register and change it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.assets.past_events import newest_past_events
from yinuo.domains.assets.selectors import get_asset
from yinuo.domains.assets.services import create_asset, edit_asset
from yinuo.domains.campaigns.selectors import campaigns_of_asset
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.customer_file import (
    asset_file,
    project_choices,
    site_choices,
)
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.views.archive.customers import back_to, writable_customer
from yinuo.surfaces.console.views.archive.forms import AssetForm

PART = "assets"


@require_GET
@page
def one(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """One asset with its cover and its requests."""
    actor = actor_of(request)
    found = asset_file(actor, asset_id, timezone.now())
    context = {
        "file": found,
        "campaigns": campaigns_of_asset(actor, asset_id),
        "past": newest_past_events(actor, asset_id),
    }
    return render(request, "console/archive/asset.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Register another asset of the customer."""
    actor = actor_of(request)
    customer = writable_customer(actor, customer_id, Permission.ASSET_WRITE)
    form = AssetForm(
        posted(request),
        sites=site_choices(actor, customer_id),
        projects=project_choices(actor, customer_id),
        initial={name: request.GET.get(name, "") for name in ("site_id", "project_id")},
    )

    def save() -> UUID:
        data, now = form.data_of_asset(), timezone.now()
        return create_asset(actor=actor, customer_id=customer_id, data=data, now=now).public_id

    return form_page(
        request,
        FormPage(
            title=_("New asset"),
            form=form,
            route=f"console.assets.new.{customer_id}",
            save=save,
            done=address_of_asset,
            back=back_to(customer, PART),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """Change an asset; it stays with its customer."""
    actor = actor_of(request)
    row = get_asset(actor, asset_id)
    customer = writable_customer(actor, row.customer_public_id, Permission.ASSET_WRITE)
    names = (
        *("name", "model", "serial", "asset_class", "location", "purchased_on"),
        *("active", "version"),
    )
    initial = {name: getattr(row, name) for name in names}
    initial["site_id"] = str(row.site_public_id or "")
    initial["project_id"] = str(row.project_public_id or "")
    form = AssetForm(
        posted(request),
        sites=site_choices(actor, customer.public_id, chosen=row.site_public_id),
        projects=project_choices(actor, customer.public_id, chosen=row.project_public_id),
        initial=initial,
    )

    def save() -> UUID:
        return edit_asset(
            actor=actor,
            asset_id=asset_id,
            version=form.cleaned_data["version"],
            data=form.data_of_asset(),
            active=form.cleaned_data["active"],
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=row.name,
            form=form,
            route=f"console.assets.edit.{asset_id}",
            save=save,
            done=address_of_asset,
            back=Link(address_of_asset(asset_id), row.name),
        ),
    )


def address_of_asset(asset_id: object) -> str:
    """The page of an asset."""
    return reverse("console:assets_one", args=[asset_id])
