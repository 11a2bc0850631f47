"""Standby units and their loans: the register, one unit, one loan, and what is done with them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.assets.selectors import get_asset
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_units
from yinuo.domains.obligations.selectors import obligations_of_subject
from yinuo.domains.repairs.services import (
    ask_standby,
    handle_loan,
    lend_standby,
    register_standby,
)
from yinuo.domains.repairs.standby import (
    get_loan,
    get_standby,
    list_standby,
    loans_of_standby,
    ready_units,
    standby_of_request,
)
from yinuo.domains.requests.selectors import get_request_page
from yinuo.kernel.loan_states import LoanAct
from yinuo.platform.errors import Forbidden, NotFound
from yinuo.surfaces.console import standby_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.promises import running_bars
from yinuo.surfaces.console.standby_forms import AskForm, LoanDoingForm, LoanForm, StandbyForm
from yinuo.surfaces.console.views.lists import Listing, searched

OVERDUE = "overdue"


@require_GET
@page
def units(request: HttpRequest) -> HttpResponse:
    """Standby units with who has them."""
    actor, now = actor_of(request), timezone.now()
    require(actor, Permission.STANDBY_READ)
    state, cursor = request.GET.get("state", ""), request.GET.get("cursor", "")
    state = state if state in standby_words.UNITS or state == OVERDUE else ""
    text = searched(request)
    found = list_standby(actor, now=now, state=state, text=text, cursor=cursor)
    context = {
        "list": Listing(found.items, text, cursor, found.next_cursor, bool(text or state)),
        "state": state,
        "states": standby_words.UNITS.items(),
        "may_write": actor.may(Permission.STANDBY_WRITE),
    }
    return render(request, "console/lists/standby.html", context)


@require_GET
@page
def unit(request: HttpRequest, standby_id: UUID) -> HttpResponse:
    """One standby unit with its loans."""
    actor, now = actor_of(request), timezone.now()
    row = get_standby(actor, standby_id, now)
    context = {"row": row, "loans": loans_of_standby(actor, standby_id, now)}
    return render(request, "console/standby/page.html", context)


@require_GET
@page
def loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    """One loan with its promise and what may be done with it."""
    actor, now = actor_of(request), timezone.now()
    row = get_loan(actor, loan_id, now)
    context = {
        "row": row,
        "bars": running_bars(obligations_of_subject(loan_id), now),
        "acts": [act.value for act in LoanAct if act.value in row.acts],
        "may_charge": row.waits_for_bill and actor.may(Permission.CHARGE_WRITE),
    }
    return render(request, "console/standby/loan.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Register a standby unit."""
    actor = actor_of(request)
    require(actor, Permission.STANDBY_WRITE)
    known = [(str(one.public_id), one.name) for one in list_units(actor)]
    form = StandbyForm(posted(request), units=known)

    def save() -> UUID:
        return register_standby(actor=actor, data=form.standby(), now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=_("New standby unit"),
            form=form,
            route="console.standby.new",
            save=save,
            done=lambda made: reverse("console:standby_one", args=[made]),
            back=Link(reverse("console:standby"), _("Standby units")),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def ask(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say when the device will be mended; a standby unit is asked for when that is too late."""
    actor = actor_of(request)
    found = get_request_page(actor, request_id)
    require(actor, Permission.STANDBY_WRITE)
    form = AskForm(posted(request))

    def save() -> UUID:
        typed = form.values()
        if not ask_standby(actor=actor, request_id=request_id, now=timezone.now(), **typed):
            said = _("It will be mended within the promised time: no standby unit is asked for.")
            messages.info(request, said)
        return request_id

    return form_page(
        request,
        FormPage(
            title=_("Ask for a standby unit"),
            form=form,
            route=f"console.standby.ask.{request_id}",
            save=save,
            done=lambda _made: _request(request_id),
            back=Link(_request(request_id), found.request.number),
            lead=_("Past the promised restoration a standby unit is due, where the plan has one."),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def lend(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Lend a standby unit for a request."""
    actor, now = actor_of(request), timezone.now()
    found = get_request_page(actor, request_id)
    require(actor, Permission.STANDBY_WRITE)
    asset_id = found.request.asset_public_id
    model = get_asset(actor, asset_id).model if asset_id else ""
    known = [
        (str(one.public_id), f"{one.name} · {one.model} · {one.serial} · {one.unit_name}")
        for one in ready_units(actor, model)
    ]
    promised = standby_of_request(actor, request_id, now).is_promised
    initial = {"basis": "plan" if promised else "goodwill"}
    form = LoanForm(posted(request), units=known, initial=initial)

    def save() -> UUID:
        data = form.loan(request_id)
        return lend_standby(actor=actor, data=data, now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=_("Lend a standby unit"),
            form=form,
            route=f"console.standby.lend.{request_id}",
            save=save,
            done=_loan,
            back=Link(_request(request_id), found.request.number),
            lead=_("The same model stands first; another one may be lent."),
            saved=_("The standby unit is lent."),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def act(request: HttpRequest, loan_id: UUID, loan_act: str) -> HttpResponse:
    """Take one act on a loan."""
    actor = actor_of(request)
    row = get_loan(actor, loan_id, timezone.now())
    if loan_act not in standby_words.ACTS:
        raise NotFound
    if not actor.may(Permission.STANDBY_WRITE, row.unit_id):
        raise Forbidden
    form = LoanDoingForm(posted(request), kind=loan_act, loan=row, initial={"version": row.version})

    def save() -> UUID:
        return handle_loan(
            actor=actor,
            loan_id=loan_id,
            version=form.cleaned_data["version"],
            doing=form.doing(),
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=standby_words.ACTS[loan_act],
            form=form,
            route=f"console.loans.{loan_id}.{loan_act}",
            save=save,
            done=_loan,
            back=Link(_loan(loan_id), row.number),
            lead=f"{row.name} · {row.model} · {row.serial} · {row.customer_name}",
        ),
    )


def _loan(loan_id: object) -> str:
    return reverse("console:standby_loan", args=[loan_id])


def _request(request_id: object) -> str:
    return reverse("console:requests_one", args=[request_id])
