"""The breach ledger: the list with its sums, the sums by leg, one breach. Reading only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinuo.domains.breaches.leg_sums import sum_legs
from yinuo.domains.breaches.selectors import (
    PRICED,
    WAITING,
    Narrowed,
    get_breach,
    list_breaches,
    sum_breaches,
)
from yinuo.domains.breaches.types import BreachRow, BreachView
from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import get_unit, list_units
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.requests.attachments import list_attachments
from yinuo.kernel.breach_states import BreachState
from yinuo.platform.files.serving import document_response
from yinuo.platform.files.types import FileView
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.paging import Page
from yinuo.platform.spreadsheets import XLSX, write_xlsx
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.breach_columns import BREACHES, LEG_SUMS
from yinuo.surfaces.console.breach_words import BREACH_STATES
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.heads import heads_of
from yinuo.surfaces.console.views.lists import Listing, searched

# A breach of such a subject has a case with files.
CASE = "request"


@require_GET
@page
def breaches(request: HttpRequest) -> HttpResponse:
    """Missed promises, the latest first, narrowed as asked, with what they come to."""
    actor = actor_of(request)
    require(actor, Permission.BREACH_READ)
    narrowed, chosen = _narrowed(request, actor)
    if is_wanted(request):
        return workbook(request, _("Breach ledger"), BREACHES, _reader(narrowed))
    cursor = request.GET.get("cursor", "")
    found = list_breaches(actor, narrowed, cursor=cursor)
    heads = heads_of(actor, found.items)
    rows = tuple((row, heads.get(row.subject_id)) for row in found.items)
    is_narrowed = narrowed != replace(Narrowed(), zone=settings.TIME_ZONE)
    listing = Listing(
        rows, narrowed.text, cursor, found.next_cursor, is_narrowed=is_narrowed, can_export=True
    )
    context = {
        "list": listing,
        "narrowed": narrowed,
        "chosen": chosen,
        "sums": sum_breaches(actor, narrowed),
        "states": [
            (WAITING, _("waiting for approval")),
            (PRICED, _("with a price")),
            *BREACH_STATES.items(),
        ],
        "units": list_units(actor),
    }
    return render(request, "console/lists/breaches.html", context)


@require_GET
@page
def legs(request: HttpRequest) -> HttpResponse:
    """The same list by leg and unit: whose late minutes they were, and what they come to."""
    actor = actor_of(request)
    require(actor, Permission.BREACH_READ)
    narrowed, chosen = _narrowed(request, actor)
    sums = sum_legs(actor, narrowed, timezone.now())
    if is_wanted(request):
        rows = ([column.value(row) for column in LEG_SUMS] for row in sums)
        heads = [str(one.head) for one in LEG_SUMS]
        content = write_xlsx(_("By leg"), heads, rows, ZoneInfo(settings.TIME_ZONE))
        return document_response(content, f"{_('By leg')}.xlsx", XLSX)
    context = {
        "sums": sums,
        "narrowed": narrowed,
        "chosen": chosen,
        "units": list_units(actor),
        "totals": _totals(sums),
    }
    return render(request, "console/breaches/legs.html", context)


@require_GET
@page
def one(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """One breach: extent, clause, facts, computation, money, hands, what was done."""
    found = get_breach(actor_of(request), breach_id)
    return render(request, "console/breaches/page.html", shown(request, found))


def shown(request: HttpRequest, found: BreachView) -> dict[str, Any]:
    """What the page of a breach needs; facts only where the reader may see the case."""
    heads = heads_of(actor_of(request), [found.row])
    head = heads.get(found.row.subject_id)
    facts = facts_of_subject(found.row.subject_id) if head is not None else []
    last = found.row.ended_at or timezone.now()
    return {
        "breach": found,
        "row": found.row,
        "head": head,
        "files": _evidence(request, found) if head is not None else [],
        "facts": [fact for fact in reversed(facts) if fact.occurred_at <= last],
        "stated": sum(entry.amount for entry in found.entries if entry.statement_id is not None),
    }


def _evidence(request: HttpRequest, found: BreachView) -> list[FileView]:
    """The files of the case, for who may see it."""
    if found.row.subject_type != CASE:
        return []
    return list_attachments(actor_of(request), found.row.subject_id)


def _totals(sums: list[Any]) -> dict[str, Any]:
    totals: dict[str, Any] = {}
    for one in sums:
        totals[one.currency] = totals.get(one.currency, 0) + one.amount
    return totals


def _reader(narrowed: Narrowed) -> Any:
    def read(actor: Actor, *, cursor: str, limit: int) -> Page[BreachRow]:
        return list_breaches(actor, narrowed, cursor=cursor, limit=limit)

    return read


def _narrowed(request: HttpRequest, actor: Actor) -> tuple[Narrowed, dict[str, Any]]:
    """What the address asks for, and the customer, contract and unit it names.

    Codes nobody knows narrow nothing; what is outside the scope is absent.
    """
    asked = request.GET
    known = {WAITING, PRICED, *(one.value for one in BreachState)}
    narrowed = Narrowed(
        state=asked.get("state", "") if asked.get("state") in known else "",
        clause=asked.get("clause", "")[:80],
        text=searched(request),
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        zone=settings.TIME_ZONE,
    )
    chosen: dict[str, Any] = {}
    readers: dict[str, Any] = {"customer": get_customer, "contract": get_contract, "unit": get_unit}
    for name, read in readers.items():
        given = asked.get(name, "")
        if parse_public_id(given):
            chosen[name] = read(actor, given)
    ids = {name: one.public_id for name, one in chosen.items()}
    narrowed = replace(
        narrowed,
        customer_id=ids.get("customer"),
        contract_id=ids.get("contract"),
        unit_id=ids.get("unit"),
    )
    return narrowed, chosen


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
