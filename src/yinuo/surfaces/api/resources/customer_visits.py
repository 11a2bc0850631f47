"""`/customers/{id}/tree` and `/customers/{id}/visits`: the company's place, calls on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.customers.selectors import get_customer, list_customer_visits
from yinuo.domains.customers.services import VisitData, record_visit
from yinuo.domains.customers.trees import customer_tree
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Name, Paging, PathId, Remark
from yinuo.surfaces.api.resources.customers import resource
from yinuo.surfaces.api.shapes import customers as shapes

__all__ = ["resource"]


class VisitInput(Input):
    """A call on a customer: who went, what for, what came of it, when again."""

    visited_on: Day
    visitors: Name
    purpose: Name
    outcome: Remark = ""
    again_on: Day | None = None
    site_id: Id | None = None
    contact_id: Id | None = None


@resource.reads(
    "/{customer_id}/tree",
    name="get_customer_tree",
    right=Permission.CUSTOMER_READ,
    gives=shapes.Tree,
)
def tree(request: ApiRequest, customer_id: PathId) -> HttpResponse:
    """The companies above and below a customer, himself included."""
    actor = request.auth.actor
    branches = customer_tree(actor, get_customer(actor, customer_id).id)
    return shown({"items": [shapes.branch(one) for one in branches]})


@resource.reads(
    "/{customer_id}/visits",
    name="list_customer_visits",
    right=Permission.CUSTOMER_READ,
    gives=shapes.CustomerVisits,
)
def list_all(request: ApiRequest, customer_id: PathId, paging: Query[Paging]) -> HttpResponse:
    """Calls on a customer, newest first; number 1 is the first visit."""
    page = list_customer_visits(
        request.auth.actor, customer_id, cursor=paging.cursor, limit=paging.limit
    )
    return listed(page, shapes.customer_visit)


@resource.writes(
    "POST",
    "/{customer_id}/visits",
    name="record_customer_visit",
    right=Permission.CUSTOMER_WRITE,
    gives=shapes.MadeShape,
    status=201,
)
def create_one(request: ApiRequest, customer_id: PathId, data: VisitInput) -> HttpResponse:
    """Record a call on a customer."""

    def action() -> dict[str, Any]:
        call = request.auth
        visit = VisitData(**data.model_dump())
        made = record_visit(actor=call.actor, customer_id=customer_id, data=visit, now=call.now)
        return {"id": str(made.public_id)}

    return written(request, action, status=201)
