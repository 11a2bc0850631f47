"""By which price list a customer pays, and why by that one (LV-10, SA-16).

In this order: the list agreed for the contract, at the version agreed; the one agreed with the
customer, at its newest version; that of the quote he accepted last, at its newest version; the
first one that work sheets are charged by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from yinuo.domains.billing.agreed_models import AgreedPrices
from yinuo.domains.billing.models import PriceListVersion, Quote
from yinuo.domains.billing.policies import visible_price_lists
from yinuo.domains.billing.pricing import price_list_of
from yinuo.domains.billing.selectors import price_list_row
from yinuo.domains.billing.types import PriceListRow
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.offer_states import OfferState
from yinuo.kernel.pricing import Occasion
from yinuo.platform.scoped import one_of


class PricesBy(StrEnum):
    """What decides which list counts."""

    CONTRACT = "contract"
    CUSTOMER = "customer"
    QUOTE = "quote"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class ChosenPrices:
    """The list that counts and why: `number` is that of the contract or quote, `agreed_at` and
    `agreed_by` when and by whom it was agreed on. `newer` is a later version than the agreed one.
    """

    price_list: PriceListRow
    decided_by: PricesBy
    number: str = ""
    agreed_at: datetime | None = None
    agreed_by: str = ""
    reason: str = ""
    newer: PriceListRow | None = None


def prices_of_request(actor: Actor, request_id: object) -> ChosenPrices | None:
    """The list that work for a request is charged by; None when none is published or the actor may
    not read prices. NotFound for a request outside his scope."""
    request = one_of(visible_requests(actor), request_id)
    return chosen_prices(actor, request.customer_id, request.contract_id)


def prices_of_contract(actor: Actor, contract_id: object) -> ChosenPrices | None:
    """The same for a contract."""
    contract = one_of(visible_contracts(actor), contract_id)
    return chosen_prices(actor, contract.customer_id, contract.pk)


def prices_of_customer(actor: Actor, customer_id: object) -> ChosenPrices | None:
    """The same for a customer without regard to any contract."""
    return chosen_prices(actor, one_of(visible_customers(actor), customer_id).pk, None)


def chosen_prices(actor: Actor, customer_id: int, contract_id: int | None) -> ChosenPrices | None:
    """The list that counts, by internal ids already resolved in the actor's scope."""
    return chosen_among(visible_price_lists(actor), customer_id, contract_id)


def chosen_among(
    lists: QuerySet[PriceListVersion], customer_id: int, contract_id: int | None
) -> ChosenPrices | None:
    """The list that counts among those given, as for a customer who reads his own prices."""
    versions = lists.defer("source").order_by("code", "-number")
    newest = {one.code: one for one in versions.distinct("code")}
    if not newest:
        return None
    rows = AgreedPrices.objects.filter(customer_id=customer_id).select_related(
        "price_list", "contract"
    )
    if contract_id is not None:
        agreed = rows.filter(contract_id=contract_id).order_by("-id").first()
        if agreed is not None and agreed.price_list is not None:
            return _agreed(agreed, agreed.price_list, newest)
    agreed = rows.filter(contract__isnull=True).order_by("-id").first()
    if agreed is not None and agreed.price_list is not None:
        return _agreed(agreed, newest[agreed.price_list.code], newest)
    return _by_quote(customer_id, newest) or _usual(newest)


def _agreed(
    row: AgreedPrices, version: PriceListVersion, newest: dict[str, PriceListVersion]
) -> ChosenPrices:
    last = newest[version.code]
    return ChosenPrices(
        price_list=price_list_row(version),
        decided_by=PricesBy.CONTRACT if row.contract else PricesBy.CUSTOMER,
        number=row.contract.number if row.contract else "",
        agreed_at=row.agreed_at,
        agreed_by=row.agreed_by,
        reason=row.reason,
        newer=price_list_row(last) if last.number > version.number else None,
    )


def _by_quote(customer_id: int, newest: dict[str, PriceListVersion]) -> ChosenPrices | None:
    """Only a list that sheets are charged by: goods of another list say nothing about visits."""
    accepted = Quote.objects.filter(customer_id=customer_id, state=OfferState.ACCEPTED.value)
    last: Any = accepted.select_related("price_list").order_by("-ended_at", "-id").first()
    if last is None or not _proposes(version := newest[last.price_list.code]):
        return None
    return ChosenPrices(
        price_list_row(version), PricesBy.QUOTE, last.number, last.ended_at, last.ended_by
    )


def _usual(newest: dict[str, PriceListVersion]) -> ChosenPrices | None:
    found = next((one for one in newest.values() if _proposes(one)), None)
    return None if found is None else ChosenPrices(price_list_row(found), PricesBy.USUAL)


def _proposes(version: PriceListVersion) -> bool:
    return price_list_of(version.pk).proposed_for(Occasion.VISIT) is not None
