"""Template tags of letters of contact: their words."""

from __future__ import annotations

from django import template

from yinuo.platform.errors import Text
from yinuo.surfaces.console import letter_words, words

register = template.Library()

_WORDS = {"state": letter_words.STATES, "way": letter_words.WAYS}


@register.filter
def letter_word(code: str, of: str) -> Text:
    """The word on screen of a letter's code: `{{ row.state|letter_word:"state" }}`."""
    return words.word(_WORDS[of], code)
