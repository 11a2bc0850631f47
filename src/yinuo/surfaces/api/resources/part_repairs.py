"""`/part-repairs`: faulty parts on the bench of a depot's workshop, until they are good or gone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.parts.repair_selectors import get_part_repair, list_part_repairs
from yinuo.domains.parts.repair_types import (
    PartRepairState,
    RepairResult,
    SupplierAnswer,
    TakenForRepair,
)
from yinuo.domains.parts.services import (
    finish_part_repair,
    settle_part_claim,
    take_for_repair,
    use_material,
)
from yinuo.domains.parts.types import Taken
from yinuo.surfaces.api.answers import Versioned as Written
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Label, Money, Name, PathId, Version, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.stock_bodies import (
    Lot,
    Quantity,
    Sentence,
    Serials,
    TextFilter,
)
from yinuo.surfaces.api.shapes import part_repairs as shapes

resource = Resource("part-repairs")
READ, REPAIR = Permission.PART_READ, Permission.PART_REPAIR


class PartRepairFilters(TextFilter):
    """The open ones, the oldest leading; those in one state, or `all`."""

    state: PartRepairState | Literal["", "all"] = ""
    depot_id: Id | None = None


class PartRepairInput(Input):
    """One faulty part of a depot: by its `serial`, or one of a `lot` or number. Whoever takes it
    repairs it when no `worker_id` is named."""

    depot_id: Id
    part_id: Id
    fault: Name
    serial: Label = ""
    lot: Lot = ""
    worker_id: Id | None = None


class MaterialLine(Input):
    """So many good ones of a part, or these pieces of it."""

    part_id: Id
    quantity: Quantity = 0
    lot: Lot = ""
    serials: Serials = []


class MaterialInput(Input):
    """What goes into it out of the depot's stock."""

    version: Version
    lines: Annotated[list[MaterialLine], Field(min_length=1, max_length=200)]


class RepairResultInput(Input):
    """What was done and what came of it: `repaired` needs `work_done` and `tested`,
    `with_supplier` the `supplier`, the other two the `reason`."""

    version: Version
    outcome: Literal["repaired", "with_supplier", "scrapped", "put_back"]
    work_done: Annotated[str, text(1000)] = ""
    hours: Money | None = None
    tested: Sentence = ""
    supplier: Label = ""
    claim_number: Label = ""
    reason: Sentence = ""


class SupplierAnswerInput(Input):
    """What the supplier did: `repaired` needs `tested`, `credited` what he `granted`, `scrapped`
    the `reason`."""

    version: Version
    outcome: Literal["repaired", "credited", "scrapped"]
    granted: Money | None = None
    tested: Sentence = ""
    reason: Sentence = ""


@resource.reads("", name="list_part_repairs", right=READ, gives=shapes.PartRepairs)
def list_all(request: ApiRequest, filters: Query[PartRepairFilters]) -> HttpResponse:
    """Repairs of parts in visible depots."""
    return listed(list_part_repairs(request.auth.actor, **filters.model_dump()), shapes.part_repair)


@resource.reads(
    "/{part_repair_id}", name="get_part_repair", right=READ, gives=shapes.PartRepairShape
)
def get_one(request: ApiRequest, part_repair_id: PathId) -> HttpResponse:
    """One repair of a part with the material it used."""
    return shown(shapes.part_repair(get_part_repair(request.auth.actor, part_repair_id)))


@resource.writes("POST", "", name="take_for_repair", right=REPAIR, status=201)
def take(request: ApiRequest, data: PartRepairInput) -> HttpResponse:
    """Take a faulty part from the shelf onto the bench."""
    call = request.auth
    given = data.model_dump(exclude={"depot_id"})
    act = partial(
        take_for_repair,
        actor=call.actor,
        depot_id=data.depot_id,
        taken=TakenForRepair(**given),
        now=call.now,
    )
    return written(request, lambda: saved(act()), status=201)


@resource.writes("POST", "/{part_repair_id}/materials", name="use_repair_material", right=REPAIR)
def use(request: ApiRequest, part_repair_id: PathId, data: MaterialInput) -> HttpResponse:
    """Take good parts out of the depot's stock for it."""
    lines = [Taken(one.part_id, one.quantity, one.lot, tuple(one.serials)) for one in data.lines]
    return _acting(request, part_repair_id, data, partial(use_material, lines=lines))


@resource.writes("POST", "/{part_repair_id}/results", name="finish_part_repair", right=REPAIR)
def finish(request: ApiRequest, part_repair_id: PathId, data: RepairResultInput) -> HttpResponse:
    """Say what was done and what came of it."""
    result = RepairResult(**data.model_dump(exclude={"version"}) | {"hours": data.hours})
    return _acting(request, part_repair_id, data, partial(finish_part_repair, result=result))


@resource.writes("POST", "/{sent_repair_id}/answers", name="settle_part_claim", right=REPAIR)
def settle(request: ApiRequest, sent_repair_id: PathId, data: SupplierAnswerInput) -> HttpResponse:
    """Record what the supplier did."""
    given = data.model_dump(exclude={"version"}) | {"granted": data.granted}
    answer = SupplierAnswer(**given)
    return _acting(request, sent_repair_id, data, partial(settle_part_claim, answer=answer))


def _acting(
    request: ApiRequest, repair_id: str, data: Any, act: Callable[..., Written]
) -> HttpResponse:
    """One act on a repair of a part, of the version named."""
    call = request.auth
    acting = partial(act, actor=call.actor, repair_id=repair_id, version=data.version, now=call.now)
    now_stored = partial(get_part_repair, call.actor, repair_id)
    return edited(request, data, acting, lambda: shapes.part_repair(now_stored()))
