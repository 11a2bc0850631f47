"""A supplement of a contract: looked at before it is added, and the cases it reached back to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.breaches.contract_sums import amounts_of_subjects
from yinuo.domains.contracts.figures import figures_of
from yinuo.domains.contracts.life import get_supplement
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.contracts.services import add_supplement
from yinuo.domains.obligations.reaching import cases_reached
from yinuo.domains.obligations.supplementing import MOST_AT_ONCE, what_supplement_changes
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import form_page, looked_page, posted
from yinuo.surfaces.console.heads import heads_of
from yinuo.surfaces.console.views.archive.contract_life import Act
from yinuo.surfaces.console.views.archive.contract_life_forms import SupplementForm

FORM = "console/archive/supplement_form.html"


@require_http_methods(["GET", "POST"])
@page
def add(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Add a supplement, or only look at what it would change."""
    act = Act(request, contract_id)
    form = SupplementForm(
        posted(request),
        parameters=figures_of(compiled_plan(act.row.plan_version_id).plan),
        initial={"effective_on": timezone.localdate()},
    )
    lead = _(
        "It stays for good. What is left empty stays as it is. With a day in the past, requests"
        " reported since then are computed anew; what that changes in the ledger is added as a"
        " difference."
    )

    def save() -> None:
        add_supplement(**act.base, data=form.supplement(), now=timezone.now())

    shown = act.page(_("Add a supplement"), form, save, lead=lead, template=FORM)
    if "look" not in request.POST:
        return form_page(request, shown)
    return looked_page(request, shown, lambda: _looked(act, form, request.POST["look"]))


def _looked(act: Act, form: SupplementForm, cursor: str) -> dict[str, Any]:
    found = what_supplement_changes(
        act.actor, act.row.public_id, form.supplement(), timezone.now(), cursor=cursor
    )
    heads = heads_of(act.actor, found.cases.items)
    cases = [(one, heads.get(one.subject_id)) for one in found.cases.items]
    return {"looked": found, "cases": cases, "cursor": cursor, "most_at_once": MOST_AT_ONCE}


@require_GET
@page
def one(request: HttpRequest, contract_id: UUID, supplement_id: UUID) -> HttpResponse:
    """What a supplement changes, and which cases begun before it was agreed it reaches."""
    actor = actor_of(request)
    contract = get_contract(actor, contract_id)
    supplement = get_supplement(actor, contract_id, supplement_id)
    found = cases_reached(actor, contract_id, supplement, cursor=request.GET.get("cases", ""))
    reached = found.page.items
    heads = heads_of(actor, reached)
    amounts = amounts_of_subjects(actor, [one.subject_id for one in reached])
    context = {
        "contract": contract,
        "supplement": supplement,
        "cases": [(one, heads.get(one.subject_id), amounts.get(one.subject_id)) for one in reached],
        "reached": found.page,
        "total": found.total,
        "open_cases": found.open,
    }
    return render(request, "console/archive/supplement.html", context)
