"""Words of parts and stock in templates."""

from __future__ import annotations

from django import template

from yinuo.platform.errors import Text
from yinuo.surfaces.console import stock_words, words

register = template.Library()

_OF = {
    "tracking": stock_words.TRACKING,
    "depot": stock_words.DEPOT_KINDS,
    "condition": stock_words.CONDITIONS,
    "move": stock_words.MOVES,
    "place": stock_words.PLACES,
}


@register.filter
def stock_word(code: str, of: str) -> Text:
    """The word of a code: of `tracking`, `depot`, `condition`, `move` or `place`."""
    return words.word(_OF[of], code)


@register.filter
def signed(quantity: int) -> str:
    """A number that came with a plus, one that went with a minus."""
    return f"+{quantity}" if quantity > 0 else f"−{-quantity}"
