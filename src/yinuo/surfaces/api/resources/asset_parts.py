"""`/assets/{id}/components`, `/swaps`, `/downtimes`: what an asset is made of, when it was down."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from django.http import HttpResponse

from yinuo.domains.assets.components import components_of, get_component
from yinuo.domains.assets.downtimes import get_downtime
from yinuo.domains.assets.selectors import get_asset
from yinuo.domains.assets.services import (
    ComponentData,
    Swap,
    add_component,
    edit_component,
    end_downtime,
    record_downtime,
    remove_component,
    replace_component,
    swap_serial,
    void_downtime,
)
from yinuo.domains.feedback.downtime import downtimes_of_asset
from yinuo.domains.feedback.health_windows import health_windows
from yinuo.domains.feedback.repairs import repairs_of_asset
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import edited, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Input, Instant, Label, Name, PathId, Version, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.assets import resource
from yinuo.surfaces.api.shapes import asset_parts as shapes
from yinuo.surfaces.api.shapes import repairs as repair_shapes

__all__ = ["components", "downtimes", "resource"]

components = Resource("components")
downtimes = Resource("downtimes")
ModelName = Annotated[str, text(120)]


class ComponentInput(Input):
    """A part. `factory`: of the factory configuration; a later addition needs its day."""

    name: Name
    model: ModelName = ""
    serial: Label = ""
    factory: bool = False
    added_on: Day | None = None


class ComponentEdit(ComponentInput):
    """A part; a field left out becomes empty."""

    version: Version


class RemovalInput(Input):
    """When and why a part was taken out."""

    version: Version
    on: Day
    reason: Name


class ReplacementInput(RemovalInput):
    """The part that came in its place; it counts as factory configuration when that one did."""

    model: ModelName = ""
    serial: Label = ""


class SwapInput(Input):
    """The unit that came in the asset's place; an empty model means the same."""

    version: Version
    model: ModelName = ""
    serial: Label
    on: Day
    reason: Name


class DowntimeInput(Input):
    """When an asset did not work; without end it still does not."""

    began_at: Instant
    ended_at: Instant | None = None
    cause: Name


class DowntimeEnd(Input):
    """When it worked again."""

    version: Version
    ended_at: Instant


class DowntimeVoid(Input):
    """Why an entry is taken back."""

    version: Version
    reason: Name


@resource.reads(
    "/{asset_id}/components",
    name="list_components",
    right=Permission.ASSET_READ,
    gives=shapes.Components,
)
def list_parts(request: ApiRequest, asset_id: PathId) -> HttpResponse:
    """Every part the asset ever had, those in it first, the factory configuration leading."""
    asset = get_asset(request.auth.actor, asset_id)
    return shown({"items": [shapes.component(one) for one in components_of(asset.id)]})


@resource.writes(
    "POST", "/{asset_id}/components", name="add_component", right=Permission.ASSET_WRITE, status=201
)
def add_part(request: ApiRequest, asset_id: PathId, data: ComponentInput) -> HttpResponse:
    """Enter a part of the asset."""
    call, part = request.auth, ComponentData(**data.model_dump())
    act = partial(add_component, actor=call.actor, asset_id=asset_id, data=part, now=call.now)
    return written(request, lambda: saved(act()), status=201)


@components.writes("PUT", "/{component_id}", name="edit_component", right=Permission.ASSET_WRITE)
def edit_part(request: ApiRequest, component_id: PathId, data: ComponentEdit) -> HttpResponse:
    """Replace what was entered about a part."""
    call, part = request.auth, ComponentData(**data.model_dump(exclude={"version"}))
    act = partial(
        edit_component,
        actor=call.actor,
        component_id=component_id,
        version=data.version,
        data=part,
        now=call.now,
    )
    present = partial(get_component, call.actor, component_id)
    return edited(request, data, act, lambda: shapes.component(present()))


@components.writes(
    "POST",
    "/{component_id}/replacement",
    name="replace_component",
    right=Permission.ASSET_WRITE,
    status=201,
)
def replace_part(request: ApiRequest, component_id: PathId, data: ReplacementInput) -> HttpResponse:
    """Put another part in its place; answers with the new one."""
    call, values = request.auth, data.model_dump()
    act = partial(
        replace_component, actor=call.actor, component_id=component_id, now=call.now, **values
    )
    return written(request, lambda: saved(act()), status=201)


@components.writes(
    "POST", "/{component_id}/removal", name="remove_component", right=Permission.ASSET_WRITE
)
def remove_part(request: ApiRequest, component_id: PathId, data: RemovalInput) -> HttpResponse:
    """Take a part out for good."""
    call, values = request.auth, data.model_dump()
    act = partial(
        remove_component, actor=call.actor, component_id=component_id, now=call.now, **values
    )
    return written(request, lambda: saved(act()))


@resource.reads(
    "/{asset_id}/repairs",
    name="list_repairs",
    right=Permission.ASSET_READ,
    gives=repair_shapes.Repairs,
)
def list_repairs(request: ApiRequest, asset_id: PathId) -> HttpResponse:
    """What was repaired on an asset: by which sheet, what went out and came in."""
    actor = request.auth.actor
    found = repairs_of_asset(actor, get_asset(actor, asset_id))
    return shown({"items": [repair_shapes.repair(one) for one in found]})


@resource.writes("POST", "/{asset_id}/swaps", name="swap_serial", right=Permission.ASSET_WRITE)
def swap_one(request: ApiRequest, asset_id: PathId, data: SwapInput) -> HttpResponse:
    """Record that the unit was swapped; the former serial number stays on record."""
    call, swap = request.auth, Swap(data.model, data.serial, data.on, data.reason)
    act = partial(
        swap_serial,
        actor=call.actor,
        asset_id=asset_id,
        version=data.version,
        swap=swap,
        now=call.now,
    )
    return written(request, lambda: saved(act()))


@resource.reads(
    "/{asset_id}/downtimes",
    name="list_downtimes",
    right=Permission.ASSET_READ,
    gives=shapes.DowntimesShape,
)
def list_down(request: ApiRequest, asset_id: PathId) -> HttpResponse:
    """When the asset did not work in the window of the health record, and its availability."""
    call = request.auth
    asset = get_asset(call.actor, asset_id)
    days = health_windows().availability_days
    return shown(shapes.downtimes(downtimes_of_asset(call.actor, asset, days=days, now=call.now)))


@resource.writes(
    "POST",
    "/{asset_id}/downtimes",
    name="record_downtime",
    right=Permission.ASSET_WRITE,
    status=201,
)
def record_down(request: ApiRequest, asset_id: PathId, data: DowntimeInput) -> HttpResponse:
    """Enter a downtime by hand."""
    call, values = request.auth, data.model_dump()
    act = partial(record_downtime, actor=call.actor, asset_id=asset_id, now=call.now, **values)
    return written(request, lambda: saved(act()), status=201)


@downtimes.writes("POST", "/{downtime_id}/end", name="end_downtime", right=Permission.ASSET_WRITE)
def end_down(request: ApiRequest, downtime_id: PathId, data: DowntimeEnd) -> HttpResponse:
    """Say when it worked again."""
    call, values = request.auth, data.model_dump()
    act = partial(end_downtime, actor=call.actor, downtime_id=downtime_id, now=call.now, **values)
    return edited(request, data, act, lambda: _present(request, downtime_id))


@downtimes.writes("POST", "/{downtime_id}/void", name="void_downtime", right=Permission.ASSET_WRITE)
def void_down(request: ApiRequest, downtime_id: PathId, data: DowntimeVoid) -> HttpResponse:
    """Take back an entry that was wrong; it stays on record."""
    call, values = request.auth, data.model_dump()
    act = partial(void_downtime, actor=call.actor, downtime_id=downtime_id, now=call.now, **values)
    return edited(request, data, act, lambda: _present(request, downtime_id))


def _present(request: ApiRequest, downtime_id: str) -> dict[str, object]:
    return shapes.downtime(get_downtime(request.auth.actor, downtime_id))
