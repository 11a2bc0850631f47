"""`/contracts/{id}/supplements`: look at one, add it, read the cases it reached back to."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.breaches.contract_sums import amounts_of_subjects
from yinuo.domains.contracts.life import get_supplement
from yinuo.domains.contracts.services import SupplementData, add_supplement
from yinuo.domains.network.permissions import Permission
from yinuo.domains.obligations.reaching import cases_reached
from yinuo.domains.obligations.supplementing import what_supplement_changes
from yinuo.surfaces.api.answers import shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Input, Money, Paging, PathId, text
from yinuo.surfaces.api.resources.contract_promises import resource
from yinuo.surfaces.api.resources.contracts import Parameters
from yinuo.surfaces.api.shapes import supplements as shapes

__all__ = ["resource"]


class SupplementInput(Input):
    """What changes from a day on; what is left out stays."""

    number: Annotated[str, text(60)]
    effective_on: Day
    total: Money | None = None
    annual_fee: Money | None = None
    ends_on: Day | None = None
    parameters: Parameters = {}
    note: Annotated[str, text(2_000)] = ""

    def supplement(self) -> SupplementData:
        """What the services take."""
        return SupplementData(**{name: getattr(self, name) for name in type(self).model_fields})


@resource.computes(
    "/{contract_id}/supplements/preview",
    name="preview_supplement",
    right=Permission.CONTRACT_WRITE,
    gives=shapes.IfSupplementedShape,
)
def preview(
    request: ApiRequest, contract_id: PathId, data: SupplementInput, paging: Query[Paging]
) -> HttpResponse:
    """What this supplement would change, case by case, if it were added now; nothing is written."""
    call = request.auth
    found = what_supplement_changes(
        call.actor,
        contract_id,
        data.supplement(),
        call.now,
        cursor=paging.cursor,
        limit=paging.limit,
    )
    return shown(shapes.if_supplemented(found))


@resource.writes(
    "POST",
    "/{contract_id}/supplements",
    name="add_supplement",
    right=Permission.CONTRACT_WRITE,
    status=201,
)
def add(request: ApiRequest, contract_id: PathId, data: SupplementInput) -> HttpResponse:
    """Change total, fee, end or figures from a day on, for good."""

    def action() -> dict[str, Any]:
        call = request.auth
        made = add_supplement(
            actor=call.actor, contract_id=contract_id, data=data.supplement(), now=call.now
        )
        # A supplement never changes: it is version 1 for good.
        return {"id": str(made.public_id), "version": 1}

    return written(request, action, status=201)


@resource.reads(
    "/{contract_id}/supplements/{supplement_id}/cases",
    name="list_supplement_cases",
    right=Permission.CONTRACT_READ,
    gives=shapes.ReachedCasesShape,
)
def cases(
    request: ApiRequest, contract_id: PathId, supplement_id: PathId, paging: Query[Paging]
) -> HttpResponse:
    """The cases a supplement reached back to, open ones and new ones leading."""
    actor = request.auth.actor
    supplement = get_supplement(actor, contract_id, supplement_id)
    found = cases_reached(actor, contract_id, supplement, cursor=paging.cursor, limit=paging.limit)
    amounts = amounts_of_subjects(actor, [one.subject_id for one in found.page.items])
    return shown(shapes.reached_cases(found, amounts))
