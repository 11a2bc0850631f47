"""The visitor's requests: open ones with what was promised, ended ones, and the page of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yinuo.domains.billing.visitors import paid_services_for_visitor
from yinuo.domains.contracts.types import CoverKind
from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.emergency.visitors import chain_for_visitor
from yinuo.domains.requests.claims import claims_for_visitor
from yinuo.domains.requests.visitors import (
    OwnRequest,
    get_for_visitor,
    kept_and_missed,
    list_for_visitor,
    version_for_visitor,
)
from yinuo.platform.paging import Page
from yinuo.surfaces.portal.access import visitors_only
from yinuo.surfaces.portal.bars import own_bars


@require_GET
@visitors_only
def start(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The first page: every open request with the promises that run for it."""
    now = timezone.now()
    page = list_for_visitor(visitor, is_open=True, cursor=request.GET.get("cursor", ""))
    context = {
        "visitor": visitor,
        "here": "start",
        "tally": kept_and_missed(visitor, now),
        **_cards(page, now),
    }
    return render(request, "portal/start.html", context)


@require_GET
@visitors_only
def ended(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Requests that are finished, cancelled or merged, newest first."""
    page = list_for_visitor(visitor, is_open=False, cursor=request.GET.get("cursor", ""))
    context = {"visitor": visitor, "here": "ended", **_cards(page, timezone.now())}
    return render(request, "portal/ended.html", context)


@require_GET
@visitors_only
def one(request: HttpRequest, visitor: Visitor, request_id: UUID) -> HttpResponse:
    """One request of the visitor's customer: state, promises, what happened."""
    found = get_for_visitor(visitor, request_id)
    is_paid = found.cover.kind is CoverKind.PAID
    context = {
        "visitor": visitor,
        "here": "start",
        "page": found,
        "one": found.request,
        "bars": own_bars(found.request.promises, timezone.now()),
        "chain": chain_for_visitor(visitor, request_id),
        "prices": paid_services_for_visitor(visitor, request_id) if is_paid else None,
        "claims": claims_for_visitor(visitor, request_id, timezone.now()),
    }
    return render(request, "portal/request.html", context)


@require_GET
@visitors_only
def version(request: HttpRequest, visitor: Visitor, request_id: UUID) -> HttpResponse:
    """The counter a live page asks for."""
    return HttpResponse(version_for_visitor(visitor, request_id), content_type="text/plain")


def _cards(page: Page[OwnRequest], now: datetime) -> dict[str, Any]:
    return {
        "cards": [(row, own_bars(row.promises, now)) for row in page.items],
        "next_cursor": page.next_cursor,
    }
