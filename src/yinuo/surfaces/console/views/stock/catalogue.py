"""The catalogue of parts: the list, a part with where it lies and how it moved, its form."""

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
from yinuo.domains.parts.selectors import (
    depot_choices,
    get_level,
    get_part,
    list_moves,
    list_parts,
    list_pieces,
    list_stock,
)
from yinuo.domains.parts.services import create_part, edit_part, set_level
from yinuo.domains.parts.types import PartRow, PieceRow, Tracking
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.stock_columns import CATALOGUE
from yinuo.surfaces.console.stock_forms import LevelForm, PartForm
from yinuo.surfaces.console.views.lists import exportable

SHOWN = 20


@require_GET
@page
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every part by its number, with how many of it are on hand."""
    actor = actor_of(request)
    require(actor, Permission.PART_READ)
    return exportable(
        request,
        "console/lists/catalogue.html",
        list_parts,
        CATALOGUE,
        title=_("Catalogue of parts"),
        may_write=actor.may(Permission.PART_WRITE),
        tab="parts_catalogue",
    )


@require_GET
@page
def one(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """A part: what it fits, where it lies, its pieces, its last moves."""
    actor = actor_of(request)
    part = get_part(actor, part_id)
    pieces: tuple[PieceRow, ...] = ()
    if part.tracking == Tracking.SERIAL:
        pieces = list_pieces(actor, part_id=part_id, limit=SHOWN).items
    context = {
        "part": part,
        "stock": list_stock(actor, part_id=part_id, limit=SHOWN * 5).items,
        "pieces": pieces,
        "moves": list_moves(actor, part_id=part_id, limit=SHOWN).items,
        "may_write": actor.may(Permission.PART_WRITE),
    }
    return render(request, "console/stock/part.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Add a part."""
    actor = actor_of(request)
    require(actor, Permission.PART_WRITE)
    form = PartForm(posted(request), initial={"tracking": "bulk", "active": True})

    def save() -> UUID:
        return create_part(actor=actor, data=form.part(), now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=_("New part"),
            form=form,
            route="console.parts.new",
            save=save,
            done=address_of_part,
            back=Link(reverse("console:parts_catalogue"), _("Catalogue of parts")),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """Change a part."""
    actor = actor_of(request)
    require(actor, Permission.PART_WRITE)
    part = get_part(actor, part_id)
    form = PartForm(posted(request), initial=_initial(part))

    def save() -> UUID:
        version = form.cleaned_data["version"]
        return edit_part(
            actor=actor, part_id=part_id, version=version, data=form.part(), now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=part.number,
            form=form,
            route=f"console.parts.edit.{part_id}",
            save=save,
            done=address_of_part,
            back=Link(address_of_part(part_id), part.name),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def level(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """Say how many of it a depot keeps at least."""
    actor = actor_of(request)
    require(actor, Permission.PART_WRITE)
    part = get_part(actor, part_id)
    depots = [
        (str(row.public_id), f"{row.unit_name} · {row.name}")
        for row in depot_choices(actor, Permission.PART_WRITE)
    ]
    chosen = request.GET.get("depot", "") or (depots[0][0] if depots else "")
    known = get_level(actor, chosen, part_id) if chosen in dict(depots) else (0, 0)
    initial = {"depot_id": chosen, "minimum": known[0], "refill": known[1]}
    form = LevelForm(posted(request), depots=depots, initial=initial)

    def save() -> UUID:
        typed = form.cleaned_data
        minimum = typed["minimum"] or 0
        set_level(
            actor=actor,
            depot_id=typed["depot_id"],
            part_id=part_id,
            minimum=minimum,
            refill=typed["refill"] or minimum,
            now=timezone.now(),
        )
        return part.public_id

    return form_page(
        request,
        FormPage(
            title=_("Minimum in a depot"),
            form=form,
            route=f"console.parts.level.{part_id}",
            save=save,
            done=address_of_part,
            back=Link(address_of_part(part_id), part.name),
            lead=_("Below the minimum it stands in the list to order."),
        ),
    )


def address_of_part(part_id: object) -> str:
    """The page of a part."""
    return reverse("console:parts_one", args=[part_id])


def _initial(part: PartRow) -> dict[str, object]:
    return {
        "version": part.version,
        "number": part.number,
        "name": part.name,
        "name_en": part.name_en,
        "tracking": part.tracking,
        "measure": part.measure,
        "models": ", ".join(part.models),
        "classes": ", ".join(part.classes),
        "cost": part.cost,
        "price": part.price,
        "active": part.active,
    }
