"""`/charges`: the ledger: work charged, rows corrected, what a request came to."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.billing.charge_selectors import cost_of_case, get_charge, list_charges
from yinuo.domains.billing.charge_types import Beyond, Borne, Work
from yinuo.domains.billing.services import charge_work, correct_charge
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Paging, PathId, Remark
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.prices import MOST_ITEMS, ItemInput, Items
from yinuo.surfaces.api.resources.request_acts import resource as requests
from yinuo.surfaces.api.shapes import charges as shapes

resource = Resource("charges")


class ChargeFilters(Paging):
    """Which rows to list; `open`: those on no statement yet."""

    customer_id: Id | None = None
    contract_id: Id | None = None
    request_id: Id | None = None
    borne_by: Borne | None = None
    open: bool = False


class ChargeInput(Input):
    """Work done for a request, a row for each line that the price list makes of it.

    Under a cover, for goodwill or after a wrong diagnosis it is entered at our cost; the last two
    need a reason. `beyond` the goodwill that the contract gives for a case, the rest of a line is
    `charged` as without goodwill, or `given` too, by who may, with a reason.
    """

    request_id: Id
    price_list_id: Id
    items: Items
    occurred_on: Day
    borne_by: Borne = Borne.CUSTOMER
    work_order_id: Id | None = None
    reason: Remark = ""
    beyond: Beyond = Beyond.CHARGED

    def work(self) -> Work:
        """What the service takes."""
        return Work(
            price_list_id=self.price_list_id,
            items=tuple(one.item() for one in self.items),
            occurred_on=self.occurred_on,
            borne_by=self.borne_by.value,
            work_order_id=self.work_order_id,
            reason=self.reason,
            beyond=self.beyond.value,
        )


class ChargeCorrection(Input):
    """Why a row is taken back, and what it should have been; no item: nothing."""

    reason: Remark
    items: Annotated[list[ItemInput], Field(max_length=MOST_ITEMS)] = []


@resource.reads("", name="list_charges", right=Permission.CHARGE_READ, gives=shapes.Charges)
def list_all(request: ApiRequest, filters: Query[ChargeFilters]) -> HttpResponse:
    """Rows of the ledger, the newest first."""
    page = list_charges(
        request.auth.actor,
        customer_id=filters.customer_id,
        contract_id=filters.contract_id,
        request_id=filters.request_id,
        reasons=(filters.borne_by.value,) if filters.borne_by else (),
        only_open=filters.open,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.charge)


@resource.writes(
    "POST",
    "",
    name="charge_work",
    right=Permission.CHARGE_WRITE,
    gives=shapes.EnteredCharges,
    status=201,
)
def charge_one(request: ApiRequest, data: ChargeInput) -> HttpResponse:
    """Enter work done for a request into the ledger."""

    def action() -> dict[str, Any]:
        call = request.auth
        rows = charge_work(
            actor=call.actor, request_id=data.request_id, work=data.work(), now=call.now
        )
        return {"ids": [str(row.public_id) for row in rows]}

    return written(request, action, status=201)


@resource.reads(
    "/{charge_id}", name="get_charge", right=Permission.CHARGE_READ, gives=shapes.ChargeShape
)
def get_one(request: ApiRequest, charge_id: PathId) -> HttpResponse:
    """One row of the ledger."""
    return shown(shapes.charge(get_charge(request.auth.actor, charge_id)))


@resource.writes(
    "POST",
    "/{charge_id}/correction",
    name="correct_charge",
    right=Permission.CHARGE_WRITE,
    gives=shapes.EnteredCharges,
    status=201,
)
def correct_one(request: ApiRequest, charge_id: PathId, data: ChargeCorrection) -> HttpResponse:
    """Credit a charge by a reversal, and enter what it should have been, if anything."""

    def action() -> dict[str, Any]:
        call = request.auth
        rows = correct_charge(
            actor=call.actor,
            charge_id=charge_id,
            items=[one.item() for one in data.items],
            reason=data.reason,
            now=call.now,
        )
        return {"ids": [str(row.public_id) for row in rows]}

    return written(request, action, status=201)


@requests.reads(
    "/{request_id}/cost",
    name="get_request_cost",
    right=Permission.CHARGE_READ,
    gives=shapes.CaseCostShape,
)
def get_cost(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """What a request came to, by who bears it."""
    return shown(shapes.case_cost(cost_of_case(request.auth.actor, request_id)))
