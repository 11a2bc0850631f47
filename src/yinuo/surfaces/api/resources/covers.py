"""`/covers`: which cover applies, with every candidate and why it lost."""

from __future__ import annotations

from typing import Literal

from django.http import HttpResponse

from yinuo.domains.contracts.candidates import Question, explain_cover
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import shown
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Instant, Label, Word
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import covers as shapes

resource = Resource("covers")


class CoverQuestion(Input):
    """Of which thing, as of when (now when left out), and what is known of the case.

    `component` is a serial number; `tried` tells that a repair failed, or that replacing the part
    did not help.
    """

    customer_id: Id
    site_id: Id | None = None
    asset_id: Id | None = None
    at: Instant | None = None
    category: Word = ""
    cause: Word = ""
    component: Label = ""
    tried: Literal["", "repair_failed", "not_replaceable"] = ""
    consumable: bool = False


@resource.computes(
    "/explain",
    name="explain_cover",
    right=Permission.CONTRACT_READ,
    gives=shapes.ExplainedCover,
)
def explain(request: ApiRequest, data: CoverQuestion) -> HttpResponse:
    """The best of warranty, contract, goodwill and paid, per labour, parts and travel."""
    call = request.auth
    question = Question(
        customer_id=data.customer_id,
        at=data.at or call.now,
        site_id=data.site_id,
        asset_id=data.asset_id,
        category=data.category,
        cause=data.cause,
        component=data.component,
        tried=data.tried,
        is_consumable=data.consumable,
    )
    return shown(shapes.explained(explain_cover(call.actor, question)))
