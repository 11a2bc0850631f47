"""What contracts bring and cost, and what we bore without having to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinuo.domains.billing.costs import AVOIDABLE, list_margins, list_own_costs
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.billing_columns import MARGINS
from yinuo.surfaces.console.billing_words import BORNE
from yinuo.surfaces.console.views.lists import exportable


@require_GET
@page
def costs(request: HttpRequest) -> HttpResponse:
    """Income, cost and margin of every visible contract; as a workbook too."""
    require(actor_of(request), Permission.CHARGE_READ)
    today = timezone.localdate()

    def read(actor: Actor, **chosen: Any) -> Any:
        return list_margins(actor, today=today, **chosen)

    return exportable(
        request, "console/lists/costs.html", read, MARGINS, title=_("Cost and margin")
    )


@require_GET
@page
def own_costs(request: HttpRequest) -> HttpResponse:
    """Goodwill and wrong diagnoses, listed and summed."""
    actor = actor_of(request)
    require(actor, Permission.CHARGE_READ)
    chosen = request.GET.get("borne_by", "")
    own = list_own_costs(actor, borne_by=chosen, cursor=request.GET.get("cursor", ""))
    context = {
        "own": own,
        "sums": [(BORNE[code], amount) for code, amount in own.sums.items()],
        "reasons": [(code, BORNE[code]) for code in AVOIDABLE],
        "chosen": chosen,
    }
    return render(request, "console/billing/own_costs.html", context)
