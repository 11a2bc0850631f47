"""The devices of the visitor's customer, each with what applies to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yinuo.domains.assets.types import AssetRow
from yinuo.domains.assets.visitors import assets_of
from yinuo.domains.contracts.covers import Covered, find_covers
from yinuo.domains.contracts.types import Cover
from yinuo.domains.contracts.warranty import Dates
from yinuo.domains.customers.visitors import Visitor, sites_of
from yinuo.surfaces.portal.access import visitors_only

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class OwnAsset:
    """A device and the cover that applies to it now."""

    asset: AssetRow
    cover: Cover


@require_GET
@visitors_only
def assets(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Devices, newest first; found by name, model or serial number."""
    text = request.GET.get("q", "").strip()
    page = assets_of(visitor, text=text, cursor=request.GET.get("cursor", ""), limit=PER_PAGE)
    context = {
        "visitor": visitor,
        "here": "assets",
        "typed": text,
        "assets": _covered(visitor, page.items, timezone.now()),
        "next_cursor": page.next_cursor,
    }
    return render(request, "portal/assets.html", context)


def _covered(visitor: Visitor, rows: tuple[AssetRow, ...], now: datetime) -> list[OwnAsset]:
    zones = {site.id: site.zone for site in sites_of(visitor)}
    things = [
        Covered(
            row.customer_id,
            row.site_id,
            row.id,
            zones.get(row.site_id or 0, visitor.zone),
            Dates(row.purchased_on, row.accepted_on),
        )
        for row in rows
    ]
    return list(map(OwnAsset, rows, find_covers(things, now)))
