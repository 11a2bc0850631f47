"""A price list as a table: what each entry costs, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yinuo.kernel.money import money_text
from yinuo.kernel.plan.text import Text
from yinuo.kernel.plan.wording import number_text
from yinuo.kernel.pricing.entries import (
    AtCost,
    BeyondHours,
    ByZone,
    Entry,
    PercentOf,
    PerUnit,
    PriceList,
)
from yinuo.kernel.pricing.rules import tier_bounds
from yinuo.kernel.pricing.tiers import Gap, Tiered, Tiering


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry: code, name, unit, its price, its note and the terms it is sold on, in words."""

    code: str
    title: Text
    unit: Text
    price: Text
    note: Text
    terms: Text


def entry_rows(list_: PriceList) -> tuple[EntryRow, ...]:
    """All entries in the list's order."""
    return tuple(
        EntryRow(
            one.code,
            one.title,
            one.unit,
            _with_time(one, _SAID[type(one)](list_, one)),
            one.note,
            one.terms,
        )
        for one in list_.entries
    )


def _with_time(entry: Entry, said: Text) -> Text:
    if not entry.per:
        return said
    return Text(f"{said.zh}，{entry.per.zh}", f"{said.en}, {entry.per.en}")


def _by_zone(list_: PriceList, entry: ByZone) -> Text:
    zh = "，".join(f"{list_.zones[z].zh} {money_text(p)}" for z, p in entry.prices.items())
    en = ", ".join(f"{list_.zones[z].en} {money_text(p)}" for z, p in entry.prices.items())
    if entry.hours is None:
        return Text(zh, en)
    limit = number_text(entry.hours)
    if entry.beyond is BeyondHours.ANOTHER:
        return Text(
            f"{zh}；每次 {limit} 小时，超过按多次计", f"{en}; {limit} hours each, more counts again"
        )
    return Text(
        f"{zh}；每次 {limit} 小时，超过按小时计", f"{en}; {limit} hours each, more by the hour"
    )


def _per_unit(_list: PriceList, entry: PerUnit) -> Text:
    shown = money_text(entry.price)
    if entry.factor != 1:
        shown = f"{shown} × {number_text(entry.factor)}"
    zh = en = shown
    if entry.least is not None:
        zh, en = (
            f"{zh}，至少 {number_text(entry.least)}",
            f"{en}, at least {number_text(entry.least)}",
        )
    if entry.step is not None:
        zh, en = (
            f"{zh}，以 {number_text(entry.step)} 计",
            f"{en}, in steps of {number_text(entry.step)}",
        )
    return Text(zh, en)


def _tiered(_list: PriceList, entry: Tiered) -> Text:
    if len(entry.tiers) == 1 and entry.tiers[0].up_to is None:
        shown = money_text(entry.tiers[0].price)
        return Text(shown, shown)
    zh = "，".join(f"{tier_bounds(one).zh} {money_text(one.price)}" for one in entry.tiers)
    en = ", ".join(f"{tier_bounds(one).en} {money_text(one.price)}" for one in entry.tiers)
    if entry.by_size:
        zh, en = f"{zh}（按{entry.size_unit.zh}）", f"{en} (by {entry.size_unit.en})"
    elif entry.tiering is Tiering.GRADUATED:
        zh, en = f"{zh}（分段计价）", f"{en} (graduated)"
    if entry.gaps is not None:
        below = entry.gaps is Gap.BELOW
        zh = f"{zh}；未列按{'前' if below else '后'}一档"
        en = f"{en}; between them the tier {'below' if below else 'above'}"
    return Text(zh, en)


def _at_cost(_list: PriceList, entry: AtCost) -> Text:
    if not entry.ceiling:
        return Text("按实际费用", "at cost")
    return Text(
        f"按实际费用，不高于{entry.ceiling.zh}", f"at cost, no more than {entry.ceiling.en}"
    )


def _percent_of(_list: PriceList, entry: PercentOf) -> Text:
    rate = number_text(entry.percent)
    return Text(f"{entry.base.zh}的 {rate} %", f"{rate} % of {entry.base.en}")


_SAID: dict[type[Entry], Callable[[PriceList, Any], Text]] = {
    ByZone: _by_zone,
    PerUnit: _per_unit,
    Tiered: _tiered,
    AtCost: _at_cost,
    PercentOf: _percent_of,
}
