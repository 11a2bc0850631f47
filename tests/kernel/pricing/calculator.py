"""A second calculator, for comparison: fractions and counting, nothing shared with the kernel.

It reads the raw figures that a price list was made from (see `generated.py`), not the kernel's
objects, and gives the total in fen.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any


def fen(value: Fraction) -> int:
    """Half up to whole fen; nothing here is negative."""
    return int(value * 100 + Fraction(1, 2))


def total_fen(entries: dict[str, dict[str, Any]], items: list[dict[str, Any]], tax: Any) -> int:
    """The total of the items in fen, tax on top included."""
    amount = sum(sum(lines(entries[one["code"]], one)) for one in items)
    if tax is not None and not tax["included"]:
        amount += fen(Fraction(amount, 100) * Fraction(tax["percent"]) / 100)
    return amount


def lines(entry: dict[str, Any], item: dict[str, Any]) -> list[int]:
    """The lines of one item in fen."""
    return _KINDS[entry["kind"]](entry, item)


def _by_zone(entry: dict[str, Any], item: dict[str, Any]) -> list[int]:
    heads = item["persons"] if entry["per_person"] else 1
    count = int(item["quantity"]) * heads
    rate = Fraction(entry["prices"][item["zone"]])
    if entry["hours"] is None or item["hours"] is None:
        return [fen(rate * count)]
    spent, limit = Fraction(item["hours"]), Fraction(entry["hours"])
    if entry["beyond"] == "another":
        blocks = 1
        while blocks * limit < spent:
            blocks += 1
        return [fen(rate * count * blocks)]
    started = 0
    while limit + started < spent:
        started += 1
    hourly = Fraction(entry["hourly_prices"][item["zone"]])
    return [fen(rate * count), *([fen(hourly * count * started)] if started else [])]


def _per_unit(entry: dict[str, Any], item: dict[str, Any]) -> list[int]:
    quantity = Fraction(item["quantity"])
    if entry["step"] is not None:
        step = Fraction(entry["step"])
        quantity = -(-quantity // step) * step
    if entry["least"] is not None and quantity < Fraction(entry["least"]):
        quantity = Fraction(entry["least"])
    return [fen(quantity * Fraction(entry["price"]) * Fraction(entry["factor"]))]


def _tier_of(entry: dict[str, Any], number: Fraction) -> int:
    """The place of the tier: the last one that starts below, or the next one in a gap `above`."""
    begun = [place for place, one in enumerate(entry["tiers"]) if Fraction(one["over"]) < number]
    place = begun[-1] if begun else -1
    inside = place >= 0 and (
        entry["tiers"][place]["up_to"] is None or number <= Fraction(entry["tiers"][place]["up_to"])
    )
    return place if inside or entry["gaps"] == "below" else place + 1


def _tiers(entry: dict[str, Any], item: dict[str, Any]) -> list[int]:
    prices = [Fraction(one["price"]) for one in entry["tiers"]]
    if entry["by_size"]:
        return [fen(prices[_tier_of(entry, Fraction(item["size"]))] * int(item["quantity"]))]
    if entry["tiering"] == "whole":
        return [fen(prices[_tier_of(entry, Fraction(item["quantity"]))] * int(item["quantity"]))]
    pieces: dict[int, int] = {}
    for piece in range(1, int(item["quantity"]) + 1):
        place = _tier_of(entry, Fraction(piece))
        pieces[place] = pieces.get(place, 0) + 1
    return [fen(prices[place] * count) for place, count in pieces.items()]


def _at_cost(entry: dict[str, Any], item: dict[str, Any]) -> list[int]:
    cost = Fraction(item["cost"])
    if entry["ceiling"] and Fraction(item["ceiling"]) < cost:
        cost = Fraction(item["ceiling"])
    return [fen(cost * Fraction(item["quantity"]))]


def _percent(entry: dict[str, Any], item: dict[str, Any]) -> list[int]:
    share = Fraction(item["base"]) * Fraction(entry["percent"]) / 100
    return [fen(share * Fraction(item["quantity"]))]


_KINDS = {
    "by_zone": _by_zone,
    "per_unit": _per_unit,
    "tiers": _tiers,
    "at_cost": _at_cost,
    "percent": _percent,
}
