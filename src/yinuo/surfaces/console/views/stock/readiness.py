"""Whether parts are where they are needed: fill rates of a month, models without a part."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinuo.domains.feedback.scores import months_before
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.parts.readiness import fill_rates, uncovered_models
from yinuo.platform.days import span_of_month
from yinuo.platform.files.serving import document_response
from yinuo.platform.spreadsheets import XLSX, write_xlsx
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.exports import is_wanted
from yinuo.surfaces.console.stock_columns import UNCOVERED

MONTHS_SHOWN = 13
# The workbook has them all.
MOST_SHOWN = 200


@require_GET
@page
def readiness(request: HttpRequest) -> HttpResponse:
    """How many requests each depot filled at once, and models that have no part in stock."""
    actor = actor_of(request)
    require(actor, Permission.PART_READ)
    zone = ZoneInfo(settings.TIME_ZONE)
    uncovered = uncovered_models(actor)
    if is_wanted(request):
        heads = [str(one.head) for one in UNCOVERED]
        rows = ([column.value(row) for column in UNCOVERED] for row in uncovered)
        title = _("Models without a part")
        return document_response(write_xlsx(title, heads, rows, zone), f"{title}.xlsx", XLSX)
    months = months_before(timezone.localdate(), MONTHS_SHOWN)
    month = next((one for one in months if f"{one:%Y-%m}" == request.GET.get("month")), months[0])
    since, until = span_of_month(month)
    context = {
        "tab": "parts_readiness",
        "rates": fill_rates(actor, since, until),
        "uncovered": uncovered[:MOST_SHOWN],
        "uncovered_count": len(uncovered),
        "months": [(f"{one:%Y-%m}", one) for one in months],
        "month": f"{month:%Y-%m}",
    }
    return render(request, "console/stock/readiness.html", context)
