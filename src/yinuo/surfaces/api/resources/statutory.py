"""`/statutory-years`: the days off that calendars count with, and entering a year."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import Field

from yinuo.domains.contracts.services import enter_statutory_year
from yinuo.domains.contracts.services.statutory import FURTHEST_AHEAD, ZONE
from yinuo.domains.contracts.statutory import list_years
from yinuo.domains.network.permissions import Permission
from yinuo.kernel.calendars import StatutoryYear
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Input, Name
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import statutory as shapes

resource = Resource("statutory years")

Days = Annotated[list[Day], Field(max_length=366)]


class YearInput(Input):
    """Days off and worked weekend days of a year; `source` names the notice."""

    year: Annotated[int, Field(ge=2000, lt=2200)]
    off: Days
    worked: Days = []
    source: Name


@resource.reads(
    "", name="list_statutory_years", right=Permission.PLAN_READ, gives=shapes.StatutoryYears
)
def list_all(request: ApiRequest) -> HttpResponse:
    """Last year, this year and the next two."""
    call = request.auth
    this_year = call.now.astimezone(ZONE).year
    rows = list_years(call.actor, this_year - 1, this_year + FURTHEST_AHEAD)
    return listed(Page(rows, ""), shapes.statutory_year)


@resource.writes(
    "POST",
    "",
    name="enter_statutory_year",
    right=Permission.PLAN_PUBLISH,
    gives=shapes.EnteredYear,
    status=201,
)
def enter_one(request: ApiRequest, data: YearInput) -> HttpResponse:
    """Enter or correct a year; running promises are computed anew."""

    def action() -> dict[str, Any]:
        call = request.auth
        days = StatutoryYear(data.year, frozenset(data.off), frozenset(data.worked))
        row = enter_statutory_year(actor=call.actor, days=days, source=data.source, now=call.now)
        return {"id": str(row.public_id), "year": row.year}

    return written(request, action, status=201)
