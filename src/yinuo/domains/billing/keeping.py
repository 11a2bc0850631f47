"""Items and priced lines as a quote keeps them: plain JSON, figures as exact text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from yinuo.domains.billing.types import LineView
from yinuo.kernel.plan.text import Text
from yinuo.kernel.pricing import Item, PricedLine

_FIGURES = frozenset({"quantity", "hours", "size", "cost", "ceiling", "base"})


def kept_item(item: Item) -> dict[str, Any]:
    """What was asked for; fields left empty are left out."""
    values = {one.name: getattr(item, one.name) for one in fields(item)}
    return {
        name: f"{value:f}" if isinstance(value, Decimal) else value
        for name, value in values.items()
        if value not in (None, "")
    }


def item_of(kept: Mapping[str, Any]) -> Item:
    """The item that `kept_item` wrote."""
    values: dict[str, Any] = {
        name: Decimal(value) if name in _FIGURES else value for name, value in kept.items()
    }
    return Item(**values)


def kept_line(line: PricedLine) -> dict[str, Any]:
    """A priced line with its words in both languages."""
    return {
        "code": line.code,
        "title": [line.title.zh, line.title.en],
        "quantity": f"{line.quantity:f}",
        "unit": [line.unit.zh, line.unit.en],
        "unit_price": f"{line.unit_price.amount:f}",
        "amount": f"{line.amount.amount:f}",
        "rule": [line.rule.zh, line.rule.en],
        "note": line.note,
        "item": line.item,
        "bill": line.bill.value,
        "terms": [line.terms.zh, line.terms.en],
    }


def line_of(kept: Mapping[str, Any]) -> LineView:
    """The line that `kept_line` wrote."""
    return LineView(
        code=kept["code"],
        title=Text(*kept["title"]),
        quantity=Decimal(kept["quantity"]),
        unit=Text(*kept["unit"]),
        unit_price=Decimal(kept["unit_price"]),
        amount=Decimal(kept["amount"]),
        rule=Text(*kept["rule"]),
        note=kept["note"],
        item=kept["item"],
        bill=kept["bill"],
        terms=Text(*kept["terms"]),
    )


def shown_line(line: PricedLine) -> LineView:
    """A line just priced, as a quote would keep it."""
    return line_of(kept_line(line))
