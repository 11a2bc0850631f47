"""Lists of stock: what lies where, what is short, what moved, what is on its way."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.parts.selectors import (
    depot_choices,
    list_moves,
    list_shipments,
    list_short,
    list_stock,
    stock_value,
)
from yinuo.domains.parts.types import Condition
from yinuo.platform.identifiers import parse_public_id
from yinuo.surfaces.console import stock_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.stock_columns import MOVES, SHORT, STOCK
from yinuo.surfaces.console.views.lists import exportable, listing, searched


@require_GET
@page
def stock(request: HttpRequest) -> HttpResponse:
    """What lies in the depots: by part number, name, lot or serial number."""
    actor = actor_of(request)
    require(actor, Permission.PART_READ)
    condition = request.GET.get("condition", "")
    narrowed: dict[str, Any] = {**of_depot(request), "condition": condition}
    return exportable(
        request,
        "console/lists/stock.html",
        list_stock,
        STOCK,
        title=_("Stock"),
        narrowed=narrowed,
        depots=depot_choices(actor),
        chosen=request.GET.get("depot", ""),
        condition=condition if condition in set(Condition) else "",
        conditions=stock_words.CONDITIONS.items(),
        value=stock_value(actor),
        tab="parts",
    )


@require_GET
@page
def short(request: HttpRequest) -> HttpResponse:
    """Parts below the minimum of their depot, and how many to order."""
    require(actor_of(request), Permission.PART_READ)
    if is_wanted(request):
        return workbook(request, _("To order"), SHORT, list_short, text=searched(request))
    context = {"list": listing(request, list_short), "tab": "parts_short"}
    return render(request, "console/lists/short.html", context)


@require_GET
@page
def moves(request: HttpRequest) -> HttpResponse:
    """The ledger of all visible depots, newest first."""
    require(actor_of(request), Permission.PART_READ)
    narrowed = of_depot(request)
    if is_wanted(request):
        title = _("Moves of stock")
        return workbook(request, title, MOVES, list_moves, text=searched(request), **narrowed)
    context = {
        "list": listing(request, list_moves, **narrowed),
        "tab": "parts_moves",
        "depots": depot_choices(actor_of(request)),
        "chosen": request.GET.get("depot", ""),
    }
    return render(request, "console/lists/moves.html", context)


@require_GET
@page
def shipments(request: HttpRequest) -> HttpResponse:
    """Parts on their way between depots, newest first."""
    require(actor_of(request), Permission.PART_READ)
    is_open = request.GET.get("open", "1") != "0"
    found = listing(request, lambda *args, **more: list_shipments(*args, **more, is_open=is_open))
    now = timezone.now()
    context = {
        "list": found,
        "tab": "parts_shipments",
        "is_open": is_open,
        "late": {one.public_id for one in found.rows if one.is_late(now)},
    }
    return render(request, "console/lists/shipments.html", context)


def of_depot(request: HttpRequest) -> dict[str, str]:
    """The depot that the address narrows a list to, if any."""
    given = request.GET.get("depot", "")
    return {"depot_id": given} if parse_public_id(given) else {}
