"""Start page and appearance: what belongs to no subject."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.context import (
    ADMINISTRATION,
    APPEARANCE_COOKIE,
    APPEARANCES,
    ARCHIVE,
    WORK,
)

YEAR_SECONDS = 31_536_000


@require_GET
@page
def start(request: HttpRequest) -> HttpResponse:
    """The first page of the navigation that this person may open."""
    actor = actor_of(request)
    for destination in (*WORK, *ARCHIVE, *ADMINISTRATION):
        if actor.may(destination.permission):
            return redirect(f"console:{destination.name}")
    return render(request, "console/no_role.html")


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
