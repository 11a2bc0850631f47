"""The customer's relocations: the plan with its steps, how far it is, and his approval."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.relocations.visitors import (
    OwnRelocation,
    approve_in_portal,
    own_relocation,
    own_relocations,
)
from yinuo.platform.errors import Conflict, IllegalMove
from yinuo.surfaces.portal.access import visitors_only

LONGEST_VERSION = 9


@require_GET
@visitors_only
def relocations(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Every relocation of his company, the newest first."""
    context = {"visitor": visitor, "here": "relocations", "rows": own_relocations(visitor)}
    return render(request, "portal/relocations.html", context)


@require_http_methods(["GET", "POST"])
@visitors_only
def one(request: HttpRequest, visitor: Visitor, relocation_id: UUID) -> HttpResponse:
    """One of them step by step; a POST is his approval of the plan as he read it."""
    found = own_relocation(visitor, relocation_id)
    if request.method == "POST":
        _approve(request, visitor, found)
        return redirect("portal:relocation", relocation_id)
    context = {"visitor": visitor, "here": "relocations", "one": found}
    return render(request, "portal/relocation.html", context)


def _approve(request: HttpRequest, visitor: Visitor, found: OwnRelocation) -> None:
    given = request.POST.get("version", "")
    is_number = given.isascii() and given.isdigit() and len(given) <= LONGEST_VERSION
    try:
        approve_in_portal(
            visitor=visitor,
            relocation_id=found.row.public_id,
            version=int(given) if is_number else 0,
            seen_hash=request.POST.get("plan", ""),
            now=timezone.now(),
        )
    except Conflict:
        messages.error(request, _("The plan changed meanwhile. Read it again, then answer."))
    except IllegalMove as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Thank you: your approval is recorded."))
