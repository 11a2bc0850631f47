"""`/charge-proposals`: what finished sheets call for, entered or rejected by a person."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import Field

from yinuo.domains.billing.proposals import propose_charges
from yinuo.domains.billing.services import accept_proposal, reject_proposal
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Input, PathId, Remark
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.prices import MOST_ITEMS, ItemInput
from yinuo.surfaces.api.resources.request_acts import resource as requests
from yinuo.surfaces.api.shapes import charge_proposals as shapes
from yinuo.surfaces.api.shapes.charges import EnteredCharges

resource = Resource("charges")


class ProposalAcceptance(Input):
    """The items to enter; none: those proposed. A figure still empty there must be given here."""

    items: Annotated[list[ItemInput], Field(max_length=MOST_ITEMS)] = []


class ProposalRejection(Input):
    """Why a finished sheet is not charged."""

    reason: Remark


@requests.reads(
    "/{request_id}/charge-proposals",
    name="list_charge_proposals",
    right=Permission.CHARGE_WRITE,
    gives=shapes.ChargeProposals,
)
def list_all(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """The finished sheets of a request that were neither charged nor rejected."""
    proposals = propose_charges(request.auth.actor, request_id)
    return shown({"items": [shapes.proposal(one) for one in proposals]})


@resource.writes(
    "POST",
    "/{work_order_id}/acceptance",
    name="accept_charge_proposal",
    right=Permission.CHARGE_WRITE,
    gives=EnteredCharges,
    status=201,
)
def accept_one(
    request: ApiRequest, work_order_id: PathId, data: ProposalAcceptance
) -> HttpResponse:
    """Enter what is proposed for a sheet into the ledger."""

    def action() -> dict[str, Any]:
        call = request.auth
        rows = accept_proposal(
            actor=call.actor,
            work_order_id=work_order_id,
            items=[one.item() for one in data.items],
            now=call.now,
        )
        return {"ids": [str(row.public_id) for row in rows]}

    return written(request, action, status=201)


@resource.writes(
    "POST",
    "/{work_order_id}/rejection",
    name="reject_charge_proposal",
    right=Permission.CHARGE_WRITE,
    gives=shapes.RejectedProposal,
    status=201,
)
def reject_one(request: ApiRequest, work_order_id: PathId, data: ProposalRejection) -> HttpResponse:
    """Do not charge a sheet; it is proposed no more."""

    def action() -> dict[str, Any]:
        call = request.auth
        rejection = reject_proposal(
            actor=call.actor, work_order_id=work_order_id, reason=data.reason, now=call.now
        )
        return {"id": str(rejection.public_id)}

    return written(request, action, status=201)
