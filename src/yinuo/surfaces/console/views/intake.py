"""Intake (受理): who calls, what for, what follows; saved in one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.campaigns.selectors import campaigns_of_asset, campaigns_of_customer
from yinuo.domains.campaigns.types import OpenCampaign
from yinuo.domains.feedback.history import last_repair
from yinuo.domains.feedback.types import LastRepair
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.doubles import Told, find_doubles
from yinuo.domains.requests.selectors import preview_intake
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake, IntakePreview, Word
from yinuo.platform.errors import IdempotencyMismatch, InvalidInput, Text
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.callers import Chosen, caller_panel, candidates
from yinuo.surfaces.console.cover_questions import question_of_intake
from yinuo.surfaces.console.errors import is_fragment
from yinuo.surfaces.console.forms import IntakeForm, PreviewForm, one_time_key
from yinuo.surfaces.console.guiding import PREFIX, answers_in, names_of, shown_questions
from yinuo.surfaces.console.once import created_once

UNPROCESSABLE = 422
ROUTE = "console.intake"
SYMPTOM_LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class Terms:
    """The plan's levels and categories, in the reader's language, with what is chosen."""

    levels: tuple[dict[str, str], ...] = ()
    categories: tuple[dict[str, str], ...] = ()
    level: str = ""
    category: str = ""

    @property
    def plan(self) -> str:
        """Tells whether the terms shown are still those of the asset chosen."""
        return ",".join(one["code"] for one in (*self.levels, *self.categories)) or "none"


@require_http_methods(["GET", "POST"])
@page
def intake(request: HttpRequest) -> HttpResponse:
    """The screen, and saving it. What was typed stays when something is wrong."""
    actor, now = actor_of(request), timezone.now()
    require(actor, Permission.REQUEST_OPEN)
    if request.method == "POST":
        return _save(request, actor, now)
    form = IntakeForm.fresh()
    return _screen(request, form, _chosen(request.GET), actor=actor, now=now)


def _save(request: HttpRequest, actor: Actor, now: datetime) -> HttpResponse:
    form = IntakeForm(request.POST)
    if form.is_valid():
        try:
            request_id = _opened(form, request, actor, now)
        except InvalidInput as error:
            take_problems(form, error)
        except IdempotencyMismatch:
            form = _with_fresh_key(request)
        else:
            return redirect("console:requests_one", request_id, permanent=False)
    posted = form.data
    chosen = Chosen(
        *(
            str(posted.get(name, ""))
            for name in ("customer_id", "contact_id", "site_id", "asset_id")
        )
    )
    return _screen(request, form, chosen, actor=actor, now=now, status=UNPROCESSABLE)


def _opened(form: IntakeForm, request: HttpRequest, actor: Actor, now: datetime) -> str:
    def create() -> Any:
        return open_request(actor=actor, intake=form.intake(), now=now).public_id

    return created_once(ROUTE, form.cleaned_data["key"], request.POST, create, actor=actor, now=now)


def _with_fresh_key(request: HttpRequest) -> IntakeForm:
    """The form came back by the back button and was changed: ask before a second request."""
    posted = request.POST.copy()
    posted["key"] = one_time_key()
    form = IntakeForm(posted)
    form.is_valid()
    form.add_error(
        None,
        _("This form was saved before with other words. Save again to open a second request."),
    )
    return form


def _screen(
    request: HttpRequest,
    form: IntakeForm,
    chosen: Chosen,
    *,
    actor: Actor,
    now: datetime,
    status: int = 200,
) -> HttpResponse:
    panel = caller_panel(actor, chosen, now) if chosen.customer_id else None
    context: dict[str, Any] = {"form": form, "panel": panel, "typed": form.data.get("q", "")}
    if panel:
        context |= _consequences(_preview_of(form.data, chosen), actor, now)
        context["questions_shown"] = names_of(context.get("questions", ()))
    return render(request, "console/intake/page.html", context, status=status)


def _preview_of(posted: Any, chosen: Chosen) -> PreviewForm:
    given = {name: posted.get(name, "") for name in PreviewForm.base_fields}
    given |= {name: answer for name, answer in posted.items() if name.startswith(PREFIX)}
    given |= {
        "customer_id": chosen.customer_id,
        "site_id": chosen.site_id,
        "asset_id": chosen.asset_id,
    }
    return PreviewForm(given)


@require_GET
@page
def find(request: HttpRequest) -> HttpResponse:
    """The candidates for what was typed so far."""
    actor = actor_of(request)
    require(actor, Permission.REQUEST_OPEN)
    typed = request.GET.get("q", "").strip()
    context = {
        "typed": typed,
        "candidates": candidates(actor, typed) if typed else [],
        "may_create": actor.may(Permission.CUSTOMER_WRITE),
    }
    return render(request, "console/intake/candidates.html", context)


@require_GET
@page
def caller(request: HttpRequest) -> HttpResponse:
    """The panel of the caller picked; as a page of its own it is the intake with him chosen."""
    if not is_fragment(request):
        return redirect(f"/intake/?{request.GET.urlencode()}")
    actor, now = actor_of(request), timezone.now()
    require(actor, Permission.REQUEST_OPEN)
    chosen = _chosen(request.GET)
    return render_panel(request, chosen, actor=actor, now=now)


def render_panel(
    request: HttpRequest, chosen: Chosen, *, actor: Actor, now: datetime
) -> HttpResponse:
    """The panel as a fragment, with all that follows from the caller in the same answer.

    Levels that came a moment later would push away the one the consultant just chose.
    """
    typed = request.POST if request.method == "POST" else request.GET
    context: dict[str, Any] = {
        "panel": caller_panel(actor, chosen, now),
        "form": IntakeForm.fresh(),
        "fresh_panel": True,
    }
    context |= _consequences(_preview_of(typed, chosen), actor, now)
    context["questions_shown"] = names_of(context.get("questions", ()))
    return render(request, "console/intake/who.html", context)


def _chosen(query: Any) -> Chosen:
    return Chosen(*(query.get(name, "") for name in ("customer", "contact", "site", "asset")))


@require_GET
@page
def follows(request: HttpRequest) -> HttpResponse:
    """Cover, levels and due times this intake would get now."""
    actor, now = actor_of(request), timezone.now()
    require(actor, Permission.REQUEST_OPEN)
    form = PreviewForm(request.GET)
    context = _consequences(form, actor, now)
    terms = context.get("terms")
    context["with_terms"] = terms and terms.plan != request.GET.get("plan_shown", "")
    context["questions_shown"] = names_of(context.get("questions", ()))
    shown = request.GET.get("questions_shown", "")
    context["with_questions"] = terms and context["questions_shown"] != shown
    return render(request, "console/intake/follows.html", context)


@require_POST
@page
def known(request: HttpRequest) -> HttpResponse:
    """What is known already while the call is taken: the last repair, and open requests that may
    be about the same fault.

    It only reads; asked by POST because a long symptom does not fit into an address.
    """
    actor = actor_of(request)
    require(actor, Permission.REQUEST_OPEN)
    given = {name: request.POST.get(name, "") for name in ("customer_id", "asset_id", "category")}
    told = Told(**given, symptom=request.POST.get("symptom", "")[:SYMPTOM_LOOKED_AT])
    context = {
        "doubles": find_doubles(actor, told, timezone.now()),
        "repair": _last_repair(actor, given["customer_id"], given["asset_id"]),
        "campaigns": _campaigns(actor, given["customer_id"], given["asset_id"]),
    }
    return render(request, "console/intake/known.html", context)


def _campaigns(actor: Actor, customer_id: str, asset_id: str) -> list[OpenCampaign]:
    """Of the asset once it is chosen, of the customer's assets before."""
    if asset_id:
        return campaigns_of_asset(actor, asset_id)
    return campaigns_of_customer(actor, customer_id) if customer_id else []


def _last_repair(actor: Actor, customer_id: str, asset_id: str) -> LastRepair | None:
    """Of the asset once it is chosen, of the customer before."""
    if not customer_id or not actor.may(Permission.REQUEST_READ):
        return None
    return last_repair(actor, customer_id=customer_id, asset_id=asset_id or None)


def _consequences(form: PreviewForm, actor: Actor, now: datetime) -> dict[str, Any]:
    """`follows` and `terms` of the screen; empty while no customer is chosen."""
    problem: Text = ""
    if not form.is_valid():
        problem = _("The time is not readable; shown is what would follow from now.")
    asked = form.cleaned_data
    if not asked.get("customer_id"):
        return {}
    details = {name: asked.get(name) or "" for name in ("kind", "level", "category")}
    intake = Intake(
        customer_id=asked["customer_id"],
        site_id=asked.get("site_id"),
        asset_id=asked.get("asset_id"),
        symptom="",
        kind=details["kind"],
        level=details["level"],
        category=details["category"],
        reported_at=asked.get("reported_at"),
        answers=answers_in(form.data),
    )
    try:
        preview = preview_intake(actor, intake, now)
    except InvalidInput as error:
        problem = next(iter(error.fields.values()))
        preview = preview_intake(actor, replace(intake, reported_at=None), now)
    return {
        "follows": _follows(preview, preview.level, problem)
        | {"group": preview.group, "keep": asked.get("keep", False)}
        | {"why": question_of_intake(asked)},
        "terms": _terms(preview),
        "questions": shown_questions(preview.questions),
    }


def _follows(preview: IntakePreview, level: str, problem: Text) -> dict[str, Any]:
    known = {one.code for one in preview.levels}
    return {
        "cover": preview.cover,
        "dues": preview.dues,
        "needs_level": bool(known) and level not in known,
        "problem": problem,
    }


def _terms(preview: IntakePreview) -> Terms:
    return Terms(
        levels=tuple(_in_language(one) for one in preview.levels),
        categories=tuple(_in_language(one) for one in preview.categories),
        level=preview.level,
        category=preview.category,
    )


def _in_language(one: Word) -> dict[str, str]:
    return {
        "code": one.code,
        "label": words.in_language(one.title_zh, one.title_en),
        "definition": words.in_language(one.definition_zh, one.definition_en),
    }
