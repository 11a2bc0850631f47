"""Service requests: the list, the page, the steps a person may take on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.requests.heads import find_heads
from yinuo.domains.requests.selectors import get_request_page, get_version, list_requests
from yinuo.domains.requests.services import change_level, report_fact
from yinuo.domains.requests.types import RequestPage
from yinuo.platform.errors import Conflict, IdempotencyMismatch, IllegalMove, InvalidInput
from yinuo.platform.journal.selectors import reasons_of_subject
from yinuo.surfaces.console import columns, words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.forms import LevelForm, StepForm, one_time_key, take_problems
from yinuo.surfaces.console.once import created_once
from yinuo.surfaces.console.promises import promise_bars
from yinuo.surfaces.console.timelines import timeline
from yinuo.surfaces.console.views.lists import listing, searched

UNPROCESSABLE, CONFLICT = 422, 409
SOURCE = "console"
OPEN = "open"
SUBJECT = "requests.request"

# What usually comes next in each state; it leads the buttons.
USUAL = {
    "new": "responded",
    "reopened": "responded",
    "answered": "remote_started",
    "remote": "restored",
    "on_site": "restored",
    "restored": "confirmed_by_customer",
    "confirmed": "archived",
}


@require_GET
@page
def requests(request: HttpRequest) -> HttpResponse:
    """Requests, newest first: the open ones, those of one state, of one customer or asset."""
    require(actor_of(request), Permission.REQUEST_READ)
    state = request.GET.get("state", OPEN)
    narrowed = {"state": "" if state == "all" else state}
    for name in ("customer", "asset"):
        if given := request.GET.get(name, ""):
            narrowed[f"{name}_id"] = given
    if is_wanted(request):
        text = searched(request)
        return workbook(
            request, _("Requests"), columns.REQUESTS, list_requests, text=text, **narrowed
        )
    states = {OPEN: _("Open"), "all": _("All"), **words.REQUEST_STATES}
    found = listing(request, list_requests, **narrowed)
    heads = find_heads(actor_of(request), [row.public_id for row in found.rows])
    rows = tuple((row, heads.get(row.public_id)) for row in found.rows)
    is_narrowed = found.is_narrowed or state not in (OPEN, "all") or len(narrowed) > 1
    context = {
        "list": replace(found, rows=rows, is_narrowed=is_narrowed, can_export=True),
        "states": states.items(),
        "state": state,
        "may_open": actor_of(request).may(Permission.REQUEST_OPEN),
    }
    return render(request, "console/lists/requests.html", context)


@require_GET
@page
def requests_one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The request page; asked for by htmx, only its living part."""
    found = get_request_page(actor_of(request), request_id)
    return _show(request, found)


@require_GET
@page
def requests_version(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The counter that live pages ask for: changes with each change of the request."""
    version = get_version(actor_of(request), request_id)
    return HttpResponse(str(version), content_type="text/plain")


@require_POST
@page
def requests_step(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Record a step. Refused steps show the page again with what was typed."""
    form = StepForm(request.POST)

    def take(now: datetime) -> UUID:
        report_fact(
            actor=actor_of(request),
            request_id=request_id,
            report=form.report(),
            source=SOURCE,
            version=form.cleaned_data["version"],
            now=now,
        )
        return request_id

    return _change(request, request_id, form, "step", take)


@require_POST
@page
def requests_level(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Change the level, with the reason."""
    found = get_request_page(actor_of(request), request_id)
    form = LevelForm(request.POST, levels=_level_choices(found))

    def take(now: datetime) -> UUID:
        change_level(
            actor=actor_of(request),
            request_id=request_id,
            version=form.cleaned_data["version"],
            level=form.cleaned_data["level"],
            reason=form.cleaned_data["reason"],
            source=SOURCE,
            now=now,
        )
        return request_id

    return _change(request, request_id, form, "level", take)


def _change(
    request: HttpRequest,
    request_id: UUID,
    form: forms.Form,
    what: str,
    take: Callable[[datetime], UUID],
) -> HttpResponse:
    """One change of a request: done once, or shown again with the reason it was refused."""
    actor, now = actor_of(request), timezone.now()
    status, conflict = UNPROCESSABLE, None
    if form.is_valid():
        route, key = f"console.{what}.{request_id}", form.cleaned_data["key"]
        try:
            created_once(route, key, request.POST, lambda: take(now), actor=actor, now=now)
        except InvalidInput as error:
            take_problems(form, error)
        except (Conflict, IllegalMove) as error:
            status, conflict = CONFLICT, error.message
        except IdempotencyMismatch:
            form.add_error(None, _("This was saved before with other words. Check the page."))
        else:
            return redirect("console:requests_one", request_id)
    found = get_request_page(actor, request_id)
    context = {f"{what}_form": _again(form, found), "conflict": conflict}
    return _show(request, found, status=status, **context)


def _again(form: forms.Form, found: RequestPage) -> forms.Form:
    """The refused form with its text and errors, ready to be sent on the present version."""
    posted: Any = dict(form.data.items())
    posted["key"], posted["version"] = one_time_key(), found.request.version
    form.data = posted
    return form


def _show(
    request: HttpRequest, found: RequestPage, *, status: int = 200, **more: Any
) -> HttpResponse:
    now = timezone.now()
    fresh = {"key": one_time_key(), "version": found.request.version}
    levels = {one.code: words.in_language(one.title_zh, one.title_en) for one in found.levels}
    usual = USUAL.get(found.request.state, "")
    public_id = found.request.public_id
    context = {
        "page": found,
        "request_row": found.request,
        "head": find_heads(actor_of(request), [public_id]).get(public_id),
        "levels": levels,
        "timeline": timeline(found.facts, reasons_of_subject(SUBJECT, public_id)),
        "bars": promise_bars(found.obligations, found.facts, now),
        "steps": sorted(found.next_steps, key=lambda step: step.kind != usual),
        "step_form": StepForm(initial=fresh),
        "level_form": LevelForm(levels=_level_choices(found), initial=fresh),
        "seen_state": request.POST.get("seen_state", ""),
        **more,
    }
    return render(request, "console/request/page.html", context, status=status)


def _level_choices(found: RequestPage) -> list[tuple[str, str]]:
    return [
        (one.code, words.in_language(one.title_zh, one.title_en))
        for one in found.levels
        if one.code != found.request.level
    ]
