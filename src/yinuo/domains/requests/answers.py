"""The fields of a step as somebody filled them in: checked, and parted by what is personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yinuo.kernel.steps import FieldType, StepField
from yinuo.platform.errors import InvalidInput

TEXT_LENGTH, LINE_LENGTH = 4_000, 200
MOST_MINUTES = 7 * 24 * 60
LARGEST_NUMBER = Decimal(10) ** 12
YEARS = range(1971, 2199)


@dataclass(frozen=True, slots=True)
class Answers:
    """`attrs` go into the fact, `words` into an erasable row; `shown`: the customer may read."""

    attrs: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    shown: bool = False


def read_answers(fields: Sequence[StepField], values: Mapping[str, Any]) -> Answers:
    """Take `values` by name; empty ones count as not given.

    Raises InvalidInput naming each field that is missing, wrong or unknown.
    """
    known = {one.name: one for one in fields}
    problems: dict[str, str] = {
        name: _("This step has no such field.") for name in values if name not in known
    }
    answers = Answers()
    for one in fields:
        value = values.get(one.name)
        if value is None or value == "" or (isinstance(value, str) and not value.strip()):
            if one.needed:
                problems[one.name] = _needed(one)
            continue
        try:
            _take(answers, one, value)
        except _WrongError as wrong:
            problems[one.name] = str(wrong)
    if problems:
        raise InvalidInput(problems)
    is_shown = bool(answers.attrs.pop("shown", False))
    return Answers(answers.attrs, answers.words, is_shown)


class _WrongError(Exception):
    """What is wrong with one value, in the reader's language."""


def _needed(one: StepField) -> str:
    return _("Say why.") if one.name == "reason" else _("This is needed.")


def _take(answers: Answers, one: StepField, value: Any) -> None:
    if one.is_personal:
        answers.words[one.name] = _text(value, one)
    else:
        answers.attrs[one.name] = _READERS[one.type](value, one)


def _text(value: Any, one: StepField) -> str:
    longest = LINE_LENGTH if one.type is FieldType.LINE else TEXT_LENGTH
    if not isinstance(value, str) or "\x00" in value:
        raise _WrongError(_("Give a text."))
    if len(value) > longest:
        limit = f"{longest:,}"
        raise _WrongError(_("Use at most %(limit)s characters.") % {"limit": limit})
    return value


def _code(value: Any, one: StepField) -> str:
    if value not in one.choices:
        raise _WrongError(_("Choose one of those offered."))
    return str(value)


def _instant(value: Any, one: StepField) -> str:
    at = value
    if isinstance(value, str):
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            at = None
    if not isinstance(at, datetime) or at.tzinfo is None or at.year not in YEARS:
        raise _WrongError(_("Give the time with its zone, such as +08:00."))
    return at.isoformat()


def _minutes(value: Any, one: StepField) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_MINUTES:
        raise _WrongError(_("Give whole minutes, at most 7 days."))
    return value


def _number(value: Any, one: StepField) -> int | str:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _WrongError(_("Give a number."))
    number = Decimal(str(value))
    if not number.is_finite() or abs(number) > LARGEST_NUMBER:
        raise _WrongError(_("This number is too large."))
    return int(number) if number == number.to_integral_value() else str(number)


def _yes_no(value: Any, one: StepField) -> bool:
    if not isinstance(value, bool):
        raise _WrongError(_("Give yes or no."))
    return value


_READERS = {
    FieldType.CODE: _code,
    FieldType.INSTANT: _instant,
    FieldType.MINUTES: _minutes,
    FieldType.NUMBER: _number,
    FieldType.YES_NO: _yes_no,
}
