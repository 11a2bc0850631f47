"""What phones sent and could not be applied, on the page of its sheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext

from yinuo.domains.devices.selectors import arrivals_of_sheet, unapplied_of_sheet
from yinuo.domains.devices.types import ArrivalView, ConflictView
from yinuo.surfaces.console import unapplied_words
from yinuo.surfaces.console.access import actor_of

register = template.Library()


@register.inclusion_tag("console/unapplied/of_sheet.html", takes_context=True)
def unapplied_on(context: RequestContext, work_order_id: UUID) -> dict[str, Any]:
    """What was sent for a visible sheet and waits for somebody to settle it."""
    request = context["request"]
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "found": unapplied_of_sheet(actor_of(request), work_order_id),
    }


@register.simple_tag(takes_context=True)
def arrivals_on(context: RequestContext, work_order_id: UUID) -> list[ArrivalView]:
    """How arrivals on a visible sheet were shown."""
    return arrivals_of_sheet(actor_of(context["request"]), work_order_id)


@register.filter
def sent_title(view: ConflictView) -> str:
    """What was sent."""
    return unapplied_words.title_of(view)


@register.filter
def sent_lines(view: ConflictView) -> list[tuple[str, str]]:
    """The texts that were sent, with their names."""
    return unapplied_words.lines_of(view)
