"""`/contracts/{id}/…`: stages, suspension, supplements, renewal, quotas, agreements."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from pydantic import Field

from yinuo.domains.contracts.cycle import cycle_of, today_of
from yinuo.domains.contracts.life import life_of
from yinuo.domains.contracts.services import (
    AgreementData,
    QuotaData,
    UseData,
    add_agreement,
    advance_contract,
    grant_quota,
    keep_agreement,
    renew_contract,
    resume_contract,
    suspend_contract,
    take_back_contract,
    use_quota,
    withdraw_agreement,
)
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import JSON, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Money, PathId, Remark, Version, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.contracts import resource
from yinuo.surfaces.api.shapes import contract_life as shapes

__all__ = ["agreements", "resource"]

agreements = Resource("contracts")

RIGHT = Permission.CONTRACT_WRITE
Reason = Annotated[str, text(400)]
Number = Annotated[str, text(60)]
Kind = Literal["visits", "hours"]
Amount = Annotated[Decimal, Field(max_digits=10, decimal_places=2)]


class StageStep(Input):
    """The contract's version, and a remark."""

    version: Version
    note: Reason = ""


class StageBack(Input):
    """The contract's version, and why it goes back."""

    version: Version
    reason: Reason


class SuspensionInput(Input):
    """From the first day without cover to the day before `ends_on`."""

    begins_on: Day
    ends_on: Day | None = None
    reason: Reason


class Resumption(Input):
    """The suspension's version, and the first day with cover."""

    version: Version
    resumes_on: Day


class RenewalInput(Input):
    """The contract that follows: number, days and annual fee."""

    number: Number
    starts_on: Day
    ends_on: Day | None = None
    annual_fee: Money | None = None


class QuotaInput(Input):
    """So many visits or hours from a day to the day before `ends_on`."""

    kind: Kind
    included: Amount
    begins_on: Day
    ends_on: Day | None = None


class UseInput(Input):
    """What used up how much; a reference is counted once."""

    kind: Kind
    amount: Amount
    reference: Annotated[str, text(120)]
    used_on: Day
    note: Reason = ""


class AgreementInput(Input):
    """A term; with a due day it is owed."""

    text: Remark
    agreed_on: Day
    due_on: Day | None = None
    person_id: Id | None = None


class Settlement(Input):
    """Kept on a day, or without one withdrawn, with the reason."""

    version: Version
    kept_on: Day | None = None
    outcome: Reason = ""


@resource.reads(
    "/{contract_id}/life",
    name="get_contract_life",
    right=Permission.CONTRACT_READ,
    gives=shapes.ContractLife,
)
def get_life(request: ApiRequest, contract_id: PathId) -> HttpResponse:
    """Stage and what is missing for the next, quotas, agreements, supplements, suspensions."""
    call = request.auth
    cycle = cycle_of(call.actor, contract_id, call.now)
    life = life_of(call.actor, contract_id, today_of(call.now))
    return shown(shapes.contract_life(cycle, life))


@resource.writes("POST", "/{ready_contract_id}/advance", name="advance_contract", right=RIGHT)
def advance(request: ApiRequest, ready_contract_id: PathId, data: StageStep) -> HttpResponse:
    """Enter the next stage; 409 with what is missing while a condition does not hold."""
    return _done(
        request, ready_contract_id, lambda base: saved(advance_contract(**base, **_of(data)))
    )


@resource.writes("POST", "/{moved_contract_id}/take-back", name="take_back_contract", right=RIGHT)
def take_back(request: ApiRequest, moved_contract_id: PathId, data: StageBack) -> HttpResponse:
    """Go one stage back, with the reason."""
    return _done(
        request, moved_contract_id, lambda base: saved(take_back_contract(**base, **_of(data)))
    )


@resource.writes(
    "POST", "/{contract_id}/suspensions", name="suspend_contract", right=RIGHT, status=201
)
def suspend(request: ApiRequest, contract_id: PathId, data: SuspensionInput) -> HttpResponse:
    """Suspend: no cover on these days, and no promised time begins."""
    return _saved(request, contract_id, suspend_contract, data, 201)


@resource.writes("POST", "/{moved_contract_id}/resume", name="resume_contract", right=RIGHT)
def resume(request: ApiRequest, moved_contract_id: PathId, data: Resumption) -> HttpResponse:
    """Let it cover again."""
    return _done(
        request, moved_contract_id, lambda base: saved(resume_contract(**base, **_of(data)))
    )


@resource.writes(
    "POST", "/{moved_contract_id}/renew", name="renew_contract", right=RIGHT, status=201
)
def renew(request: ApiRequest, moved_contract_id: PathId, data: RenewalInput) -> HttpResponse:
    """Sign the contract that follows; the cycle begins again."""
    return _saved(request, moved_contract_id, renew_contract, data, 201)


@resource.writes("POST", "/{contract_id}/quotas", name="grant_quota", right=RIGHT, status=201)
def quota(request: ApiRequest, contract_id: PathId, data: QuotaInput) -> HttpResponse:
    """Add visits or hours."""
    granted = QuotaData(**_of(data))
    return _done(request, contract_id, lambda base: _made(grant_quota(**base, data=granted)), 201)


@resource.writes("POST", "/{moved_contract_id}/uses", name="use_quota", right=RIGHT, status=201)
def use(request: ApiRequest, moved_contract_id: PathId, data: UseInput) -> HttpResponse:
    """Count down; 409 `quota_used_up` when less than that is left."""
    used = UseData(**_of(data))
    return _done(request, moved_contract_id, lambda base: _made(use_quota(**base, data=used)), 201)


@resource.writes("POST", "/{contract_id}/agreements", name="add_agreement", right=RIGHT, status=201)
def agree(request: ApiRequest, contract_id: PathId, data: AgreementInput) -> HttpResponse:
    """Hold a further term with the contract."""
    agreed = AgreementData(data.text, data.agreed_on, data.due_on, data.person_id)
    return _done(request, contract_id, lambda base: saved(add_agreement(**base, data=agreed)), 201)


@agreements.writes("POST", "/{agreement_id}/settle", name="settle_agreement", right=RIGHT)
def settle(request: ApiRequest, agreement_id: PathId, data: Settlement) -> HttpResponse:
    """Record that it was kept, or that it no longer binds."""
    call = request.auth
    shared: dict[str, Any] = {
        "actor": call.actor,
        "agreement_id": agreement_id,
        "version": data.version,
        "outcome": data.outcome,
        "now": call.now,
    }

    def step() -> JSON:
        if data.kept_on is None:
            return saved(withdraw_agreement(**shared))
        return saved(keep_agreement(**shared, kept_on=data.kept_on))

    return written(request, step)


def _of(data: Input) -> dict[str, Any]:
    return {name: getattr(data, name) for name in type(data).model_fields}


def _saved(
    request: ApiRequest, contract_id: str, service: Any, data: Input, status: int = 200
) -> HttpResponse:
    """One service that takes what was sent, field by field."""
    return _done(request, contract_id, lambda base: saved(service(**base, **_of(data))), status)


def _done(request: ApiRequest, contract_id: str, step: Any, status: int = 200) -> HttpResponse:
    call = request.auth
    base = {"actor": call.actor, "contract_id": contract_id, "now": call.now}
    return written(request, lambda: step(base), status=status)


def _made(row: Any) -> JSON:
    """A row that never changes is version 1 for good."""
    return {"id": str(row.public_id), "version": 1}
