"""Pricing: a price list and what is asked for become lines whose shown sum is the shown total.

Pure: no vendor's figure stands here; every rate, bound and rule comes with the list. Worked tables:
docs/algorithms/pricing.md.
"""

from yinuo.kernel.pricing.bill import Bill, Occasion
from yinuo.kernel.pricing.entries import (
    AtCost,
    BeyondHours,
    ByZone,
    Entry,
    PercentOf,
    PerUnit,
    PriceList,
    PriceListError,
    Tax,
)
from yinuo.kernel.pricing.pricing import Item, Priced, PricedLine, price
from yinuo.kernel.pricing.problems import ItemProblem, PricingError
from yinuo.kernel.pricing.tiers import Gap, Tier, Tiered, Tiering

__all__ = [
    "AtCost",
    "BeyondHours",
    "Bill",
    "ByZone",
    "Entry",
    "Gap",
    "Item",
    "ItemProblem",
    "Occasion",
    "PerUnit",
    "PercentOf",
    "PriceList",
    "PriceListError",
    "Priced",
    "PricedLine",
    "PricingError",
    "Tax",
    "Tier",
    "Tiered",
    "Tiering",
    "price",
]
