"""Start page and appearance: what belongs to no subject."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yinuo.domains.contracts.selectors import list_contracts, list_plan_versions
from yinuo.domains.customers.selectors import list_customers
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.selectors import list_people, list_units
from yinuo.domains.network.types import Actor
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.context import APPEARANCE_COOKIE, APPEARANCES, AREAS


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Something to enter before the first request, and where."""

    title: str
    why: str
    address: str
    is_done: bool


YEAR_SECONDS = 31_536_000


@require_GET
@page
def start(request: HttpRequest) -> HttpResponse:
    """The first page of the navigation that this person may open.

    An administrator of a company without contracts gets the list of what to enter first.
    """
    actor = actor_of(request)
    if actor.may(Permission.PLAN_PUBLISH) and not list_contracts(actor, limit=1).items:
        return render(request, "console/first_steps.html", {"steps": _first_steps(actor)})
    if actor.may(Permission.WORK_ORDER_PERFORM) and not actor.may(Permission.WORK_ORDER_ISSUE):
        # Who goes to customers begins the day with his own work.
        return redirect("console:work")
    for area in AREAS:
        for destination in area.destinations:
            if actor.may(destination.permission):
                return redirect(f"console:{destination.name}")
    return render(request, "console/no_role.html")


def _first_steps(actor: Actor) -> list[FirstStep]:
    """What an empty company needs before its first request, in a sensible order."""
    return [
        FirstStep(
            _("Publish a service plan"),
            _("What is promised, to whom, how fast. Begin with one that comes with the product."),
            reverse("console:plans_publish"),
            is_done=bool(list_plan_versions(actor, newest_only=True)),
        ),
        FirstStep(
            _("Add service units"),
            _("Centres and partners below headquarters. Leave this out if there is only one."),
            reverse("console:settings_units"),
            is_done=len(list_units(actor)) > 1,
        ),
        FirstStep(
            _("Add people with roles and accounts"),
            _("Somebody with the role of a service consultant takes the calls."),
            reverse("console:settings"),
            is_done=len(list_people(actor, limit=2)) > 1,
        ),
        FirstStep(
            _("Add a customer with contacts and assets"),
            _("The numbers of the contacts tell who is calling."),
            reverse("console:customers"),
            is_done=bool(list_customers(actor, limit=1).items),
        ),
        FirstStep(
            _("Enter the contract"),
            _("On the customer's page: it binds the customer to a plan; promises run from then."),
            reverse("console:customers"),
            is_done=False,
        ),
    ]


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keeps the choice of light, dark or system; for browsers without scripts."""
    target = request.headers.get("Referer", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = request.POST.get("appearance", "")
    if chosen in APPEARANCES:
        # Readable by our script, which changes it in place; it is no secret.
        response.set_cookie(
            APPEARANCE_COOKIE, chosen, max_age=YEAR_SECONDS, secure=True, samesite="Lax"
        )
    return response
