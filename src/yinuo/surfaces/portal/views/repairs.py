"""The customer's devices in repair: how far each is, and his word that his data are saved."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.repairs.visitors import confirm_backup, own_loans, own_repairs
from yinuo.platform.errors import Conflict, IllegalMove
from yinuo.surfaces.portal.access import visitors_only
from yinuo.surfaces.portal.bars import own_bars

LONGEST_VERSION = 9


@require_GET
@visitors_only
def repairs(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Every repair order of his company with its legs and promises."""
    now = timezone.now()
    rows = [(one, own_bars(promises, now)) for one, promises in own_repairs(visitor)]
    context = {
        "visitor": visitor,
        "here": "repairs",
        "rows": rows,
        "loans": own_loans(visitor),
        "now": now,
    }
    return render(request, "portal/repairs.html", context)


@require_POST
@visitors_only
def backup(request: HttpRequest, visitor: Visitor, repair_id: UUID) -> HttpResponse:
    """He confirms that the data on the device are saved."""
    version = request.POST.get("version", "")
    is_number = version.isascii() and version.isdigit() and len(version) <= LONGEST_VERSION
    try:
        confirm_backup(
            visitor=visitor,
            repair_id=repair_id,
            version=int(version) if is_number else 0,
            now=timezone.now(),
        )
    except (Conflict, IllegalMove):
        messages.error(request, _("Meanwhile something else was done. Look again."))
    else:
        messages.success(request, _("Thank you: your confirmation is recorded."))
    return redirect("portal:repairs")
