"""Customers: the file on one page, and the forms to make and change it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.customers.services import create_customer, edit_customer
from yinuo.domains.customers.types import CustomerRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.customer_file import customer_file
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.views.archive.forms import CustomerForm


@require_GET
@page
def one(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Everything about one customer that this person may see."""
    found = customer_file(actor_of(request), customer_id, request.GET, timezone.now())
    return render(request, "console/archive/customer.html", {"file": found})


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """A new customer file; it opens once made."""
    actor = actor_of(request)
    require(actor, Permission.CUSTOMER_WRITE)
    initial = {"unit_id": own_unit(actor), "name": request.GET.get("name", "")}
    parent = parent_named(actor, request.GET.get("parent", ""))
    if parent is not None:
        initial |= {"parent_id": str(parent.public_id), "unit_id": str(parent.unit_public_id)}
    form = CustomerForm(posted(request), units=units_for(actor), initial=initial)

    def save() -> UUID:
        return create_customer(actor=actor, **form.values(), now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=_("New customer"),
            form=form,
            route="console.customers.new",
            save=save,
            done=address_of,
            back=back_to(parent) if parent else Link(reverse("console:customers"), _("Customers")),
            lead=_("Belongs to %(name)s.") % {"name": parent.name} if parent else "",
            saved=_("The customer file is open. Add sites, contacts and assets."),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Change a customer's own data."""
    actor = actor_of(request)
    row = writable_customer(actor, customer_id)
    names = ("name", "short_name", "notes", "active", "version")
    form = CustomerForm(posted(request), initial={name: getattr(row, name) for name in names})

    def save() -> UUID:
        values = form.values() | {"parent_id": row.parent_public_id}
        return edit_customer(
            actor=actor, customer_id=customer_id, **values, now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=row.name,
            form=form,
            route=f"console.customers.edit.{customer_id}",
            save=save,
            done=address_of,
            back=back_to(row),
        ),
    )


def parent_named(actor: Actor, public_id: str) -> CustomerRow | None:
    """The company with this public id, if this person sees it."""
    if parse_public_id(public_id) is None:
        return None
    try:
        return get_customer(actor, public_id)
    except NotFound:
        return None


def writable_customer(
    actor: Actor, customer_id: UUID, permission: Permission = Permission.CUSTOMER_WRITE
) -> CustomerRow:
    """The customer, if this person may change what belongs to him.

    Raises NotFound for what he may not see, Forbidden for what he may only read.
    """
    row = get_customer(actor, customer_id)
    require(actor, permission, row.unit_id)
    return row


def address_of(customer_id: object, part: str = "") -> str:
    """The customer's page, at one of its parts when named."""
    base = reverse("console:customers_one", args=[customer_id])
    return f"{base}#{part}" if part else base


def back_to(row: CustomerRow, part: str = "") -> Link:
    """The way back to a customer's page."""
    return Link(address_of(row.public_id, part), row.name)


def units_for(
    actor: Actor, permission: Permission = Permission.CUSTOMER_WRITE
) -> list[tuple[str, str]]:
    """The open units in which this person holds the right, to choose from."""
    return [
        (str(unit.public_id), unit.name)
        for unit in list_units(actor)
        if unit.active and actor.may(permission, unit.id)
    ]


def own_unit(actor: Actor) -> str:
    """The unit this person works in, when he sees it."""
    return next((str(one.public_id) for one in list_units(actor) if one.id == actor.unit_id), "")
