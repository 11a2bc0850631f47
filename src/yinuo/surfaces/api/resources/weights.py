"""`/dispatch-weights`, `/hour-prices`: what dispatch reckons with."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from pydantic import Field

from yinuo.domains.dispatch.services import set_hour_price, set_weights
from yinuo.domains.dispatch.weighing import MOST, get_weighing, list_hour_prices
from yinuo.domains.network.permissions import Permission
from yinuo.platform.errors import Conflict
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Version, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import weights as shapes

resource = Resource("dispatch")
hours = Resource("dispatch")
Fen = Annotated[int, Field(strict=True, ge=0, le=MOST["fen"])]


class FiguresInput(Input):
    """All figures; the end of a name says what it counts in."""

    hour_fen: Fen
    km_fen: Fen
    overtime_percent: Annotated[int, Field(strict=True, ge=0, le=MOST["percent"])]
    overtime_minutes: Annotated[int, Field(strict=True, ge=0, le=MOST["minutes"])]
    unpriced_fen: Fen
    unpriced_hours: Annotated[int, Field(strict=True, ge=0, le=MOST["hours"])]
    load_fen: Fen
    part_fen: Fen
    preferred_fen: Fen
    familiar_fen: Fen
    surplus_fen: Fen
    night_fen: Fen
    second_visit_fen: Fen
    moved_fen: Fen
    undone_fen: Fen
    waiting_fen: Fen


class WeightsInput(Input):
    """The figures that count from now on, and why."""

    version: Version
    figures: FiguresInput
    reason: Annotated[str, text(200, shortest=1)]


class HourPriceInput(Input):
    """What an hour of a unit or a person costs; without version for one not set yet."""

    version: Version | None = None
    unit_id: Id | None = None
    person_id: Id | None = None
    hour_fen: Fen | None


@resource.reads("", name="get_weights", right=Permission.DISPATCH_PRICE, gives=shapes.WeighingShape)
def read_weights(request: ApiRequest) -> HttpResponse:
    """The figures that count now."""
    return shown(shapes.weighing(get_weighing(request.auth.actor)))


@resource.writes(
    "PUT",
    "",
    name="set_weights",
    right=Permission.DISPATCH_PRICE,
    gives=shapes.WeightsSaved,
)
def write_weights(request: ApiRequest, data: WeightsInput) -> HttpResponse:
    """Let other figures count from now on; it counts in the whole company."""

    def action() -> dict[str, object]:
        call = request.auth
        try:
            made = set_weights(
                actor=call.actor,
                figures=data.figures.model_dump(),
                version=data.version,
                reason=data.reason,
                now=call.now,
            )
        except Conflict as error:
            present = shapes.weighing(get_weighing(call.actor))
            sides = {"yours": data.model_dump(mode="json"), "present": present}
            raise Conflict(details=sides) from error
        return {"id": str(made.public_id), "version": made.number}

    return written(request, action)


@hours.reads("", name="list_hour_prices", right=Permission.DISPATCH_PRICE, gives=shapes.HourPrices)
def read_hours(request: ApiRequest) -> HttpResponse:
    """What an hour of whom costs, where it has a price."""
    return listed(Page(tuple(list_hour_prices(request.auth.actor)), ""), shapes.hour_price)


@hours.writes("POST", "", name="set_hour_price", right=Permission.DISPATCH_PRICE)
def write_hour(request: ApiRequest, data: HourPriceInput) -> HttpResponse:
    """Say what an hour of a unit or person costs."""
    call = request.auth

    def action() -> dict[str, object]:
        made = set_hour_price(
            actor=call.actor,
            unit_id=data.unit_id,
            person_id=data.person_id,
            hour_fen=data.hour_fen,
            version=data.version,
            now=call.now,
        )
        return dict(saved(made))

    return written(request, action)
