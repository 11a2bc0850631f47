"""`/contracts/{id}/promises`, `/contracts/{id}/holdings`, `/obligations/{id}/cases`."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import Field

from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.network.permissions import Permission
from yinuo.domains.obligations.contract_cases import cases_behind
from yinuo.domains.obligations.contract_promises import promises_of_contract, promises_of_customer
from yinuo.domains.obligations.moving import what_moving_changes
from yinuo.domains.obligations.services.counting import MOST, Counted, count_kept
from yinuo.domains.obligations.services.holding import Held, hold_duty, take_back_held
from yinuo.surfaces.api.answers import shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Input, PathId, Remark, text
from yinuo.surfaces.api.resources.contract_life import resource
from yinuo.surfaces.api.resources.customer_visits import resource as customers
from yinuo.surfaces.api.resources.obligations import resource as obligations
from yinuo.surfaces.api.shapes import contract_promises as shapes
from yinuo.surfaces.api.shapes import moving
from yinuo.surfaces.api.shapes.customers import MadeShape

__all__ = ["customers", "obligations", "resource"]

SOURCE = "api"
MOST_NAMES = 1_000


class HoldingInput(Input):
    """What was held: the clause it keeps, on which day, which of its facts, and what came of it."""

    clause: Annotated[str, text(80)]
    held_on: Day
    kind: Annotated[str, text(60)] = ""
    note: Remark = ""


class CountOfItem(Input):
    """How many of one name were there; the name is empty for people on duty."""

    name: Annotated[str, text(200)] = ""
    number: Annotated[int, Field(strict=True, ge=0, le=MOST)]


class CountInput(Input):
    """A count of what a duty keeps: one number for each name it `asks` for."""

    clause: Annotated[str, text(80)]
    counted_on: Day
    have: Annotated[list[CountOfItem], Field(min_length=1, max_length=MOST_NAMES)]


class HoldingBack(Input):
    """Why something recorded is taken back."""

    reason: Annotated[str, text(400)]


@resource.reads(
    "/{contract_id}/promises",
    name="list_contract_promises",
    right=Permission.CONTRACT_READ,
    gives=shapes.ContractPromises,
)
def promises(request: ApiRequest, contract_id: PathId) -> HttpResponse:
    """What a contract promises of itself: visits, figures, documents, and what is not measured."""
    call = request.auth
    return shown(shapes.own_promises(promises_of_contract(call.actor, contract_id, call.now)))


@resource.reads(
    "/{contract_id}/if-moved/{plan_version_id}",
    name="get_contract_if_moved",
    right=Permission.CONTRACT_READ,
    gives=moving.IfMovedShape,
)
def if_moved(request: ApiRequest, contract_id: PathId, plan_version_id: PathId) -> HttpResponse:
    """What another version of its plan would give what it owes today; nothing is written.

    The contract's own promises follow when it is moved, its running cases keep theirs.
    """
    call = request.auth
    found = what_moving_changes(call.actor, contract_id, plan_version_id, call.now)
    return shown(moving.if_moved(found))


@customers.reads(
    "/{customer_id}/contract-promises",
    name="list_customer_contract_promises",
    right=Permission.CUSTOMER_READ,
    gives=shapes.ContractPromiseList,
)
def promises_of_one(request: ApiRequest, customer_id: PathId) -> HttpResponse:
    """What all contracts of a customer promise of themselves."""
    call = request.auth
    customer = get_customer(call.actor, customer_id)
    found = promises_of_customer(call.actor, customer.id, call.now)
    return shown({"items": [shapes.contract_promise(one) for one in found]})


@resource.writes(
    "POST",
    "/{contract_id}/holdings",
    name="record_contract_holding",
    right=Permission.CUSTOMER_WRITE,
    gives=MadeShape,
    status=201,
)
def hold(request: ApiRequest, contract_id: PathId, data: HoldingInput) -> HttpResponse:
    """Record that something the contract promises was held: a visit, an inspection, a training."""

    def action() -> dict[str, Any]:
        call = request.auth
        held = Held(data.clause, data.held_on, data.kind, data.note)
        made = hold_duty(
            actor=call.actor, contract_id=contract_id, held=held, source=SOURCE, now=call.now
        )
        return {"id": str(made)}

    return written(request, action, status=201)


@resource.writes(
    "POST",
    "/{contract_id}/holdings/{holding_id}/taken-back",
    name="take_back_contract_holding",
    right=Permission.CUSTOMER_WRITE,
    gives=MadeShape,
)
def take_back(
    request: ApiRequest, contract_id: PathId, holding_id: PathId, data: HoldingBack
) -> HttpResponse:
    """Take back something recorded by mistake; both stay on record."""

    def action() -> dict[str, Any]:
        call = request.auth
        take_back_held(
            actor=call.actor,
            contract_id=contract_id,
            fact_id=holding_id,
            reason=data.reason,
            source=SOURCE,
            now=call.now,
        )
        return {"id": str(holding_id)}

    return written(request, action)


@resource.writes(
    "POST",
    "/{kept_contract_id}/counts",
    name="count_contract_keeping",
    right=Permission.CUSTOMER_WRITE,
    gives=MadeShape,
    status=201,
)
def count(request: ApiRequest, kept_contract_id: PathId, data: CountInput) -> HttpResponse:
    """Record a count of stock, people on duty or certified people that a contract must keep."""

    def action() -> dict[str, Any]:
        call = request.auth
        have = {one.name: one.number for one in data.have}
        made = count_kept(
            actor=call.actor,
            contract_id=kept_contract_id,
            counted=Counted(data.clause, data.counted_on, have),
            source=SOURCE,
            now=call.now,
        )
        return {"id": str(made)}

    return written(request, action, status=201)


@obligations.reads(
    "/{figure_id}/cases",
    name="list_figure_cases",
    right=Permission.OBLIGATION_READ,
    gives=shapes.FigureCases,
)
def cases(request: ApiRequest, figure_id: PathId) -> HttpResponse:
    """The cases behind a figure of a contract, the missed ones leading."""
    found = cases_behind(request.auth.actor, figure_id)
    return shown({"items": [shapes.figure_case(one) for one in found]})
