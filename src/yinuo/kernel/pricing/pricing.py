"""`price`: items by a price list become lines; their shown sum is the shown total."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from yinuo.kernel.money import Money, total
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.pricing import rules
from yinuo.kernel.pricing.bill import Bill
from yinuo.kernel.pricing.entries import (
    AtCost,
    BeyondHours,
    ByZone,
    Entry,
    PercentOf,
    PerUnit,
    PriceList,
)
from yinuo.kernel.pricing.problems import ItemProblem, PricingError
from yinuo.kernel.pricing.tiers import Tiered, Tiering

MOST_ITEMS = 500
TAX = "tax"
_LARGEST = Decimal(10) ** 9
_LARGEST_SUM = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Item:
    """What is asked for by the code of an entry; which fields count depends on its kind.

    `quantity` is visits, ways, pieces, days or hours; `persons` and `zone` belong to prices by
    zone, `hours` is how long each visit lasts, `size` how large one device is (ports, watts).
    `cost` is what one unit cost us, `ceiling` what it may cost at most, `base` what a percentage
    is taken of; all three in the list's currency. `note` is the writer's own remark.
    """

    code: str
    quantity: Decimal = Decimal(1)
    persons: int = 1
    zone: str = ""
    hours: Decimal | None = None
    size: Decimal | None = None
    cost: Decimal | None = None
    ceiling: Decimal | None = None
    base: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line as shown: `amount` is `quantity` times `unit_price`, rounded by the list's rule.

    `item` is the place of the item it came from, from 0; -1 for the tax. `terms` are those on which
    the entry is sold, for the customer to read.
    """

    item: int
    code: str
    title: Text
    quantity: Decimal
    unit: Text
    unit_price: Money
    amount: Money
    rule: Text
    note: str = ""
    bill: Bill = Bill.LABOUR
    terms: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Priced:
    """All lines and their sum. `tax` is what of the total is tax, None when the list states none.

    Tax that comes on top is a line of its own, so that the total is the sum of the lines.
    """

    lines: tuple[PricedLine, ...]
    total: Money
    tax: Money | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A line before it is rounded."""

    quantity: Decimal
    unit_price: Decimal
    rule: Text
    unit: Text | None = None


class _WrongError(Exception):
    def __init__(self, field: str, code: str, words: Text) -> None:
        super().__init__(words.en)
        self.field, self.code, self.words = field, code, words


def price(list_: PriceList, items: Sequence[Item]) -> Priced:
    """The lines and the total of `items` by a list, in their order.

    Raises PricingError with every finding: an unknown item or zone, a quantity that is not above
    zero, a figure that the entry needs and the item lacks, a quantity beyond the last tier.
    """
    if len(items) > MOST_ITEMS:
        raise PricingError([ItemProblem(MOST_ITEMS, "items", "too_many", rules.TOO_MANY)])
    lines: list[PricedLine] = []
    problems: list[ItemProblem] = []
    for place, item in enumerate(items):
        try:
            lines += _lines(list_, place, item)
        except _WrongError as wrong:
            problems.append(ItemProblem(place, wrong.field, wrong.code, wrong.words))
    if problems:
        raise PricingError(problems)
    tax = _tax(list_, lines)
    if tax is not None and list_.tax is not None and not list_.tax.included:
        lines.append(
            PricedLine(-1, TAX, rules.TAX_TITLE, Decimal(1), EMPTY, tax, tax, rules.tax(list_.tax))
        )
    return Priced(tuple(lines), total((one.amount for one in lines), list_.currency), tax)


def _tax(list_: PriceList, lines: Sequence[PricedLine]) -> Money | None:
    if list_.tax is None:
        return None
    whole = total((one.amount for one in lines), list_.currency)
    percent = list_.tax.percent
    exact = whole.percent(percent)
    if list_.tax.included:
        exact = Money(whole.amount * percent / (100 + percent), list_.currency)
    return exact.rounded(list_.rounding, list_.rounding_step)


def _lines(list_: PriceList, place: int, item: Item) -> Iterator[PricedLine]:
    entry = list_.entry(item.code)
    if entry is None:
        raise _WrongError("code", "unknown_item", rules.unknown_item(item.code))
    _above_zero("quantity", item.quantity)
    for part in _COUNTED[type(entry)](list_, entry, item):
        unit_price = Money(part.unit_price, list_.currency)
        if abs(part.unit_price * part.quantity) >= _LARGEST_SUM:
            raise _WrongError("quantity", "too_much", rules.TOO_MUCH)
        yield PricedLine(
            item=place,
            code=item.code,
            title=entry.title,
            quantity=part.quantity,
            unit=entry.unit if part.unit is None else part.unit,
            unit_price=unit_price,
            amount=(unit_price * part.quantity).rounded(list_.rounding, list_.rounding_step),
            rule=part.rule,
            note=item.note,
            bill=entry.bill,
            terms=entry.terms,
        )


def _above_zero(field: str, number: Decimal | None) -> Decimal:
    if number is None:
        raise _WrongError(field, "needed", rules.needed(field))
    if not number.is_finite() or not 0 < number < _LARGEST:
        raise _WrongError(field, "not_above_zero", rules.ABOVE_ZERO)
    if number != round(number, 4):
        raise _WrongError(field, "too_exact", rules.TOO_EXACT)
    return number


def _whole(field: str, number: Decimal) -> Decimal:
    if number != number.to_integral_value():
        raise _WrongError(field, "not_whole", rules.NOT_WHOLE)
    return number


def _amount(field: str, number: Decimal | None) -> Decimal:
    if number is None:
        raise _WrongError(field, "needed", rules.needed(field))
    if not number.is_finite() or not 0 <= number < _LARGEST_SUM:
        raise _WrongError(field, "bad_amount", rules.BAD_AMOUNT)
    return number


def _by_zone(list_: PriceList, entry: ByZone, item: Item) -> Iterator[_Part]:
    if item.zone not in entry.prices:
        raise _WrongError("zone", "unknown_zone", rules.unknown_zone(list_, entry, item.zone))
    times = _whole("quantity", item.quantity)
    persons = _whole("persons", _above_zero("persons", Decimal(item.persons)))
    heads = persons if entry.per_person else Decimal(1)
    blocks, over = _beyond(entry, item)
    said = rules.by_zone(list_, entry, item, blocks)
    yield _Part(times * heads * blocks, entry.prices[item.zone], said)
    if over:
        hourly = entry.hourly_prices[item.zone]
        yield _Part(times * heads * over, hourly, rules.hourly(entry, over), rules.HOUR)


def _beyond(entry: ByZone, item: Item) -> tuple[Decimal, Decimal]:
    """How many blocks one visit counts for, and the started hours beyond the limit."""
    if item.hours is None or entry.hours is None:
        return Decimal(1), Decimal(0)
    hours = _above_zero("hours", item.hours)
    if entry.beyond is BeyondHours.ANOTHER:
        return (hours / entry.hours).to_integral_value(ROUND_CEILING), Decimal(0)
    over = max(hours - entry.hours, Decimal(0))
    return Decimal(1), over.to_integral_value(ROUND_CEILING)


def _per_unit(_list: PriceList, entry: PerUnit, item: Item) -> Iterator[_Part]:
    quantity = _whole("quantity", item.quantity) if entry.whole else item.quantity
    counted = quantity
    if entry.step is not None:
        counted = (quantity / entry.step).to_integral_value(ROUND_CEILING) * entry.step
    if entry.least is not None:
        counted = max(counted, entry.least)
    yield _Part(counted, entry.price * entry.factor, rules.per_unit(entry, quantity, counted))


def _tiered(_list: PriceList, entry: Tiered, item: Item) -> Iterator[_Part]:
    quantity = _whole("quantity", item.quantity) if entry.whole else item.quantity
    if entry.by_size:
        size = _above_zero("size", item.size)
        reached = entry.reached(size)
        if reached is None:
            raise _WrongError("size", "beyond_tiers", rules.beyond_tiers(entry, size))
        yield _Part(quantity, reached.tier.price, rules.by_size(entry, size, reached))
        return
    shares = list(entry.shares(quantity))
    if sum(one.quantity for one in shares) != quantity:
        raise _WrongError("quantity", "beyond_tiers", rules.beyond_tiers(entry, quantity))
    for one in shares:
        said = rules.by_quantity(entry, one, quantity, entry.tiering is Tiering.GRADUATED)
        yield _Part(one.quantity, one.price, said)


def _at_cost(_list: PriceList, entry: AtCost, item: Item) -> Iterator[_Part]:
    cost = _amount("cost", item.cost)
    if not entry.ceiling:
        yield _Part(item.quantity, cost, rules.AT_COST)
        return
    ceiling = _amount("ceiling", item.ceiling)
    yield _Part(item.quantity, min(cost, ceiling), rules.capped(entry, cost, ceiling))


def _percent_of(_list: PriceList, entry: PercentOf, item: Item) -> Iterator[_Part]:
    base = _amount("base", item.base)
    yield _Part(item.quantity, base * entry.percent / 100, rules.percent_of(entry, base))


_COUNTED: dict[type[Entry], Callable[[PriceList, Any, Item], Iterator[_Part]]] = {
    ByZone: _by_zone,
    PerUnit: _per_unit,
    Tiered: _tiered,
    AtCost: _at_cost,
    PercentOf: _percent_of,
}
