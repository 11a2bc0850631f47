"""Money: exact decimal amounts in one currency.

Amounts keep every digit until a rule rounds them: the rounding is part of a clause, so it is
called by name and never happens by itself. A float is refused, and so is mixing currencies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import total_ordering

_EXACT = Context(prec=60)
_LARGEST = Decimal(10) ** 16


class MoneyError(ValueError):
    """An amount that is not exact, not finite or too large, or two currencies in one sum."""


class MoneyRounding(StrEnum):
    """How an amount is brought to a step."""

    HALF_UP = "half_up"  # 四舍五入: a half goes away from zero
    HALF_EVEN = "half_even"
    DOWN = "down"  # towards zero: the rest is dropped
    CEILING = "ceiling"  # towards the larger amount


_MODES = {
    MoneyRounding.HALF_UP: ROUND_HALF_UP,
    MoneyRounding.HALF_EVEN: ROUND_HALF_EVEN,
    MoneyRounding.DOWN: ROUND_DOWN,
    MoneyRounding.CEILING: ROUND_CEILING,
}
FEN = Decimal("0.01")
_EXPONENTS = {"JPY": Decimal(1), "KRW": Decimal(1), "VND": Decimal(1)}


def _exact(value: Decimal | int | str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise MoneyError(f"an amount is a Decimal, a whole number or text, not {value!r}")
    try:
        number = Decimal(value)
    except ArithmeticError:
        raise MoneyError(f"{value!r} is not an amount") from None
    if not number.is_finite():
        raise MoneyError(f"{value!r} is not an amount")
    return number


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount of one currency. `amount` is stored as given (1.5 and 1.50 are equal).

    >>> Money("2860000.00").percent("0.5").rounded()
    Money(amount=Decimal('14300.00'), currency='CNY')
    """

    amount: Decimal
    currency: str = "CNY"

    def __init__(self, amount: Decimal | int | str, currency: str = "CNY") -> None:
        number = _exact(amount)
        if abs(number) >= _LARGEST:
            raise MoneyError("an amount is below ten quadrillion")
        if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            raise MoneyError(f"{currency!r} is not an ISO 4217 currency code")
        if currency != currency.upper():
            raise MoneyError(f"write the currency in capitals: {currency.upper()}")
        object.__setattr__(self, "amount", number or abs(number))
        object.__setattr__(self, "currency", currency)

    @classmethod
    def zero(cls, currency: str = "CNY") -> Money:
        """Nothing, to the smallest step of the currency: 0.00."""
        return cls(Decimal(0).quantize(smallest_step(currency)), currency)

    def _same(self, other: object) -> Decimal:
        if not isinstance(other, Money):
            raise MoneyError(f"money is counted with money, not with {other!r}")
        if other.currency != self.currency:
            raise MoneyError(f"{self.currency} and {other.currency} in one calculation")
        return other.amount

    def __add__(self, other: Money) -> Money:
        return Money(_EXACT.add(self.amount, self._same(other)), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(_EXACT.subtract(self.amount, self._same(other)), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.amount), self.currency)

    def __mul__(self, factor: Decimal | int) -> Money:
        if isinstance(factor, Money):
            raise MoneyError("money times money has no meaning")
        return Money(_EXACT.multiply(self.amount, _exact(factor)), self.currency)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def percent(self, rate: Decimal | int | str) -> Money:
        """`rate` percent of the amount, exact.

        >>> Money(486000).percent(1)
        Money(amount=Decimal('4860.00'), currency='CNY')
        """
        return Money(_EXACT.multiply(self.amount, _exact(rate).scaleb(-2)), self.currency)

    def rounded(
        self, rounding: MoneyRounding = MoneyRounding.HALF_UP, step: Decimal | None = None
    ) -> Money:
        """The amount brought to a multiple of `step` (default: the currency's smallest, 0.01).

        >>> Money("0.005").rounded().amount, Money("1249.99").rounded(step=Decimal(100)).amount
        (Decimal('0.01'), Decimal('1200'))
        """
        unit = smallest_step(self.currency) if step is None else _exact(step)
        if unit <= 0:
            raise MoneyError("a rounding step is above zero")
        steps = _EXACT.divide(self.amount, unit)
        whole = steps.quantize(Decimal(1), rounding=_MODES[rounding], context=_EXACT)
        return Money(_EXACT.multiply(whole, unit), self.currency)

    def __str__(self) -> str:
        return f"{self.amount:,f} {self.currency}"


def smallest_step(currency: str) -> Decimal:
    """The smallest step of a currency: 0.01, or 1 where there are no minor units."""
    return _EXPONENTS.get(currency, FEN)


def total(lines: Iterable[Money], currency: str = "CNY") -> Money:
    """The sum of the lines as shown; 0.00 of `currency` when there are none.

    The lines are rounded before they are summed, so that the shown total is their sum.
    """
    amount: Money | None = None
    for line in lines:
        amount = line if amount is None else amount + line
    return Money.zero(currency) if amount is None else amount


def largest_remainder(amount: Money, weights: Iterable[int]) -> tuple[Money, ...]:
    """`amount` split by `weights` to the smallest step; the parts add up to `amount` exactly.

    The steps left over go to the largest remainders, the earlier first.

    >>> [str(part.amount) for part in largest_remainder(Money("100.00"), (1, 1, 1))]
    ['33.34', '33.33', '33.33']
    """
    shares = list(weights)
    whole = sum(shares)
    step = smallest_step(amount.currency)
    steps = _EXACT.divide(amount.amount, step)
    if not whole or min(shares) < 0 or steps != steps.to_integral_value() or steps < 0:
        raise MoneyError("a split needs an amount in whole steps and weights above zero")
    units = int(steps)
    parts = [units * share // whole for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda i: (-(units * shares[i] % whole), i))
    for index in by_rest[: units - sum(parts)]:
        parts[index] += 1
    return tuple(Money(step * part, amount.currency) for part in parts)


def money_text(amount: Decimal) -> str:
    """`486,000.00`; at least two decimals, thousands apart."""
    exponent = amount.as_tuple().exponent
    places = max(2, -exponent if isinstance(exponent, int) else 2)
    return f"{amount:,.{places}f}"
