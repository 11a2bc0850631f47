"""The rule behind each priced line in words, Chinese and English, and what findings say."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from yinuo.kernel.money import money_text
from yinuo.kernel.plan.text import Text
from yinuo.kernel.plan.wording import number_text
from yinuo.kernel.pricing.entries import AtCost, ByZone, PercentOf, PerUnit, PriceList
from yinuo.kernel.pricing.entries import Tax as TaxRule
from yinuo.kernel.pricing.tiers import Gap, Reached, Share, Tier, Tiered

if TYPE_CHECKING:
    from yinuo.kernel.pricing.pricing import Item

HOUR = Text("小时", "hours")
TAX_TITLE = Text("税金", "Tax")
AT_COST = Text("按实际费用收取", "passed on at cost")
TOO_MANY = Text("最多 500 项", "at most 500 items")
TOO_MUCH = Text("金额过大", "the amount is too large")
ABOVE_ZERO = Text("须大于 0", "must be above zero")
TOO_EXACT = Text("最多四位小数", "at most four decimals")
NOT_WHOLE = Text("须为整数", "must be a whole number")
BAD_AMOUNT = Text("请填写不小于 0 的金额", "give an amount of at least zero")
_NEEDED = {
    "hours": Text("请填写时长", "give the length of a visit"),
    "size": Text("请填写规格（如端口数、功率）", "give the size of one, such as ports or watts"),
    "cost": Text("请填写实际单价", "give what one costs"),
    "ceiling": Text("请填写单价上限", "give what one may cost at most"),
    "base": Text("请填写计费基数", "give the amount the percentage is taken of"),
    "quantity": Text("请填写数量", "give a quantity"),
    "persons": Text("请填写人数", "give the number of persons"),
}


def needed(field: str) -> Text:
    """What is missing."""
    return _NEEDED[field]


def unknown_item(code: str) -> Text:
    """An item the list does not have."""
    shown = code[:40]
    return Text(f"价目表没有“{shown}”", f'the price list has no "{shown}"')


def unknown_zone(list_: PriceList, entry: ByZone, zone: str) -> Text:
    """A zone without a price; the known ones are named."""
    known = [list_.zones[name] for name in entry.prices]
    zh, en = "、".join(one.zh for one in known), ", ".join(one.en for one in known)
    if not zone:
        return Text(f"请选择区域：{zh}", f"choose the zone: {en}")
    return Text(f"没有这个区域的价格，可选：{zh}", f"no price for this zone; known are {en}")


def by_zone(list_: PriceList, entry: ByZone, item: Item, blocks: Decimal) -> Text:
    """`2 人 × 1 次，市内，每次不超过 8 小时`."""
    zone, times = list_.zones[item.zone], number_text(item.quantity)
    zh, en = f"{times} 次，{zone.zh}", f"{times} ×, {zone.en}"
    if entry.per_person:
        zh = f"{item.persons} 人 × {zh}"
        noun = "person" if item.persons == 1 else "persons"
        en = f"{item.persons} {noun} × {times}, {zone.en}"
    if entry.hours is None:
        return Text(zh, en)
    limit = number_text(entry.hours)
    if blocks > 1 and item.hours is not None:
        spent, count = number_text(item.hours), number_text(blocks)
        return Text(
            f"{zh}，每次 {spent} 小时，超过 {limit} 小时按 {count} 次计",
            f"{en}, {spent} hours each: beyond {limit} hours it counts as {count}",
        )
    return Text(f"{zh}，每次 {limit} 小时以内", f"{en}, up to {limit} hours each")


def hourly(entry: ByZone, over: Decimal) -> Text:
    """The hours beyond the limit of one visit."""
    assert entry.hours is not None
    limit, more = number_text(entry.hours), number_text(over)
    return Text(
        f"每次超过 {limit} 小时的 {more} 小时，不足一小时按一小时计",
        f"{more} started hours beyond {limit} on each visit",
    )


def per_unit(entry: PerUnit, asked: Decimal, counted: Decimal) -> Text:
    """The unit price, the factor, and what the quantity was raised to."""
    unit = entry.unit
    zh, en = f"每{unit.zh} {money_text(entry.price)}", f"{money_text(entry.price)} each"
    if entry.factor != 1:
        factor = number_text(entry.factor)
        zh, en = f"{zh} × {factor}", f"{en} × {factor}"
    if counted != asked:
        before, after = number_text(asked), number_text(counted)
        zh = f"{zh}，{before} {unit.zh}按 {after} {unit.zh}计"
        en = f"{en}, {before} counts as {after}"
    return Text(zh + _per(entry.per.zh, "，"), en + _per(entry.per.en, ", "))


def by_size(entry: Tiered, size: Decimal, reached: Reached) -> Text:
    """`128 端口，“50 以上至 100”档`, or that the list names no price there and what is taken."""
    shown, unit = number_text(size), entry.size_unit
    return _per_time(
        entry,
        Text(
            f"{shown} {unit.zh}，{_taken(entry, reached.tier, reached.in_gap).zh}",
            f"{shown} {unit.en}: {_taken(entry, reached.tier, reached.in_gap).en}",
        ),
    )


def by_quantity(entry: Tiered, share: Share, quantity: Decimal, graduated: bool) -> Text:
    """Which tier the quantity, or this part of it, takes."""
    if len(entry.tiers) == 1 and share.tier.over == 0 and share.tier.up_to is None:
        one = money_text(share.price)
        return _per_time(entry, Text(f"每{entry.unit.zh} {one}", f"{one} each"))
    taken, shown = _taken(entry, share.tier, share.in_gap), number_text(quantity)
    if graduated:
        part = number_text(share.quantity)
        zh, en = f"分段计价，{shown} 中的 {part}：{taken.zh}", f"{part} of {shown}: {taken.en}"
    else:
        zh, en = f"全部 {shown}：{taken.zh}", f"all {shown}: {taken.en}"
    return _per_time(entry, Text(zh, en))


def _taken(entry: Tiered, tier: Tier, in_gap: bool) -> Text:
    named = tier_bounds(tier)
    if not in_gap:
        return Text(f"“{named.zh}”档", f"tier {named.en}")
    which = ("前一档", "below") if entry.gaps is Gap.BELOW else ("后一档", "above")
    return Text(
        f"价目未列，按{which[0]}“{named.zh}”", f"not listed, takes the tier {which[1]}, {named.en}"
    )


def tier_bounds(tier: Tier) -> Text:
    """`5 以上至 10`, `over 5 up to 10`."""
    over = number_text(tier.over)
    if tier.up_to is None:
        return Text(f"{over} 以上", f"over {over}")
    up_to = number_text(tier.up_to)
    if tier.over == 0:
        return Text(f"{up_to} 及以下", f"up to {up_to}")
    return Text(f"{over} 以上至 {up_to}", f"over {over} up to {up_to}")


def _per_time(entry: Tiered, said: Text) -> Text:
    return Text(said.zh + _per(entry.per.zh, "，"), said.en + _per(entry.per.en, ", "))


def beyond_tiers(entry: Tiered, number: Decimal) -> Text:
    """A quantity no tier takes."""
    shown = number_text(number)
    return Text(
        f"价目表没有 {shown} {entry.size_unit.zh or entry.unit.zh}的价格",
        f"the list has no price for {shown} {entry.size_unit.en or entry.unit.en}",
    )


def capped(entry: AtCost, cost: Decimal, ceiling: Decimal) -> Text:
    """At cost, or what it may cost at most."""
    limit, name = money_text(ceiling), entry.ceiling
    if cost > ceiling:
        spent = money_text(cost)
        return Text(
            f"实际 {spent}，高于{name.zh} {limit}，按{name.zh}收取",
            f"cost {spent} is above {name.en} {limit}, which is charged",
        )
    return Text(f"按实际费用，不高于{name.zh} {limit}", f"at cost, no more than {name.en} {limit}")


def percent_of(entry: PercentOf, base: Decimal) -> Text:
    """`投标总价 2,860,000.00 × 5 %`."""
    rate, shown = number_text(entry.percent), money_text(base)
    return Text(
        f"{entry.base.zh} {shown} × {rate} %{_per(entry.per.zh, '，')}",
        f"{entry.base.en} {shown} × {rate} %{_per(entry.per.en, ', ')}",
    )


def tax(rule: TaxRule) -> Text:
    """The rate of the tax on top."""
    rate = number_text(rule.percent)
    return Text(f"以上合计的 {rate} %", f"{rate} % of the sum above")


def _per(words: str, before: str) -> str:
    return f"{before}{words}" if words else ""
