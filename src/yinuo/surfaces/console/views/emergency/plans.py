"""Emergency plans: the list, one whole chain, asking for one, writing its content."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.emergency.page import get_plan_page
from yinuo.domains.emergency.selectors import crew_choices, list_plans
from yinuo.domains.emergency.services import open_chain, submit_plan
from yinuo.domains.emergency.types import PlanPage
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import get_request_page
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.emergency_forms import ActForm, ContentForm
from yinuo.surfaces.console.emergency_words import BUTTONS, VIEWS
from yinuo.surfaces.console.views.lists import listing
from yinuo.surfaces.console.words import word

# Each act with the page that takes it.
ADDRESSES = {
    "submitted": "console:emergency_write",
    "agreed": "console:emergency_consent",
    "departed": "console:emergency_depart",
    "estimate": "console:emergency_estimate",
    "setback": "console:emergency_setback",
    "closed": "console:emergency_close",
    "withdrawn": "console:emergency_withdraw",
}
PLAIN = ("acknowledged", "approved", "returned", "released", "done")
LEADING = frozenset({"submitted", "acknowledged", "agreed", "approved", "released", "departed"})


@require_GET
@page
def plans(request: HttpRequest) -> HttpResponse:
    """The chains that run, wait for me, wait for an approval, or all."""
    actor = actor_of(request)
    require(actor, Permission.EMERGENCY_READ)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "running"
    now = timezone.now()
    found = listing(request, partial(list_plans, now=now), view=view)
    context = {
        "list": replace(found, is_narrowed=found.is_narrowed or view != "running"),
        "views": VIEWS.items(),
        "view": view,
        "now": now,
    }
    return render(request, "console/lists/emergency.html", context)


@require_GET
@page
def plan_one(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The whole chain at a glance, with what this person can do now."""
    return plan_screen(request, plan_id)


def plan_screen(request: HttpRequest, plan_id: UUID, link: str = "") -> HttpResponse:
    """The page of a plan; with the link just made, which is shown this once."""
    now = timezone.now()
    found = get_plan_page(actor_of(request), plan_id, now=now)
    context = {
        "plan": found,
        "row": found.row,
        "buttons": buttons_of(found),
        "link": link,
        "now": now,
    }
    return render(request, "console/emergency/page.html", context)


def buttons_of(found: PlanPage) -> list[dict[str, Any]]:
    """What this person can do now: an address, its word, and whether it leads."""
    made = []
    for act in found.may:
        if act == "declined":
            continue
        plan_id = found.row.public_id
        address = (
            reverse("console:emergency_step", args=[plan_id, act])
            if act in PLAIN
            else reverse(ADDRESSES[act], args=[plan_id])
        )
        made.append({"address": address, "word": word(BUTTONS, act), "leads": act in LEADING})
    return made


@require_http_methods(["GET", "POST"])
@page
def plan_new(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Ask for an emergency plan of a request."""
    actor = actor_of(request)
    found = get_request_page(actor, request_id).request
    form = ActForm(posted(request))

    def save() -> UUID:
        made = open_chain(
            actor=actor, request_id=request_id, doing=form.doing(), now=timezone.now()
        )
        return made.public_id

    return form_page(
        request,
        FormPage(
            title=_("Ask for an emergency plan"),
            form=form,
            route=f"console.emergency.new.{request_id}",
            save=save,
            done=lambda made: reverse("console:emergency_one", args=[made]),
            back=Link(reverse("console:requests_one", args=[request_id]), found.number),
            lead=_("Until it is approved nobody is assigned and no part is released."),
            button=_("Ask for the plan"),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def plan_write(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Write the content; after a refusal it starts from the last one."""
    actor = actor_of(request)
    found = get_plan_page(actor, plan_id, now=timezone.now())
    people = people_choices(actor, plan_id)
    form = ContentForm(posted(request), people=people, initial=_initial(found))

    def save() -> UUID:
        submit_plan(
            actor=actor,
            plan_id=plan_id,
            version=form.cleaned_data["version"],
            content=form.content(),
            doing=form.doing(),
            now=timezone.now(),
        )
        return plan_id

    return step_page(request, found, form, "write", save, title=_("Write the emergency plan"))


def step_page(
    request: HttpRequest, found: PlanPage, form: KeptForm, kind: str, save: Any, **words: Any
) -> HttpResponse:
    """The form of one act on a plan."""
    address = reverse("console:emergency_one", args=[found.row.public_id])
    return form_page(
        request,
        FormPage(
            form=form,
            route=f"console.emergency.{kind}.{found.row.public_id}",
            save=save,
            done=lambda _made: address,
            back=Link(address, found.row.number),
            **words,
        ),
    )


def people_choices(actor: Actor, plan_id: UUID) -> list[tuple[str, str]]:
    """People of the crew to choose from, with their unit."""
    found = crew_choices(actor, plan_id)
    return [(str(one.public_id), f"{one.name} · {one.unit_name}") for one in found]


def _initial(found: PlanPage) -> dict[str, Any]:
    initial: dict[str, Any] = {"version": found.version}
    if found.content is None:
        return initial
    content = found.content
    return initial | {
        "analysis": content.analysis,
        "lead_id": str(content.lead.public_id),
        "crew_ids": [str(one.public_id) for one in content.crew],
        "items": "\n".join(content.items),
        "parts": "\n".join(content.parts),
        "tools": content.tools,
        "work_minutes": content.work_minutes,
        "cost": content.cost,
        "special_points": content.special_points,
    }
