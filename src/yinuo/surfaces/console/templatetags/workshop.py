"""Tags of the plan workshop: texts in the reader's language, options, hints, outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yinuo.kernel.plan.text import Text
from yinuo.planfile.chinese_keys import ABOUT
from yinuo.planfile.forms import Option
from yinuo.surfaces.console import words

register = template.Library()
MOST_LINES = 12


@register.simple_tag
def say(text: Text) -> str:
    """A text of a plan in the reader's language."""
    return words.in_language(text.zh, text.en)


@register.simple_tag
def option(one: Option) -> str:
    """A word to choose: its name, and the word itself where the name is another."""
    name = words.in_language(one.title.zh, one.title.en)
    return name if name == one.code else f"{name} · {one.code}"


@register.simple_tag
def hint(about: str) -> SafeString:
    """What a key means, in the reader's language; nothing where that has no words for it."""
    said = ABOUT.get(about, "") if words.is_chinese() else about
    return format_html('<span class="hint">{}</span>', said) if said else format_html("")


@register.simple_tag
def lines(text: str) -> int:
    """How many lines a text takes, within bounds."""
    return min(max(text.count("\n") + 1, 1), MOST_LINES)


@register.simple_tag
def outcome(what: str, value: str) -> str:
    """An outcome of a test as people read it: an instant, a state, an amount."""
    if not value:
        return "—"
    if what == "due_at":
        return timezone.localtime(datetime.fromisoformat(value)).strftime("%Y-%m-%d %H:%M")
    return str(words.word(words.OBLIGATION_STATES, value)) if what == "state" else value


@register.filter
def among(value: str, options: Iterable[Option]) -> bool:
    """Whether a word is one of those offered."""
    return any(one.code == value for one in options)
