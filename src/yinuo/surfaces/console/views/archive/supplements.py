"""A supplement of a contract, and the cases it reached back to."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yinuo.domains.breaches.contract_sums import amounts_of_subjects
from yinuo.domains.contracts.life import life_of
from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.obligations.reaching import cases_reached
from yinuo.platform.errors import NotFound
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.heads import heads_of


@require_GET
@page
def one(request: HttpRequest, contract_id: UUID, supplement_id: UUID) -> HttpResponse:
    """What a supplement changes, and which cases begun before it was agreed it reaches."""
    actor = actor_of(request)
    contract = get_contract(actor, contract_id)
    known = life_of(actor, contract_id, timezone.localdate()).supplements
    supplement = next((one for one in known if one.public_id == supplement_id), None)
    if supplement is None:
        raise NotFound
    reached = cases_reached(actor, contract_id, supplement)
    heads = heads_of(actor, reached)
    amounts = amounts_of_subjects(actor, [one.subject_id for one in reached])
    context = {
        "contract": contract,
        "supplement": supplement,
        "cases": [(one, heads.get(one.subject_id), amounts.get(one.subject_id)) for one in reached],
        "open_cases": sum(one.is_open for one in reached),
    }
    return render(request, "console/archive/supplement.html", context)
