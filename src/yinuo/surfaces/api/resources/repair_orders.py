"""`/repair-orders`: a device sent in, taken leg by leg until it is fitted again (SA-10, B-52)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.repairs.selectors import get_repair, list_repairs
from yinuo.domains.repairs.services import handle_repair, open_repair
from yinuo.domains.repairs.types import RepairData, RepairDoing
from yinuo.kernel.repair_states import RepairState
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Instant,
    Label,
    Money,
    Paging,
    PathId,
    Remark,
    Version,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import repair_orders as shapes

resource = Resource("repair-orders")

ModelName = Annotated[str, text(120)]
RepairActKind = Literal[
    "collected",
    "received",
    "backup_confirmed",
    "diagnosed",
    "sent_to_supplier",
    "repaired",
    "not_repairable",
    "repair_failed",
    "tested",
    "shipped",
    "refitted",
    "extended",
    "claimed",
    "claim_settled",
    "cancelled",
]


class RepairOrderFilters(Paging):
    """In which state; `open`: not ended, `claims`: a claim on the supplier is open."""

    state: RepairState | Literal["open", "claims", ""] = ""
    q: Label = ""


class RepairOrderInput(Input):
    """A device that is to be sent in, named by its serial number or the request's asset."""

    request_id: Id
    fault: Remark
    serial: Label = ""
    accessories: Annotated[str, text(500)] = ""
    pick_up: Annotated[bool, Field(strict=True)] = False
    owner_reason: Annotated[str, text(500)] = ""

    def repair(self) -> RepairData:
        """The same for the service."""
        return RepairData(**dict(self))


class RepairActInput(Input):
    """One act; which fields it needs, its kind says."""

    version: Version
    kind: RepairActKind
    text: Remark = ""
    done_at: Instant | None = None
    serial: Label = ""
    said_by: Label = ""
    is_paid: Annotated[bool, Field(strict=True)] | None = None
    waybill: Label = ""
    supplier: ModelName = ""
    reference: Label = ""
    amount: Money | None = None
    until: Day | None = None
    new_model: ModelName = ""
    new_serial: Label = ""

    def doing(self) -> RepairDoing:
        """The same for the service."""
        return RepairDoing(
            **{name: value for name, value in dict(self).items() if name != "version"}
        )


@resource.reads(
    "", name="list_repair_orders", right=Permission.REPAIR_READ, gives=shapes.RepairOrders
)
def list_all(request: ApiRequest, filters: Query[RepairOrderFilters]) -> HttpResponse:
    """Repair orders, the newest first."""
    page = list_repairs(
        request.auth.actor,
        state=filters.state,
        text=filters.q,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.repair_order)


@resource.writes("POST", "", name="open_repair_order", right=Permission.REPAIR_WRITE, status=201)
def open_one(request: ApiRequest, data: RepairOrderInput) -> HttpResponse:
    """Open a repair order for a request."""

    def action() -> dict[str, Any]:
        call = request.auth
        return dict(saved(open_repair(actor=call.actor, data=data.repair(), now=call.now)))

    return written(request, action, status=201)


@resource.reads(
    "/{repair_id}",
    name="get_repair_order",
    right=Permission.REPAIR_READ,
    gives=shapes.WholeRepairOrder,
)
def get_one(request: ApiRequest, repair_id: PathId) -> HttpResponse:
    """One repair order with its legs and everything done."""
    return shown(shapes.whole(get_repair(request.auth.actor, repair_id)))


@resource.writes(
    "POST", "/{repair_id}/acts", name="handle_repair_order", right=Permission.REPAIR_WRITE
)
def act(request: ApiRequest, repair_id: PathId, data: RepairActInput) -> HttpResponse:
    """Take one act on a repair order."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: handle_repair(
            actor=call.actor,
            repair_id=repair_id,
            version=data.version,
            doing=data.doing(),
            now=call.now,
        ),
        lambda: shapes.whole(get_repair(call.actor, repair_id)),
    )
