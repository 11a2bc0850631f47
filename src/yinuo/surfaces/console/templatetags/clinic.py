"""The expert clinic on the page of a request."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext

from yinuo.domains.requests.clinic import clinic_of
from yinuo.platform.errors import Text
from yinuo.surfaces.console import clinic_words
from yinuo.surfaces.console.access import actor_of
from yinuo.surfaces.console.forms import one_time_key
from yinuo.surfaces.console.words import word

register = template.Library()


@register.inclusion_tag("console/clinic/of_request.html", takes_context=True)
def clinic_of_request(context: RequestContext, request_id: UUID) -> dict[str, Any]:
    """Who was invited into a visible case, and what the reader may do there."""
    request = context["request"]
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "clinic": clinic_of(actor_of(request), request_id),
        "request_id": request_id,
        "key": one_time_key(),
    }


@register.filter
def seat_state(code: str) -> Text:
    """How an expert stands."""
    return word(clinic_words.SEATS, code)


@register.filter
def seat_tone(code: str) -> Text:
    """Its colour."""
    return clinic_words.TONES.get(code, "")
