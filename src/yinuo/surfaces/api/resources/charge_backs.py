"""`/charge-backs`: charge units below for their part of misses, list, read, and the documents."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.billing.charge_back_document import charge_back_paper
from yinuo.domains.billing.charge_back_selectors import get_charge_back, list_charge_backs
from yinuo.domains.billing.paper_forms import PaperForm
from yinuo.domains.billing.services import issue_charge_back
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Name, Paging, PathId
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.reports import InLanguage
from yinuo.surfaces.api.shapes import after
from yinuo.surfaces.api.shapes import charge_backs as shapes

resource = Resource("charge-backs")


class ChargeBackFilters(Paging):
    """Which charge-backs to list."""

    text: Name = ""


class ChargeBackInput(Input):
    """Who is charged, and the last day of misses that count."""

    unit_id: Id
    until: Day


@resource.reads(
    "", name="list_charge_backs", right=Permission.BREACH_READ, gives=shapes.ChargeBacks
)
def list_all(request: ApiRequest, filters: Query[ChargeBackFilters]) -> HttpResponse:
    """Visible charge-backs, newest first."""
    page = list_charge_backs(
        request.auth.actor, text=filters.text, cursor=filters.cursor, limit=filters.limit
    )
    return listed(page, shapes.charge_back_head)


@resource.writes(
    "POST",
    "",
    name="issue_charge_back",
    right=Permission.BREACH_APPROVE,
    gives=shapes.IssuedChargeBack,
    status=201,
)
def issue_one(request: ApiRequest, data: ChargeBackInput) -> HttpResponse:
    """Charge a unit its part of approved penalties that no charge-back holds yet, in yuan."""

    def action() -> dict[str, Any]:
        call = request.auth
        made = issue_charge_back(
            actor=call.actor, unit_id=data.unit_id, until=data.until, now=call.now
        )
        return {"id": str(made.public_id), "number": made.number, "total": f"{made.total:.2f}"}

    return written(request, action, status=201)


@resource.reads(
    "/{charge_back_id}",
    name="get_charge_back",
    right=Permission.BREACH_READ,
    gives=shapes.ChargeBackShape,
)
def get_one(request: ApiRequest, charge_back_id: PathId) -> HttpResponse:
    """One charge-back with its lines."""
    return shown(shapes.charge_back(get_charge_back(request.auth.actor, charge_back_id)))


def _given_as(form: PaperForm) -> None:
    """Declare the reading of a charge-back in one form."""

    @resource.reads(
        f"/{{charge_back_id}}/{form}",
        name=f"get_charge_back_{form}",
        right=Permission.BREACH_READ,
        gives=after.ContentShape,
    )
    def get_paper(
        request: ApiRequest, charge_back_id: PathId, how: Query[InLanguage]
    ) -> HttpResponse:
        """The charge-back as a document in a language."""
        found = get_charge_back(request.auth.actor, charge_back_id)
        return shown(after.content(*charge_back_paper(found, form, how.language.value)))


for one in PaperForm:
    _given_as(one)
