"""The API as one object: its resources, its errors, its description at `openapi.json`."""

from __future__ import annotations

from yinuo.surfaces.api.frame import RestApi
from yinuo.surfaces.api.resources import (
    assets,
    contacts,
    contracts,
    customers,
    network,
    notices,
    obligations,
    plans,
    projects,
    request_acts,
    sites,
    work_orders,
)

api = RestApi()
for prefix, resource in {
    "/units": network.units,
    "/people": network.people,
    "/customers": customers.resource,
    "/sites": sites.resource,
    "/contacts": contacts.resource,
    "/projects": projects.resource,
    "/assets": assets.resource,
    "/plan-versions": plans.resource,
    "/contracts": contracts.resource,
    "/requests": request_acts.resource,
    "/work-orders": work_orders.resource,
    "/obligations": obligations.resource,
    "/notices": notices.resource,
}.items():
    api.add_router(prefix, resource.router)
