"""Remedies as written: what a breach brings in money, time or kind."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yinuo.kernel.plan.limits import Amount
from yinuo.kernel.plan.periods import Period
from yinuo.kernel.plan.selectors import ALWAYS, Condition
from yinuo.kernel.plan.text import EMPTY, Text


class Per(StrEnum):
    """What one step of a remedy is counted by."""

    BREACH = "breach"
    STARTED = "started"
    FULL = "full"
    PERCENT_SHORT = "percent_short"
    CASE = "case"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Base:
    """The amount a percentage is taken of: an attribute of the contract, the asset …"""

    attribute: str
    owner: str


@dataclass(frozen=True, slots=True)
class Price:
    """Either a percentage of a base or a fixed amount in the plan's currency.

    ``parameter`` names a figure of the contract: a percentage when there is a base, else an amount.
    ``over`` divides the percentage: a thirtieth of the base is 100 over 30, exact.
    """

    percent: Decimal | None = None
    base: Base | None = None
    amount: Decimal | None = None
    parameter: str | None = None
    over: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Band:
    """A price for a stretch of lateness (seconds) or of a measured value."""

    price: Price
    above: Decimal | None = None
    at_least: Decimal | None = None
    up_to: Decimal | None = None
    below: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies in the band; open ends hold."""
        if self.above is not None and not value > self.above:
            return False
        if self.at_least is not None and value < self.at_least:
            return False
        if self.up_to is not None and value > self.up_to:
            return False
        return self.below is None or value < self.below


@dataclass(frozen=True, slots=True)
class Cap:
    """The most a remedy may come to: for one breach, or for all of a period or the contract."""

    price: Price
    over: Period | None = None
    shared: str | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """A remedy in money: a price per breach, per step of lateness, per point short, or by bands.

    ``by_unit`` multiplies the steps by the number of units. ``short`` is the length of a step when
    a figure falls short of its target. ``pro_rata`` counts parts of a step in proportion.
    """

    price: Price | None
    per: Per = Per.BREACH
    step: Amount | None = None
    bands: tuple[Band, ...] = ()
    graduated: bool = False
    by_unit: bool = False
    short: Decimal = Decimal(1)
    pro_rata: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """A remedy in time: a term grows by this much for each step counted.

    ``short`` is the length of a step when a figure falls short of its target.
    """

    amount: Amount
    of: str
    per: Per = Per.BREACH
    step: Amount | None = None
    short: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Grant:
    """A remedy in kind."""

    kind: str
    text: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Remedy:
    """One consequence of a breach. ``group`` excludes others: the largest of a group is paid.

    A ``bonus`` follows when the promise is kept instead: for earliness, or for a better figure.
    ``least`` is the least a breach costs. All ``caps`` hold. ``in_a_row`` asks for so many breaches
    without one kept between them.
    """

    id: str
    term: Money | Extension | Grant
    title: Text = EMPTY
    when: Condition = ALWAYS
    unless: Condition | None = None
    grace: Amount | None = None
    least: Price | None = None
    caps: tuple[Cap, ...] = ()
    group: str | None = None
    paid_by: str = "vendor"
    after_breaches: int = 1
    in_a_row: int = 1
    within: Period | None = None
    in_calendar: bool = False
    claim_within: Amount | None = None
    bonus: bool = False
