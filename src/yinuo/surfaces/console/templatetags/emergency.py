"""Template tags of emergency plans: their words, and the box beside a request."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from yinuo.domains.emergency.gate import Gate
from yinuo.domains.emergency.selectors import may_ask, plans_of_request
from yinuo.domains.network.permissions import Permission
from yinuo.platform.errors import NotFound, Text
from yinuo.surfaces.console import emergency_words, words
from yinuo.surfaces.console.access import actor_of

register = template.Library()

_WORDS = {
    "state": emergency_words.STATES,
    "stands": emergency_words.STANDS,
    "act": emergency_words.ACTS,
    "button": emergency_words.BUTTONS,
    "standing": emergency_words.STANDINGS,
    "setback": emergency_words.SETBACKS,
    "outcome": emergency_words.OUTCOMES,
}


@register.filter
def emergency_word(code: str, of: str) -> Text:
    """The word on screen of a code: `{{ row.state|emergency_word:"state" }}`."""
    return words.word(_WORDS[of], code)


@register.inclusion_tag("console/emergency/of_request.html", takes_context=True)
def emergency_of_request(context: dict[str, Any], request_id: object) -> dict[str, Any]:
    """The emergency plans of a request, and whether one is needed; empty without the right."""
    actor = actor_of(context["request"])
    if not actor.may(Permission.EMERGENCY_READ):
        return {"plans": (), "gate": None}
    try:
        plans = plans_of_request(actor, request_id, timezone.now())
    except NotFound:
        return {"plans": (), "gate": None}
    gate, may_open = may_ask(actor, request_id)
    shown: Gate | None = gate if gate.is_needed or plans else None
    return {"plans": plans, "gate": shown, "may_open": may_open, "request_id": request_id}
