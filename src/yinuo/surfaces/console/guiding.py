"""Guided questions on screen: radio buttons named after their question, at intake and later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.requests.types import AskedQuestion
from yinuo.surfaces.console import words

PREFIX = "answer_"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer as a radio button, and the level and category it chooses."""

    code: str
    label: str
    definition: str
    level: str
    category: str
    is_given: bool


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as a row of radio buttons."""

    name: str
    label: str
    options: tuple[Option, ...]


def shown_questions(questions: Iterable[AskedQuestion]) -> tuple[ShownQuestion, ...]:
    """The questions in the reader's language."""
    return tuple(_shown(one) for one in questions)


def names_of(questions: Iterable[ShownQuestion]) -> str:
    """Tells whether the questions shown are still those that fit."""
    return ",".join(one.name for one in questions) or "none"


def answers_in(posted: Mapping[str, Any]) -> dict[str, str]:
    """The answers among what was sent, by the code of their question."""
    return {
        name.removeprefix(PREFIX): str(posted[name]) for name in posted if name.startswith(PREFIX)
    }


def unasked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Messages of a service with answers under the names of the radio buttons."""
    return {name.replace("answers.", PREFIX, 1): message for name, message in fields.items()}


def _shown(one: AskedQuestion) -> ShownQuestion:
    options = [
        Option(
            code=answer.word.code,
            label=words.in_language(answer.word.title_zh, answer.word.title_en),
            definition=words.in_language(answer.word.definition_zh, answer.word.definition_en),
            level=answer.level,
            category=answer.category,
            is_given=answer.word.code == one.given,
        )
        for answer in one.answers
    ]
    nothing = Option("", _("not asked"), "", "", "", not one.given)
    label = words.in_language(one.title_zh, one.title_en)
    return ShownQuestion(PREFIX + one.code, label, (*options, nothing))
