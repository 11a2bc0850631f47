"""Repair orders on pages: their words, and those of a request."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from yinuo.domains.network.permissions import Permission
from yinuo.domains.repairs.selectors import repairs_of_request as of_request
from yinuo.domains.repairs.standby import standby_of_request as of_standby
from yinuo.kernel.states import OPEN
from yinuo.platform.errors import NotFound, Text
from yinuo.surfaces.console import repair_words, standby_words, words
from yinuo.surfaces.console.access import actor_of

register = template.Library()
_WORDS = {
    "state": repair_words.STATES,
    "act": repair_words.ACTS,
    "leg": repair_words.LEGS,
    "standby": standby_words.UNITS,
    "loan": standby_words.LOANS,
    "basis": standby_words.BASES,
    "loan_act": standby_words.ACTS,
}


@register.filter
def repair_word(code: str, of: str) -> Text:
    """The word on screen of a code: `{{ row.state|repair_word:"state" }}`."""
    return words.word(_WORDS[of], code)


@register.inclusion_tag("console/repairs/of_request.html", takes_context=True)
def repairs_of_request(
    context: dict[str, Any], request_id: object, request_state: str
) -> dict[str, Any]:
    """The repair orders of a request; empty without the right."""
    actor = actor_of(context["request"])
    return {
        "rows": of_request(actor, request_id),
        "may_open": request_state in OPEN and actor.may(Permission.REPAIR_WRITE),
        "request_id": request_id,
    }


@register.inclusion_tag("console/standby/of_request.html", takes_context=True)
def standby_of_request(context: dict[str, Any], request_id: object) -> dict[str, Any]:
    """What is promised and lent for a request; empty without the right."""
    actor = actor_of(context["request"])
    if not actor.may(Permission.STANDBY_READ):
        return {"standby": None}
    try:
        found = of_standby(actor, request_id, timezone.now())
    except NotFound:
        return {"standby": None}
    return {"standby": found, "request_id": request_id}
