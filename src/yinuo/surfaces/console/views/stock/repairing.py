"""Repairs of parts: the list, one with its acts, and the forms of the acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.repair_selectors import (
    faulty_parts,
    get_part_repair,
    list_part_repairs,
    workers_of,
)
from yinuo.domains.parts.repair_types import PartRepairRow, PartRepairState
from yinuo.domains.parts.selectors import get_depot, list_moves, part_choices
from yinuo.domains.parts.services import (
    finish_part_repair,
    settle_part_claim,
    take_for_repair,
    use_material,
)
from yinuo.surfaces.console import stock_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.part_repair_forms import (
    MaterialForm,
    RepairResultForm,
    SupplierAnswerForm,
    TakeForRepairForm,
)
from yinuo.surfaces.console.stock_columns import PART_REPAIRS
from yinuo.surfaces.console.views.lists import listing, searched
from yinuo.surfaces.console.views.stock.depots import address_of_depot


@require_GET
@page
def repairs(request: HttpRequest) -> HttpResponse:
    """Parts on the bench or with their supplier, the oldest leading."""
    require(actor_of(request), Permission.PART_READ)
    state = request.GET.get("state", "")
    if is_wanted(request):
        title, text = _("Repairs of parts"), searched(request)
        return workbook(request, title, PART_REPAIRS, list_part_repairs, text=text, state=state)
    context = {
        "list": replace(listing(request, list_part_repairs, state=state), can_export=True),
        "tab": "parts_repairs",
        "state": state,
        "states": [
            ("", pgettext("part repair", "open")),
            *stock_words.PART_REPAIR_STATES.items(),
            ("all", _("all")),
        ],
        "now": timezone.now(),
    }
    return render(request, "console/lists/part_repairs.html", context)


@require_GET
@page
def one(request: HttpRequest, part_repair_id: UUID) -> HttpResponse:
    """One repair of a part, its material, its cost, its rows in the ledger, and what to do now."""
    actor = actor_of(request)
    row = get_part_repair(actor, part_repair_id)
    context = {
        "repair": row,
        "acts": list(_acts(actor, row)),
        "moves": list_moves(actor, text=row.number).items,
        "days": row.days(timezone.now()),
    }
    return render(request, "console/stock/part_repair.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, depot_id: UUID) -> HttpResponse:
    """Take a faulty part from the shelf onto the bench."""
    actor = actor_of(request)
    depot = get_depot(actor, depot_id)
    require(actor, Permission.PART_REPAIR, depot.unit_id)
    form = TakeForRepairForm(
        posted(request),
        faulty=faulty_parts(actor, depot_id),
        workers=[(str(one.public_id), one.name) for one in workers_of(actor, depot_id)],
        initial={"worker_id": str(actor.person_public_id or "")},
    )

    def save() -> UUID:
        return take_for_repair(
            actor=actor, depot_id=depot_id, taken=form.taken(), now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("Repair a faulty part"),
            form=form,
            route=f"console.parts.repair.{depot_id}",
            save=save,
            done=address_of_part_repair,
            back=Link(address_of_depot(depot_id), depot.name),
            lead=_("It leaves the shelf of faulty parts and lies on the bench until it is good."),
            button=pgettext("part repair", "Take it"),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def material(request: HttpRequest, part_repair_id: UUID) -> HttpResponse:
    """Good parts out of stock go into it."""
    actor = actor_of(request)
    row = _worked(actor, part_repair_id)
    parts = [(str(one.public_id), f"{one.number} · {one.name}") for one in part_choices(actor)]
    form = MaterialForm(posted(request), parts=parts, initial={"version": row.version})

    def save() -> UUID:
        return use_material(
            actor=actor,
            repair_id=part_repair_id,
            version=form.cleaned_data["version"],
            lines=form.lines(),
            now=timezone.now(),
        ).public_id

    return _form(request, row, form, _("Material used"), "material", save)


@require_http_methods(["GET", "POST"])
@page
def finish(request: HttpRequest, part_repair_id: UUID) -> HttpResponse:
    """What was done, and what came of it."""
    actor = actor_of(request)
    row = _worked(actor, part_repair_id)
    initial = {"version": row.version, "outcome": PartRepairState.REPAIRED.value}
    form = RepairResultForm(posted(request), initial=initial)

    def save() -> UUID:
        return finish_part_repair(
            actor=actor,
            repair_id=part_repair_id,
            version=form.cleaned_data["version"],
            result=form.result(),
            now=timezone.now(),
        ).public_id

    return _form(request, row, form, _("Finish the repair"), "finish", save)


@require_http_methods(["GET", "POST"])
@page
def settle(request: HttpRequest, part_repair_id: UUID) -> HttpResponse:
    """What the supplier did."""
    actor = actor_of(request)
    row = _worked(actor, part_repair_id)
    form = SupplierAnswerForm(posted(request), initial={"version": row.version})

    def save() -> UUID:
        return settle_part_claim(
            actor=actor,
            repair_id=part_repair_id,
            version=form.cleaned_data["version"],
            answer=form.answer(),
            now=timezone.now(),
        ).public_id

    return _form(request, row, form, _("The supplier's answer"), "settle", save)


def address_of_part_repair(repair_id: object) -> str:
    """The page of a repair of a part."""
    return reverse("console:parts_repair", args=[repair_id])


def _worked(actor: Actor, repair_id: UUID) -> PartRepairRow:
    """A repair on which the actor may work."""
    row = get_part_repair(actor, repair_id)
    require(actor, Permission.PART_REPAIR, row.depot_unit_id)
    return row


def _acts(actor: Actor, row: PartRepairRow) -> Iterator[tuple[str, str]]:
    """What this person may do with it now: address and word, the usual one first."""
    if not actor.may(Permission.PART_REPAIR, row.depot_unit_id):
        return
    here = [row.public_id]
    if row.state == PartRepairState.IN_WORK:
        yield reverse("console:parts_repair_finish", args=here), _("Finish the repair")
        yield reverse("console:parts_repair_material", args=here), _("Material used")
    if row.state == PartRepairState.WITH_SUPPLIER:
        yield reverse("console:parts_repair_settle", args=here), _("The supplier's answer")


def _form(
    request: HttpRequest,
    row: PartRepairRow,
    form: KeptForm,
    title: str,
    name: str,
    save: Callable[[], UUID],
) -> HttpResponse:
    return form_page(
        request,
        FormPage(
            title=title,
            form=form,
            route=f"console.parts.repair.{name}.{row.public_id}",
            save=save,
            done=address_of_part_repair,
            back=Link(address_of_part_repair(row.public_id), row.number),
            button=title,
        ),
    )
