"""`/customers`: list, read, create, edit."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.customers.selectors import get_customer, list_customers
from yinuo.domains.customers.services import create_customer, edit_customer
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Label, Line, Name, Paging, PathId, Remark, Version
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import customers as shapes

resource = Resource("customers")


class CustomerFilters(Paging):
    """Which customers to list: `text` narrows by name or short name."""

    text: Line = ""


class CustomerInput(Input):
    """A new customer of a unit."""

    unit_id: Id
    name: Name
    short_name: Label = ""
    notes: Remark = ""
    parent_id: Id | None = None


class CustomerEdit(Input):
    """A customer's own data, all of it."""

    version: Version
    name: Name
    short_name: Label
    notes: Remark
    parent_id: Id | None
    active: bool


@resource.reads("", name="list_customers", right=Permission.CUSTOMER_READ, gives=shapes.Customers)
def list_all(request: ApiRequest, filters: Query[CustomerFilters]) -> HttpResponse:
    """Visible customers by name."""
    page = list_customers(
        request.auth.actor, text=filters.text, cursor=filters.cursor, limit=filters.limit
    )
    return listed(page, shapes.customer)


@resource.writes("POST", "", name="create_customer", right=Permission.CUSTOMER_WRITE, status=201)
def create_one(request: ApiRequest, data: CustomerInput) -> HttpResponse:
    """Open a customer file."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            create_customer(
                actor=call.actor,
                unit_id=data.unit_id,
                name=data.name,
                short_name=data.short_name,
                notes=data.notes,
                parent_id=data.parent_id,
                now=call.now,
            )
        ),
        status=201,
    )


@resource.reads(
    "/{customer_id}",
    name="get_customer",
    right=Permission.CUSTOMER_READ,
    gives=shapes.CustomerShape,
)
def get_one(request: ApiRequest, customer_id: PathId) -> HttpResponse:
    """One customer."""
    return shown(shapes.customer(get_customer(request.auth.actor, customer_id)))


@resource.writes("PUT", "/{customer_id}", name="edit_customer", right=Permission.CUSTOMER_WRITE)
def edit_one(request: ApiRequest, customer_id: PathId, data: CustomerEdit) -> HttpResponse:
    """Replace a customer's own data."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: edit_customer(
            actor=call.actor,
            customer_id=customer_id,
            version=data.version,
            name=data.name,
            short_name=data.short_name,
            notes=data.notes,
            active=data.active,
            parent_id=data.parent_id,
            now=call.now,
        ),
        lambda: shapes.customer(get_customer(call.actor, customer_id)),
    )
