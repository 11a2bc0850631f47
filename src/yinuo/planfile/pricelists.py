"""Price list files: YAML in, a typed price list out, with the place of every mistake.

They are read like plan files: no aliases, bounded size, every finding at once with line and column.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from yinuo.kernel.calendars import HolidayTable
from yinuo.kernel.money import Money as Amount
from yinuo.kernel.money import MoneyError, MoneyRounding, smallest_step
from yinuo.kernel.plan.text import EMPTY
from yinuo.kernel.pricing import PriceList, PriceListError, Tax, Tiering
from yinuo.planfile.calendars import OfficeHoursShape
from yinuo.planfile.hashing import prices_hash
from yinuo.planfile.messages import Message
from yinuo.planfile.plan import NamedShape
from yinuo.planfile.price_entries import TIERING, EntryShape
from yinuo.planfile.problems import PlanError, Problem
from yinuo.planfile.shapes import (
    CODE,
    BadValueError,
    Bilingual,
    Key,
    ListOf,
    Number,
    Reader,
    Record,
    String,
    Values,
    Word,
    YesNo,
)
from yinuo.planfile.source import Node, read_nodes, read_text

_ROUNDING = Record(
    "rounding of prices",
    {
        "way": Key(
            Word("ways", "a way of rounding", [one.value for one in MoneyRounding], False),
            "left out: half_up",
        ),
        "to": Key(Number(above_zero=True), "the step; left out: the currency's smallest"),
    },
)
_TAX = Record(
    "a tax",
    {
        "percent": Key(Number("0", "100"), "its rate", True),
        "included": Key(YesNo(), "whether the prices contain it", True),
    },
    lambda values, reader: Tax(values.get("percent"), values.get("included")),
)
_HEAD: dict[str, Key] = {
    "price_list": Key(String("a code such as lowvoltage", CODE), "names the list", True),
    "title": Key(Bilingual(), "its name", True),
    "currency": Key(String("a currency such as CNY"), "left out: CNY"),
    "note": Key(Bilingual(), "where the figures come from"),
    "zones": Key(NamedShape(Bilingual(), "zones"), "the zones that prices name"),
    "tiering": Key(TIERING, "how tiers price a quantity; left out: whole"),
    "rounding": Key(_ROUNDING, "how a line is rounded; left out: half up to the fen"),
    "tax": Key(_TAX, "left out: the list says nothing about tax"),
    "office_hours": Key(OfficeHoursShape(), "outside them work is overtime"),
    "entries": Key(ListOf(EntryShape()), "what is priced", True),
}


@dataclass(frozen=True, slots=True)
class CheckedPrices:
    """What checking a file gave: the list unless it has errors, and every finding in order."""

    source: str
    price_list: PriceList | None
    problems: tuple[Problem, ...]


def check_price_list(
    data: str | bytes, source: str = "prices", statutory: HolidayTable | None = None
) -> CheckedPrices:
    """Read a price list and say everything that is wrong with it. Never raises for a bad one.

    `statutory` is the table of days off to read its office hours with; without it the shipped one.
    """
    reader = Reader(statutory)
    found: PriceList | None = None
    try:
        text = data if isinstance(data, str) else read_text(data, source)
        found = _read(reader, read_nodes(text, source))
    except PlanError as error:
        return CheckedPrices(source, None, error.problems)
    except BadValueError as bad:
        reader.error(bad.node, bad.code, bad.message)
    if found is None or reader.problems:
        return CheckedPrices(source, None, tuple(sorted(set(reader.problems))))
    return CheckedPrices(source, replace(found, hash=prices_hash(found, reader.statutory)), ())


def load_price_list(
    data: str | bytes, source_name: str = "prices", statutory: HolidayTable | None = None
) -> PriceList:
    """The price list of a YAML text; PlanError with every finding when it has errors."""
    checked = check_price_list(data, source_name, statutory)
    if checked.price_list is None:
        raise PlanError(source_name, checked.problems)
    return checked.price_list


def _read(reader: Reader, node: Node) -> PriceList:
    _settle_words(reader, node)
    values: Values = Record("a price list", _HEAD).read(node, reader)
    try:
        return PriceList(**_fields(values))
    except PriceListError as error:
        message = Message(error.template, **error.values)
        raise BadValueError(_entry_node(node, error.entry), error.code, message) from None


def _settle_words(reader: Reader, node: Node) -> None:
    """What entries depend on, known before they are read: zones, and how tiers price."""
    zones = node.get("zones") if node.kind == "map" else None
    pairs = zones.pairs if zones is not None and zones.kind == "map" else ()
    reader.shared["zones"] = {key.text for key, _value in pairs}
    way = node.get("tiering") if node.kind == "map" else None
    graduated = way is not None and way.text == Tiering.GRADUATED
    reader.shared["tiering"] = Tiering.GRADUATED if graduated else Tiering.WHOLE


def _fields(values: Values) -> dict[str, Any]:
    currency = values.get("currency", "CNY")
    try:
        Amount.zero(currency)
    except MoneyError:
        message = Message('"{text}" is no currency such as CNY', text=currency[:20])
        raise BadValueError(values.at("currency"), "bad_value", message) from None
    rounding = values.get("rounding")
    way, step = (
        ("half_up", None)
        if rounding is None
        else (
            rounding.get("way", "half_up"),
            rounding.get("to"),
        )
    )
    return {
        "code": values.get("price_list"),
        "title": values.get("title"),
        "entries": values.get("entries"),
        "zones": values.get("zones", {}),
        "currency": currency,
        "rounding": MoneyRounding(way),
        "rounding_step": step or smallest_step(currency),
        "tax": values.get("tax"),
        "note": values.get("note", EMPTY),
        "office_hours": values.get("office_hours", None),
    }


def _entry_node(node: Node, code: str) -> Node:
    """The last entry of that code, or the whole list."""
    entries = node.get("entries")
    found = node
    for one in entries.items if entries is not None else ():
        named = one.get("code")
        if named is not None and named.text == code:
            found = named
    return found
