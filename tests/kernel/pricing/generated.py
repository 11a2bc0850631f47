"""Price lists and quotes as raw figures, drawn from any source of numbers, and as kernel objects."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from yinuo.kernel.plan.text import Text
from yinuo.kernel.pricing import (
    AtCost,
    BeyondHours,
    ByZone,
    Entry,
    Gap,
    Item,
    PercentOf,
    PerUnit,
    PriceList,
    Tax,
    Tier,
    Tiered,
    Tiering,
)

ZONES = ("inner", "outer", "far")
NAME = Text("名", "name")


def money(random: Random, most: int = 5_000) -> str:
    return f"{random.randint(0, most * 100) / 100:.2f}"


def maybe(random: Random, value: Any) -> Any:
    return value if random.random() < 0.5 else None


def drawn_entry(random: Random, kind: str) -> dict[str, Any]:
    if kind == "by_zone":
        hours = maybe(random, random.choice(["4", "7.5", "8"]))
        beyond = random.choice(["another", "hourly"]) if hours else None
        return {
            "kind": kind,
            "prices": {zone: money(random) for zone in ZONES},
            "per_person": random.random() < 0.7,
            "hours": hours,
            "beyond": beyond,
            "hourly_prices": {zone: money(random, 300) for zone in ZONES},
        }
    if kind == "per_unit":
        return {
            "kind": kind,
            "price": money(random),
            "factor": random.choice(["1", "1.5", "2", "1.25"]),
            "least": maybe(random, random.choice(["0.5", "1", "3"])),
            "step": maybe(random, random.choice(["0.5", "0.25", "1"])),
        }
    if kind == "tiers":
        return drawn_tiers(random)
    if kind == "at_cost":
        return {"kind": kind, "ceiling": random.random() < 0.5}
    return {"kind": "percent", "percent": random.choice(["5", "0.5", "3.33", "12.345"])}


def drawn_tiers(random: Random) -> dict[str, Any]:
    by_size = random.random() < 0.4
    gaps = random.choice(["below", "above"])
    tiers: list[dict[str, Any]] = []
    start = 0 if gaps == "below" else random.choice([0, 0, 3])
    for _ in range(random.randint(1, 5)):
        end = start + random.randint(1, 30)
        tiers.append({"over": str(start), "up_to": str(end), "price": money(random)})
        start = end + random.choice([0, 0, random.randint(1, 20)])
    if gaps == "above" or random.random() < 0.6:
        tiers[-1]["up_to"] = None
    tiering = "whole" if by_size else random.choice(["whole", "graduated"])
    return {"kind": "tiers", "tiers": tiers, "gaps": gaps, "by_size": by_size, "tiering": tiering}


def drawn_item(random: Random, code: str, entry: dict[str, Any]) -> dict[str, Any]:
    kind = entry["kind"]
    whole = kind in ("by_zone", "tiers")
    quantity = str(random.randint(1, 120)) if whole else f"{random.randint(1, 200_000) / 1000:.3f}"
    return {
        "code": code,
        "quantity": quantity,
        "persons": random.randint(1, 6),
        "zone": random.choice(ZONES) if kind == "by_zone" else "",
        "hours": maybe(random, f"{random.randint(1, 3000) / 100:.2f}"),
        "size": str(random.randint(1, 200)),
        "cost": money(random, 100_000),
        "ceiling": money(random, 100_000),
        "base": money(random, 90_000_000),
    }


def drawn(random: Random) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]], Any]:
    """Entries by code, items, and a tax or none."""
    kinds = ["by_zone", "per_unit", "tiers", "tiers", "at_cost", "percent"]
    entries = {f"e{n}": drawn_entry(random, kind) for n, kind in enumerate(kinds)}
    codes = [random.choice(list(entries)) for _ in range(random.randint(1, 8))]
    items = [drawn_item(random, code, entries[code]) for code in codes]
    tax = {"percent": random.choice(["6", "13", "3.5"]), "included": random.random() < 0.5}
    return entries, items, maybe(random, tax)


def number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def kernel_list(entries: dict[str, dict[str, Any]], tax: Any) -> PriceList:
    return PriceList(
        code="generated",
        title=NAME,
        entries=tuple(kernel_entry(code, one) for code, one in entries.items()),
        zones=dict.fromkeys(ZONES, NAME),
        tax=None if tax is None else Tax(Decimal(tax["percent"]), tax["included"]),
    )


def kernel_entry(code: str, one: dict[str, Any]) -> Entry:
    head = {"code": code, "title": NAME, "unit": NAME}
    if one["kind"] == "by_zone":
        return ByZone(
            **head,
            prices={zone: Decimal(price) for zone, price in one["prices"].items()},
            per_person=one["per_person"],
            hours=number(one["hours"]),
            beyond=None if one["beyond"] is None else BeyondHours(one["beyond"]),
            hourly_prices={zone: Decimal(price) for zone, price in one["hourly_prices"].items()},
        )
    if one["kind"] == "per_unit":
        rates = {name: number(one[name]) for name in ("price", "factor", "least", "step")}
        return PerUnit(**head, **rates)
    if one["kind"] == "tiers":
        tiers = tuple(
            Tier(Decimal(tier["over"]), number(tier["up_to"]), Decimal(tier["price"]))
            for tier in one["tiers"]
        )
        return Tiered(
            **head,
            tiers=tiers,
            tiering=Tiering(one["tiering"]),
            gaps=Gap(one["gaps"]),
            by_size=one["by_size"],
        )
    if one["kind"] == "at_cost":
        return AtCost(**head, ceiling=NAME if one["ceiling"] else Text("", ""))
    return PercentOf(**head, percent=Decimal(one["percent"]), base=NAME)


def kernel_item(one: dict[str, Any]) -> Item:
    figures = ("hours", "size", "cost", "ceiling", "base")
    return Item(
        code=one["code"],
        quantity=Decimal(one["quantity"]),
        persons=one["persons"],
        zone=one["zone"],
        **{name: number(one[name]) for name in figures},
    )
