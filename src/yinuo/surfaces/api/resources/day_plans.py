"""`/day-plans`: days planned, what that changes, taking it over. `/boards`: who is where."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from yinuo.domains.dispatch.board import get_board
from yinuo.domains.dispatch.plan_selectors import get_plan, list_plan_lines, list_plans
from yinuo.domains.dispatch.plan_types import Mode
from yinuo.domains.dispatch.services import cancel_plan, place_visit, start_plan, take_lines
from yinuo.domains.network.permissions import Permission
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Instant, Paging, PathId, Version
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.dispatching import resource as work_orders
from yinuo.surfaces.api.shapes import day_plans as shapes
from yinuo.surfaces.api.shapes import dispatching

resource = Resource("dispatch")
boards = Resource("dispatch")
RIGHT = Permission.WORK_ORDER_ASSIGN
Days = Annotated[int, Field(ge=1, le=7)]


class DayPlanInput(Input):
    """Which unit's days; `least` changes as little as is worth it."""

    unit_id: Id
    first_on: Day
    days: Days = 1
    mode: Mode = Mode.LEAST


class TakingInput(Input):
    """The lines to take over; without any all of them."""

    line_ids: Annotated[list[Id], Field(max_length=600)] | None = None


class Calling(Input):
    """An empty object."""


class PlacingInput(Input):
    """To whom a sheet goes, and when he begins on site."""

    version: Version
    person_id: Id
    starts_at: Instant


class BoardFilter(Input):
    """Which days; today's without any."""

    first_on: Day | None = None
    days: Days = 1


@resource.reads("", name="list_day_plans", right=RIGHT, gives=shapes.DayPlans)
def list_all(request: ApiRequest, filters: Query[Paging]) -> HttpResponse:
    """Plans of the units where one sends people, newest first."""
    page = list_plans(request.auth.actor, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.plan)


@resource.writes(
    "POST", "", name="start_day_plan", right=RIGHT, gives=shapes.DayPlanStarted, status=201
)
def start(request: ApiRequest, data: DayPlanInput) -> HttpResponse:
    """Have days planned; read the plan to see how far it is. Nothing changes by it."""

    def action() -> dict[str, str]:
        call = request.auth
        run = start_plan(
            actor=call.actor,
            unit_id=data.unit_id,
            first_on=data.first_on,
            days=data.days,
            mode=data.mode,
            now=call.now,
        )
        return {"id": str(run.public_id)}

    return written(request, action, status=201)


@resource.reads("/{day_plan_id}", name="get_day_plan", right=RIGHT, gives=shapes.DayPlanShape)
def one(request: ApiRequest, day_plan_id: PathId) -> HttpResponse:
    """One plan: how far it is, what it costs."""
    return shown(shapes.plan(get_plan(request.auth.actor, day_plan_id)))


@resource.reads(
    "/{day_plan_id}/lines", name="list_day_plan_lines", right=RIGHT, gives=shapes.PlanLines
)
def lines(request: ApiRequest, day_plan_id: PathId) -> HttpResponse:
    """What a plan proposes for each sheet."""
    found = list_plan_lines(request.auth.actor, day_plan_id)
    return listed(Page(tuple(found), ""), shapes.line)


@resource.writes(
    "POST",
    "/{waiting_day_plan_id}/cancel",
    name="cancel_day_plan",
    right=RIGHT,
    gives=shapes.DayPlanStarted,
)
def cancel(request: ApiRequest, waiting_day_plan_id: PathId, data: Calling) -> HttpResponse:
    """Call a plan off while it is made."""
    call = request.auth

    def action() -> dict[str, str]:
        run = cancel_plan(actor=call.actor, run_id=waiting_day_plan_id, now=call.now)
        return {"id": str(run.public_id)}

    return written(request, action)


@resource.writes(
    "POST", "/{day_plan_id}/taking", name="take_day_plan", right=RIGHT, gives=shapes.LinesTaken
)
def take(request: ApiRequest, day_plan_id: PathId, data: TakingInput) -> HttpResponse:
    """Take lines over: sheets assigned, time booked, a decision kept for each."""
    call = request.auth

    def action() -> dict[str, object]:
        found = take_lines(
            actor=call.actor,
            run_id=day_plan_id,
            line_ids=data.line_ids,
            source="api",
            now=call.now,
        )
        return shapes.taken(found)

    return written(request, action)


@boards.reads("/{unit_id}", name="get_board", right=RIGHT, gives=shapes.BoardShape)
def read_board(request: ApiRequest, unit_id: PathId, filters: Query[BoardFilter]) -> HttpResponse:
    """People of a unit with their visits, and what waits."""
    call = request.auth
    first_on = filters.first_on or timezone.localdate(call.now)
    found = get_board(call.actor, unit_id, first_on=first_on, days=filters.days, now=call.now)
    return shown(shapes.board(found))


@work_orders.writes(
    "POST",
    "/{open_work_order_id}/placing",
    name="place_visit",
    right=RIGHT,
    gives=dispatching.Sent,
    status=201,
)
def place(request: ApiRequest, open_work_order_id: PathId, data: PlacingInput) -> HttpResponse:
    """Give a sheet to somebody from a time on; 409 `cannot_go` names the rules he breaks."""

    def action() -> dict[str, str]:
        call = request.auth
        made = place_visit(
            actor=call.actor,
            work_order_id=open_work_order_id,
            person_id=data.person_id,
            starts_at=data.starts_at,
            version=data.version,
            source="api",
            now=call.now,
        )
        return {"id": str(made.public_id)}

    return written(request, action, status=201)
