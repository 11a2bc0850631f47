"""How much each role may waive of one breach."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yinuo.domains.breaches.limits import list_limits
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.surfaces.console.access import actor_of, page


@require_GET
@page
def limits(request: HttpRequest) -> HttpResponse:
    """Every role with its limit."""
    require(actor_of(request), Permission.BREACH_LIMIT)
    return render(request, "console/admin/limits.html", {"rows": list_limits()})
