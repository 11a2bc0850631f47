"""Service requests: the list, the page, the steps a person may take on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yinuo.domains.contracts.life import uses_of_request
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.heads import find_heads
from yinuo.domains.requests.related import doubles_of
from yinuo.domains.requests.selectors import get_request_page, get_version, list_requests
from yinuo.domains.requests.services import report_fact
from yinuo.domains.requests.types import NextStep, RequestPage
from yinuo.platform.errors import (
    Conflict,
    IdempotencyMismatch,
    IllegalMove,
    InvalidInput,
    YinuoError,
)
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console import columns, words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.after_request import after_of_request
from yinuo.surfaces.console.cover_questions import question_of_request
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.forms import one_time_key
from yinuo.surfaces.console.guiding import unasked
from yinuo.surfaces.console.letters_beside import letters_beside
from yinuo.surfaces.console.once import created_once
from yinuo.surfaces.console.panel import correction_panel, make_panel
from yinuo.surfaces.console.promises import promise_bars
from yinuo.surfaces.console.stepforms import ActForm, StepForm
from yinuo.surfaces.console.timelines import timeline, waiting_of
from yinuo.surfaces.console.views.lists import listing, searched
from yinuo.surfaces.console.work_of_request import sheets_of_request

UNPROCESSABLE, CONFLICT = 422, 409
SOURCE = "console"
OPEN = "open"
FIX = "fix:"
MINE = "mine"


@require_GET
@page
def requests(request: HttpRequest) -> HttpResponse:
    """Requests, newest first: the open ones, those of one state, of one customer or asset."""
    require(actor_of(request), Permission.REQUEST_READ)
    state = request.GET.get("state", OPEN)
    narrowed: dict[str, Any] = {"state": "" if state == "all" else state}
    if state == MINE:
        narrowed = {"state": OPEN, "mine": True}
    for name in ("customer", "asset"):
        if given := request.GET.get(name, ""):
            narrowed[f"{name}_id"] = given
    if is_wanted(request):
        text = searched(request)
        return workbook(
            request, _("Requests"), columns.REQUESTS, list_requests, text=text, **narrowed
        )
    states = {OPEN: _("Open"), MINE: _("Mine, open"), "all": _("All"), **words.REQUEST_STATES}
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
    """The request page; `do` names what is to be done next, its form is open."""
    found = get_request_page(actor_of(request), request_id)
    return show(request, found, wanted=request.GET.get("do", ""))


@require_GET
@page
def requests_version(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The counter that live pages ask for: changes with each change of the request."""
    version = get_version(actor_of(request), request_id)
    return HttpResponse(version, content_type="text/plain")


@require_POST
@page
def requests_step(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Record a step. Refused steps show the page again with what was typed."""
    found = get_request_page(actor_of(request), request_id)
    kind = request.POST.get("kind", "")
    form = StepForm(request.POST, step=_step(found, kind))

    def take(now: datetime) -> None:
        report_fact(
            actor=actor_of(request),
            request_id=request_id,
            report=form.report(),
            source=SOURCE,
            version=form.cleaned_data["version"],
            now=now,
        )

    return change(request, request_id, form, kind, take)


def _step(found: RequestPage, kind: str) -> NextStep:
    """The step with its fields, also when it is no longer offered: the service then says why."""
    known = {step.kind: step for step in found.next_steps}
    return known.get(kind) or found.forms.get(kind) or NextStep(kind, ())


def change(
    request: HttpRequest,
    request_id: UUID,
    form: ActForm,
    what: str,
    take: Callable[[datetime], object],
) -> HttpResponse:
    """One change of a request: done once, or shown again with the reason it was refused.

    `take` gives the id of another request when that is where to go on.
    """
    actor, now = actor_of(request), timezone.now()
    status, conflict = UNPROCESSABLE, None

    def create() -> UUID:
        made = take(now)
        return made if isinstance(made, UUID) else request_id

    if form.is_valid():
        route, key = f"console.{what}.{request_id}", form.cleaned_data["key"]
        try:
            made = created_once(route, key, request.POST, create, actor=actor, now=now)
        except InvalidInput as error:
            take_problems(form, InvalidInput(unasked(error.fields)))
        except (Conflict, IllegalMove) as error:
            status, conflict = CONFLICT, error
        except IdempotencyMismatch:
            form.add_error(None, _("This was saved before with other words. Check the page."))
        else:
            return redirect("console:requests_one", made)
    found = get_request_page(actor, request_id)
    bound = _again(form, found)
    return show(request, found, status=status, wanted=what, bound=bound, conflict=conflict)


def _again(form: ActForm, found: RequestPage) -> ActForm:
    """The refused form with its text and errors, ready to be sent on the present version."""
    given: Any = form.data
    posted = given.copy()
    posted["key"], posted["version"] = one_time_key(), str(found.request.version)
    form.data = posted
    return form


def show(
    request: HttpRequest,
    found: RequestPage,
    *,
    status: int = 200,
    wanted: str = "",
    bound: ActForm | None = None,
    conflict: YinuoError | None = None,
) -> HttpResponse:
    """The page with the form of `wanted` open, or `bound`: the refused one."""
    actor, now = actor_of(request), timezone.now()
    public_id = found.request.public_id
    doubles = doubles_of(actor, found.request, now)
    counted = [fact for fact in found.facts if fact.public_id not in found.corrected]
    fact = _fact(found, wanted)
    panel = (
        correction_panel(found, fact, bound)
        if fact is not None
        else make_panel(actor, found, wanted, bound)
    )
    context = {
        "page": found,
        "request_row": found.request,
        "may_quote": actor.may(Permission.QUOTE_WRITE),
        "may_see_charges": actor.may(Permission.CHARGE_READ),
        "head": find_heads(actor, [public_id]).get(public_id),
        "timeline": timeline(found),
        "bars": promise_bars(found.obligations, counted, now, found.plan_words.stops),
        "waiting": waiting_of(found, counted),
        "panel": panel,
        "guided": _guided(found),
        "cover_question": question_of_request(found, counted),
        "quota_uses": uses_of_request(found.request.public_id),
        "work": sheets_of_request(actor, found, now),
        **letters_beside(actor, found.request.public_id),
        "after": after_of_request(actor, found),
        "doubles": doubles,
        "conflict": conflict,
        "seen_state": request.POST.get("seen_state", ""),
    }
    return render(request, "console/request/page.html", context, status=status)


def _guided(found: RequestPage) -> list[tuple[str, str]]:
    """The level and category that the answers speak for, where others were chosen."""
    wanted = (
        ("level", found.suggested_level, found.levels),
        ("category", found.suggested_category, found.categories),
    )
    return [
        (act, words.in_language(one.title_zh, one.title_en))
        for act, code, known in wanted
        for one in known
        if one.code == code and found.acts
    ]


def _fact(found: RequestPage, wanted: str) -> FactView | None:
    """The fact to correct when `wanted` is `fix:` and its id, and this person may correct it."""
    name = wanted.removeprefix(FIX)
    if name == wanted:
        return None
    facts = (fact for fact in found.facts if str(fact.public_id) == name)
    return next((fact for fact in facts if fact.public_id in found.may_correct), None)
