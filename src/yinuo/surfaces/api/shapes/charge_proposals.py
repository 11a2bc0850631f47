"""Charges proposed from finished sheets."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.billing.proposals import Proposal
from yinuo.surfaces.api.shapes.agreed_prices import AgreedPricesShape, agreed_prices
from yinuo.surfaces.api.shapes.billing import ItemShape, item
from yinuo.surfaces.api.shapes.values import DayText, IdText


class ChargeProposalShape(BaseModel):
    """What a finished sheet calls for by the list that counts, to be confirmed by a person.

    A figure that nobody wrote down yet is null in its item. `borne_by` is `cover` where goodwill
    covers the case up to an amount: what is beyond it becomes the customer's.
    """

    work_order_id: IdText
    work_order_number: str
    request_id: IdText
    occurred_on: DayText
    prices: AgreedPricesShape
    items: list[ItemShape]
    borne_by: str
    reason: str


class ChargeProposals(BaseModel):
    """The proposals of a request, the earliest sheet first."""

    items: list[ChargeProposalShape]


class RejectedProposal(BaseModel):
    """The rejection just entered."""

    id: IdText


def proposal(one: Proposal) -> dict[str, Any]:
    """A ChargeProposalShape."""
    return {
        "work_order_id": str(one.work_order_public_id),
        "work_order_number": one.work_order_number,
        "request_id": str(one.request_public_id),
        "occurred_on": one.occurred_on.isoformat(),
        "prices": agreed_prices(one.prices),
        "items": [item(entry) for entry in one.items],
        "borne_by": one.borne_by,
        "reason": one.reason,
    }
