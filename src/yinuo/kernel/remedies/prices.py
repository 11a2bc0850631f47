"""Prices of remedies: a percentage of a base, a fixed amount, a figure of the contract; bands."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from yinuo.kernel.evaluation.clocks import number_of, parameter_value
from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.money import money_text
from yinuo.kernel.plan.plan import Parameter
from yinuo.kernel.plan.remedies import Band, Money, Price
from yinuo.kernel.plan.text import Text
from yinuo.kernel.plan.wording import number_text


class Priced(NamedTuple):
    """One price worked out; ``amount`` is None when the base is not known.

    The price of a step is ``amount`` over ``over``; dividing last keeps thirds exact.
    """

    amount: Decimal | None
    base: Decimal | None
    base_name: str
    words: Text
    over: Decimal = Decimal(1)

    def times(self, count: Decimal | int = 1) -> Decimal | None:
        """The price of so many steps."""
        return None if self.amount is None else self.amount * count / self.over


def price(one: Price, subject: Subject, parameter_of: Callable[[str], Parameter | None]) -> Priced:
    """What one step costs, exact, not rounded."""
    if one.amount is not None:
        shown = money_text(one.amount)
        return Priced(one.amount, None, "", Text(shown, shown))
    if one.parameter is not None and one.base is None:
        return _from_parameter(one.parameter, subject, parameter_of)
    figure = one.percent
    if one.parameter is not None:
        parameter = parameter_of(one.parameter)
        figure = None if parameter is None else parameter_value(subject, parameter)
    assert one.base is not None
    name = f"{one.base.owner}.{one.base.attribute}"
    base = base_amount(subject, one.base.owner, one.base.attribute)
    percent = "?" if figure is None else number_text(figure)
    if base is None or figure is None:
        return Priced(
            None,
            base,
            name,
            Text(f"{percent} % × {name}（未知）", f"{percent} % × {name} (not known)"),
        )
    rate = f"{percent} %"
    if one.over != 1:
        rate = f"{number_text(figure / 100)}/{number_text(one.over)}"
    words = f"{rate} × {money_text(base)}"
    return Priced(base * figure / 100, base, name, Text(words, words), one.over)


def _from_parameter(
    name: str, subject: Subject, parameter_of: Callable[[str], Parameter | None]
) -> Priced:
    parameter = parameter_of(name)
    value = None if parameter is None else parameter_value(subject, parameter)
    shown = "?" if value is None else money_text(value)
    return Priced(value, None, name, Text(shown, shown))


def base_amount(subject: Subject, owner: str, attribute: str) -> Decimal | None:
    """The base's newest value on its owner: a number of at least 0; else None."""
    holder = subject.owner(owner)
    found = None if holder is None else number_of(holder.attributes.get(attribute))
    if found is None or found < 0 or found >= Decimal(10) ** 16:
        return None
    return found


def band_for(money: Money, value: Decimal) -> Band | None:
    """The first band that holds a value."""
    return next((band for band in money.bands if band.holds(value)), None)
