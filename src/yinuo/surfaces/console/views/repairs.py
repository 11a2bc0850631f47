"""Repair orders: the list, the page of one, opening it, and each act."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.assets.selectors import get_asset
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.obligations.selectors import obligations_of_subject
from yinuo.domains.repairs.selectors import get_repair, list_repairs
from yinuo.domains.repairs.services import handle_repair, open_repair
from yinuo.domains.repairs.types import RepairView
from yinuo.domains.requests.selectors import get_request_page
from yinuo.kernel.repair_states import REPAIR_ACTS
from yinuo.platform.errors import Forbidden, NotFound
from yinuo.surfaces.console import repair_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.promises import running_bars
from yinuo.surfaces.console.repair_forms import RepairDoingForm, RepairForm
from yinuo.surfaces.console.views.lists import Listing

OPEN, CLAIMS = "open", "claims"
# In the order of the way; the first one possible is the button that stands out.
_ORDER = tuple(REPAIR_ACTS)


@require_GET
@page
def repairs(request: HttpRequest) -> HttpResponse:
    """Repair orders, those not ended unless another state is asked for."""
    actor = actor_of(request)
    require(actor, Permission.REPAIR_READ)
    state, cursor = request.GET.get("state", OPEN), request.GET.get("cursor", "")
    text = request.GET.get("q", "")
    state = state if state in repair_words.STATES or state in ("", OPEN, CLAIMS) else OPEN
    found = list_repairs(actor, state=state, text=text, cursor=cursor)
    context = {
        "list": Listing(found.items, text, cursor, found.next_cursor, is_narrowed=bool(text)),
        "state": state,
        "states": repair_words.STATES.items(),
    }
    return render(request, "console/lists/repairs.html", context)


@require_GET
@page
def repair(request: HttpRequest, repair_id: UUID) -> HttpResponse:
    """A repair order with its promises, its legs, and what was done."""
    actor, now = actor_of(request), timezone.now()
    view = get_repair(actor, repair_id)
    waits_for_quote = view.row.state == "diagnosed" and view.row.is_paid
    context = {
        "view": view,
        "row": view.row,
        "bars": running_bars(obligations_of_subject(repair_id), now),
        "acts": [kind for kind in _ORDER if kind in view.acts],
        "may_quote": waits_for_quote and actor.may(Permission.QUOTE_WRITE),
    }
    return render(request, "console/repairs/page.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Open a repair order for a request."""
    actor = actor_of(request)
    found = get_request_page(actor, request_id)
    require(actor, Permission.REPAIR_WRITE)
    asset_id = found.request.asset_public_id
    serial = get_asset(actor, asset_id).serial if asset_id else ""
    form = RepairForm(
        posted(request), initial={"serial": serial, "fault": found.request.symptom[:4_000]}
    )

    def save() -> UUID:
        data = form.repair(request_id)
        return open_repair(actor=actor, data=data, now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=_("New repair order"),
            form=form,
            route=f"console.repairs.new.{request_id}",
            save=save,
            done=_address,
            back=Link(reverse("console:requests_one", args=[request_id]), found.request.number),
            saved=_("The repair order is open."),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def act(request: HttpRequest, repair_id: UUID, leg: str) -> HttpResponse:
    """Take one act on a repair order."""
    actor = actor_of(request)
    view = get_repair(actor, repair_id)
    if leg not in REPAIR_ACTS:
        raise NotFound
    if not view.acts:
        raise Forbidden
    form = RepairDoingForm(
        posted(request), kind=leg, view=view, initial={"version": view.row.version}
    )

    def save() -> UUID:
        return handle_repair(
            actor=actor,
            repair_id=repair_id,
            version=form.cleaned_data["version"],
            doing=form.doing(),
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=repair_words.ACTS[leg],
            form=form,
            route=f"console.repairs.{repair_id}.{leg}",
            save=save,
            done=_address,
            back=Link(_address(repair_id), view.row.number),
            lead=_lead(leg, view),
        ),
    )


def _lead(kind: str, view: RepairView) -> str:
    if kind == "diagnosed" and view.backup_at is None:
        return _("The customer has not confirmed his backup yet. Ask him first.")
    if kind == "extended":
        return _("An extension counts only when the customer is told before the due time.")
    if kind == "refitted" and view.new_serial:
        said = _("The asset goes on under serial number %(serial)s; its warranty stays as it was.")
        return said % {"serial": view.new_serial}
    return view.row.fault[:300]


def _address(repair_id: object) -> str:
    return reverse("console:repairs_one", args=[repair_id])
