"""Pauses as claims on the page of a request."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext
from django.utils import timezone

from yinuo.domains.requests.claims import claims_of_request, may_decide_claims
from yinuo.kernel.plan.limits import Amount
from yinuo.platform.errors import Text
from yinuo.surfaces.assets import pause_words
from yinuo.surfaces.console.access import actor_of
from yinuo.surfaces.console.words import word

register = template.Library()


@register.inclusion_tag("console/request/pauses.html", takes_context=True)
def pauses_of_request(context: RequestContext, request_id: UUID) -> dict[str, Any]:
    """The pauses of a visible request; nothing where there were none."""
    request = context["request"]
    actor = actor_of(request)
    claims = claims_of_request(actor, request_id, timezone.now())
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "claims": claims,
        "request_id": request_id,
        "may_decide": bool(claims) and may_decide_claims(actor, request_id),
    }


@register.filter
def pause_reason(code: str) -> Text:
    """Why a clock was stopped."""
    return pause_words.reason(code)


@register.filter
def claim_state(code: str) -> Text:
    """Where a claim stands."""
    return word(pause_words.STATES, code)


@register.filter
def claim_tone(code: str) -> Text:
    """The colour of where a claim stands."""
    return word(pause_words.TONES, code)


@register.filter
def pause_why(code: str) -> Text:
    """Why a pause does not count, or counts in part."""
    return word(pause_words.WHYS, code)


@register.filter
def budget(amount: Amount) -> str:
    """The most that pauses may come to."""
    return f"{amount.number} {word(pause_words.UNITS, amount.unit)}"
