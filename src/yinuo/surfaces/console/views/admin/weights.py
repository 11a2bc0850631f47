"""What dispatch reckons with: the figures in versions, and what whose hour costs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.dispatch.services import set_hour_price, set_weights
from yinuo.domains.dispatch.weighing import (
    HourPriceRow,
    counted_in,
    get_weighing,
    list_hour_prices,
    list_weighings,
)
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_people, list_units
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import NotFound
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.weight_forms import (
    COUNTED_IN,
    FIGURES,
    HourForm,
    WeightsForm,
    shown_figure,
    shown_figures,
)


@require_GET
@page
def weights(request: HttpRequest) -> HttpResponse:
    """The figures that count, those before them, and what whose hour costs."""
    actor = actor_of(request)
    weighings = list_weighings(actor)
    may_write = actor.may(Permission.DISPATCH_PRICE)
    shown = shown_figures(weighings[0].figures)
    context = {
        "present": weighings[0],
        "before": weighings[1:],
        "figures": [
            (FIGURES[name], value, COUNTED_IN[counted_in(name)]) for name, value in shown.items()
        ],
        "hours": [(one, _yuan(one)) for one in list_hour_prices(actor)] if may_write else [],
        "may_write": may_write,
    }
    return render(request, "console/admin/weights.html", context)


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest) -> HttpResponse:
    """Let other figures count from now on."""
    actor = actor_of(request)
    require(actor, Permission.DISPATCH_PRICE)
    present = get_weighing(actor)
    initial: dict[str, Any] = {**shown_figures(present.figures), "version": present.number}
    form = WeightsForm(posted(request), initial=initial)

    def save() -> UUID:
        return set_weights(
            actor=actor,
            figures=form.figures(),
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("What dispatch reckons with"),
            lead=_("Every decision keeps the version it was taken with."),
            form=form,
            route="console.weights",
            save=save,
            done=lambda _made: _back().address,
            back=_back(),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def hour(request: HttpRequest) -> HttpResponse:
    """Say what an hour of a unit or person costs; the address may name the price."""
    actor = actor_of(request)
    rows = list_hour_prices(actor)
    named = request.GET.get("of")
    row = next((one for one in rows if str(one.public_id) == named), None)
    if named is not None and row is None:
        raise NotFound
    form = _hour_form(request, actor, row)

    def save() -> UUID:
        values = form.cleaned_data
        unit_id = row.unit_public_id if row else values["unit_id"] or None
        person_id = row.person_public_id if row else values["person_id"] or None
        return set_hour_price(
            actor=actor,
            unit_id=unit_id,
            person_id=person_id,
            hour_fen=form.hour_fen(),
            version=values.get("version"),
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=row.name if row else _("Price of an hour"),
            form=form,
            route=f"console.hours.{row.public_id if row else 'new'}",
            save=save,
            done=lambda _made: _back().address,
            back=_back(),
        ),
    )


def _hour_form(request: HttpRequest, actor: Actor, row: HourPriceRow | None) -> HourForm:
    initial: dict[str, Any] = {"hour": _yuan(row), "version": row.version} if row else {}
    units = [(str(one.public_id), one.name) for one in list_units(actor)]
    people = [(str(one.public_id), one.name) for one in list_people(actor)]
    return HourForm(
        posted(request), initial=initial, units=units, people=people, named=row is not None
    )


def _yuan(row: HourPriceRow) -> Any:
    return None if row.hour_fen is None else shown_figure("hour_fen", row.hour_fen)


def _back() -> Link:
    return Link(reverse("console:settings_weights"), _("What dispatch reckons with"))
