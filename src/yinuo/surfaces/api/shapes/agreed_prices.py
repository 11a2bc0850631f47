"""The price list that counts, as the API shows it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from yinuo.domains.billing.agreed import ChosenPrices
from yinuo.surfaces.api.shapes.billing import PriceListShape, price_list
from yinuo.surfaces.api.shapes.values import InstantText, instant_or_none


class AgreedPricesShape(BaseModel):
    """The list that counts: agreed in the `contract`, with the `customer`, that of the last
    accepted `quote`, or the `usual` one. All null and empty when no list is published.

    `number` is that of the contract or quote; `newer` a later version than the agreed one.
    """

    price_list: PriceListShape | None
    decided_by: Literal["contract", "customer", "quote", "usual", ""]
    number: str
    agreed_at: InstantText | None
    agreed_by: str
    reason: str
    newer: PriceListShape | None


def agreed_prices(chosen: ChosenPrices | None) -> dict[str, Any]:
    """An AgreedPricesShape."""
    if chosen is None:
        empty = {"number": "", "agreed_by": "", "reason": "", "decided_by": ""}
        return {**empty, "price_list": None, "agreed_at": None, "newer": None}
    return {
        "price_list": price_list(chosen.price_list),
        "decided_by": chosen.decided_by.value,
        "number": chosen.number,
        "agreed_at": instant_or_none(chosen.agreed_at),
        "agreed_by": chosen.agreed_by,
        "reason": chosen.reason,
        "newer": price_list(chosen.newer) if chosen.newer else None,
    }
