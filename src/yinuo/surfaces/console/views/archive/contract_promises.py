"""What contracts promise of themselves: beside their page, something held, cases of a figure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.assets.types import ProjectRow
from yinuo.domains.contracts.life import AgreementView
from yinuo.domains.contracts.papers import PaperRow
from yinuo.domains.contracts.selectors import get_contract, list_contracts
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.contract_cases import cases_behind
from yinuo.domains.obligations.contract_promises import (
    Duty,
    duties_of_plan,
    get_contract_promise,
    promises_of_contract,
    promises_of_contracts,
)
from yinuo.domains.obligations.services.holding import Held, hold_duty, take_back_held
from yinuo.domains.requests.heads import find_heads
from yinuo.platform.paging import MOST_PER_PAGE
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.fields import DayField, PickField, paragraph
from yinuo.surfaces.console.own_promises import Line, apart, lines_of, with_papers
from yinuo.surfaces.console.views.archive.customers import writable_customer

SOURCE = "console"


class HoldForm(KeptForm):
    """Something held: which promise it keeps, what it was, when, and what came of it."""

    def __init__(self, *args: Any, duties: Iterable[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (
                f"{duty.clause}:{kind.code}",
                f"{words.in_language(duty.title_zh, duty.title_en)} · "
                f"{words.in_language(kind.title_zh, kind.title_en)}",
            )
            for duty in duties
            for kind in duty.kinds
        ]
        self.fields["what"] = PickField(label=gettext_lazy("What was held"), choices=choices)
        self.fields["held_on"] = DayField(label=gettext_lazy("Held on"))
        self.fields["note"] = paragraph(
            gettext_lazy("Findings and proposals"),
            hint=gettext_lazy("Kept with the call on the customer, in his file."),
        )

    def held(self) -> Held:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        clause, _colon, kind = typed["what"].rpartition(":")
        return Held(clause, typed["held_on"], kind, typed["note"])


class BackForm(KeptForm):
    """Why something recorded is taken back."""

    reason = paragraph(gettext_lazy("Reason"))


def promises_beside(
    actor: Actor,
    contract_id: UUID,
    papers: Iterable[PaperRow],
    agreements: Iterable[AgreementView],
    now: datetime,
) -> dict[str, Any]:
    """What the contract's page shows: its own promises, papers and agreements in one list."""
    own = promises_of_contract(actor, contract_id, now)
    every = with_papers(lines_of(own.items), papers, agreements, timezone.localdate(now))
    lines, earlier = apart(every)
    return {"own": own, "lines": lines, "earlier": earlier}


def lines_of_project(actor: Actor, project: ProjectRow, now: datetime) -> list[Line]:
    """What the contracts made for a project promise of themselves."""
    his = list_contracts(actor, customer_id=project.customer_public_id, limit=MOST_PER_PAGE)
    numbers = {
        one.public_id: one.number for one in his.items if one.project_public_id == project.public_id
    }
    if not numbers:
        return []
    return apart(lines_of(promises_of_contracts(actor, numbers, now), numbers))[0]


@require_http_methods(["GET", "POST"])
@page
def hold(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Record that something the contract promises was held."""
    actor = actor_of(request)
    row = get_contract(actor, contract_id)
    writable_customer(actor, row.customer_public_id)
    form = HoldForm(
        posted(request),
        duties=duties_of_plan(row.plan_version_id),
        initial={"held_on": timezone.localdate()},
    )

    def save() -> UUID:
        return hold_duty(
            actor=actor,
            contract_id=contract_id,
            held=form.held(),
            source=SOURCE,
            now=timezone.now(),
        )

    return _form(request, row.public_id, row.number, _("Record something held"), form, save)


@require_http_methods(["GET", "POST"])
@page
def hold_back(request: HttpRequest, contract_id: UUID, holding_id: UUID) -> HttpResponse:
    """Take back something recorded by mistake."""
    actor = actor_of(request)
    row = get_contract(actor, contract_id)
    writable_customer(actor, row.customer_public_id)
    form = BackForm(posted(request))

    def save() -> UUID:
        take_back_held(
            actor=actor,
            contract_id=contract_id,
            fact_id=holding_id,
            reason=form.cleaned_data["reason"],
            source=SOURCE,
            now=timezone.now(),
        )
        return contract_id

    return _form(request, row.public_id, row.number, _("Take back what was recorded"), form, save)


@require_GET
@page
def cases(request: HttpRequest, figure_id: UUID) -> HttpResponse:
    """The cases behind a figure, with which of them keep it and which do not."""
    actor, now = actor_of(request), timezone.now()
    promise = get_contract_promise(actor, figure_id, now)
    contract = get_contract(actor, promise.contract_id)
    found = cases_behind(actor, figure_id)
    heads = find_heads(actor, {one.subject_id for one in found})
    context = {
        "line": lines_of([promise])[0],
        "promise": promise,
        "contract": contract,
        "cases": [(one, heads.get(one.subject_id)) for one in found],
    }
    return render(request, "console/archive/promise_cases.html", context)


def _form(
    request: HttpRequest, contract_id: UUID, number: str, title: str, form: KeptForm, save: Any
) -> HttpResponse:
    address = reverse("console:contracts_one", args=[contract_id])
    return form_page(
        request,
        FormPage(
            title=title,
            form=form,
            route=f"console{request.path.replace('/', '.')}",
            save=save,
            done=lambda _made: f"{address}#own-promises",
            back=Link(address, number),
        ),
    )
