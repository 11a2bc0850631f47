"""Appraisal inputs of a month or a year: people, units, one person month by month."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yinuo.domains.appraisal.selectors import appraise_people, appraise_person, appraise_units
from yinuo.domains.appraisal.types import Appraisal, Period
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Forbidden
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.paging import Page
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.appraisal_columns import MONTHS, PEOPLE, UNITS
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.periods import periods, span_of, years_before
from yinuo.surfaces.console.views.archive.customers import units_for
from yinuo.surfaces.console.views.lists import Listing, searched

BY_UNIT = "unit"


@require_GET
@page
def overview(request: HttpRequest) -> HttpResponse:
    """Everybody of one's units, or the units themselves, in a month or a year."""
    actor = actor_of(request)
    require(actor, Permission.SCORE_READ)
    shown = periods(timezone.localdate(), request.GET.get("period", ""))
    period = Period(shown.span.since, shown.span.until)
    by_unit = request.GET.get("by", "") == BY_UNIT
    given = request.GET.get("unit", "")
    unit_id = given if parse_public_id(given) else ""
    if is_wanted(request):
        return _exported(request, period, unit_id, by_unit=by_unit)
    context = {
        "list": _units(actor, period) if by_unit else _people(request, actor, period, unit_id),
        "period": shown.chosen,
        "months": shown.months,
        "years": shown.years,
        "is_month": len(shown.chosen) > len(str(period.since.year)),
        "by": BY_UNIT if by_unit else "person",
        "tabs": (("person", _("By person")), (BY_UNIT, _("By unit"))),
        "unit": unit_id,
        "units": units_for(actor, Permission.SCORE_READ),
        "since": period.since,
    }
    return render(request, "console/lists/appraisal.html", context)


@require_GET
@page
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person's year, month by month."""
    return _person(request, actor_of(request), person_id, is_own=False)


@require_GET
@page
def own(request: HttpRequest) -> HttpResponse:
    """One's own year."""
    actor = actor_of(request)
    require(actor, Permission.SCORE_OWN)
    if actor.person_public_id is None:
        raise Forbidden
    return _person(request, actor, actor.person_public_id, is_own=True)


def _person(request: HttpRequest, actor: Actor, person_id: UUID, *, is_own: bool) -> HttpResponse:
    years = years_before(timezone.localdate())
    wanted = request.GET.get("year", "")
    year = wanted if wanted in years else years[0]
    span = span_of(year)
    period = Period(span.since, span.until)
    whole, lines = appraise_person(actor, person_id, period, timezone.localdate())
    if is_wanted(request):
        title = f"{_('Appraisal')} {whole.name} {year}"
        return workbook(request, title, MONTHS, _once(lines))
    is_self = person_id == actor.person_public_id
    context = {
        "whole": whole,
        "lines": lines,
        "year": year,
        "years": years,
        # One's own figures open one's own pages, where one has them.
        "is_own": is_own or (is_self and actor.may(Permission.SCORE_OWN)),
        "sees_others": actor.may(Permission.SCORE_READ),
    }
    return render(request, "console/scores/appraisal.html", context)


def _people(request: HttpRequest, actor: Actor, period: Period, unit_id: str) -> Listing:
    text, cursor = searched(request), request.GET.get("cursor", "")
    found = appraise_people(actor, period, unit_id=unit_id or None, text=text, cursor=cursor)
    is_narrowed = bool(text or unit_id)
    return Listing(
        found.items,
        text,
        cursor,
        found.next_cursor,
        is_narrowed=is_narrowed,
        can_export=True,
    )


def _units(actor: Actor, period: Period) -> Listing:
    return Listing(tuple(appraise_units(actor, period)), "", "", "", can_export=True)


def _exported(request: HttpRequest, period: Period, unit_id: str, *, by_unit: bool) -> HttpResponse:
    title = f"{_('Appraisal')} {period.since:%Y-%m}"
    if by_unit:
        return workbook(request, title, UNITS, _once(appraise_units(actor_of(request), period)))
    narrowed = {"unit_id": unit_id or None, "text": searched(request)}
    return workbook(request, title, PEOPLE, appraise_people, period=period, **narrowed)


def _once(rows: list[Appraisal]) -> Any:
    """The rows as the one page of a list."""

    def read(_actor: Actor, **_given: Any) -> Page[Appraisal]:
        return Page(tuple(rows), "")

    return read
