"""Template tags of the portal: codes in a customer's words, and the frame around a page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from yinuo.domains.contracts.types import Cover
from yinuo.domains.network.naming import company_name
from yinuo.domains.network.standing import reachable
from yinuo.platform.errors import Text
from yinuo.surfaces.assets import pause_words
from yinuo.surfaces.assets.templatetags import showing
from yinuo.surfaces.assets.templatetags.assets import icon
from yinuo.surfaces.portal import words

register = template.Library()
register.tags.update(showing.register.tags)
register.filters.update(showing.register.filters)


# Whom a customer rings himself in an emergency (SA-05): the first of these roles that is held.
IN_AN_EMERGENCY = ("customer_support_manager", "service_manager")


@register.inclusion_tag("portal/parts/direct.html")
def reach_directly(unit_id: int) -> dict[str, Any]:
    """The after-sales manager of the visitor's unit, with his number."""
    return {"people": reachable(IN_AN_EMERGENCY, unit_id)}


@register.filter
def state_word(code: str) -> Text:
    """The state of a request in a customer's words."""
    return words.STATES.get(code, code)


@register.filter
def repair_state_word(code: str) -> Text:
    """How far a repair is, in a customer's words."""
    return words.REPAIR_STATES[code]


@register.filter
def goods_state_word(code: str) -> Text:
    """How far an order of goods is, in a customer's words."""
    return words.GOODS_STATES[code]


@register.filter
def relocation_state_word(code: str) -> Text:
    """How far a relocation is, in a customer's words."""
    return words.RELOCATION_STATES[code]


@register.filter
def step_state_word(code: str) -> Text:
    """How a step of a relocation stands."""
    return words.STEP_STATES[code]


@register.filter
def leg_word(code: str) -> Text:
    """A leg of a repair."""
    return words.LEGS[code]


@register.filter
def happening_word(kind: str) -> Text:
    """What happened, in a customer's words."""
    return words.HAPPENINGS[kind]


@register.simple_tag
def happening_icon(kind: str) -> SafeString:
    """The picture of what happened."""
    return icon(words.ICONS[kind])


@register.filter
def cover_sentence(cover: Cover) -> str:
    """What applies to a device, in a sentence."""
    return words.cover_sentence(cover)


@register.filter
def pause_reason(code: str) -> Text:
    """Why a clock was stopped."""
    return pause_words.reason(code)


@register.filter
def claim_state(code: str) -> Text:
    """Where a claim stands."""
    return pause_words.STATES[code]


@register.simple_tag
def company() -> str:
    """The name of the company that serves."""
    return company_name()
