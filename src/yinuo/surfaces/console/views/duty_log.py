"""My turn, the log of calls, hand-overs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.oncall.call_selectors import (
    calls_owed,
    get_call,
    list_calls,
    list_handovers,
    turns_of,
)
from yinuo.domains.oncall.call_types import CallRow, CallState
from yinuo.domains.oncall.selectors import find_turns, get_rota, who_is_on_duty
from yinuo.domains.oncall.services import (
    acknowledge_handover,
    answer_call,
    log_call,
    miss_call,
)
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove
from yinuo.platform.paging import Page
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.duty_call_forms import CallForm, CallResultForm
from yinuo.surfaces.console.duty_columns import CALLS, TURNS
from yinuo.surfaces.console.duty_narrowing import DutyFilters, duty_filters
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.views.lists import Listing


@require_GET
@page
def mine(request: HttpRequest) -> HttpResponse:
    """My turn, what I still owe, logs handed to me."""
    actor, now = actor_of(request), timezone.now()
    require(actor, Permission.DUTY_READ)
    turns = turns_of(actor, now=now)
    present = [one for one in turns if one.starts_at <= now]
    handovers = list_handovers(actor)
    context = {
        "now": now,
        "present": present,
        "to_come": [one for one in turns if one.starts_at > now],
        "owed": calls_owed(actor),
        "handovers": [one for one in handovers if one.is_mine],
        "late": [one for one in handovers if one.escalated_at and not one.is_mine],
        "rotas": who_is_on_duty(actor, now=now),
        "month": timezone.localdate().strftime("%Y-%m"),
        "me": actor.person_public_id,
        "may_log": actor.may(Permission.DUTY_LOG),
    }
    return render(request, "console/duty/mine.html", context)


@require_GET
@page
def calls(request: HttpRequest, rota_id: UUID | None = None) -> HttpResponse:
    """The log of a rota, or of all: what waits for the duty hours first, then the newest call; or
    a part of it by month and person."""
    actor = actor_of(request)
    require(actor, Permission.DUTY_READ)
    rota = get_rota(actor, rota_id) if rota_id else None
    filters = duty_filters(request, rota_id)
    if is_wanted(request):
        return workbook(request, _("Log of calls"), CALLS, list_calls, narrowed=filters.narrowed)
    context = {
        "rota": rota,
        "filters": filters,
        "list": _narrowed(request, list_calls, filters),
        "may_log": rota is not None and actor.may(Permission.DUTY_LOG, rota.unit_id),
    }
    return render(request, "console/duty/calls.html", context)


@require_GET
@page
def turns(request: HttpRequest) -> HttpResponse:
    """Everybody's turns with their days of duty, or a part of them by rota, month and person."""
    require(actor_of(request), Permission.DUTY_READ)
    filters = duty_filters(request)
    if is_wanted(request):
        return workbook(request, _("Turns"), TURNS, find_turns, narrowed=filters.narrowed)
    context = {
        "filters": filters,
        "list": _narrowed(request, find_turns, filters),
        "now": timezone.now(),
    }
    return render(request, "console/duty/turns.html", context)


@require_http_methods(["GET", "POST"])
@page
def call_new(request: HttpRequest, rota_id: UUID) -> HttpResponse:
    """Write down a call; what to tell the caller is said at once."""
    actor, now = actor_of(request), timezone.now()
    rota = get_rota(actor, rota_id)
    require(actor, Permission.DUTY_LOG, rota.unit_id)
    initial = {"called_at": now, "request_id": request.GET.get("request", "")}
    form = CallForm(posted(request), initial=initial)

    def save() -> UUID:
        return log_call(
            actor=actor, rota_id=rota_id, data=form.call(), now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("Record a call"),
            form=form,
            route=f"console.duty.call.{rota_id}",
            save=save,
            done=_call_address,
            back=Link(reverse("console:duty_calls", args=[rota_id]), rota.data.name),
            lead=_("In the duty hours whose turn it is is asked at once."),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """One call: who was asked, what to tell the caller, what came of it."""
    actor = actor_of(request)
    row = get_call(actor, call_id)
    form = CallResultForm(posted(request), initial={"version": row.version, "minutes": row.minutes})

    def save() -> UUID:
        version, answer = form.cleaned_data["version"], form.answer()
        return answer_call(
            actor=actor, call_id=call_id, version=version, answer=answer, now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("Call"),
            form=form,
            route=f"console.duty.answer.{call_id}",
            save=save,
            done=_call_address,
            back=Link(reverse("console:duty_calls", args=[row.rota_public_id]), row.rota_name),
            template="console/duty/call.html",
            extra={"call": row, "may_log": _may_log(request, row)},
        ),
    )


@require_POST
@page
def call_missed(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """The person asked does not answer: the next one is asked."""
    try:
        miss_call(
            actor=actor_of(request),
            call_id=call_id,
            version=version_of(request),
            now=timezone.now(),
        )
    except (IllegalMove, Conflict) as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The next person is asked."))
    return redirect(_call_address(call_id))


@require_POST
@page
def acknowledge(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """The next one has read the log."""
    try:
        acknowledge_handover(
            actor=actor_of(request),
            handover_id=handover_id,
            version=version_of(request),
            now=timezone.now(),
        )
    except (IllegalMove, Conflict, Forbidden) as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Acknowledged. The log is yours now."))
    return redirect("console:duty_mine")


def version_of(request: HttpRequest) -> int:
    """The version a small form carries; 0 for anything else, which no row has."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _narrowed(
    request: HttpRequest, read: Callable[..., Page[Any]], filters: DutyFilters
) -> Listing:
    cursor = request.GET.get("cursor", "")
    found = read(actor_of(request), filters.narrowed, cursor=cursor)
    return Listing(
        found.items,
        "",
        cursor,
        found.next_cursor,
        is_narrowed=filters.is_narrowed,
        can_export=True,
    )


def _may_log(request: HttpRequest, row: CallRow) -> bool:
    return actor_of(request).may(Permission.DUTY_LOG) and row.state != CallState.SOLVED


def _call_address(call_id: object) -> str:
    return reverse("console:duty_call", args=[call_id])
