"""Whether what was written can be set: lengths, placeholders, words that are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.document_templates.kinds import Which, built_in
from yinuo.domains.document_templates.types import TEXTS, TemplateContent
from yinuo.platform.errors import InvalidInput
from yinuo.platform.rendering.wording import places_in

WORD_LENGTH = 120
# More of them, or wider ones, would push the content off the first page.
MOST_LINES = {"head": 6, "footer": 2}
_ONE_LINE = {"title"}


def checked_content(which: Which, content: TemplateContent) -> dict[str, Any]:
    """The content as it is kept. Raises InvalidInput by field, `word_<code>` for words."""
    problems = {}
    texts = {name: _clean(getattr(content, name)) for name in TEXTS}
    for name, text in texts.items():
        if said := _wrong_text(which, name, text):
            problems[name] = said
    known = which.words
    words = {code: _clean(word) for code, word in content.words.items() if _clean(word)}
    for code, word in words.items():
        if said := _wrong_word(which, code, word) if code in known else _unknown(code):
            problems[f"word_{code}"] = said
    if unknown := set(content.left_out) - set(which.passages):
        problems["left_out"] = _unknown(min(unknown))
    if problems:
        raise InvalidInput(problems)
    left_out = tuple(dict.fromkeys(content.left_out))
    return asdict(TemplateContent(**texts, words=words, left_out=left_out))


def content_of(kept: Mapping[str, Any]) -> TemplateContent:
    """What was kept."""
    texts = {name: kept.get(name, "") for name in TEXTS}
    left_out = tuple(kept.get("left_out", ()))
    return TemplateContent(**texts, words=dict(kept.get("words", {})), left_out=left_out)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _wrong_text(which: Which, name: str, text: str) -> str:
    if name == "title" and which.has_title and not text:
        return _("Give the title.")
    if name == "title" and text and not which.has_title:
        return _("The title of these documents comes from elsewhere. Leave it empty.")
    if "\0" in text or (name in _ONE_LINE and "\n" in text):
        return _("Write it on one line.")
    if len(text) > TEXTS[name]:
        return _("Use at most %(most)d characters.") % {"most": TEXTS[name]}
    if name in MOST_LINES and text.count("\n") >= MOST_LINES[name]:
        return _("Use at most %(most)d lines.") % {"most": MOST_LINES[name]}
    return _wrong_places(text, which.placeholders)


def _wrong_word(which: Which, code: str, word: str) -> str:
    if "\n" in word or "\0" in word:
        return _("Write it on one line.")
    if len(word) > WORD_LENGTH:
        return _("Use at most %(most)d characters.") % {"most": WORD_LENGTH}
    needed = places_in(built_in(which.words[code], which.language))
    for place in sorted(needed - places_in(word)):
        return _("Keep %(place)s in it: the value stands there.") % {"place": f"{{{place}}}"}
    return _wrong_places(word, tuple(needed))


def _wrong_places(text: str, known: tuple[str, ...]) -> str:
    for place in sorted(places_in(text) - set(known)):
        allowed = ", ".join(f"{{{one}}}" for one in known) or _("none")
        said = _("%(place)s is not known. What may stand in braces: %(known)s.")
        return said % {"place": f"{{{place}}}", "known": allowed}
    return ""


def _unknown(code: str) -> str:
    return _("This template has no “%(code)s”.") % {"code": code[:60]}
