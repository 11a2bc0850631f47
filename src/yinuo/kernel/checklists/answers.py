"""Whether an answer can be one, and its one form as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from yinuo.kernel.checklists.template import NO, YES, CountWord, Item, ItemKind

MOST_COUNTED = 999_999
MOST_TEXT = 4_000
MOST_PHOTOS = 20
NAME_LENGTH = 80
# Full-width figures and signs as people type them.
_FOLDED = str.maketrans("０１２３４５６７８９．－＋，", "0123456789.-+,")


class AnswerError(ValueError):
    """This is no answer to the item. `code` says why, `values` with which figures."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def checked_answer(item: Item, given: Any) -> Any:
    """The answer in its one JSON-ready form; AnswerError when it is none.

    yes_no `"yes"`/`"no"`; choice the option's code; number a decimal text, its unit left out; count
    a mapping of whole numbers; photo a list of file ids; text; signature name and strokes.

    >>> from yinuo.kernel.plan.text import Text
    >>> item = Item("v", ItemKind.NUMBER, Text("电压", "voltage"), unit=Text("V", "V"))
    >>> checked_answer(item, "12.50 V")
    '12.5'
    """
    return _CHECKS[item.kind](item, given)


def _yes_no(item: Item, given: Any) -> str:
    if given not in (YES, NO):
        raise AnswerError("choice")
    return str(given)


def _choice(item: Item, given: Any) -> str:
    if not isinstance(given, str) or given not in {one.code for one in item.options}:
        raise AnswerError("choice")
    return given


def _number(item: Item, given: Any) -> str:
    text = str(given).translate(_FOLDED).strip() if isinstance(given, str | int | Decimal) else ""
    for unit in {item.unit.zh, item.unit.en} - {""}:
        text = text.removesuffix(unit).strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        unit = item.unit.zh or item.unit.en
        raise AnswerError("unit" if unit and text[:1].isdigit() else "number", unit=unit) from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 12:
        raise AnswerError("number")
    if -int(number.as_tuple().exponent) > item.places:
        raise AnswerError("places", places=item.places)
    low, high = item.possible
    if (low is not None and number < low) or (high is not None and number > high):
        raise AnswerError("impossible", low=_shown(low), high=_shown(high))
    return _shown(number)


def _shown(number: Decimal | None) -> str:
    if number is None:
        return "…"
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _count(item: Item, given: Any) -> dict[str, int]:
    if not isinstance(given, Mapping) or set(given) - {one.value for one in item.counts}:
        raise AnswerError("count")
    found = {one.value: _whole(given.get(one.value)) for one in item.counts}
    checked = found[CountWord.CHECKED]
    for word, number in found.items():
        if number > checked:
            raise AnswerError("more_than_checked", word=word, number=number, checked=checked)
    settled = sum(number for word, number in found.items() if word != CountWord.CHECKED)
    if settled > checked:
        raise AnswerError("together_more", number=settled, checked=checked)
    return found


def _whole(given: Any) -> int:
    text = str(given).translate(_FOLDED).strip() if isinstance(given, str | int) else ""
    if isinstance(given, bool) or not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise AnswerError("count")
    return int(text)


def _photo(item: Item, given: Any) -> list[str]:
    if not isinstance(given, list) or not given or not all(isinstance(one, str) for one in given):
        raise AnswerError("photo")
    if len(given) > MOST_PHOTOS:
        raise AnswerError("photos", most=MOST_PHOTOS)
    return list(dict.fromkeys(given))


def _text(item: Item, given: Any) -> str:
    text = given.strip() if isinstance(given, str) else ""
    if not text:
        raise AnswerError("text")
    if len(text) > MOST_TEXT:
        raise AnswerError("long", most=MOST_TEXT)
    return text


def _signature(item: Item, given: Any) -> dict[str, Any]:
    """Name and strokes; that the strokes are a drawing is for the domain that draws them."""
    if not isinstance(given, Mapping) or set(given) - {"name", "strokes"}:
        raise AnswerError("signature")
    name = given.get("name")
    if not isinstance(name, str) or not name.strip() or len(name.strip()) > NAME_LENGTH:
        raise AnswerError("name", most=NAME_LENGTH)
    return {"name": name.strip(), "strokes": given.get("strokes")}


_CHECKS = {
    ItemKind.YES_NO: _yes_no,
    ItemKind.CHOICE: _choice,
    ItemKind.NUMBER: _number,
    ItemKind.COUNT: _count,
    ItemKind.PHOTO: _photo,
    ItemKind.TEXT: _text,
    ItemKind.SIGNATURE: _signature,
}
