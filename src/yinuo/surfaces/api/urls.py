"""The API as one object: its resources, its errors, its description at `openapi.json`."""

from __future__ import annotations

from yinuo.surfaces.api.frame import RestApi
from yinuo.surfaces.api.resources import (
    asset_parts,
    contacts,
    contract_life,
    covers,
    customer_visits,
    feedback,
    files,
    imports,
    letters,
    network,
    notices,
    obligations,
    papers,
    plans,
    prices,
    projects,
    quotes,
    reports,
    sites,
    statutory,
    support_groups,
    work_orders,
)

api = RestApi()
for prefix, resource in {
    "/units": network.units,
    "/people": network.people,
    "/customers": customer_visits.resource,
    "/sites": sites.resource,
    "/contacts": contacts.resource,
    "/projects": projects.resource,
    "/assets": asset_parts.resource,
    "/components": asset_parts.components,
    "/downtimes": asset_parts.downtimes,
    "/plan-versions": plans.resource,
    "/statutory-years": statutory.resource,
    "/contracts": contract_life.resource,
    "/agreements": contract_life.agreements,
    "/covers": covers.resource,
    "/imports": imports.resource,
    "/requests": files.resource,
    "/support-groups": support_groups.resource,
    "/work-orders": work_orders.resource,
    "/reports": reports.resource,
    "/report-deliveries": reports.deliveries,
    "/call-backs": feedback.call_backs,
    "/history": feedback.history,
    "/price-lists": prices.resource,
    "/quotes": quotes.resource,
    "/letters": letters.resource,
    "/obligations": obligations.resource,
    "/papers": papers.resource,
    "/notices": notices.resource,
}.items():
    api.add_router(prefix, resource.router)
