"""Forms by which parts come, travel, are counted and thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.selectors import (
    depot_choices,
    get_depot,
    get_shipment,
    list_pieces,
    list_stock,
    part_choices,
)
from yinuo.domains.parts.services import (
    receive_parts,
    receive_shipment,
    scrap_parts,
    send_parts,
    take_stock,
)
from yinuo.domains.parts.types import DepotRow, ShipmentRow
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.stock_forms import (
    ArrivalForm,
    CountForm,
    ReceiveForm,
    ScrapForm,
    SendForm,
)
from yinuo.surfaces.console.views.lists import searched
from yinuo.surfaces.console.views.stock.depots import address_of_depot

MOST_LINES, MOST_PIECES = 60, 200


@require_http_methods(["GET", "POST"])
@page
def receive(request: HttpRequest, depot_id: UUID) -> HttpResponse:
    """Parts of one number come in."""
    actor = actor_of(request)
    depot = _movable(actor, depot_id)
    parts = [(str(one.public_id), f"{one.number} · {one.name}") for one in part_choices(actor)]
    form = ReceiveForm(
        posted(request), parts=parts, initial={"part_id": request.GET.get("part", "")}
    )

    def save() -> UUID:
        return receive_parts(
            actor=actor,
            depot_id=depot_id,
            lines=[form.received()],
            reference=form.cleaned_data["reference"],
            now=timezone.now(),
        ).public_id

    return _form(request, depot, form, _("Parts come in"), "receive", save)


@require_http_methods(["GET", "POST"])
@page
def send(request: HttpRequest, depot_id: UUID) -> HttpResponse:
    """Parts are sent to another depot."""
    actor = actor_of(request)
    depot = _movable(actor, depot_id)
    depots = [
        (str(one.public_id), f"{one.unit_name} · {one.name}")
        for one in depot_choices(actor)
        if one.public_id != depot_id
    ]
    form = SendForm(posted(request), depots=depots, **_shelf(request, actor, depot_id))

    def save() -> UUID:
        send_parts(
            actor=actor,
            depot_id=depot_id,
            to_id=form.cleaned_data["to_id"],
            lines=form.taken(),
            carriage=form.carriage(),
            now=timezone.now(),
        )
        return depot_id

    lead = _("Fill in only what is sent. It lies in neither depot until it is received.")
    return _form(request, depot, form, _("Send to another depot"), "send", save, lead)


@require_http_methods(["GET", "POST"])
@page
def scrap(request: HttpRequest, depot_id: UUID) -> HttpResponse:
    """Parts are thrown away."""
    actor = actor_of(request)
    depot = _movable(actor, depot_id)
    form = ScrapForm(posted(request), **_shelf(request, actor, depot_id))

    def save() -> UUID:
        return scrap_parts(
            actor=actor,
            depot_id=depot_id,
            lines=form.taken(),
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        ).public_id

    return _form(request, depot, form, _("Scrap parts"), "scrap", save)


@require_http_methods(["GET", "POST"])
@page
def count(request: HttpRequest, depot_id: UUID) -> HttpResponse:
    """What lies there is counted."""
    actor = actor_of(request)
    depot = _movable(actor, depot_id)
    form = CountForm(posted(request), **_shelf(request, actor, depot_id))

    def save() -> UUID:
        take_stock(
            actor=actor,
            depot_id=depot_id,
            lines=form.counted(),
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        return depot_id

    lead = _("What the books say is not shown, so that it is really counted.")
    return _form(request, depot, form, _("Count the stock"), "count", save, lead)


@require_http_methods(["GET", "POST"])
@page
def shipment(request: HttpRequest, shipment_id: UUID) -> HttpResponse:
    """A shipment with its lines, and the form by which it is received."""
    actor = actor_of(request)
    row = get_shipment(actor, shipment_id)
    form = ArrivalForm(posted(request), shipment=row, initial={"version": row.version})
    if form.is_bound:
        require(actor, Permission.PART_MOVE, row.to_unit_id)

    def save() -> UUID:
        typed = form.cleaned_data
        return receive_shipment(
            actor=actor,
            shipment_id=shipment_id,
            version=typed["version"],
            quantities=form.arrived(),
            remark=typed["remark"],
            close=typed["close"],
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=row.number,
            form=form,
            route=f"console.parts.shipments.{shipment_id}",
            save=save,
            done=lambda _made: request.path,
            back=Link(address_of_depot(row.from_id), row.from_name),
            button=_("Take it in"),
            template="console/stock/shipment.html",
            extra=_standing(actor, row),
        ),
    )


def _standing(actor: Actor, row: ShipmentRow) -> dict[str, Any]:
    """What the page of a shipment shows beside its form."""
    is_his = row.to_unit_id is not None and actor.may(Permission.PART_MOVE, row.to_unit_id)
    may_receive = row.closed_at is None and is_his
    return {"shipment": row, "may_receive": may_receive, "is_late": row.is_late(timezone.now())}


def _movable(actor: Actor, depot_id: UUID) -> DepotRow:
    depot = get_depot(actor, depot_id)
    require(actor, Permission.PART_MOVE, depot.unit_id)
    return depot


def _shelf(request: HttpRequest, actor: Actor, depot_id: UUID) -> dict[str, Any]:
    """The lines of the shelf that a form asks about, narrowed by the address."""
    text = searched(request)
    stock = list_stock(actor, depot_id=depot_id, text=text, limit=MOST_LINES).items
    pieces = list_pieces(actor, depot_id=depot_id, limit=MOST_PIECES).items
    return {"shelf": stock, "pieces": pieces}


def _form(
    request: HttpRequest,
    depot: DepotRow,
    form: KeptForm,
    title: str,
    name: str,
    save: Callable[[], UUID],
    lead: str = "",
) -> HttpResponse:
    return form_page(
        request,
        FormPage(
            title=title,
            form=form,
            route=f"console.parts.{name}.{depot.public_id}",
            save=save,
            done=address_of_depot,
            back=Link(address_of_depot(depot.public_id), depot.name),
            lead=lead,
        ),
    )
