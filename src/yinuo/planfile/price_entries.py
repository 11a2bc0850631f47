"""The entries of a price list as written: each `kind` has its own keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from yinuo.kernel.plan.text import EMPTY
from yinuo.kernel.pricing import (
    AtCost,
    BeyondHours,
    Bill,
    ByZone,
    Entry,
    Gap,
    Occasion,
    PercentOf,
    PerUnit,
    PriceListError,
    Tier,
    Tiered,
    Tiering,
)
from yinuo.planfile.messages import Message
from yinuo.planfile.plan import NamedShape
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.shapes import (
    CODE,
    BadValueError,
    Bilingual,
    Key,
    ListOf,
    Number,
    Reader,
    Record,
    Schema,
    Shape,
    String,
    Values,
    Word,
    YesNo,
    scalar,
)
from yinuo.planfile.source import Node

PRICE = Number("0", "999999999999")
TIERING = Word("tiering", "a way of pricing by tiers", [one.value for one in Tiering], False)
_COUNT = Number("0", "999999999")
_BILL = Word("parts of a bill", "a part of the bill", [one.value for one in Bill], False)
_OCCASIONS = Word("occasions", "an occasion", [one.value for one in Occasion], False)
_HEADING: dict[str, Key] = {
    "code": Key(String("a code such as second_visit", CODE), "names it in quotes", True),
    "kind": Key(String("a kind"), "by_zone, per_unit, tiers, at_cost, percent", True),
    "title": Key(Bilingual(), "its name in quotes", True),
    "unit": Key(Bilingual(), "what one of it is called: a visit, a piece, a person-day", True),
    "per": Key(Bilingual(), "the time a price is for, such as a year"),
    "note": Key(Bilingual(), "what the source leaves unclear; stays with us"),
    "terms": Key(Bilingual(), "on which terms it is sold; printed on quotes"),
    "bill": Key(_BILL, "the part of the bill that a cover decides on; left out: labour"),
    "proposed_for": Key(_OCCASIONS, "what on a finished work sheet proposes it; left out: nothing"),
}
_BEYOND = Word("beyond", "a rule beyond the hours", [one.value for one in BeyondHours], False)
_GAPS = Word("gaps", "a tier that gaps take", [one.value for one in Gap], False)


def _heading(values: Values) -> dict[str, Any]:
    occasion = values.get("proposed_for", None)
    return {
        "code": values.get("code"),
        "title": values.get("title"),
        "unit": values.get("unit"),
        "per": values.get("per", EMPTY),
        "note": values.get("note", EMPTY),
        "terms": values.get("terms", EMPTY),
        "bill": Bill(values.get("bill", Bill.LABOUR)),
        "proposed_for": None if occasion is None else Occasion(occasion),
    }


def _by_zone(values: Values, reader: Reader) -> ByZone:
    known = reader.shared["zones"]
    for name in [*values.get("prices"), *values.get("hourly_prices", {})]:
        if name not in known:
            message = Message("the zone {zone} is not declared", zone=name)
            raise BadValueError(values.at("prices"), "unknown_zone", message)
    beyond = values.get("beyond")
    return ByZone(
        **_heading(values),
        prices=values.get("prices"),
        per_person=values.get("per_person", True),
        hours=values.get("hours"),
        beyond=None if beyond is None else BeyondHours(beyond),
        hourly_prices=values.get("hourly_prices", {}),
    )


def _per_unit(values: Values, _reader: Reader) -> PerUnit:
    return PerUnit(
        **_heading(values),
        price=values.get("price"),
        factor=values.get("factor", Decimal(1)),
        least=values.get("least"),
        step=values.get("step"),
        whole=values.get("whole", False),
    )


def _tiered(values: Values, reader: Reader) -> Tiered:
    by_size = "size_unit" in values
    # A list priced gradually still prices one device by its size.
    usual = Tiering.WHOLE if by_size else reader.shared["tiering"]
    gaps = values.get("gaps")
    return Tiered(
        **_heading(values),
        tiers=values.get("tiers"),
        tiering=Tiering(values.get("tiering", usual)),
        gaps=None if gaps is None else Gap(gaps),
        by_size=by_size,
        size_unit=values.get("size_unit", EMPTY),
        whole=values.get("whole", True),
    )


def _at_cost(values: Values, _reader: Reader) -> AtCost:
    return AtCost(**_heading(values), ceiling=values.get("ceiling", EMPTY))


def _percent(values: Values, _reader: Reader) -> PercentOf:
    return PercentOf(**_heading(values), percent=values.get("percent"), base=values.get("base"))


_TIER = Record(
    "a tier",
    {
        "over": Key(_COUNT, "it holds for more than this; left out: 0"),
        "up_to": Key(_COUNT, "up to and including this; left out: without end"),
        "price": Key(PRICE, "the price of one", True),
    },
    lambda values, reader: Tier(
        values.get("over", Decimal(0)), values.get("up_to"), values.get("price")
    ),
)
_RATES = NamedShape(PRICE, "prices by zone")
_KEYS: dict[str, tuple[dict[str, Key], Callable[[Values, Reader], Entry]]] = {
    "by_zone": (
        {
            "prices": Key(_RATES, "the price by zone", True),
            "per_person": Key(YesNo(), "whether each person counts; left out: yes"),
            "hours": Key(Number(above_zero=True), "how many hours one visit holds"),
            "beyond": Key(_BEYOND, "what more hours cost: another visit, or by the hour"),
            "hourly_prices": Key(_RATES, "the price of an hour beyond, by zone"),
        },
        _by_zone,
    ),
    "per_unit": (
        {
            "price": Key(PRICE, "the price of one", True),
            "factor": Key(Number(above_zero=True), "multiplies the price, for overtime"),
            "least": Key(Number(above_zero=True), "the smallest quantity counted"),
            "step": Key(Number(above_zero=True), "a quantity is raised to a multiple of this"),
            "whole": Key(YesNo(), "whether only whole numbers are taken; left out: no"),
        },
        _per_unit,
    ),
    "tiers": (
        {
            "tiers": Key(ListOf(_TIER), "in ascending order, never overlapping", True),
            "tiering": Key(TIERING, "whole or graduated; left out: as the list says"),
            "gaps": Key(_GAPS, "which tier a quantity takes that no tier names"),
            "size_unit": Key(Bilingual(), "tiers go by the size of one, counted in this"),
            "whole": Key(YesNo(), "whether only whole numbers are taken; left out: yes"),
        },
        _tiered,
    ),
    "at_cost": (
        {"ceiling": Key(Bilingual(), "what one may cost at most: the bid's price, the market's")},
        _at_cost,
    ),
    "percent": (
        {
            "percent": Key(Number("0", "1000"), "the share in percent", True),
            "base": Key(Bilingual(), "what it is a share of", True),
        },
        _percent,
    ),
}


def _record(kind: str) -> Record:
    keys, build = _KEYS[kind]

    def checked(values: Values, reader: Reader) -> Entry:
        try:
            return build(values, reader)
        except PriceListError as error:
            message = Message(error.template, **error.values)
            raise BadValueError(values.at(error.key), error.code, message) from None

    return Record("an entry", {**_HEADING, **keys}, checked)


KINDS: Mapping[str, Record] = {kind: _record(kind) for kind in _KEYS}


class EntryShape(Shape):
    """An entry of a price list; its `kind` says which keys it has."""

    def read(self, node: Node, reader: Reader) -> Entry:
        if node.kind != "map":
            raise BadValueError(node, "wrong_type", "an entry is written as key: value lines")
        kind_node = node.get("kind")
        if kind_node is None:
            message = Message("an entry needs its kind{hint}", hint=did_you_mean("", KINDS))
            raise BadValueError(node, "missing_key", message)
        kind = scalar(kind_node, "a kind of entry")
        record = KINDS.get(kind)
        if record is None:
            hint = did_you_mean(kind, KINDS)
            message = Message('"{kind}" is no kind of entry{hint}', kind=kind[:40], hint=hint)
            raise BadValueError(kind_node, "unknown_word", message)
        entry: Entry = record.read(node, reader)
        return entry

    def schema(self) -> Schema:
        return {"type": "object", "required": ["code", "kind", "title", "unit"]}
