"""Who can go, in templates: terms in yuan, reasons in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from yinuo.domains.network.qualification_types import Obstacle
from yinuo.platform.errors import Text
from yinuo.surfaces.console import dispatch_words, words, work_words

register = template.Library()

register.filter("why_not", dispatch_words.why_not)


@register.filter
def reasons(obstacles: tuple[Obstacle, ...]) -> str:
    """All rules somebody breaks."""
    return "；".join(dispatch_words.why_not(one) for one in obstacles)


@register.simple_tag
def terms(found: Mapping[str, Decimal | str]) -> SafeString:
    """What makes up a total, the largest first."""
    amounts = [(name, Decimal(amount)) for name, amount in found.items()]
    ordered = sorted(amounts, key=lambda one: -abs(one[1]))
    return format_html_join(
        " · ",
        '{} <span class="figures">{}</span>',
        ((words.word(dispatch_words.TERMS, name), f"{amount:,.2f}") for name, amount in ordered),
    )


@register.filter
def decimal(text: str) -> Decimal:
    """A figure that was kept as text."""
    return Decimal(text)


@register.filter
def sheet_state(state: str) -> Text:
    """The state of a sheet in words."""
    return words.word(work_words.STATES, state)
