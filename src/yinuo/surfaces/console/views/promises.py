"""Today's promises: everything running out, the next one first, and why each is due when it is."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.obligations.selectors import get_explanation, list_running
from yinuo.domains.requests.heads import find_heads
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.errors import is_fragment
from yinuo.surfaces.console.promises import running_bars
from yinuo.surfaces.console.views.lists import Listing


@require_GET
@page
def promises(request: HttpRequest) -> HttpResponse:
    """All running promises that this person may see, and the last day's misses."""
    actor = actor_of(request)
    require(actor, Permission.OBLIGATION_READ)
    cursor, now = request.GET.get("cursor", ""), timezone.now()
    found = list_running(actor, now=now, cursor=cursor)
    heads = find_heads(actor, {one.subject_id for one in found.items})
    bars = tuple((bar, heads.get(bar.promise.subject_id)) for bar in running_bars(found.items, now))
    context = {"list": Listing(bars, "", cursor, found.next_cursor)}
    return render(request, "console/lists/promises.html", context)


@require_GET
@page
def promises_why(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """The explanation of one due time; a fragment for htmx, otherwise a page."""
    explanation = get_explanation(actor_of(request), promise_id, timezone.now())
    lines = explanation.zh if words.is_chinese() else explanation.en
    template = (
        "console/request/why.html" if is_fragment(request) else "console/request/why_page.html"
    )
    return render(request, template, {"lines": lines})
