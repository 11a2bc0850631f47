"""Entries of a price list: each kind says how it is counted; figures come from the list's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from yinuo.kernel.calendars import CalendarSpec
from yinuo.kernel.money import FEN, MoneyRounding
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.pricing.bill import Bill, Occasion
from yinuo.kernel.pricing.problems import PriceListError
from yinuo.kernel.pricing.tiers import Tiered

__all__ = [
    "AtCost",
    "BeyondHours",
    "ByZone",
    "Entry",
    "PerUnit",
    "PercentOf",
    "PriceList",
    "PriceListError",
    "Tax",
]


class BeyondHours(StrEnum):
    """What time beyond the hours of one visit costs."""

    ANOTHER = "another"  # each started further block of the limit counts as one more
    HOURLY = "hourly"  # each started hour at a price of its own


@dataclass(frozen=True, slots=True)
class ByZone:
    """A price per person and visit, or per transport, by the zone of the place.

    `hours` limits what one visit holds; `beyond` is the rule for more (`hourly` needs
    `hourly_prices` by zone). `per_person` counts heads: persons times visits.
    """

    code: str
    title: Text
    unit: Text
    prices: Mapping[str, Decimal]
    per_person: bool = True
    hours: Decimal | None = None
    beyond: BeyondHours | None = None
    hourly_prices: Mapping[str, Decimal] = field(default_factory=dict)
    per: Text = EMPTY
    note: Text = EMPTY
    bill: Bill = Bill.LABOUR
    proposed_for: Occasion | None = None
    terms: Text = EMPTY

    def __post_init__(self) -> None:
        if (self.hours is None) != (self.beyond is None):
            message = "a limit of hours and the rule beyond it belong together"
            raise PriceListError(self.code, "beyond", "hours_without_rule", message)
        if self.beyond is BeyondHours.HOURLY and set(self.hourly_prices) != set(self.prices):
            message = "an hourly price is needed for every zone"
            raise PriceListError(self.code, "hourly_prices", "hourly_prices", message)


@dataclass(frozen=True, slots=True)
class PerUnit:
    """A price per unit: a person-day, a fixed service, an hour of overtime.

    The unit price is `price` times `factor` (overtime). A quantity is raised to `least` and to the
    next multiple of `step`, and the line says so.
    """

    code: str
    title: Text
    unit: Text
    price: Decimal
    factor: Decimal = Decimal(1)
    least: Decimal | None = None
    step: Decimal | None = None
    whole: bool = False
    per: Text = EMPTY
    note: Text = EMPTY
    bill: Bill = Bill.LABOUR
    proposed_for: Occasion | None = None
    terms: Text = EMPTY


@dataclass(frozen=True, slots=True)
class AtCost:
    """Passed on at cost: what was paid, with a ceiling where the list names one.

    `ceiling` is empty, or names in words what each unit may cost at most (the bid's unit price,
    the market price); the item must then carry that figure.
    """

    code: str
    title: Text
    unit: Text
    ceiling: Text = EMPTY
    per: Text = EMPTY
    note: Text = EMPTY
    bill: Bill = Bill.LABOUR
    proposed_for: Occasion | None = None
    terms: Text = EMPTY


@dataclass(frozen=True, slots=True)
class PercentOf:
    """A share of an amount that the item carries, such as the bid total; named by `base`."""

    code: str
    title: Text
    unit: Text
    percent: Decimal
    base: Text
    per: Text = EMPTY
    note: Text = EMPTY
    bill: Bill = Bill.LABOUR
    proposed_for: Occasion | None = None
    terms: Text = EMPTY


Entry = ByZone | PerUnit | Tiered | AtCost | PercentOf


@dataclass(frozen=True, slots=True)
class Tax:
    """Tax in percent: added to the sum, or contained in the prices and then only shown."""

    percent: Decimal
    included: bool


@dataclass(frozen=True, slots=True)
class PriceList:
    """Everything a list says. `hash` is that of its meaning, filled in by the reader.

    Each line is brought to `rounding_step` by `rounding`; nothing is rounded anywhere else but
    the tax, by the same rule. `office_hours` are those outside which work is overtime where no
    contract names its own.
    """

    code: str
    title: Text
    entries: tuple[Entry, ...]
    zones: Mapping[str, Text] = field(default_factory=dict)
    currency: str = "CNY"
    rounding: MoneyRounding = MoneyRounding.HALF_UP
    rounding_step: Decimal = FEN
    tax: Tax | None = None
    note: Text = EMPTY
    office_hours: CalendarSpec | None = None
    hash: str = ""

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for one in self.entries:
            if one.code in seen:
                message = "the code {code_twice} stands twice"
                raise PriceListError(
                    one.code, "code", "duplicate_entry", message, code_twice=one.code
                )
            seen.add(one.code)
            if isinstance(one, ByZone) and (strange := set(one.prices) - set(self.zones)):
                message = "the zone {zone} is not declared"
                raise PriceListError(one.code, "prices", "unknown_zone", message, zone=min(strange))

    def proposed_for(self, occasion: Occasion) -> Entry | None:
        """The first entry that a work sheet proposes on this occasion."""
        return next((one for one in self.entries if one.proposed_for is occasion), None)

    def entry(self, code: str) -> Entry | None:
        """The entry of a code."""
        return next((one for one in self.entries if one.code == code), None)
