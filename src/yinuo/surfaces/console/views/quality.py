"""How promises were kept in a month, by unit and by promise, down to each miss; for leadership."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinuo.domains.feedback.scores import months_before
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import get_unit
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations import quality as reading
from yinuo.kernel.plan.words import PROMISES
from yinuo.platform.days import span_of_month
from yinuo.platform.files.serving import document_response
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.spreadsheets import XLSX, write_xlsx
from yinuo.surfaces.console import quality_columns, words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.exports import FORMAT, is_wanted
from yinuo.surfaces.console.heads import heads_of
from yinuo.surfaces.console.promises import running_bars
from yinuo.surfaces.console.views.lists import Listing

MISSED = "missed"
MONTHS_SHOWN = 13


@require_GET
@page
def quality(request: HttpRequest) -> HttpResponse:
    """The units of a month with what each kept and missed; its promises; each miss."""
    actor = actor_of(request)
    require(actor, Permission.EXPOSURE_READ)
    months = months_before(timezone.localdate(), MONTHS_SHOWN)
    month = next((one for one in months if f"{one:%Y-%m}" == request.GET.get("month")), months[0])
    period, chosen = _period(request, actor, month)
    by = request.GET.get("by", "")
    by = by if by in (reading.BY_PROMISE, MISSED) else reading.BY_UNIT
    groups = _groups(actor, period, reading.BY_PROMISE if by == MISSED else by)
    if is_wanted(request):
        return _workbook(groups)
    context = {
        "by": by,
        "tabs": [
            (reading.BY_UNIT, _("By unit")),
            (reading.BY_PROMISE, _("By promise")),
            (MISSED, _("Each miss")),
        ],
        "months": [(f"{one:%Y-%m}", one) for one in months],
        "month": f"{month:%Y-%m}",
        "total": reading.total(groups),
        "chosen": chosen,
        "list": _missed(request, actor, period)
        if by == MISSED
        else Listing(tuple(groups), "", "", ""),
    }
    return render(request, "console/lists/quality.html", context)


def _period(
    request: HttpRequest, actor: Actor, month: date
) -> tuple[reading.Period, dict[str, str]]:
    """The month in the company's zone, narrowed as asked; a unit outside the scope is absent."""
    since, until = span_of_month(month)
    promise = request.GET.get("promise", "")
    promise = promise if promise in PROMISES else ""
    chosen = {"promise": _promise(promise)} if promise else {}
    unit_id = None
    if parse_public_id(request.GET.get("unit", "")):
        unit = get_unit(actor, request.GET["unit"])
        unit_id, chosen["unit"] = unit.id, unit.name
    return reading.Period(since, until, unit_id, promise), chosen


def _groups(actor: Actor, period: reading.Period, by: str) -> list[reading.QualityGroup]:
    groups = reading.quality_by(actor, period, by)
    if by == reading.BY_UNIT:
        return groups
    return [
        reading.QualityGroup(one.code, _promise(one.code), one.kept, one.public_id)
        for one in groups
    ]


def _promise(code: str) -> str:
    title = PROMISES.get(code)
    return words.in_language(title.zh, title.en) if title else code


def _missed(request: HttpRequest, actor: Actor, period: reading.Period) -> Listing:
    cursor = request.GET.get("cursor", "")
    found = reading.list_missed(actor, period, cursor=cursor)
    heads = heads_of(actor, found.items)
    bars = running_bars(found.items, timezone.now())
    rows: tuple[Any, ...] = tuple((bar, heads.get(bar.promise.subject_id)) for bar in bars)
    return Listing(rows, "", cursor, found.next_cursor)


def _workbook(groups: list[reading.QualityGroup]) -> HttpResponse:
    shown = quality_columns.GROUPS
    content = write_xlsx(
        _("Promises kept"),
        [str(one.head) for one in shown],
        ([one.value(group) for one in shown] for group in groups),
        ZoneInfo(settings.TIME_ZONE),
    )
    return document_response(content, f"{_('Promises kept')}.{FORMAT}", XLSX)
