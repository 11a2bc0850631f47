"""The way of a request through the units, on its page and on its sheets."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext

from yinuo.domains.fieldwork.types import WorkOrderPage
from yinuo.domains.network.permissions import Permission
from yinuo.domains.routing.selectors import get_routing
from yinuo.platform.errors import Text
from yinuo.surfaces.assets.bars import duration
from yinuo.surfaces.console import offer_words
from yinuo.surfaces.console.access import actor_of
from yinuo.surfaces.console.words import word

register = template.Library()
DRAFTED = "drafted"


@register.inclusion_tag("console/offers/of_request.html", takes_context=True)
def offers_of_request(context: RequestContext, request_id: UUID) -> dict[str, Any]:
    """Which units were asked, passed over or have taken a visible request."""
    request = context["request"]
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "routing": get_routing(actor_of(request), request_id),
        "request_id": request_id,
        "modes": offer_words.MODES.items(),
    }


@register.inclusion_tag("console/offers/give.html", takes_context=True)
def give_by_rule(context: RequestContext, sheet: WorkOrderPage) -> dict[str, Any]:
    """The button that lets the rule find a specialist, while nobody has the sheet."""
    request = context["request"]
    may = actor_of(request).may(Permission.WORK_ORDER_ISSUE, sheet.unit_id)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "sheet": sheet,
        "may_give": may and sheet.row.state == DRAFTED,
    }


@register.filter
def offer_outcome(code: str) -> Text:
    """What became of an offer."""
    return word(offer_words.OUTCOMES, code)


@register.filter
def offer_tone(code: str) -> Text:
    """Its colour."""
    return offer_words.TONES.get(code, "")


@register.filter
def passed_over(code: str) -> Text:
    """Why a unit was not asked."""
    return word(offer_words.PASSED_OVER, code)


@register.filter
def held_for(length: timedelta | None) -> str:
    """How long a unit had a request."""
    return duration(int(length.total_seconds())) if length is not None else ""


@register.filter
def kilometres(number: int) -> str:
    """A distance as the crow flies."""
    return f"{number} km"
