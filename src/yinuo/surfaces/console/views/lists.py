"""Lists of the archive: search, cursor paging, empty states. Reading only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinuo.domains.assets.selectors import list_assets
from yinuo.domains.contracts.ending import InCycle
from yinuo.domains.contracts.selectors import list_contracts, list_plan_versions
from yinuo.domains.customers.selectors import list_customers
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_roles, page_people
from yinuo.kernel.contract_stages import Stage
from yinuo.platform.errors import Text
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.paging import Page
from yinuo.surfaces.console import columns, words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.exports import Column, is_wanted, workbook

LONGEST_SEARCH = 200
MOST_DAYS_AHEAD = 3660


@dataclass(frozen=True, slots=True)
class Listing:
    """One list as its template needs it: the rows, what was searched, where the next ones are.

    `is_narrowed` says that an empty list is the search's doing.
    """

    rows: tuple[Any, ...]
    text: str
    cursor: str
    next_cursor: str
    is_narrowed: bool = False
    can_export: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class LivePart:
    """The part of a page that is fetched again when the counter at an address changes."""

    id: str
    counter_at: str
    counter: str


def listing(request: HttpRequest, read: Callable[..., Page[Any]], **narrowed: str) -> Listing:
    """The page of a list that the address names by `q` and `cursor`, narrowed further by name."""
    text = searched(request)
    cursor = request.GET.get("cursor", "")
    found = read(actor_of(request), text=text, cursor=cursor, **narrowed)
    return Listing(found.items, text, cursor, found.next_cursor, is_narrowed=bool(text))


def searched(request: HttpRequest) -> str:
    """What was typed into the search of a list."""
    return request.GET.get("q", "").strip()[:LONGEST_SEARCH]


def exportable(
    request: HttpRequest,
    template: str,
    read: Callable[..., Page[Any]],
    columns: Sequence[Column],
    *,
    title: Text,
    narrowed: Mapping[str, Any] = MappingProxyType({}),
    **more: Any,
) -> HttpResponse:
    """A list as its page, or as a workbook when the address asks for that."""
    sort = request.GET.get("sort", "")
    given = {**narrowed, "sort": sort}
    if is_wanted(request):
        return workbook(request, title, columns, read, text=searched(request), **given)
    found = replace(listing(request, read, **given), can_export=True, sort=sort)
    return render(request, template, {"list": found, **more})


@require_GET
@page
def customers(request: HttpRequest) -> HttpResponse:
    """Customers by name."""
    require(actor_of(request), Permission.CUSTOMER_READ)
    actor = actor_of(request)
    return exportable(
        request,
        "console/lists/customers.html",
        list_customers,
        columns.CUSTOMERS,
        title=_("Customers"),
        may_write=actor.may(Permission.CUSTOMER_WRITE),
        may_open=actor.may(Permission.REQUEST_OPEN),
    )


@require_GET
@page
def assets(request: HttpRequest) -> HttpResponse:
    """Assets, newest first, of one customer when named."""
    require(actor_of(request), Permission.ASSET_READ)
    return exportable(
        request,
        "console/lists/assets.html",
        list_assets,
        columns.ASSETS,
        title=_("Assets"),
        narrowed=_of_customer(request),
    )


@require_GET
@page
def contracts(request: HttpRequest) -> HttpResponse:
    """Contracts, newest first, of one customer or on one plan version when named; in one stage,
    or those that end within some days."""
    require(actor_of(request), Permission.CONTRACT_READ)
    return exportable(
        request,
        "console/lists/contracts.html",
        list_contracts,
        columns.CONTRACTS,
        title=_("Contracts"),
        narrowed=_of_customer(request) | _of_plan_version(request) | _of_cycle(request),
        may_renew=actor_of(request).may(Permission.CONTRACT_WRITE),
    )


@require_GET
@page
def plans(request: HttpRequest) -> HttpResponse:
    """The newest published version of each service plan."""
    require(actor_of(request), Permission.PLAN_READ)
    rows = tuple(list_plan_versions(actor_of(request), newest_only=True))
    context = {
        "list": Listing(rows, "", "", ""),
        "may_publish": actor_of(request).may(Permission.PLAN_PUBLISH)
        or actor_of(request).may(Permission.PLAN_APPROVE),
        "may_write": actor_of(request).may(Permission.PLAN_WRITE),
    }
    return render(request, "console/lists/plans.html", context)


@require_GET
@page
def people(request: HttpRequest) -> HttpResponse:
    """People with their unit and roles."""
    require(actor_of(request), Permission.PERSON_READ)
    roles = {role.code: words.in_language(role.name_zh, role.name_en) for role in list_roles()}
    context = {
        "list": listing(request, page_people),
        "roles": roles,
        "may_write": actor_of(request).may(Permission.PERSON_WRITE),
    }
    return render(request, "console/lists/people.html", context)


def _of_customer(request: HttpRequest) -> dict[str, str]:
    """The customer that the address narrows a list to, if any."""
    given = request.GET.get("customer", "")
    return {"customer_id": given} if parse_public_id(given) else {}


def _of_plan_version(request: HttpRequest) -> dict[str, str]:
    """The plan version that the address narrows contracts to, if any."""
    given = request.GET.get("plan_version", "")
    return {"plan_version_id": given} if parse_public_id(given) else {}


def _of_cycle(request: HttpRequest) -> dict[str, Any]:
    """The stage, or the days to the end, that the address narrows contracts to, if any."""
    stage, ending = request.GET.get("stage", ""), request.GET.get("ending", "")
    is_days = ending.isascii() and ending.isdigit() and int(ending) <= MOST_DAYS_AHEAD
    ended = request.GET.get("ended") == "1"
    if stage not in set(Stage) and not is_days and not ended:
        return {}
    part = InCycle(
        timezone.localdate(),
        stage=stage if stage in set(Stage) else "",
        ending=int(ending) if is_days else None,
        ended=ended,
    )
    return {"cycle": part}
