"""Relocations: the list, one with its plan and what was done, each act on it and its document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.relocations.documents import relocation_docx, relocation_pdf
from yinuo.domains.relocations.selectors import (
    OPEN,
    get_relocation,
    list_relocations,
    relocation_of_step,
)
from yinuo.domains.relocations.services import (
    accept_relocation,
    add_step,
    approve_relocation,
    cancel_relocation,
    change_step,
    handle_step,
    plan_relocation,
    remove_step,
    replan_relocation,
    send_relocation,
    take_back_relocation,
)
from yinuo.domains.relocations.types import RelocationView, StepRow
from yinuo.platform.errors import NotFound
from yinuo.platform.files.serving import document_response
from yinuo.platform.rendering.docx import MEDIA_TYPE as DOCX
from yinuo.surfaces.console import relocation_words, words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.relocation_forms import (
    PlanStepForm,
    RelocationForm,
    RemoveForm,
    SignedForm,
    StepDoingForm,
    WhyForm,
)
from yinuo.surfaces.console.views.lists import Listing, searched

STEP_FIELDS = (
    *("what", "who", "planned_from", "planned_to", "interruption_minutes"),
    *("check_how", "roll_back", "is_parallel"),
)


@require_GET
@page
def relocations(request: HttpRequest) -> HttpResponse:
    """Relocations, those not ended unless another state is asked for."""
    actor = actor_of(request)
    require(actor, Permission.RELOCATION_READ)
    state, cursor = request.GET.get("state", OPEN), request.GET.get("cursor", "")
    state = state if state in relocation_words.STATES or state in ("", OPEN) else OPEN
    text = searched(request)
    found = list_relocations(actor, state=state, text=text, cursor=cursor)
    context = {
        "list": Listing(found.items, text, cursor, found.next_cursor, is_narrowed=bool(text)),
        "state": state,
        "states": relocation_words.STATES.items(),
    }
    return render(request, "console/lists/relocations.html", context)


@require_GET
@page
def one(request: HttpRequest, relocation_id: UUID) -> HttpResponse:
    """One relocation: its plan beside what was done."""
    view = get_relocation(actor_of(request), relocation_id)
    context = {
        "view": view,
        "row": view.row,
        "acts": [
            (name, reverse(f"console:relocations_{name}", args=[relocation_id]))
            for name in relocation_words.ACTS
            if name in view.acts
        ],
        "may_plan": "step" in view.acts,
    }
    return render(request, "console/relocations/page.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Begin the plan of a relocation for a customer."""
    actor = actor_of(request)
    customer = get_customer(actor, customer_id)
    require(actor, Permission.RELOCATION_WRITE, customer.unit_id)
    form = RelocationForm(posted(request))

    def save() -> UUID:
        return plan_relocation(
            actor=actor, customer_id=customer_id, **form.values(), now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("New relocation"),
            form=form,
            route=f"console.relocations.new.{customer_id}",
            save=save,
            done=_address,
            back=Link(reverse("console:customers_one", args=[customer_id]), customer.name),
            lead=_("The steps are planned on its page; the customer approves them as a whole."),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def step(request: HttpRequest, relocation_id: UUID) -> HttpResponse:
    """Add a step to the plan."""
    actor, view = _writable(request, relocation_id)
    last = view.steps[-1].planned_to if view.steps else None
    initial = {"version": view.row.version, "planned_from": last}
    form = PlanStepForm(posted(request), initial=initial)

    def save() -> UUID:
        return add_step(
            actor=actor,
            relocation_id=relocation_id,
            version=form.cleaned_data["version"],
            data=form.step(),
            now=timezone.now(),
        ).public_id

    return _form(request, view, form, "step", save)


@require_http_methods(["GET", "POST"])
@page
def step_edit(request: HttpRequest, relocation_step_id: UUID) -> HttpResponse:
    """Change a step of the plan."""
    actor, view, row = _step(request, relocation_step_id)
    initial = {name: getattr(row, name) for name in STEP_FIELDS}
    form = PlanStepForm(posted(request), initial=initial | {"version": view.row.version})
    del form.fields["position"]

    def save() -> UUID:
        return change_step(
            actor=actor,
            step_id=relocation_step_id,
            version=form.cleaned_data["version"],
            data=form.step(),
            now=timezone.now(),
        ).public_id

    return _form(request, view, form, f"edit.{relocation_step_id}", save, title=row.what)


@require_http_methods(["GET", "POST"])
@page
def step_remove(request: HttpRequest, relocation_step_id: UUID) -> HttpResponse:
    """Take a step out of the plan."""
    actor, view, row = _step(request, relocation_step_id)
    form = RemoveForm(posted(request), initial={"version": view.row.version})

    def save() -> UUID:
        version = form.cleaned_data["version"]
        return remove_step(
            actor=actor, step_id=relocation_step_id, version=version, now=timezone.now()
        ).public_id

    title = _("Remove the step “%(what)s”") % {"what": row.what}
    return _form(request, view, form, f"remove.{relocation_step_id}", save, title=title)


@require_http_methods(["GET", "POST"])
@page
def step_do(request: HttpRequest, relocation_step_id: UUID, step_act: str) -> HttpResponse:
    """Start a step, end it, say that it failed, roll it back."""
    actor, view, row = _step(request, relocation_step_id)
    if step_act not in relocation_words.STEP_ACTS:
        raise NotFound
    form = StepDoingForm(posted(request), kind=step_act, initial={"version": view.row.version})

    def save() -> UUID:
        return handle_step(
            actor=actor,
            step_id=relocation_step_id,
            version=form.cleaned_data["version"],
            doing=form.doing(),
            now=timezone.now(),
        ).public_id

    lead = row.roll_back if step_act == "rolled_back" else row.check_how
    title = f"{relocation_words.STEP_ACTS[step_act]}: {row.what}"
    route = f"{step_act}.{relocation_step_id}"
    return _form(request, view, form, route, save, title=title, lead=lead)


@require_http_methods(["GET", "POST"])
@page
def send(request: HttpRequest, relocation_id: UUID) -> HttpResponse:
    """Send the plan to the customer, who approves it on his own pages."""
    actor, view = _writable(request, relocation_id)
    form = KeptForm(posted(request), initial={"version": view.row.version})

    def save() -> UUID:
        return send_relocation(
            actor=actor, relocation_id=relocation_id, **form.values(), now=timezone.now()
        ).public_id

    lead = _("The customer reads it on his own pages and approves it there. It stays as it is.")
    return _form(request, view, form, "send", save, lead=lead)


@require_http_methods(["GET", "POST"])
@page
def take_back(request: HttpRequest, relocation_id: UUID) -> HttpResponse:
    """Go on writing a plan that was sent and not answered."""
    lead = _("The customer cannot approve it until it is sent again.")
    return _reasoned(request, relocation_id, "take_back", take_back_relocation, lead)


@require_http_methods(["GET", "POST"])
@page
def approve(request: HttpRequest, relocation_id: UUID) -> HttpResponse:
    """Record that the customer approves the plan."""
    return _signing(
        request,
        relocation_id,
        "approve",
        approve_relocation,
        _("The plan is frozen as it stands; nothing begins before."),
    )


@require_http_methods(["GET", "POST"])
@page
def accept(request: HttpRequest, relocation_id: UUID) -> HttpResponse:
    """Record that the customer accepts what was done."""
    return _signing(request, relocation_id, "accept", accept_relocation, "")


@require_http_methods(["GET", "POST"])
@page
def replan(request: HttpRequest, relocation_id: UUID) -> HttpResponse:
    """Open the plan again as a new revision."""
    lead = _("The customer approves the new revision again.")
    return _reasoned(request, relocation_id, "replan", replan_relocation, lead)


@require_http_methods(["GET", "POST"])
@page
def cancel(request: HttpRequest, relocation_id: UUID) -> HttpResponse:
    """Call the relocation off."""
    return _reasoned(request, relocation_id, "cancel", cancel_relocation, "")


@require_GET
@page
def pdf(request: HttpRequest, relocation_id: UUID) -> HttpResponseBase:
    """The plan in the reader's language, to be signed."""
    content, number = relocation_pdf(actor_of(request), relocation_id, **_how())
    return document_response(content, f"{number}.pdf")


@require_GET
@page
def docx(request: HttpRequest, relocation_id: UUID) -> HttpResponseBase:
    """The same as a DOCX."""
    content, number = relocation_docx(actor_of(request), relocation_id, **_how())
    return document_response(content, f"{number}.docx", DOCX)


def _how() -> dict[str, Any]:
    now: datetime = timezone.now()
    return {"language": "zh" if words.is_chinese() else "en", "now": now}


def _signing(
    request: HttpRequest, relocation_id: UUID, name: str, act: Callable[..., Any], lead: str
) -> HttpResponse:
    actor, view = _writable(request, relocation_id)
    initial = {"version": view.row.version, "on": timezone.localdate()}
    form = SignedForm(posted(request), initial=initial)

    def save() -> UUID:
        made: UUID = act(
            actor=actor,
            relocation_id=relocation_id,
            version=form.cleaned_data["version"],
            signed=form.signed(),
            now=timezone.now(),
        ).public_id
        return made

    return _form(request, view, form, name, save, lead=lead)


def _reasoned(
    request: HttpRequest, relocation_id: UUID, name: str, act: Callable[..., Any], lead: str
) -> HttpResponse:
    actor, view = _writable(request, relocation_id)
    form = WhyForm(posted(request), initial={"version": view.row.version})

    def save() -> UUID:
        values = form.values()
        now = timezone.now()
        made: UUID = act(actor=actor, relocation_id=relocation_id, **values, now=now).public_id
        return made

    return _form(request, view, form, name, save, lead=lead)


def _writable(request: HttpRequest, relocation_id: UUID) -> tuple[Actor, RelocationView]:
    actor = actor_of(request)
    view = get_relocation(actor, relocation_id)
    require(actor, Permission.RELOCATION_WRITE, view.row.unit_id)
    return actor, view


def _step(request: HttpRequest, step_id: UUID) -> tuple[Actor, RelocationView, StepRow]:
    actor = actor_of(request)
    view, row = relocation_of_step(actor, step_id)
    require(actor, Permission.RELOCATION_WRITE, view.row.unit_id)
    return actor, view, row


def _form(
    request: HttpRequest,
    view: RelocationView,
    form: KeptForm,
    name: str,
    save: Callable[[], UUID],
    *,
    title: str = "",
    lead: str = "",
) -> HttpResponse:
    public_id = view.row.public_id
    return form_page(
        request,
        FormPage(
            title=title or relocation_words.ACTS[name],
            form=form,
            route=f"console.relocations.{public_id}.{name}",
            save=save,
            done=lambda _made: _address(public_id),
            back=Link(_address(public_id), view.row.number),
            lead=lead,
        ),
    )


def _address(relocation_id: object) -> str:
    return reverse("console:relocations_one", args=[relocation_id])
