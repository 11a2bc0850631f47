"""What a customer's visitor sees of prices: services he can buy where nothing covers (SA-16)."""

from __future__ import annotations

from dataclasses import dataclass

from yinuo.domains.billing.agreed import chosen_among
from yinuo.domains.billing.models import PriceListVersion
from yinuo.domains.billing.pricing import price_list_of
from yinuo.domains.contracts.types import CoverKind
from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.requests.visitors import own_requests
from yinuo.kernel.plan.text import Text
from yinuo.kernel.pricing.showing import EntryRow, entry_rows
from yinuo.platform.scoped import one_of


@dataclass(frozen=True, slots=True)
class OwnPrices:
    """The services of the price list that counts for a customer, by its title; why it is this list
    and what was agreed with others stays internal."""

    title: Text
    currency: str
    rows: tuple[EntryRow, ...]


def paid_services_for_visitor(visitor: Visitor, request_id: object) -> OwnPrices | None:
    """What the visitor can buy for a request that no cover makes free; None under a cover, or when
    no list is published. NotFound for a request of another customer."""
    request = one_of(own_requests(visitor), request_id)
    if request.cover != CoverKind.PAID.value:
        return None
    chosen = chosen_among(PriceListVersion.objects.all(), visitor.customer_id, request.contract_id)
    if chosen is None:
        return None
    list_ = price_list_of(chosen.price_list.id)
    title = Text(chosen.price_list.title_zh, chosen.price_list.title_en)
    return OwnPrices(title, list_.currency, tuple(entry_rows(list_)))
