"""Visits due: the list, and the page of one with what was said and what comes next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.proposals import propose_days
from yinuo.domains.prevention.selectors import (
    count_due_visits,
    get_due_visit,
    get_series,
    list_due_visits,
    talks_of,
)
from yinuo.domains.prevention.types import DueRow, DueView, SeriesKind, Standing
from yinuo.platform.identifiers import parse_public_id
from yinuo.surfaces.console import visit_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.views.lists import Listing, searched
from yinuo.surfaces.console.visit_columns import DUE_VISITS


@require_GET
@page
def visits(request: HttpRequest) -> HttpResponse:
    """Visits due, overdue first, by what a miss costs; or another view of them."""
    actor, now = actor_of(request), timezone.now()
    require(actor, Permission.PREVENTION_READ)
    view, kind = request.GET.get("view", ""), request.GET.get("kind", "")
    view = view if view in visit_words.VIEWS else DueView.OPEN.value
    kind = kind if kind in set(SeriesKind) else ""
    given = request.GET.get("customer", "")
    narrowed: dict[str, Any] = {"now": now, "view": view, "kind": kind, "text": searched(request)}
    if parse_public_id(given):
        narrowed["customer_id"] = given
    if is_wanted(request):
        title = _("Visits due")
        return workbook(request, title, DUE_VISITS, list_due_visits, **narrowed)
    cursor = request.GET.get("cursor", "")
    found = list_due_visits(actor, cursor=cursor, **narrowed)
    is_narrowed = bool(kind or narrowed["text"] or view != DueView.OPEN)
    context = {
        "list": Listing(
            found.items,
            narrowed["text"],
            cursor,
            found.next_cursor,
            is_narrowed=is_narrowed,
            can_export=True,
        ),
        "view": view,
        "kind": kind,
        "views": visit_words.VIEWS.items(),
        "kinds": visit_words.KINDS.items(),
        "counts": _counts(actor, view),
        "may_write": actor.may(Permission.PREVENTION_WRITE),
    }
    return render(request, "console/visits/list.html", context)


@require_GET
@page
def one(request: HttpRequest, due_visit_id: UUID) -> HttpResponse:
    """One visit: by when, what a miss costs, what was agreed, its sheet, what came of it."""
    actor, now = actor_of(request), timezone.now()
    row = get_due_visit(actor, due_visit_id, now)
    context = {
        "visit": row,
        "series": get_series(actor, row.series_public_id),
        "talks": talks_of(actor, due_visit_id),
        "days": propose_days(actor, due_visit_id, now),
        "may": _may(actor, row),
    }
    return render(request, "console/visits/page.html", context)


def _counts(actor: Actor, view: str) -> list[tuple[str, Any, int, bool]]:
    counts = count_due_visits(actor, timezone.now())
    return [
        (code, visit_words.VIEWS[code], number, code == view) for code, number in counts.items()
    ]


def _may(actor: Actor, row: DueRow) -> dict[str, bool]:
    writes = actor.may(Permission.PREVENTION_WRITE, row.unit_id)
    early = row.state in (Standing.DUE, Standing.AGREED)
    orders = actor.may(Permission.WORK_ORDER_ISSUE, row.unit_id)
    opens = actor.may(Permission.REQUEST_OPEN, row.unit_id)
    return {
        "agree": writes and early,
        "move": writes and row.state == Standing.AGREED,
        "plan": writes and row.state == Standing.DUE,
        "remind": writes and row.state in (Standing.AGREED, Standing.ORDERED),
        "skip": writes and early,
        "order": writes and early and orders and opens,
        "hold": writes and early and actor.may(Permission.CUSTOMER_WRITE, row.unit_id),
    }
