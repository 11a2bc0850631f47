"""Charge-backs: the list, one, issuing one to a unit, its document and workbook."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.billing.charge_back_document import charge_back_paper
from yinuo.domains.billing.charge_back_selectors import get_charge_back, list_charge_backs
from yinuo.domains.billing.paper_forms import PaperForm
from yinuo.domains.billing.services import issue_charge_back
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.types import Actor
from yinuo.platform.files.serving import document_response
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.billing_columns import CHARGE_BACKS
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.fields import Choices, DayField, PickField
from yinuo.surfaces.console.views.lists import listing, searched


class ChargeBackForm(KeptForm):
    """Who is charged, and the last day of misses that count."""

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"] = PickField(label=gettext_lazy("Unit charged"), choices=units)
        self.fields["until"] = DayField(
            label=gettext_lazy("Misses due until"),
            help_text=gettext_lazy(
                "Only what is approved counts; what was charged before is taken off."
            ),
        )


@require_GET
@page
def charge_backs(request: HttpRequest) -> HttpResponseBase:
    """Charge-backs, newest first."""
    actor = actor_of(request)
    require(actor, Permission.BREACH_READ)
    if is_wanted(request):
        title = _("Charge-backs")
        return workbook(request, title, CHARGE_BACKS, list_charge_backs, text=searched(request))
    found = listing(request, list_charge_backs)
    context = {"list": replace(found, can_export=True), "may_issue": bool(_units(actor))}
    return render(request, "console/lists/charge_backs.html", context)


@require_GET
@page
def charge_back_one(request: HttpRequest, charge_back_id: UUID) -> HttpResponse:
    """One charge-back with its lines."""
    found = get_charge_back(actor_of(request), charge_back_id)
    return render(request, "console/billing/charge_back.html", {"found": found})


@require_GET
@page
def charge_back_document(
    request: HttpRequest, charge_back_id: UUID, form: PaperForm
) -> HttpResponse:
    """The charge-back as PDF, DOCX or XLSX in the reader's language."""
    found = get_charge_back(actor_of(request), charge_back_id)
    paper = charge_back_paper(found, form, "zh" if words.is_chinese() else "en")
    return document_response(paper.content, paper.name, paper.media_type)


@require_http_methods(["GET", "POST"])
@page
def charge_back_new(request: HttpRequest) -> HttpResponse:
    """Charge a unit below for its part of missed promises."""
    actor = actor_of(request)
    require(actor, Permission.BREACH_APPROVE)
    form = ChargeBackForm(
        posted(request),
        units=_units(actor),
        initial={"until": timezone.localdate(), "unit_id": request.GET.get("unit", "")},
    )

    def save() -> UUID:
        return issue_charge_back(actor=actor, **form.values(), now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=_("New charge-back"),
            form=form,
            route="console.charge_backs.new",
            save=save,
            done=lambda made: reverse("console:charge_backs_one", args=[made]),
            back=Link(reverse("console:charge_backs"), _("Charge-backs")),
            button=_("Issue"),
        ),
    )


def _units(actor: Actor) -> list[tuple[str, str]]:
    """The units the actor may charge: below another one, where he approves, not his own."""
    return [
        (str(one.public_id), one.name)
        for one in list_units(actor)
        if one.level > 1 and one.id != actor.unit_id
        if actor.may(Permission.BREACH_APPROVE, one.id)
    ]
