"""`/appraisals`: what several domains know of people and units in a month or a year."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.appraisal.selectors import appraise_people, appraise_person, appraise_units
from yinuo.domains.appraisal.types import Period
from yinuo.domains.network.permissions import Permission
from yinuo.kernel.instants import shift_date
from yinuo.surfaces.api.answers import listed, shown
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Label, Paging, PathId
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.scores import today
from yinuo.surfaces.api.shapes import appraisals as shapes

resource = Resource("appraisals")
READ = Permission.SCORE_READ
_YEAR = 4

Months = Annotated[str, Field(pattern=r"^20[0-9]{2}(-(0[1-9]|1[0-2]))?$")]


def days_of(months: str) -> Period:
    """A month or year that fits `Months`, from its first day up to and without the last."""
    if len(months) == _YEAR:
        first = date(int(months), 1, 1)
        return Period(first, shift_date(first, months=12))
    first = date.fromisoformat(f"{months}-01")
    return Period(first, shift_date(first, months=1))


class AppraisalPeriod(Input):
    """A month as `2026-09` or a year as `2026`; this month where it is left out."""

    period: Months | None = None

    def days(self, today: date) -> Period:
        """The same from its first day up to and without the last."""
        return days_of(self.period or f"{today:%Y-%m}")


class AppraisalFilters(AppraisalPeriod, Paging):
    """People of one unit, by part of the name."""

    unit_id: Id | None = None
    q: Label = ""


@resource.reads("", name="list_appraisals", right=READ, gives=shapes.Appraisals)
def people(request: ApiRequest, filters: Query[AppraisalFilters]) -> HttpResponse:
    """People of the units whose scores the caller sees, by name."""
    call = request.auth
    page = appraise_people(
        call.actor,
        filters.days(today(request)),
        unit_id=filters.unit_id,
        text=filters.q,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.appraisal)


@resource.reads("/units", name="list_unit_appraisals", right=READ, gives=shapes.Appraisals)
def units(request: ApiRequest, filters: Query[AppraisalPeriod]) -> HttpResponse:
    """The units whose scores the caller sees."""
    call = request.auth
    rows = appraise_units(call.actor, filters.days(today(request)))
    return shown({"items": [shapes.appraisal(one) for one in rows], "next_cursor": ""})


@resource.reads(
    "/people/{person_id}", name="get_appraisal", right=READ, gives=shapes.PersonAppraisal
)
def person(request: ApiRequest, person_id: PathId, filters: Query[AppraisalPeriod]) -> HttpResponse:
    """One person's period, and each of its months that has begun or is known of already."""
    call = request.auth
    now = today(request)
    whole, months = appraise_person(call.actor, person_id, filters.days(now), now)
    return shown(
        {"whole": shapes.appraisal(whole), "months": [shapes.appraisal(one) for one in months]}
    )
