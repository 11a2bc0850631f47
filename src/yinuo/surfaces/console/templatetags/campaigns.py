"""Words of campaigns in templates."""

from __future__ import annotations

from django import template

from yinuo.platform.errors import Text
from yinuo.surfaces.console import campaign_words, words

register = template.Library()


@register.filter
def campaign_kind(code: str) -> Text:
    """The word of a kind of campaign."""
    return words.word(campaign_words.KINDS, code)


@register.filter
def campaign_state(code: str) -> Text:
    """The word of how an asset stands in a campaign."""
    return words.word(campaign_words.STATES, code)


@register.filter
def campaign_tone(code: str) -> Text:
    """The colour of how an asset stands."""
    return words.word(campaign_words.TONES, code)
