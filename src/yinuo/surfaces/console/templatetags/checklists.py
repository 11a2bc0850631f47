"""Template tags of checklists: answers, limits and standing in words."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from yinuo.domains.checklists.saying import (
    answer_words,
    count_word,
    in_language,
    limits_words,
    standing_word,
    work_words,
)
from yinuo.domains.checklists.types import LineView
from yinuo.domains.fieldwork.strokes import svg_path
from yinuo.kernel.checklists import Checklist, Condition, Item, ItemKind
from yinuo.platform.errors import Text
from yinuo.surfaces.console.checklist_words import CONDITION_WORDS, KINDS
from yinuo.surfaces.console.templatetags.work import signature

register = template.Library()


@register.filter
def answer_of(line: LineView) -> str:
    """The answer of a line in words: `{{ line|answer_of }}`."""
    return answer_words(line.item, line.answer)


@register.filter
def limits_of(item: Item) -> str:
    """Within which limits a number is normal."""
    return limits_words(item)


@register.filter
def says(line: LineView) -> str:
    """Whether the thing is in order."""
    return standing_word(line)


@register.filter
def work_of(item: Item) -> str:
    """The work that a failure asks for."""
    return work_words(item)


@register.simple_tag
def signed_line(line: LineView) -> SafeString:
    """The drawn signature of a line."""
    return signature(svg_path(line.answer["strokes"]), line.answer["name"])


@register.filter
def kind_of(item: Item) -> Text:
    """What kind of answer an item takes."""
    return KINDS[item.kind.value]


@register.filter
def asks(item: Item) -> str:
    """What can be answered, with what counts as not in order."""
    if item.kind is ItemKind.COUNT:
        words = " / ".join(count_word(one.value) for one in item.counts)
        return f"{words} · {in_language(item.unit)}" if item.unit else words
    if item.kind is ItemKind.CHOICE:
        return " / ".join(
            f"{in_language(one.title)}{' ✗' if one.fails else ''}" for one in item.options
        )
    if item.kind is ItemKind.NUMBER:
        return " · ".join(one for one in (in_language(item.unit), limits_words(item)) if one)
    return ""


@register.filter
def asked_by(when: Condition, of: Checklist) -> str:
    """The title of the item a condition looks at."""
    item = of.item(when.item)
    return in_language(item.title) if item else when.item


@register.filter
def words_in(when: Condition, of: Checklist) -> str:
    """The answers a condition asks for, in words."""
    item = of.item(when.item)
    return " / ".join(_answer(item, word) for word in when.words)


def _answer(item: Item | None, word: str) -> str:
    if word in CONDITION_WORDS:
        return str(CONDITION_WORDS[word])
    return answer_words(item, word) if item else word
