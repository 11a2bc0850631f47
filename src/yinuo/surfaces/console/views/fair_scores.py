"""The fair score: its weights, and appeals against the count of a case."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.feedback.fair import get_appeal, get_case, list_appeals
from yinuo.domains.feedback.services import appeal_case, decide_appeal, set_score_weights
from yinuo.domains.feedback.weighing import list_weighings
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import headquarters_id
from yinuo.platform.errors import Forbidden
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.fair_forms import AppealForm, DecisionForm, ScoreWeightsForm
from yinuo.surfaces.console.fair_words import COUNTED_IN, WEIGHTS
from yinuo.surfaces.console.views.lists import Listing


@require_GET
@page
def weights(request: HttpRequest) -> HttpResponse:
    """How the fair score is made, the weights that count and those before them."""
    actor = actor_of(request)
    weighings = list_weighings(actor)
    context = {
        "present": weighings[0],
        "before": weighings[1:],
        "weights": [
            (WEIGHTS[name], value, COUNTED_IN[name.rpartition("_")[2]])
            for name, value in asdict(weighings[0].weights).items()
        ],
        "may_write": actor.may(Permission.SCORE_PUBLISH, headquarters_id()),
    }
    return render(request, "console/scores/weights.html", context)


@require_http_methods(["GET", "POST"])
@page
def weights_edit(request: HttpRequest) -> HttpResponse:
    """Let other weights count in the months not published yet."""
    actor = actor_of(request)
    require(actor, Permission.SCORE_PUBLISH, headquarters_id())
    present = list_weighings(actor)[0]
    initial: dict[str, Any] = {**asdict(present.weights), "version": present.number}
    form = ScoreWeightsForm(posted(request), initial=initial)

    def save() -> UUID:
        return set_score_weights(
            actor=actor,
            weights=form.weights(),
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        ).public_id

    back = Link(reverse("console:scores_weights"), _("How the fair score is made"))
    return form_page(
        request,
        FormPage(
            title=_("Weights of the fair score"),
            lead=_("They count in every month that is not published yet."),
            form=form,
            route="console.score_weights",
            save=save,
            done=lambda _made: back.address,
            back=back,
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def appeal_new(request: HttpRequest, scored_case_id: UUID) -> HttpResponse:
    """Appeal against the count of one's own case, with its inputs in sight."""
    actor = actor_of(request)
    case = get_case(actor, scored_case_id)
    if not case.may_appeal and case.appeal_public_id is None:
        raise Forbidden
    form = AppealForm(posted(request))

    def save() -> UUID:
        return appeal_case(
            actor=actor,
            case_id=scored_case_id,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("Appeal against the count of %(sheet)s") % {"sheet": case.sheet_number},
            form=form,
            route=f"console.appeals.new.{scored_case_id}",
            save=save,
            done=lambda made: reverse("console:scores_appeals_one", args=[made]),
            back=Link(reverse("console:myscore") + "?by=cases", _("My score")),
            saved=_("The appeal is on its way to your manager."),
            template="console/scores/appeal_form.html",
            extra={"case": case},
        ),
    )


@require_GET
@page
def appeals(request: HttpRequest) -> HttpResponse:
    """Appeals, those that wait unless all are asked for; an engineer sees his own."""
    actor = actor_of(request)
    if not actor.may(Permission.SCORE_OWN):
        require(actor, Permission.SCORE_READ)
    is_open = request.GET.get("show") != "all"
    cursor = request.GET.get("cursor", "")
    found = list_appeals(actor, is_open=is_open, cursor=cursor)
    context = {"list": Listing(found.items, "", cursor, found.next_cursor), "is_open": is_open}
    return render(request, "console/lists/appeals.html", context)


@require_GET
@page
def appeal(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """An appeal with its case and what was decided."""
    view = get_appeal(actor_of(request), appeal_id)
    return render(request, "console/scores/appeal.html", {"view": view, "case": view.case})


@require_http_methods(["GET", "POST"])
@page
def appeal_decide(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """Uphold an appeal or turn it down; never one's own."""
    actor = actor_of(request)
    view = get_appeal(actor, appeal_id)
    if not view.may_decide and view.upheld is None:
        raise Forbidden
    form = DecisionForm(posted(request))

    def save() -> UUID:
        return decide_appeal(
            actor=actor,
            appeal_id=appeal_id,
            upheld=form.cleaned_data["decision"] == "upheld",
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        ).public_id

    address = reverse("console:scores_appeals_one", args=[appeal_id])
    return form_page(
        request,
        FormPage(
            title=_("Decide the appeal"),
            form=form,
            route=f"console.appeals.decide.{appeal_id}",
            save=save,
            done=lambda _made: address,
            back=Link(address, view.case.sheet_number),
            saved=_("The decision is recorded."),
        ),
    )
