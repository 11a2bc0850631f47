"""`/exposure`: what misses have cost so far, and what open promises would cost if missed."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.selectors import get_unit
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations import exposure as reading
from yinuo.platform.paging import MOST_PER_PAGE
from yinuo.surfaces.api.answers import listed, shown
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Paging, PathId
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import exposure as shapes

resource = Resource("exposure")


class ExposurePart(Input):
    """Of which contract, customer or unit, and in which currency: they are never added up."""

    contract_id: Id | None = None
    customer_id: Id | None = None
    unit_id: Id | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = reading.CNY

    def part(self, actor: Actor) -> reading.Part:
        """The same by internal ids; NotFound for what is outside the scope."""
        contract, customer, unit = self.contract_id, self.customer_id, self.unit_id
        return reading.Part(
            contract_id=get_contract(actor, contract).id if contract else None,
            customer_id=get_customer(actor, customer).id if customer else None,
            unit_id=get_unit(actor, unit).id if unit else None,
            currency=self.currency,
        )


class ExposureFilters(ExposurePart, Paging):
    """Of which, and which page."""


class GroupFilters(ExposurePart):
    """By what to group, and at most how many groups."""

    by: Literal["contract", "customer", "unit"] = "contract"
    limit: Annotated[int, Field(ge=1, le=MOST_PER_PAGE)] = 50


@resource.reads("", name="get_exposure", right=Permission.EXPOSURE_READ, gives=shapes.ExposureShape)
def get(request: ApiRequest, filters: Query[GroupFilters]) -> HttpResponse:
    """The sums of all, and of each contract, customer or unit."""
    actor = request.auth.actor
    part = filters.part(actor)
    groups = reading.group_exposure(actor, filters.by, part, most=filters.limit)
    return shown(
        {
            "currency": part.currency,
            "sums": shapes.sums(reading.sum_exposure(actor, part)),
            "unpriced": reading.count_unpriced(actor, part),
            "items": [shapes.group(one) for one in groups],
        }
    )


@resource.reads(
    "/promises",
    name="list_promises_at_risk",
    right=Permission.EXPOSURE_READ,
    gives=shapes.PricedPromises,
)
def list_at_risk(request: ApiRequest, filters: Query[ExposureFilters]) -> HttpResponse:
    """Open promises with a price, the most at risk within a day leading."""
    actor = request.auth.actor
    page = reading.list_priced(
        actor, filters.part(actor), cursor=filters.cursor, limit=filters.limit
    )
    return listed(page, shapes.priced)


@resource.reads(
    "/missed",
    name="list_missed_with_money",
    right=Permission.EXPOSURE_READ,
    gives=shapes.PricedPromises,
)
def list_missed(request: ApiRequest, filters: Query[ExposureFilters]) -> HttpResponse:
    """Promises of cases under way that are over and have cost something, newest first."""
    actor = request.auth.actor
    page = reading.list_accrued(
        actor, filters.part(actor), cursor=filters.cursor, limit=filters.limit
    )
    return listed(page, shapes.priced)


@resource.reads(
    "/promises/{obligation_id}",
    name="explain_promise_money",
    right=Permission.EXPOSURE_READ,
    gives=shapes.MoneyLines,
)
def explain(request: ApiRequest, obligation_id: PathId) -> HttpResponse:
    """How the amounts of a promise come about, in words: base, steps, caps."""
    call = request.auth
    found = reading.explain_money(call.actor, obligation_id, call.now)
    return shown({"items": [shapes.line(one) for one in found]})
