"""What the check says, in English where it is said and in Chinese from one table.

A `Message` is its English text; it remembers the template and the values, so that the same finding
can be read in Chinese (`in_chinese`). Templates and phrases without an entry stay English; a test
holds that none is missing.
"""

from __future__ import annotations

from typing import Any

from yinuo.kernel.calendars import CalendarError
from yinuo.planfile.chinese import CALENDARS, PHRASES, SENTENCES


class Message(str):
    """An English text made from a template with named values.

    >>> Message('"{word}" is no unit of time{hint}', word="hors", hint="")
    '"hors" is no unit of time'
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, **values: Any) -> Message:
        made = super().__new__(cls, template.format(**values))
        made.template, made.values = template, values
        return made


class CalendarMessage(Message):
    """What the calendar itself refused; its code says it in Chinese."""

    def __new__(cls, error: CalendarError) -> CalendarMessage:
        made = super().__new__(cls, "{said}", said=str(error), code=error.code)
        assert isinstance(made, CalendarMessage)
        return made


def in_chinese(text: str) -> str:
    """The text in Chinese: by its template when it is a message, else as a whole sentence.

    >>> in_chinese(Message('"{word}" is no unit of time{hint}', word="hors", hint=""))
    '“hors”不是时间单位'
    """
    if isinstance(text, CalendarMessage):
        return CALENDARS.get(str(text.values["code"]), str(text))
    if isinstance(text, Message):
        template = SENTENCES.get(text.template, text.template)
        return template.format(**{name: _value(one) for name, one in text.values.items()})
    return SENTENCES.get(text, PHRASES.get(text, text))


def _value(value: Any) -> Any:
    return in_chinese(value) if isinstance(value, str) else value
