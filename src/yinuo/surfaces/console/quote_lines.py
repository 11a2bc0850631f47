"""The lines of a quote while it is written: what each asks for, what is typed, what it costs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.billing.keeping import kept_item, shown_line
from yinuo.domains.billing.pricing import price_by
from yinuo.domains.billing.types import LineView
from yinuo.kernel.capitals import chinese_capitals
from yinuo.kernel.pricing import (
    AtCost,
    ByZone,
    Entry,
    Item,
    PercentOf,
    PerUnit,
    PriceList,
    Tiered,
)
from yinuo.platform.errors import InvalidInput
from yinuo.surfaces.console import words
from yinuo.surfaces.console.fields import AROUND_MONEY

MOST_LINES = 200
NOTE_LENGTH = 200
_NAME = re.compile(r"line-(\d{1,4})-code")
_FIGURES = ("quantity", "hours", "size", "cost", "ceiling", "base")
_PROBLEM = re.compile(r"items\.(\d+)\.(\w+)")


@dataclass(frozen=True, slots=True)
class Typed:
    """One field of a line as typed: its name in the form, label, choices, what is wrong."""

    name: str
    label: str
    value: str
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    error: str = ""
    wide: bool = False


@dataclass(slots=True)
class Line:
    """One line of the form and, when it can be priced, what it costs."""

    number: int
    code: str
    title: str
    hint: str
    fields: list[Typed] = field(default_factory=list)
    priced: list[LineView] = field(default_factory=list)
    error: str = ""


@dataclass(frozen=True, slots=True)
class Pricing:
    """All lines, what may be added, and the total; `total` is None until every line is right."""

    lines: tuple[Line, ...]
    entries: tuple[tuple[str, str], ...]
    total: Decimal | None
    currency: str
    capitals: str
    items: tuple[Item, ...]

    @property
    def is_wrong(self) -> bool:
        """True when a line lacks something or there is none."""
        return self.total is None


Values = dict[str, str]


def typed_lines(sent: Mapping[str, Any]) -> list[Values]:
    """The lines of a form in their order, as typed; at most 200."""
    numbers = sorted(int(found[1]) for name in sent if (found := _NAME.fullmatch(name)))
    names = ("code", "persons", "zone", "note", *_FIGURES)
    return [
        {name: str(sent.get(f"line-{number}-{name}", "")).strip() for name in names}
        for number in numbers[:MOST_LINES]
    ]


def lines_of(items: Iterable[Item]) -> list[Values]:
    """The lines of a quote already written."""
    return [{name: str(value) for name, value in kept_item(item).items()} for item in items]


def fresh_line(list_: PriceList, code: str, zone: str) -> Values | None:
    """A new line for an entry, with the site's zone where prices go by zone."""
    entry = list_.entry(code)
    if entry is None:
        return None
    known = zone if isinstance(entry, ByZone) and zone in entry.prices else ""
    return {"code": code, "quantity": "1", "persons": "1", "zone": known}


def priced_lines(list_: PriceList, typed: Sequence[Values], *, show_errors: bool = True) -> Pricing:
    """What was typed, beside what it costs and what is wrong with it."""
    read = [_item(values) for values in typed]
    problems = {number: dict(wrong) for number, (_one, wrong) in enumerate(read) if wrong}
    items = [one for one, _wrong in read]
    found: dict[int, list[LineView]] = {}
    total: Decimal | None = None
    for number, item in enumerate(items):
        if number in problems:
            continue
        try:
            priced = price_by(list_, [item])
        except InvalidInput as error:
            problems[number] = _by_field(error)
        else:
            found[number] = [shown_line(one) for one in priced.lines if one.item >= 0]
    if items and not problems:
        total = price_by(list_, items).total.amount
    shown = problems if show_errors else {}
    lines = [
        _line(list_, number, values, found.get(number, []), shown.get(number, {}))
        for number, values in enumerate(typed)
    ]
    return Pricing(
        lines=tuple(lines),
        entries=tuple((one.code, _said(one.title)) for one in list_.entries),
        total=total,
        currency=list_.currency,
        capitals=_capitals(total, list_.currency),
        items=tuple(items) if not problems else (),
    )


def _capitals(total: Decimal | None, currency: str) -> str:
    return chinese_capitals(total) if total is not None and currency == "CNY" else ""


def _by_field(error: InvalidInput) -> dict[str, str]:
    found = {}
    for name, message in error.fields.items():
        match = _PROBLEM.fullmatch(name)
        found[match[2] if match else "code"] = str(message)
    return found


def _item(values: Values) -> tuple[Item, dict[str, str]]:
    """The item of a line, and what could not be read of it."""
    wrong: dict[str, str] = {}
    figures: dict[str, Decimal | None] = {}
    for name in _FIGURES:
        try:
            figures[name] = _number(values.get(name, ""))
        except InvalidOperation:
            wrong[name] = _("This is not a number, such as 12800.00.")
    persons = _folded(values.get("persons", "")) or "1"
    if not re.fullmatch(r"\d{1,4}", persons, re.ASCII):
        wrong["persons"] = _("Give a whole number.")
    if len(values.get("note", "")) > NOTE_LENGTH:
        wrong["note"] = _("Use at most %(most)d characters.") % {"most": NOTE_LENGTH}
    if not wrong and figures["quantity"] is None:
        wrong["quantity"] = _("Give a number.")
    if wrong:
        return Item(values.get("code", "")), wrong
    quantity = figures.pop("quantity") or Decimal(0)
    return (
        Item(
            code=values.get("code", ""),
            quantity=quantity,
            persons=int(persons),
            zone=values.get("zone", ""),
            note=values.get("note", ""),
            **figures,
        ),
        {},
    )


def _number(text: str) -> Decimal | None:
    plain = _folded(text).translate(AROUND_MONEY)
    if not plain:
        return None
    number = Decimal(plain)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > 20:
        raise InvalidOperation
    return number


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _line(
    list_: PriceList, number: int, values: Values, priced: list[LineView], wrong: dict[str, str]
) -> Line:
    entry = list_.entry(values.get("code", ""))
    if entry is None:
        code = values.get("code", "")
        error = _("The price list has no “%(code)s”. Remove this line.") % {"code": code[:40]}
        return Line(number, code, code, "", error=error)
    hint = _said(entry.terms) or _said(entry.note)
    made = Line(number, entry.code, _said(entry.title), hint, priced=priced)
    made.fields = [
        Typed(
            name=f"line-{number}-{name}",
            label=str(label),
            value=values.get(name, ""),
            unit=unit,
            choices=choices,
            error=wrong.get(name, ""),
            wide=name == "note",
        )
        for name, label, unit, choices in _asked(list_, entry)
    ]
    shown = {one.name.rpartition("-")[2] for one in made.fields}
    made.error = " ".join(message for name, message in wrong.items() if name not in shown)
    return made


Asked = tuple[str, str, str, tuple[tuple[str, str], ...]]


def _asked(list_: PriceList, entry: Entry) -> list[Asked]:
    """The fields that the entry's kind needs: name, label, unit, choices."""
    unit = _said(entry.unit)
    asked: list[Asked] = []
    if isinstance(entry, ByZone):
        zones = tuple((zone, _said(list_.zones[zone])) for zone in entry.prices)
        asked.append(("quantity", _("Times"), "", ()))
        if entry.per_person:
            asked.append(("persons", _("Persons"), "", ()))
        asked.append(("zone", _("Zone"), "", (("", str(_("choose"))), *zones)))
        if entry.hours is not None:
            asked.append(("hours", _("Hours each"), "", ()))
    elif isinstance(entry, PerUnit | Tiered | AtCost | PercentOf):
        asked.append(("quantity", _("Quantity"), unit, ()))
    if isinstance(entry, Tiered) and entry.by_size:
        asked.append(("size", _("Size of one"), _said(entry.size_unit), ()))
    if isinstance(entry, AtCost):
        asked.append(("cost", _("Cost of one"), "", ()))
        if entry.ceiling:
            asked.append(("ceiling", _said(entry.ceiling), "", ()))
    if isinstance(entry, PercentOf):
        asked.append(("base", _said(entry.base), "", ()))
    return [*asked, ("note", _("Remark"), "", ())]


def _said(text: Any) -> str:
    return words.in_language(text.zh, text.en)
