"""Everything that happened with a customer or an asset, in one order of time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinuo.domains.assets.selectors import get_asset
from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.feedback.history import last_repair, list_history
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import Link
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.file_columns import HISTORY


@require_GET
@page
def of_customer(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """The history of a customer."""
    customer = get_customer(actor_of(request), customer_id)
    back = Link(reverse("console:customers_one", args=[customer_id]), customer.name)
    return _history(request, back, customer_id=customer_id)


@require_GET
@page
def of_asset(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """The history of an asset."""
    asset = get_asset(actor_of(request), asset_id)
    back = Link(reverse("console:assets_one", args=[asset_id]), asset.name)
    return _history(request, back, asset_id=asset_id)


def _history(request: HttpRequest, back: Link, **whose: Any) -> HttpResponse:
    actor, cursor = actor_of(request), request.GET.get("cursor", "")
    if is_wanted(request):
        title = f"{back.label} {_('History')}"
        return workbook(request, title, HISTORY, list_history, **whose)
    context = {
        "back": back,
        "entries": list_history(actor, cursor=cursor, **whose),
        "cursor": cursor,
        "last": None if cursor else last_repair(actor, **whose),
        "of_customer": "customer_id" in whose,
    }
    return render(request, "console/after/history.html", context)
