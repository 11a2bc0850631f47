"""`/duty`: who is on duty now, rotas, turns, covers."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.shifts import MOST_WINDOWS, Window
from yinuo.domains.oncall.selectors import find_turns, list_gaps, list_turns, who_is_on_duty
from yinuo.domains.oncall.services import cancel_turn, cover_turn, create_rota, make_turns
from yinuo.domains.oncall.types import Narrowed, Rhythm, RotaData, Rotation
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Instant, Label, Paging, PathId, Version, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.appraisals import Months, days_of
from yinuo.surfaces.api.resources.qualified import WindowInput
from yinuo.surfaces.api.shapes import duty as shapes

resource = Resource("duty")
turns = Resource("duty")


class DutyFilters(Paging):
    """Of which rota and person, in which month (`2026-09`) or year (`2026`); all where left out."""

    rota_id: Id | None = None
    person_id: Id | None = None
    period: Months | None = None

    def narrowed(self) -> Narrowed:
        """The same for the selectors."""
        days = days_of(self.period) if self.period else None
        return Narrowed(
            rota_id=self.rota_id,
            person_id=self.person_id,
            since=days.since if days else None,
            until=days.until if days else None,
        )


class RotaInput(Input):
    """A rota; duty begins and ends in minutes of every local day, less the office hours."""

    unit_id: Id
    name: Label
    begins: Annotated[int, Field(strict=True, ge=0, lt=1440)] = 480
    ends: Annotated[int, Field(strict=True, ge=1, le=1440)] = 1350
    office: Annotated[list[WindowInput], Field(max_length=MOST_WINDOWS)] = []


class RotationInput(Input):
    """Turns one after another: these people in order, and again from the first."""

    person_ids: Annotated[list[Id], Field(min_length=1, max_length=100)]
    rhythm: Rhythm
    first: Day
    turns: Annotated[int, Field(strict=True, ge=1, le=400)]


class TurnCoverInput(Input):
    """Who takes which part of a turn, and why."""

    version: Version
    person_id: Id
    starts_at: Instant
    ends_at: Instant
    reason: Annotated[str, text(200)]


class TurnVersion(Input):
    """The turn as it was read."""

    version: Version


@resource.reads("", name="list_duty", right=Permission.DUTY_READ, gives=shapes.Duties)
def now(request: ApiRequest) -> HttpResponse:
    """Every visible rota at this moment."""
    found = who_is_on_duty(request.auth.actor, now=request.auth.now)
    return listed(Page(tuple(found), ""), shapes.duty)


@resource.writes("POST", "", name="create_rota", right=Permission.DUTY_WRITE, status=201)
def create(request: ApiRequest, data: RotaInput) -> HttpResponse:
    """Set up a rota."""
    call = request.auth
    office = tuple(Window(one.weekday, one.start, one.end) for one in data.office)
    rota = RotaData(data.name, data.begins, data.ends, office)
    act = partial(create_rota, actor=call.actor, unit_id=data.unit_id, data=rota, now=call.now)
    return written(request, lambda: saved(act()), status=201)


@resource.reads(
    "/{rota_id}/turns",
    name="list_turns",
    right=Permission.DUTY_READ,
    gives=shapes.TurnsShape,
)
def read_turns(request: ApiRequest, rota_id: PathId) -> HttpResponse:
    """The turns of a rota from now on, and its gaps."""
    actor, at = request.auth.actor, request.auth.now
    rows = list_turns(actor, rota_id, since=at)
    return shown(shapes.turns(rows, list_gaps(actor, rota_id, now=at)))


@resource.writes("POST", "/{rota_id}/turns", name="make_turns", right=Permission.DUTY_WRITE)
def rotate(request: ApiRequest, rota_id: PathId, data: RotationInput) -> HttpResponse:
    """Make turns in rotation."""
    call = request.auth
    rotation = Rotation(data.person_ids, data.rhythm, data.first, data.turns)
    act = partial(make_turns, actor=call.actor, rota_id=rota_id, rotation=rotation, now=call.now)
    return written(request, lambda: saved(act()))


@turns.reads("", name="find_turns", right=Permission.DUTY_READ, gives=shapes.CountedTurns)
def find(request: ApiRequest, filters: Query[DutyFilters]) -> HttpResponse:
    """Turns of all rotas, or of one, of a month or year, of one person; the last one first."""
    found = find_turns(
        request.auth.actor, filters.narrowed(), cursor=filters.cursor, limit=filters.limit
    )
    return listed(found, shapes.counted_turn)


@turns.writes("POST", "/{turn_id}/cover", name="cover_turn", right=Permission.DUTY_WRITE)
def cover(request: ApiRequest, turn_id: PathId, data: TurnCoverInput) -> HttpResponse:
    """Let somebody else take a part of a turn; two covers make a swap."""
    call, values = request.auth, data.model_dump()
    act = partial(cover_turn, actor=call.actor, turn_id=turn_id, now=call.now, **values)
    return written(request, lambda: saved(act()))


@turns.writes("POST", "/{turn_id}/cancellation", name="cancel_turn", right=Permission.DUTY_WRITE)
def cancel(request: ApiRequest, turn_id: PathId, data: TurnVersion) -> HttpResponse:
    """Take a turn back."""
    call = request.auth
    act = partial(
        cancel_turn, actor=call.actor, turn_id=turn_id, version=data.version, now=call.now
    )
    return written(request, lambda: saved(act()))
