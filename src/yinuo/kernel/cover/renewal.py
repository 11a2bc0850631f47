"""What a renewal costs a year, by the rule that a plan or contract names as figures.

`renewal_fee` is a fixed price; else `renewal_percent` is a share of the total (BP-19: 5 % of the
bid total a year), `renewal_percent_of_fee` one of the last annual fee.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from yinuo.kernel.money import Money, MoneyRounding
from yinuo.kernel.plan.text import Text

FIXED, OF_TOTAL, OF_FEE = "renewal_fee", "renewal_percent", "renewal_percent_of_fee"


@dataclass(frozen=True, slots=True)
class RenewalPrice:
    """The price of a year and how it was computed, in both languages; where it is a share, which
    percentage of which amount."""

    amount: Money
    computation: Text
    percent: Decimal | None = None
    base: Decimal | None = None


def renewal_price(
    figures: Mapping[str, Decimal],
    total: Decimal | None,
    annual_fee: Decimal | None,
    currency: str = "CNY",
    rounding: MoneyRounding = MoneyRounding.HALF_UP,
) -> RenewalPrice | None:
    """The price of a year; None when no rule is named, or the amount it is a share of.

    >>> price = renewal_price({"renewal_percent": Decimal(5)}, Decimal("2860000.00"), None)
    >>> str(price.amount), price.computation.en
    ('143,000.00 CNY', '2,860,000.00 × 5 % of the total a year')
    """
    if FIXED in figures:
        fixed = Money(figures[FIXED], currency).rounded(rounding)
        return RenewalPrice(fixed, Text("约定的每年续保费", "the agreed price of a year"))
    for rule, base, zh, en in (
        (OF_TOTAL, total, "合同总价", "of the total"),
        (OF_FEE, annual_fee, "上年年费", "of the last annual fee"),
    ):
        if rule in figures and base is not None:
            rate = figures[rule]
            amount = Money(base, currency).percent(rate).rounded(rounding)
            said = f"{base:,.2f} × {rate.normalize():f} %"
            text = Text(f"{zh} {said}（每年）", f"{said} {en} a year")
            return RenewalPrice(amount, text, rate, base)
    return None
