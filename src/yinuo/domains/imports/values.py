"""Cells as texts, and texts as what they mean; width and blanks never matter."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.tabular import Cell

# A spreadsheet keeps fifteen digits of a number and drops the rest without a word.
EXACT_DIGITS = 15
CENTS = 2
# Beyond this nobody means a figure.
LONGEST_FIGURE = 30
_SERIAL_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_BETWEEN = re.compile(r"[;；\n]+")
_BETWEEN_PHONES = re.compile(r"[;；,，、\n|]+")
_AROUND_NUMBER = str.maketrans("", "", " ,'\u00a0¥￥元")
_YES = frozenset({"是", "yes", "y", "true", "1", "在用", "有效", "√", "启用"})
_NO = frozenset({"否", "no", "n", "false", "0", "停用", "无效", "×", "不", "禁用"})


class BadValue(Exception):
    """A cell that cannot mean what its column asks for. `message` says what to write instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def text_of(cell: Cell) -> str:
    """A cell as its text, without blanks around; days as 2026-05-01, figures without exponent."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        whole = cell == cell.to_integral_value()
        return f"{cell.to_integral_value() if whole else cell:f}"
    text = unicodedata.normalize("NFC", str(cell)).replace("\r\n", "\n").replace("\r", "\n")
    return _without_invisible(text).strip()


def is_cut(cell: Cell) -> bool:
    """True for a number so long that the spreadsheet has lost its last digits."""
    return isinstance(cell, int | Decimal) and abs(cell) >= 10**EXACT_DIGITS


def parsed(kind: str, text: str) -> Any:
    """What a text means in a column of this type. Raises BadValue."""
    return _PARSERS[kind](text)


def _without_invisible(text: str) -> str:
    return "".join(
        one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cf", "Cs")
    )


def folded(text: str) -> str:
    """A text as it is compared: full-width letters and figures like narrow ones, no blanks around.

    >>> folded(" 云帆１号 ")
    '云帆1号'
    """
    return unicodedata.normalize("NFKC", text).strip()


def _text(text: str) -> str:
    return text


def _folded_text(text: str) -> str:
    return folded(text)


def _day(text: str) -> date:
    """2026-05-01, 2026/5/1, 2026.5.1, 2026年5月1日, 20260501, or a spreadsheet's day number."""
    plain = folded(text)
    if plain.isdecimal() and _FIRST_SERIAL <= int(plain[:6]) <= _LAST_SERIAL and len(plain) == 5:
        return _SERIAL_ZERO + timedelta(days=int(plain))
    found = _DAY.fullmatch(plain) or _COMPACT_DAY.fullmatch(plain)
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise BadValue(_("This is not a day of the calendar. Write it like 2026-05-01."))


def _number(text: str) -> Decimal:
    try:
        number = Decimal(folded(text).translate(_AROUND_NUMBER))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > LONGEST_FIGURE:
        raise BadValue(_("This is not a number, such as 12800.00."))
    return number


def _amount(text: str) -> Decimal:
    number = _number(text)
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > CENTS:
        raise BadValue(_("Use at most 2 decimal places."))
    return number


def _yes_no(text: str) -> bool:
    word = folded(text).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadValue(_("Write yes or no."))


def _id(text: str) -> UUID:
    found = parse_public_id(folded(text))
    if found is None:
        raise BadValue(_("This is not an ID of an export. Leave it empty for a new row."))
    return found


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))


def _phones(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _BETWEEN_PHONES.split(text) if part.strip())


def _parameters(text: str) -> dict[str, Any]:
    """`on_site_hours=4; note=office` or a JSON object."""
    if text.startswith("{"):
        try:
            found = json.loads(text, parse_constant=_refused_constant)
        except (ValueError, RecursionError):
            raise BadValue(_figures()) from None
        return dict(found)
    figures: dict[str, Any] = {}
    for part in _list(text):
        name, sign, value = part.partition("=")
        if not sign or not name.strip():
            raise BadValue(_figures())
        figures[name.strip()] = _figure(value.strip())
    return figures


def _figure(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refused_constant)
    except (ValueError, RecursionError):
        return text


def _refused_constant(word: str) -> Any:
    raise ValueError(word)


def _figures() -> str:
    return _("Write figures like on_site_hours=4, with semicolons between them.")


def shown_parameters(parameters: dict[str, Any]) -> str:
    """The text that `parsed("parameters", …)` reads back to the same figures."""
    texts = {name: json.dumps(one, ensure_ascii=False) for name, one in parameters.items()}
    is_plain = all(
        not set(";；\n=") & set(name + text) and name == name.strip() and not text.startswith("{")
        for name, text in texts.items()
    )
    if not is_plain or any(name.startswith("{") for name in texts):
        return json.dumps(parameters, ensure_ascii=False)
    return "; ".join(f"{name}={text}" for name, text in texts.items())


_PARSERS: dict[str, Callable[[str], Any]] = {
    "text": _text,
    "folded": _folded_text,
    "day": _day,
    "number": _number,
    "amount": _amount,
    "yes_no": _yes_no,
    "id": _id,
    "list": _list,
    "phones": _phones,
    "parameters": _parameters,
}
