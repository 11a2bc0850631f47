"""`packages:` of a plan: what may be bought with a contract as one."""

from __future__ import annotations

from typing import Any

from yinuo.kernel.plan.packages import Package
from yinuo.planfile.messages import Message
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
)

MOST_PACKAGES = 100
ITEMS = ("labour", "parts", "travel")
_CODE = String("a code such as gold", CODE)


def _figure(values: Values, reader: Reader) -> tuple[str, Any]:
    return values.get("name"), values.get("value")


def _package(values: Values, reader: Reader) -> Package:
    visits = values.get("visits")
    return Package(
        values.get("code"),
        values.get("title"),
        values.get("price"),
        None if visits is None else int(visits),
        values.get("hours"),
        tuple(values.get("covers", ITEMS)),
        values.get("kind", ""),
        tuple(values.get("parameters", ())),
    )


_FIGURE = Record(
    "a figure of a package",
    {
        "name": Key(String("the name of a parameter", CODE), "one of the plan's parameters", True),
        "value": Key(Number("0"), "what contracts with this package set", True),
    },
    _figure,
)
_PACKAGE = Record(
    "a service package",
    {
        "code": Key(_CODE, "its name in files and answers", True),
        "title": Key(Bilingual(), "its name", True),
        "price": Key(Number("0"), "price of a year"),
        "visits": Key(
            Number("1", "10000", whole=True), "visits of each contract year; left out: not counted"
        ),
        "hours": Key(
            Number(above_zero=True), "hours of work of each contract year; left out: not counted"
        ),
        "covers": Key(
            ListOf(Word("free_items", "labour, parts or travel", ITEMS, False), or_one=True),
            "what is free while the contract is in force; left out: all three",
        ),
        "kind": Key(_CODE, "kind of the contract, by which clauses tell whose promises they are"),
        "parameters": Key(ListOf(_FIGURE), "figures that clauses of the plan read"),
    },
    _package,
)


class Packages(ListOf):
    """The packages of a plan, each code once."""

    def read(self, node: Any, reader: Reader) -> tuple[Any, ...]:
        packages = super().read(node, reader)
        codes = [one.code for one in packages]
        if len(set(codes)) != len(codes):
            raise BadValueError(node, "duplicate_id", "a value is written twice")
        if len(codes) > MOST_PACKAGES:
            raise BadValueError(node, "bad_value", Message("at most {most} of them", most=100))
        known = reader.words.get("parameters", set())
        for name in (name for one in packages for name, _value in one.parameters):
            if name not in known:
                raise BadValueError(node, "unknown_name", "name one of the plan's parameters")
        return packages


PACKAGES = Packages(_PACKAGE)
