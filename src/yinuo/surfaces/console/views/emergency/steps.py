"""What happens to an emergency plan: each step of its chain, estimates, its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yinuo.domains.emergency.page import get_plan_page
from yinuo.domains.emergency.services import (
    ask_by_link,
    change_estimate,
    close_plan,
    depart,
    record_consent,
    take_chain_step,
    withdraw_plan,
)
from yinuo.domains.emergency.services.consenting import LINK_PURPOSE
from yinuo.platform.errors import NotFound
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import posted
from yinuo.surfaces.console.emergency_forms import (
    ActForm,
    AskForm,
    ConsentForm,
    ReasonedForm,
    TellForm,
)
from yinuo.surfaces.console.emergency_words import BUTTONS
from yinuo.surfaces.console.fresh_links import fresh_address
from yinuo.surfaces.console.views.emergency.plans import PLAIN, plan_screen, step_page
from yinuo.surfaces.console.words import word

SEE_OTHER = 302


@require_http_methods(["GET", "POST"])
@page
def step(request: HttpRequest, plan_id: UUID, act: str) -> HttpResponse:
    """Acknowledge, approve, return, release, or finish another hand-over."""
    if act not in PLAIN:
        raise NotFound
    actor = actor_of(request)
    found = get_plan_page(actor, plan_id, now=timezone.now())
    kind = ReasonedForm if act == "returned" else ActForm
    form = kind(posted(request), initial={"version": found.version})

    def save() -> UUID:
        take_chain_step(
            actor=actor,
            plan_id=plan_id,
            version=form.cleaned_data["version"],
            act=act,
            doing=form.doing(),
            now=timezone.now(),
        )
        return plan_id

    title = str(word(BUTTONS, act))
    lead = ""
    if act == "acknowledged" and found.content is not None:
        lead = found.content.special_points or _("The plan names no special points.")
    if act == "approved":
        lead = _("With your approval people can be assigned and parts released.")
    return step_page(request, found, form, act, save, title=title, lead=lead, button=title)


@require_http_methods(["GET", "POST"])
@page
def consent(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Take down what the customer said on the phone."""
    actor = actor_of(request)
    found = get_plan_page(actor, plan_id, now=timezone.now())
    initial = {
        "version": found.version,
        "name": found.contact_name,
        "arrival_at": found.row.arrival_at,
    }
    form = ConsentForm(posted(request), initial=initial)

    def save() -> UUID:
        record_consent(
            actor=actor,
            plan_id=plan_id,
            version=form.cleaned_data["version"],
            given=form.given(),
            doing=form.doing(),
            now=timezone.now(),
        )
        return plan_id

    title = _("Record the customer's answer")
    lead = _("Tell him the arrival, the lead with his phone, the work and the cost: %(phone)s")
    said = lead % {"phone": found.contact_phone} if found.contact_phone else ""
    return step_page(request, found, form, "consent", save, title=title, lead=said)


@never_cache
@require_http_methods(["GET", "POST"])
@page
def ask(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Make the link for the customer's answer, and show it this once."""
    actor = actor_of(request)
    found = get_plan_page(actor, plan_id, now=timezone.now())
    initial = {"version": found.version, "arrival_at": found.row.arrival_at}
    form = AskForm(posted(request), initial=initial)
    made: list[str] = []

    def save() -> UUID:
        asked = ask_by_link(
            actor=actor,
            plan_id=plan_id,
            version=form.cleaned_data["version"],
            arrival_at=form.cleaned_data["arrival_at"],
            now=timezone.now(),
        )
        made.append(asked.secret)
        return plan_id

    words = {
        "title": _("Ask the customer by a link"),
        "lead": _("Whoever has the link reads the plan and agrees or declines by name."),
        "button": _("Make the link"),
    }
    response = step_page(request, found, form, "ask", save, **words)
    if response.status_code != SEE_OTHER:
        return response
    address = fresh_address(request, LINK_PURPOSE, made)
    if not address:
        return redirect("console:emergency_one", plan_id)
    return plan_screen(request, plan_id, address)


@require_http_methods(["GET", "POST"])
@page
def departure(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The crew leaves; the customer is told by phone and SMS."""
    title = _("Crew departs")
    return _tell(request, plan_id, depart, "depart", title=title, wants_reason=False)


@require_http_methods(["GET", "POST"])
@page
def estimate(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """A new arrival estimate; the customer is told."""
    title = _("New arrival estimate")
    return _tell(request, plan_id, change_estimate, "estimate", title=title, wants_reason=True)


def _tell(
    request: HttpRequest, plan_id: UUID, service: Any, kind: str, *, title: str, wants_reason: bool
) -> HttpResponse:
    actor = actor_of(request)
    found = get_plan_page(actor, plan_id, now=timezone.now())
    initial = {"version": found.version, "arrival_at": found.row.arrival_at}
    form = TellForm(posted(request), initial=initial, wants_reason=wants_reason)

    def save() -> UUID:
        service(
            actor=actor,
            plan_id=plan_id,
            version=form.cleaned_data["version"],
            told=form.told(),
            doing=form.doing(),
            now=timezone.now(),
        )
        return plan_id

    lead = _("The customer gets an SMS; phone him too: %(name)s %(phone)s")
    said = lead % {"name": found.contact_name, "phone": found.contact_phone}
    return step_page(request, found, form, kind, save, title=title, lead=said, button=title)


@require_http_methods(["GET", "POST"])
@page
def close(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Close the plan with what came of it."""
    return _end(request, plan_id, close_plan, "close", _("Close the plan"))


@require_http_methods(["GET", "POST"])
@page
def withdraw(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Take the plan back, with the reason."""
    return _end(request, plan_id, withdraw_plan, "withdraw", _("Withdraw the plan"))


def _end(request: HttpRequest, plan_id: UUID, service: Any, kind: str, title: str) -> HttpResponse:
    actor = actor_of(request)
    found = get_plan_page(actor, plan_id, now=timezone.now())
    form = ReasonedForm(posted(request), initial={"version": found.version})

    def save() -> UUID:
        service(
            actor=actor,
            plan_id=plan_id,
            version=form.cleaned_data["version"],
            doing=form.doing(),
            now=timezone.now(),
        )
        return plan_id

    return step_page(request, found, form, kind, save, title=title, button=title)
