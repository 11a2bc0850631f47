"""`/visit-series`: visits that come again, their meters."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.prevention.selectors import get_series, list_series, readings_of
from yinuo.domains.prevention.services import create_series, end_series, keep_series, read_meter
from yinuo.domains.prevention.types import (
    Beat,
    Every,
    Keeping,
    Leads,
    Recurrence,
    SeriesData,
    SeriesKind,
)
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Label,
    Money,
    Name,
    Paging,
    PathId,
    Version,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import visits as shapes

resource = Resource("visits")
Sentence = Annotated[str, text(200)]
Story = Annotated[str, text(20_000)]
MonthDay = Annotated[str, Field(pattern=r"^[0-9]{2}-[0-9]{2}$")]
Days = Annotated[int, Field(ge=0, le=3_660)]


class LeadsInput(Input):
    """Days before a visit, falling from first to last."""

    contact_from: Days = 5
    contact_by: Days = 3
    remind_from: Days = 2
    remind_by: Days = 1


class SeriesFilters(Paging):
    """Which series: of one customer, of one kind, by part of title or customer."""

    customer_id: Id | None = None
    kind: SeriesKind | None = None
    ended: bool = False
    text: Sentence = ""


class SeriesInput(Input):
    """A series to set up. What belongs to another rhythm stays empty."""

    customer_id: Id
    kind: SeriesKind
    title: Name
    work: Story = ""
    rhythm: Recurrence
    starts_on: Day
    ends_on: Day | None = None
    every: Every | None = None
    seasons: Annotated[list[tuple[MonthDay, MonthDay]], Field(max_length=8)] = []
    every_days: Days | None = None
    usage_every: Money | None = None
    usage_unit: Annotated[str, text(20)] = ""
    make_up_days: Days = 0
    site_id: Id | None = None
    asset_id: Id | None = None
    contact_id: Id | None = None
    person_id: Id | None = None
    checklist: Label = ""
    leads: LeadsInput = LeadsInput()
    tells_customer: bool = False

    def data(self) -> SeriesData:
        """What the service takes."""
        return SeriesData(
            kind=self.kind.value,
            title=self.title,
            work=self.work,
            beat=Beat(
                rhythm=self.rhythm.value,
                starts_on=self.starts_on,
                ends_on=self.ends_on,
                every=self.every.value if self.every else "",
                seasons=tuple(self.seasons),
                every_days=self.every_days,
                usage_every=self.usage_every,
                usage_unit=self.usage_unit,
                make_up_days=self.make_up_days,
            ),
            site_id=self.site_id,
            asset_id=self.asset_id,
            contact_id=self.contact_id,
            person_id=self.person_id,
            checklist=self.checklist,
            leads=Leads(**self.leads.model_dump()),
            tells_customer=self.tells_customer,
        )


class SeriesChange(Input):
    """What may be changed of any series."""

    version: Version
    work: Story = ""
    contact_id: Id | None = None
    person_id: Id | None = None
    checklist: Label = ""
    leads: LeadsInput = LeadsInput()
    tells_customer: bool = False


class SeriesEnding(Input):
    """Why it ends."""

    version: Version
    reason: Sentence


class ReadingInput(Input):
    """What the meter showed on a day."""

    read_on: Day
    value: Money


@resource.reads(
    "", name="list_visit_series", right=Permission.PREVENTION_READ, gives=shapes.VisitSeriesPage
)
def list_all(request: ApiRequest, filters: Query[SeriesFilters]) -> HttpResponse:
    """Visible series, newest first."""
    given = filters.model_dump() | {"kind": filters.kind or ""}
    return listed(list_series(request.auth.actor, **given), shapes.series)


@resource.reads(
    "/{series_id}",
    name="get_visit_series",
    right=Permission.PREVENTION_READ,
    gives=shapes.VisitSeriesShape,
)
def get_one(request: ApiRequest, series_id: PathId) -> HttpResponse:
    """One series with its next day."""
    return shown(shapes.series(get_series(request.auth.actor, series_id)))


@resource.reads(
    "/{series_id}/readings",
    name="list_meter_readings",
    right=Permission.PREVENTION_READ,
    gives=shapes.MeterReadings,
)
def readings(request: ApiRequest, series_id: PathId) -> HttpResponse:
    """What its meter showed."""
    found = readings_of(request.auth.actor, series_id)
    return shown({"items": [shapes.reading(one) for one in found]})


@resource.writes(
    "POST", "", name="create_visit_series", right=Permission.PREVENTION_WRITE, status=201
)
def create(request: ApiRequest, data: SeriesInput) -> HttpResponse:
    """Set up a series beside what contracts promise."""
    call = request.auth
    act = partial(
        create_series,
        actor=call.actor,
        customer_id=data.customer_id,
        data=data.data(),
        now=call.now,
    )
    return written(request, lambda: saved(act()), status=201)


@resource.writes(
    "POST", "/{series_id}/change", name="change_visit_series", right=Permission.PREVENTION_WRITE
)
def change(request: ApiRequest, series_id: PathId, data: SeriesChange) -> HttpResponse:
    """Change what is done, by whom, how long ahead."""
    call = request.auth
    values = data.model_dump(exclude={"version", "leads"})
    keeping = Keeping(**values, leads=Leads(**data.leads.model_dump()))
    act = partial(
        keep_series,
        actor=call.actor,
        series_id=series_id,
        version=data.version,
        keeping=keeping,
        now=call.now,
    )
    return edited(request, data, act, lambda: shapes.series(get_series(call.actor, series_id)))


@resource.writes(
    "POST", "/{series_id}/ending", name="end_visit_series", right=Permission.PREVENTION_WRITE
)
def end(request: ApiRequest, series_id: PathId, data: SeriesEnding) -> HttpResponse:
    """End a series; what nobody agreed on is let off."""
    call, values = request.auth, data.model_dump()
    act = partial(end_series, actor=call.actor, series_id=series_id, now=call.now, **values)
    return edited(request, data, act, lambda: shapes.series(get_series(call.actor, series_id)))


@resource.writes(
    "POST",
    "/{metered_series_id}/reading",
    name="read_visit_meter",
    right=Permission.PREVENTION_WRITE,
    gives=shapes.MeterReadings,
    status=201,
)
def read(request: ApiRequest, metered_series_id: PathId, data: ReadingInput) -> HttpResponse:
    """Record what the meter showed; a second reading of a day replaces the first."""
    call = request.auth

    def action() -> dict[str, object]:
        read_meter(
            actor=call.actor,
            series_id=metered_series_id,
            read_on=data.read_on,
            value=data.value,
            now=call.now,
        )
        found = readings_of(call.actor, metered_series_id)
        return {"items": [shapes.reading(one) for one in found]}

    return written(request, action, status=201)
