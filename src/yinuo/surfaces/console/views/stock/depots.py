"""Depots: the list, one with what lies in it and its last moves, its form."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_people
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.selectors import (
    get_depot,
    list_depots,
    list_moves,
    list_shipments,
    list_stock,
)
from yinuo.domains.parts.services import create_depot, edit_depot
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.stock_forms import DepotForm
from yinuo.surfaces.console.views.archive.customers import own_unit, units_for
from yinuo.surfaces.console.views.lists import listing

SHOWN, MOST_SHOWN = 20, 100


@require_GET
@page
def depots(request: HttpRequest) -> HttpResponse:
    """Depots of the visible units, cars among them."""
    actor = actor_of(request)
    require(actor, Permission.PART_READ)
    context = {
        "list": listing(request, list_depots),
        "may_write": actor.may(Permission.PART_WRITE),
        "tab": "parts_depots",
    }
    return render(request, "console/lists/depots.html", context)


@require_GET
@page
def one(request: HttpRequest, depot_id: UUID) -> HttpResponse:
    """A depot: what lies in it, what is coming and going, its last moves."""
    actor = actor_of(request)
    depot = get_depot(actor, depot_id)
    stock = list_stock(actor, depot_id=depot_id, limit=MOST_SHOWN)
    context = {
        "depot": depot,
        "stock": stock.items,
        "has_more": bool(stock.next_cursor),
        "shipments": list_shipments(actor, depot_id=depot_id, is_open=True, limit=SHOWN).items,
        "moves": list_moves(actor, depot_id=depot_id, limit=SHOWN).items,
        "may_write": actor.may(Permission.PART_WRITE, depot.unit_id),
        "may_repair": depot.active
        and depot.has_workshop
        and actor.may(Permission.PART_REPAIR, depot.unit_id),
        "may_move": depot.active and actor.may(Permission.PART_MOVE, depot.unit_id),
    }
    return render(request, "console/stock/depot.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Set up a depot."""
    actor = actor_of(request)
    require(actor, Permission.PART_WRITE)
    form = DepotForm(
        posted(request),
        people=_people(actor),
        units=units_for(actor, Permission.PART_WRITE),
        initial={"unit_id": own_unit(actor), "kind": "centre", "active": True},
    )

    def save() -> UUID:
        unit_id = form.cleaned_data["unit_id"]
        return create_depot(
            actor=actor, unit_id=unit_id, data=form.depot(), now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("New depot"),
            form=form,
            route="console.parts.depots.new",
            save=save,
            done=address_of_depot,
            back=Link(reverse("console:parts_depots"), _("Depots")),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, depot_id: UUID) -> HttpResponse:
    """Change a depot."""
    actor = actor_of(request)
    depot = get_depot(actor, depot_id)
    require(actor, Permission.PART_WRITE, depot.unit_id)
    initial = {
        "version": depot.version,
        "name": depot.name,
        "kind": depot.kind,
        "holder_id": str(depot.holder_id or ""),
        "address": depot.address,
        "active": depot.active,
        "hour_cost": depot.hour_cost,
    }
    form = DepotForm(posted(request), people=_people(actor), initial=initial)

    def save() -> UUID:
        version = form.cleaned_data["version"]
        return edit_depot(
            actor=actor, depot_id=depot_id, version=version, data=form.depot(), now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=depot.name,
            form=form,
            route=f"console.parts.depots.edit.{depot_id}",
            save=save,
            done=address_of_depot,
            back=Link(address_of_depot(depot_id), depot.name),
        ),
    )


def address_of_depot(depot_id: object) -> str:
    """The page of a depot."""
    return reverse("console:parts_depot", args=[depot_id])


def _people(actor: Actor) -> list[tuple[str, str]]:
    """People the actor may see, to name whose car it is."""
    return [
        (str(one.public_id), f"{one.name} · {one.unit_name}")
        for one in list_people(actor)
        if one.active
    ]
