"""Relocations on pages: their words, and those of a customer."""

from __future__ import annotations

from typing import Any

from django import template

from yinuo.domains.network.permissions import Permission
from yinuo.domains.relocations.selectors import relocations_of_customer as of_customer
from yinuo.platform.errors import Text
from yinuo.surfaces.console import relocation_words, words
from yinuo.surfaces.console.access import actor_of

register = template.Library()
_WORDS = {
    "state": relocation_words.STATES,
    "step": relocation_words.STEPS,
    "step_act": relocation_words.STEP_ACTS,
    "act": relocation_words.ACTS,
    "tone": {**dict.fromkeys(relocation_words.STEPS, ""), **relocation_words.TONES},
}


@register.filter
def relocation_word(code: str, of: str) -> Text:
    """The word on screen of a code: `{{ row.state|relocation_word:"state" }}`."""
    return words.word(_WORDS[of], code)


@register.inclusion_tag("console/relocations/of_customer.html", takes_context=True)
def relocations_of_customer(context: dict[str, Any], customer_id: object) -> dict[str, Any]:
    """The relocations of a customer; empty without the right."""
    actor = actor_of(context["request"])
    return {
        "rows": of_customer(actor, customer_id),
        "may_plan": actor.may(Permission.RELOCATION_WRITE),
        "customer_id": customer_id,
    }
