"""Document templates on pages: what a kind in a language is called."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from yinuo.domains.document_templates.kinds import Which, built_in
from yinuo.platform.errors import Text
from yinuo.surfaces.console import words

register = template.Library()


@register.filter
def kind_name(which: Which) -> Text:
    """What the kind is called."""
    return which.kind.name if which.kind else _("Every document")


@register.filter
def written_in(which: Which) -> str:
    """The language it is written in."""
    return _("Chinese") if which.language == "zh" else _("English")


@register.filter
def plain_word(label: Text) -> str:
    """A label in the reader's language, its values in braces."""
    return built_in(label, "zh" if words.is_chinese() else "en")


def which_name(which: Which) -> str:
    """Both: `Quote · English`."""
    return f"{kind_name(which)} · {written_in(which)}"
