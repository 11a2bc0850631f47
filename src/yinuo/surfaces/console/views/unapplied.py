"""What phones sent and could not be applied: the list, and giving one up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yinuo.domains.devices.selectors import list_unapplied, sheet_of_operation
from yinuo.domains.devices.services import drop_operation
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.views.lists import Listing


@require_GET
@page
def unapplied(request: HttpRequest) -> HttpResponse:
    """What waits for somebody to settle it, the newest first."""
    actor = actor_of(request)
    require(actor, Permission.WORK_ORDER_READ)
    cursor = request.GET.get("cursor", "")
    found = list_unapplied(actor, cursor=cursor)
    context = {"list": Listing(found.items, "", cursor, found.next_cursor)}
    return render(request, "console/lists/unapplied.html", context)


@require_POST
@page
def drop(request: HttpRequest, operation_id: UUID) -> HttpResponse:
    """Give one up with the reason; what came after it may go on."""
    actor = actor_of(request)
    sheet_id = sheet_of_operation(actor, operation_id)
    try:
        reason = request.POST.get("reason", "")
        drop_operation(actor=actor, operation_id=operation_id, reason=reason, now=timezone.now())
    except InvalidInput as error:
        messages.error(request, " ".join(map(str, error.fields.values())))
    except IllegalMove as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Given up. What came after it may go on."))
    return redirect("console:work_one", sheet_id)
