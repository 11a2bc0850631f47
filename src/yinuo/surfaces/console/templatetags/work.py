"""Template tags of work orders: their words, and a signature as a picture."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yinuo.domains.fieldwork.strokes import HEIGHT, WIDTH
from yinuo.platform.errors import Text
from yinuo.surfaces.console import words, work_words

register = template.Library()

_WORDS = {
    "state": work_words.STATES,
    "step": work_words.STEPS,
    "form": work_words.FORMS,
    "customer_kind": work_words.CUSTOMER_KINDS,
    "accessories": work_words.ACCESSORIES,
    "satisfaction": work_words.SATISFACTIONS,
    "way": work_words.WAYS,
    "overdue": work_words.OVERDUE,
}


@register.filter
def work_word(code: str, of: str) -> Text:
    """The word on screen of a work order's code: `{{ row.state|work_word:"state" }}`."""
    return words.word(_WORDS[of], code)


@register.filter
def dissatisfactions(codes: Iterable[str]) -> str:
    """What the customer was not satisfied with, in words."""
    return " · ".join(str(words.word(work_words.DISSATISFACTIONS, one)) for one in codes)


@register.simple_tag
def signature(path: str, name: str) -> SafeString:
    """A drawn signature; `path` is made by us from whole numbers."""
    return format_html(
        '<svg class="signature-mark" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path d="{}"/></svg>',
        WIDTH,
        HEIGHT,
        _("Signature of %(name)s") % {"name": name},
        path,
    )
