"""`/standby-units` and `/loans`: units lent while a customer's device does not work (LV-14)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.repairs.loan_types import LoanData, LoanDoing, StandbyData
from yinuo.domains.repairs.services import handle_loan, lend_standby, register_standby
from yinuo.domains.repairs.standby import get_loan, get_standby, list_loans, list_standby
from yinuo.kernel.loan_states import LoanAct, LoanBasis, LoanState, StandbyState
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Id,
    Input,
    Instant,
    Label,
    Money,
    Paging,
    PathId,
    Version,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import standby as shapes

units = Resource("standby-units")
loans = Resource("loans")

Sentence = Annotated[str, text(500)]
UnitName = Annotated[str, text(120)]
PlaceText = Annotated[str, text(200)]


class StandbyFilters(Paging):
    """In which state; `overdue`: should be back."""

    state: StandbyState | Literal["overdue", ""] = ""
    q: Label = ""


class StandbyInput(Input):
    """A standby unit as it is registered."""

    unit_id: Id
    name: UnitName
    model: UnitName
    serial: Label
    place: PlaceText = ""
    worth: Money | None = None


class LoanFilters(Paging):
    """In which state; `overdue`: should be back, `to_bill`: money is still to be charged."""

    state: LoanState | Literal["overdue", "to_bill", ""] = ""


class LoanInput(Input):
    """A loan of a standby unit for a request; `reason` where the plan does not promise it."""

    standby_id: Id
    request_id: Id
    return_by: Instant
    condition: Sentence
    basis: LoanBasis
    reason: Sentence = ""
    delivered_at: Instant | None = None

    def loan(self) -> LoanData:
        """The same for the service."""
        return LoanData(**{**dict(self), "basis": self.basis.value})


class LoanActInput(Input):
    """One act: back again, kept, more time, charged; `amount` is what the customer pays."""

    version: Version
    kind: LoanAct
    text: Sentence
    done_at: Instant | None = None
    is_damaged: Annotated[bool, Field(strict=True)] = False
    amount: Money | None = None
    return_by: Instant | None = None

    def doing(self) -> LoanDoing:
        """The same for the service."""
        typed = {name: value for name, value in dict(self).items() if name != "version"}
        return LoanDoing(**{**typed, "kind": self.kind.value})


@units.reads(
    "", name="list_standby_units", right=Permission.STANDBY_READ, gives=shapes.StandbyUnits
)
def list_units(request: ApiRequest, filters: Query[StandbyFilters]) -> HttpResponse:
    """Standby units, the newest first, with the loan each is out on."""
    call = request.auth
    page = list_standby(
        call.actor,
        now=call.now,
        state=filters.state,
        text=filters.q,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.standby_unit)


@units.writes("POST", "", name="register_standby_unit", right=Permission.STANDBY_WRITE, status=201)
def register(request: ApiRequest, data: StandbyInput) -> HttpResponse:
    """Register a standby unit."""

    def action() -> dict[str, Any]:
        call = request.auth
        made = register_standby(actor=call.actor, data=StandbyData(**dict(data)), now=call.now)
        return dict(saved(made))

    return written(request, action, status=201)


@units.reads(
    "/{standby_id}",
    name="get_standby_unit",
    right=Permission.STANDBY_READ,
    gives=shapes.StandbyUnitShape,
)
def get_unit(request: ApiRequest, standby_id: PathId) -> HttpResponse:
    """One standby unit."""
    call = request.auth
    return shown(shapes.standby_unit(get_standby(call.actor, standby_id, call.now)))


@loans.reads("", name="list_loans", right=Permission.STANDBY_READ, gives=shapes.Loans)
def list_all(request: ApiRequest, filters: Query[LoanFilters]) -> HttpResponse:
    """Loans, the newest first."""
    call = request.auth
    page = list_loans(
        call.actor,
        now=call.now,
        state=filters.state,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.loan)


@loans.writes("POST", "", name="lend_standby_unit", right=Permission.STANDBY_WRITE, status=201)
def lend(request: ApiRequest, data: LoanInput) -> HttpResponse:
    """Lend a standby unit for a request; a unit is out once at a time."""

    def action() -> dict[str, Any]:
        call = request.auth
        return dict(saved(lend_standby(actor=call.actor, data=data.loan(), now=call.now)))

    return written(request, action, status=201)


@loans.reads("/{loan_id}", name="get_loan", right=Permission.STANDBY_READ, gives=shapes.LoanShape)
def get_one(request: ApiRequest, loan_id: PathId) -> HttpResponse:
    """One loan."""
    call = request.auth
    return shown(shapes.loan(get_loan(call.actor, loan_id, call.now)))


@loans.writes("POST", "/{loan_id}/acts", name="handle_loan", right=Permission.STANDBY_WRITE)
def act(request: ApiRequest, loan_id: PathId, data: LoanActInput) -> HttpResponse:
    """Take one act on a loan."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: handle_loan(
            actor=call.actor,
            loan_id=loan_id,
            version=data.version,
            doing=data.doing(),
            now=call.now,
        ),
        lambda: shapes.loan(get_loan(call.actor, loan_id, call.now)),
    )
