"""Answers and refusals in words, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from yinuo.domains.checklists.types import LineView
from yinuo.kernel.checklists import AnswerError, CountWord, Item, ItemKind, Standing
from yinuo.kernel.checklists.judging import failed_count
from yinuo.kernel.plan.text import Text


def in_language(text: Text) -> str:
    """The template's own words in the active language."""
    return text.in_language(get_language() or "zh-hans")


def said_of(error: AnswerError) -> str:
    """What is wrong with an answer, and what to do."""
    values = dict(error.values)
    if "word" in values:
        values["word"] = count_word(values["word"])
    messages = {
        "choice": _("Choose one of the answers offered."),
        "unit": _("Give the number in %(unit)s."),
        "number": _("Give a number, such as 12.5."),
        "places": _("Use at most %(places)s decimal places."),
        "impossible": _("This cannot be: give a number from %(low)s to %(high)s."),
        "count": _("Give whole numbers, 0 or more."),
        "more_than_checked": _("%(word)s %(number)s is more than the %(checked)s checked."),
        "together_more": _("Together %(number)s, more than the %(checked)s checked."),
        "photo": _("Send the photograph first."),
        "photos": _("At most %(most)s photographs."),
        "text": _("Write something, or leave the line open."),
        "long": _("Use at most %(most)s characters."),
        "signature": _("The signature is missing: sign in the box."),
        "name": _("Who signs? Give the name, in at most %(most)s characters."),
    }
    return messages[error.code] % values


def count_word(word: str) -> str:
    """What is counted."""
    words = {
        CountWord.CHECKED: pgettext("counted", "Checked"),
        CountWord.NORMAL: pgettext("counted", "Normal"),
        CountWord.MENDED: pgettext("counted", "Mended"),
        CountWord.CHANGED: pgettext("counted", "Changed"),
    }
    return words[CountWord(word)]


def answer_words(item: Item, answer: Any) -> str:
    """An answer as people read it; empty without one."""
    if answer is None:
        return ""
    if item.kind is ItemKind.YES_NO:
        return _("Yes") if answer == "yes" else _("No")
    if item.kind is ItemKind.CHOICE:
        return next((in_language(one.title) for one in item.options if one.code == answer), answer)
    unit = in_language(item.unit)
    if item.kind is ItemKind.NUMBER:
        return f"{answer} {unit}".strip()
    if item.kind is ItemKind.COUNT:
        return _between().join(
            f"{count_word(one)} {answer[one.value]} {unit}".strip() for one in item.counts
        )
    if item.kind is ItemKind.PHOTO:
        return _("Photographs: %(number)d") % {"number": len(answer)}
    if item.kind is ItemKind.SIGNATURE:
        return str(answer["name"])
    return str(answer)


def limits_words(item: Item) -> str:
    """The limits within which a number is normal; empty without any."""
    low, high = item.normal
    unit = in_language(item.unit)
    if low is None and high is None:
        return ""
    if low is None:
        return _("at most %(high)s %(unit)s") % {"high": high, "unit": unit}
    if high is None:
        return _("at least %(low)s %(unit)s") % {"low": low, "unit": unit}
    return _("%(low)s to %(high)s %(unit)s") % {"low": low, "high": high, "unit": unit}


def work_words(item: Item) -> str:
    """The work that a failure of this line asks for."""
    return in_language(item.follow_up) if item.follow_up else in_language(item.title)


def _between() -> str:
    return "，" if (get_language() or "").startswith("zh") else ", "


def standing_word(line: LineView) -> str:
    """What a line says of the thing; of a failed count also how many."""
    words = {
        Standing.OPEN: pgettext("line of a checklist", "Open"),
        Standing.PASSED: pgettext("line of a checklist", "In order"),
        Standing.FAILED: pgettext("line of a checklist", "Not in order"),
    }
    said = words[line.standing]
    if line.standing is Standing.FAILED and line.item.kind is ItemKind.COUNT:
        return f"{said} {failed_count(line.item, line.answer)}"
    return said
