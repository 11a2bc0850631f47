"""Exposure now: what misses have cost so far, and what open promises would cost if missed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import get_unit
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations import exposure as reading
from yinuo.platform.files.serving import document_response
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.spreadsheets import XLSX, write_xlsx
from yinuo.surfaces.console import exposure_columns as columns
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.exports import FORMAT, is_wanted, workbook
from yinuo.surfaces.console.heads import heads_of
from yinuo.surfaces.console.promises import running_bars
from yinuo.surfaces.console.views.lists import Listing

OPEN, OVER = "promise", "accrued"


@require_GET
@page
def exposure(request: HttpRequest) -> HttpResponse:
    """The sums, then contracts, customers, units or promises, narrowed to one of them if asked."""
    actor = actor_of(request)
    require(actor, Permission.EXPOSURE_READ)
    by = _asked(request)
    part, chosen = _part(request, actor)
    if is_wanted(request):
        return _workbook(request, actor, by, part)
    context = {
        "by": by,
        "tabs": [(name, _label(name)) for name in (*reading.GROUPS, OPEN, OVER)],
        "sums": reading.sum_exposure(actor, part),
        "unpriced": reading.count_unpriced(actor, part),
        "chosen": chosen,
        "currency": part.currency,
        "currencies": reading.currencies(),
        "most": reading.MOST_SHOWN,
        "list": _listing(request, actor, by, part),
    }
    return render(request, "console/lists/exposure.html", context)


def _currency(request: HttpRequest) -> str:
    asked = request.GET.get("currency", "")
    return asked if asked in reading.currencies() else reading.CNY


def _asked(request: HttpRequest) -> str:
    by = request.GET.get("by", "")
    return by if by in (*reading.GROUPS, OPEN, OVER) else reading.BY_CONTRACT


def _label(by: str) -> str:
    return {
        reading.BY_CONTRACT: _("By contract"),
        reading.BY_CUSTOMER: _("By customer"),
        reading.BY_UNIT: _("By unit"),
        OPEN: _("Open promises"),
        OVER: _("Already missed"),
    }[by]


def _listing(request: HttpRequest, actor: Actor, by: str, part: reading.Part) -> Listing:
    cursor = request.GET.get("cursor", "")
    if by in reading.GROUPS:
        return Listing(tuple(reading.group_exposure(actor, by, part)), "", "", "", can_export=True)
    read = reading.list_priced if by == OPEN else reading.list_accrued
    found = read(actor, part, cursor=cursor)
    heads = heads_of(actor, found.items)
    bars = running_bars(found.items, timezone.now())
    rows = tuple((bar, heads.get(bar.promise.subject_id)) for bar in bars)
    return Listing(rows, "", cursor, found.next_cursor, can_export=True)


def _workbook(request: HttpRequest, actor: Actor, by: str, part: reading.Part) -> HttpResponse:
    if by not in reading.GROUPS:
        read = reading.list_priced if by == OPEN else reading.list_accrued
        return workbook(request, _label(by), columns.PROMISES, read, part=part)
    groups = reading.group_exposure(actor, by, part, most=reading.MOST_GROUPS)
    shown = columns.GROUPS[by]
    content = write_xlsx(
        _("Exposure"),
        [str(one.head) for one in shown],
        ([one.value(group) for one in shown] for group in groups),
        ZoneInfo(settings.TIME_ZONE),
    )
    return document_response(content, f"{_('Exposure')}.{FORMAT}", XLSX)


def _part(request: HttpRequest, actor: Actor) -> tuple[reading.Part, dict[str, Any]]:
    """What the address narrows to; a contract, customer or unit outside the scope is absent."""
    part, chosen = reading.Part(currency=_currency(request)), dict[str, Any]()
    if parse_public_id(request.GET.get("contract", "")):
        contract = chosen["contract"] = get_contract(actor, request.GET["contract"])
        part = replace(part, contract_id=contract.id)
    if parse_public_id(request.GET.get("customer", "")):
        customer = chosen["customer"] = get_customer(actor, request.GET["customer"])
        part = replace(part, customer_id=customer.id)
    if parse_public_id(request.GET.get("unit", "")):
        unit = chosen["unit"] = get_unit(actor, request.GET["unit"])
        part = replace(part, unit_id=unit.id)
    return part, chosen
