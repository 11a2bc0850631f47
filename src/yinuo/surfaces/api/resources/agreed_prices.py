"""`…/prices` of requests, contracts and customers: which price list counts; agreeing on one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from yinuo.domains.billing.agreed import (
    prices_of_contract,
    prices_of_customer,
    prices_of_request,
)
from yinuo.domains.billing.services import agree_prices
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, PathId, Remark
from yinuo.surfaces.api.resources import customer_visits, files, supplements
from yinuo.surfaces.api.shapes import agreed_prices as shapes

customers = customer_visits.resource
contracts = supplements.resource
requests = files.resource


class AgreedPricesInput(Input):
    """The list agreed on; without one nothing is agreed any more, with the reason."""

    price_list_id: Id | None = None
    reason: Remark = ""


class AgreedPricesMade(Input):
    """The row that says what was agreed."""

    id: str


@requests.reads(
    "/{request_id}/prices",
    name="get_request_prices",
    right=Permission.PRICE_READ,
    gives=shapes.AgreedPricesShape,
)
def of_request(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """The price list that work for a request is charged by, and why."""
    return shown(shapes.agreed_prices(prices_of_request(request.auth.actor, request_id)))


@contracts.reads(
    "/{contract_id}/prices",
    name="get_contract_prices",
    right=Permission.PRICE_READ,
    gives=shapes.AgreedPricesShape,
)
def of_contract(request: ApiRequest, contract_id: PathId) -> HttpResponse:
    """The price list that counts for a contract, and why."""
    return shown(shapes.agreed_prices(prices_of_contract(request.auth.actor, contract_id)))


@customers.reads(
    "/{customer_id}/prices",
    name="get_customer_prices",
    right=Permission.PRICE_READ,
    gives=shapes.AgreedPricesShape,
)
def of_customer(request: ApiRequest, customer_id: PathId) -> HttpResponse:
    """The price list that counts for a customer outside his contracts, and why."""
    return shown(shapes.agreed_prices(prices_of_customer(request.auth.actor, customer_id)))


@contracts.writes(
    "POST",
    "/{contract_id}/prices",
    name="agree_contract_prices",
    right=Permission.CONTRACT_WRITE,
    gives=AgreedPricesMade,
    status=201,
)
def agree_in_contract(
    request: ApiRequest, contract_id: PathId, data: AgreedPricesInput
) -> HttpResponse:
    """Agree on a price list in a contract; it stays with this version."""
    return _agreed(request, data, contract_id=contract_id)


@customers.writes(
    "POST",
    "/{customer_id}/prices",
    name="agree_customer_prices",
    right=Permission.CONTRACT_WRITE,
    gives=AgreedPricesMade,
    status=201,
)
def agree_with_customer(
    request: ApiRequest, customer_id: PathId, data: AgreedPricesInput
) -> HttpResponse:
    """Agree on a price list with a customer; its newest version counts."""
    return _agreed(request, data, customer_id=customer_id)


def _agreed(request: ApiRequest, data: AgreedPricesInput, **about: Any) -> HttpResponse:
    def action() -> dict[str, Any]:
        call = request.auth
        row = agree_prices(
            actor=call.actor,
            price_list_id=data.price_list_id,
            reason=data.reason,
            now=call.now,
            **about,
        )
        return {"id": str(row.public_id)}

    return written(request, action, status=201)
