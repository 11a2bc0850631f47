"""Offers of requests to units: the list of one's own, taking, declining, giving back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.qualification_types import ServiceMode
from yinuo.domains.routing.selectors import count_open_offers, get_offer, list_offers
from yinuo.domains.routing.services import (
    accept_offer,
    decline_offer,
    give_sheet,
    return_request,
    start_routing,
)
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput, Text
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.views.lists import Listing

SOURCE = "console"
OPEN = "open"


@require_GET
@page
def offers(request: HttpRequest) -> HttpResponse:
    """Offers to one's units, those that wait for an answer unless all are asked for."""
    actor = actor_of(request)
    require(actor, Permission.OFFER_READ)
    show, cursor = request.GET.get("show", OPEN), request.GET.get("cursor", "")
    found = list_offers(actor, open_only=show == OPEN, cursor=cursor)
    context = {
        "list": Listing(found.items, "", cursor, found.next_cursor),
        "show": show,
        "waiting": count_open_offers(actor),
    }
    return render(request, "console/lists/offers.html", context)


@require_GET
@page
def one(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """One offer: what is to be done, where, until when it can be answered."""
    actor = actor_of(request)
    require(actor, Permission.OFFER_READ)
    return render(request, "console/offers/page.html", {"offer": get_offer(actor, offer_id)})


@require_POST
@page
def accept(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Take it: the request is the unit's to serve."""

    def act() -> object:
        return accept_offer(
            actor=actor_of(request),
            offer_id=offer_id,
            version=_version(request),
            source=SOURCE,
            now=timezone.now(),
        )

    return _done(request, offer_id, act, _("Accepted. The request is yours to serve."))


@require_POST
@page
def decline(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Decline it with the reason."""
    return _answered(request, offer_id, decline_offer, _("Declined. The next unit is asked."))


@require_POST
@page
def give_back(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Give back what the unit had taken."""
    return _answered(request, offer_id, return_request, _("Given back. The next unit is asked."))


@require_POST
@page
def start(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Ask the nearest unit that is entitled and certified."""
    try:
        start_routing(
            actor=actor_of(request),
            request_id=request_id,
            mode=request.POST.get("mode", ServiceMode.ON_SITE.value),
            source=SOURCE,
            now=timezone.now(),
        )
    except InvalidInput as error:
        messages.error(request, " ".join(map(str, error.fields.values())))
    except IllegalMove as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Offered. What each unit answers is recorded here."))
    return redirect("console:requests_one", request_id)


@require_POST
@page
def give(request: HttpRequest, work_order_id: UUID) -> HttpResponse:
    """Let the rule find who goes with a sheet (LV-03)."""
    try:
        given = give_sheet(
            actor=actor_of(request), work_order_id=work_order_id, source=SOURCE, now=timezone.now()
        )
    except (IllegalMove, Conflict) as error:
        messages.error(request, str(error.message))
    else:
        said = _("No specialist is free and able: the engineering manager is told to assign.")
        if given.specialist_name:
            said = _("%(name)s goes: a specialist with time and skill.") % {
                "name": given.specialist_name
            }
        messages.success(request, said)
    return redirect("console:work_one", work_order_id)


def _answered(
    request: HttpRequest, offer_id: UUID, service: Callable[..., Any], said: Text
) -> HttpResponse:
    def act() -> object:
        return service(
            actor=actor_of(request),
            offer_id=offer_id,
            reason=request.POST.get("reason", ""),
            version=_version(request),
            source=SOURCE,
            now=timezone.now(),
        )

    return _done(request, offer_id, act, said)


def _done(
    request: HttpRequest, offer_id: UUID, act: Callable[[], object], said: Text
) -> HttpResponse:
    try:
        act()
    except InvalidInput as error:
        messages.error(request, " ".join(map(str, error.fields.values())))
    except (IllegalMove, Conflict) as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, str(said))
    return redirect("console:offers_one", offer_id)


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
