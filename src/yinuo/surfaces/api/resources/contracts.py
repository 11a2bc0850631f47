"""`/contracts`: list, read, create, edit."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.contracts.cycle import today_of
from yinuo.domains.contracts.ending import InCycle
from yinuo.domains.contracts.selectors import get_contract, list_contracts
from yinuo.domains.contracts.services import (
    ContractData,
    create_contract,
    edit_contract,
    move_contract,
)
from yinuo.domains.network.permissions import Permission
from yinuo.kernel.contract_stages import Stage
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Line,
    Money,
    Paging,
    PathId,
    Version,
    Word,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import contracts as shapes

resource = Resource("contracts")

LARGEST_NUMBER = 1_000_000_000_000
Number = Annotated[int, Field(strict=True, ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)]
Parameter = Annotated[bool, Field(strict=True)] | Number | Line
Parameters = Annotated[dict[Word, Parameter], Field(max_length=100)]
Item = Literal["labour", "parts", "travel", "software"]
Ids = Annotated[list[Id], Field(max_length=200)]


class ContractFilters(Paging):
    """Which contracts to list: `text` narrows by number or customer, `ending` to those that end
    within so many days, `ended` to those past their end; both leave out what was renewed."""

    customer_id: Id | None = None
    plan_version_id: Id | None = None
    stage: Stage | None = None
    ending: Annotated[int, Field(ge=0, le=3660)] | None = None
    ended: bool = False
    text: Line = ""


class ContractFields(Input):
    """What a person enters about a contract. Without sites and assets it covers the customer.

    It runs from `starts_on` to the day before `ends_on`; `parameters` are figures that clauses
    of the plan read. `covers` says what is free while it is in force; `responsible_id` who is in
    charge of what the contract promises itself. `covers`, `project_id` and `responsible_id` left
    out stay as they are.
    """

    number: Annotated[str, text(60)]
    plan_version_id: Id
    starts_on: Day
    ends_on: Day | None = None
    kind: Annotated[str, text(40)] = ""
    total: Money | None = None
    annual_fee: Money | None = None
    parameters: Parameters = {}
    site_ids: Ids = []
    asset_ids: Ids = []
    covers: Annotated[list[Item], Field(max_length=4)] | None = None
    project_id: Id | None = None
    responsible_id: Id | None = None
    remind_days: Annotated[int, Field(strict=True, ge=1, le=730)] | None = None

    def data(self) -> ContractData:
        """The same for the service."""
        return ContractData(
            number=self.number,
            plan_version_id=self.plan_version_id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            kind=self.kind,
            total=self.total,
            annual_fee=self.annual_fee,
            parameters=dict(self.parameters),
            site_ids=self.site_ids,
            asset_ids=self.asset_ids,
            covers=self.covers,
            project_id=self.project_id,
            responsible_id=self.responsible_id,
            remind_days=self.remind_days,
        )


class ContractInput(ContractFields):
    """A new contract of a customer; `package` is one of the plan's and gives what is left out."""

    customer_id: Id
    package: Word = ""

    def data(self) -> ContractData:
        """The same for the service."""
        return replace(super().data(), package=self.package)


class ContractEdit(ContractFields):
    """A contract; a field left out becomes empty."""

    version: Version


class ContractMove(Input):
    """Another version of the plan the contract is bound to."""

    version: Version
    plan_version_id: Id
    reason: Annotated[str, text(400)] = ""


@resource.reads("", name="list_contracts", right=Permission.CONTRACT_READ, gives=shapes.Contracts)
def list_all(request: ApiRequest, filters: Query[ContractFilters]) -> HttpResponse:
    """Visible contracts, newest first."""
    page = list_contracts(
        request.auth.actor,
        customer_id=filters.customer_id,
        plan_version_id=filters.plan_version_id,
        cycle=InCycle(
            today_of(request.auth.now),
            stage=filters.stage.value if filters.stage else "",
            ending=filters.ending,
            ended=filters.ended,
        ),
        text=filters.text,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, partial(shapes.contract, today=today_of(request.auth.now)))


@resource.writes("POST", "", name="create_contract", right=Permission.CONTRACT_WRITE, status=201)
def create_one(request: ApiRequest, data: ContractInput) -> HttpResponse:
    """Bind a customer, some of its sites or some of its assets to a plan version."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            create_contract(
                actor=call.actor,
                customer_id=data.customer_id,
                data=data.data(),
                now=call.now,
            )
        ),
        status=201,
    )


@resource.reads(
    "/{contract_id}",
    name="get_contract",
    right=Permission.CONTRACT_READ,
    gives=shapes.ContractShape,
)
def get_one(request: ApiRequest, contract_id: PathId) -> HttpResponse:
    """One contract."""
    return shown(_shape(request, contract_id))


def _shape(request: ApiRequest, contract_id: object) -> dict[str, Any]:
    call = request.auth
    return shapes.contract(get_contract(call.actor, contract_id), today_of(call.now))


@resource.writes("PUT", "/{contract_id}", name="edit_contract", right=Permission.CONTRACT_WRITE)
def edit_one(request: ApiRequest, contract_id: PathId, data: ContractEdit) -> HttpResponse:
    """Replace a contract's data; running cases keep the plan version they began with."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: edit_contract(
            actor=call.actor,
            contract_id=contract_id,
            version=data.version,
            data=data.data(),
            now=call.now,
        ),
        lambda: _shape(request, contract_id),
    )


@resource.writes(
    "POST", "/{contract_id}/move", name="move_contract", right=Permission.CONTRACT_WRITE
)
def move_one(request: ApiRequest, contract_id: PathId, data: ContractMove) -> HttpResponse:
    """Bind a contract to another version of its plan; running cases keep theirs."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: move_contract(
            actor=call.actor,
            contract_id=contract_id,
            version=data.version,
            plan_version_id=data.plan_version_id,
            reason=data.reason,
            now=call.now,
        ),
        lambda: _shape(request, contract_id),
    )
