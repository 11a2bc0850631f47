"""`/parts`, `/depots`, `/stock`, `/shipments`, `/pieces`: the catalogue and stock."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.network.permissions import Permission
from yinuo.domains.parts.readiness import fill_rates
from yinuo.domains.parts.selectors import (
    get_depot,
    get_part,
    get_piece,
    get_shipment,
    list_depots,
    list_moves,
    list_parts,
    list_pieces,
    list_shipments,
    list_short,
    list_stock,
)
from yinuo.domains.parts.services import (
    create_depot,
    create_part,
    edit_depot,
    edit_part,
    receive_parts,
    receive_shipment,
    scrap_parts,
    send_parts,
    set_level,
    take_stock,
)
from yinuo.domains.parts.types import (
    Carriage,
    Counted,
    DepotData,
    PartData,
    Received,
    Taken,
)
from yinuo.platform.days import begin_of
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import PathId
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources import stock_bodies as bodies
from yinuo.surfaces.api.resources.appraisals import AppraisalPeriod
from yinuo.surfaces.api.resources.scores import today
from yinuo.surfaces.api.shapes import stock as shapes

parts = Resource("stock")
depots = Resource("stock")
stock = Resource("stock")
shipments = Resource("stock")
pieces = Resource("stock")
READ, WRITE, MOVE = Permission.PART_READ, Permission.PART_WRITE, Permission.PART_MOVE


@parts.reads("", name="list_parts", right=READ, gives=shapes.Parts)
def all_parts(request: ApiRequest, filters: Query[bodies.TextFilter]) -> HttpResponse:
    """The catalogue by part number, with what is on hand in visible depots."""
    return listed(list_parts(request.auth.actor, **filters.model_dump()), shapes.part)


@parts.reads("/{part_id}", name="get_part", right=READ, gives=shapes.PartShape)
def one_part(request: ApiRequest, part_id: PathId) -> HttpResponse:
    """One part of the catalogue."""
    return shown(shapes.part(get_part(request.auth.actor, part_id)))


@parts.writes("POST", "", name="create_part", right=WRITE, status=201)
def new_part(request: ApiRequest, data: bodies.PartInput) -> HttpResponse:
    """Add a part to the catalogue."""
    call = request.auth
    act = partial(create_part, actor=call.actor, data=_part(data), now=call.now)
    return written(request, lambda: saved(act()), status=201)


@parts.writes("PUT", "/{part_id}", name="edit_part", right=WRITE)
def change_part(request: ApiRequest, part_id: PathId, data: bodies.PartEdit) -> HttpResponse:
    """Change a part."""
    call = request.auth
    act = partial(
        edit_part,
        actor=call.actor,
        part_id=part_id,
        version=data.version,
        data=_part(data),
        now=call.now,
    )
    return edited(request, data, act, lambda: shapes.part(get_part(call.actor, part_id)))


@depots.reads("", name="list_depots", right=READ, gives=shapes.Depots)
def all_depots(request: ApiRequest, filters: Query[bodies.TextFilter]) -> HttpResponse:
    """Visible depots, engineers' cars among them."""
    return listed(list_depots(request.auth.actor, **filters.model_dump()), shapes.depot)


@depots.reads("/{depot_id}", name="get_depot", right=READ, gives=shapes.DepotShape)
def one_depot(request: ApiRequest, depot_id: PathId) -> HttpResponse:
    """One depot."""
    return shown(shapes.depot(get_depot(request.auth.actor, depot_id)))


@depots.writes("POST", "", name="create_depot", right=WRITE, status=201)
def new_depot(request: ApiRequest, data: bodies.DepotInput) -> HttpResponse:
    """Set up a depot of a unit."""
    call = request.auth
    act = partial(
        create_depot, actor=call.actor, unit_id=data.unit_id, data=_depot(data), now=call.now
    )
    return written(request, lambda: saved(act()), status=201)


@depots.writes("PUT", "/{depot_id}", name="edit_depot", right=WRITE)
def change_depot(request: ApiRequest, depot_id: PathId, data: bodies.DepotEdit) -> HttpResponse:
    """Change a depot."""
    call = request.auth
    act = partial(
        edit_depot,
        actor=call.actor,
        depot_id=depot_id,
        version=data.version,
        data=_depot(data),
        now=call.now,
    )
    return edited(request, data, act, lambda: shapes.depot(get_depot(call.actor, depot_id)))


@depots.writes("POST", "/{depot_id}/levels", name="set_stock_level", right=WRITE)
def level(request: ApiRequest, depot_id: PathId, data: bodies.StockLevelInput) -> HttpResponse:
    """Say how many of a part the depot keeps at least."""
    call, values = request.auth, data.model_dump()
    act = partial(set_level, actor=call.actor, depot_id=depot_id, now=call.now, **values)
    return written(request, lambda: saved(act()))


@depots.writes("POST", "/{depot_id}/receipts", name="receive_parts", right=MOVE)
def receive(request: ApiRequest, depot_id: PathId, data: bodies.ReceiptInput) -> HttpResponse:
    """Take in parts from a supplier."""
    call = request.auth
    act = partial(
        receive_parts,
        actor=call.actor,
        depot_id=depot_id,
        lines=[Received(**_line(one), unit_cost=one.unit_cost) for one in data.lines],
        reference=data.reference,
        now=call.now,
    )
    return written(request, lambda: saved(act()))


@depots.writes("POST", "/{depot_id}/shipments", name="send_parts", right=MOVE, status=201)
def send(request: ApiRequest, depot_id: PathId, data: bodies.TransferInput) -> HttpResponse:
    """Send parts to another depot; answers with the shipment."""
    call = request.auth
    act = partial(
        send_parts,
        actor=call.actor,
        depot_id=depot_id,
        to_id=data.to_depot_id,
        lines=[Taken(**_line(one)) for one in data.lines],
        carriage=Carriage(data.carrier, data.waybill, data.due_at),
        now=call.now,
    )
    return written(request, lambda: saved(act()), status=201)


@depots.writes("POST", "/{depot_id}/scrappings", name="scrap_parts", right=MOVE)
def scrap(request: ApiRequest, depot_id: PathId, data: bodies.ScrappingInput) -> HttpResponse:
    """Throw parts away."""
    call = request.auth
    act = partial(
        scrap_parts,
        actor=call.actor,
        depot_id=depot_id,
        lines=[Taken(**_line(one)) for one in data.lines],
        reason=data.reason,
        now=call.now,
    )
    return written(request, lambda: saved(act()))


@depots.writes("POST", "/{depot_id}/counts", name="take_stock", right=MOVE, gives=shapes.CountShape)
def count(request: ApiRequest, depot_id: PathId, data: bodies.StockTakeInput) -> HttpResponse:
    """Record a stock-take; what differs becomes moves."""
    call = request.auth
    act = partial(
        take_stock,
        actor=call.actor,
        depot_id=depot_id,
        lines=[Counted(**_line(one)) for one in data.lines],
        reason=data.reason,
        now=call.now,
    )

    def done() -> dict[str, Any]:
        take = act()
        return {
            "id": str(take.public_id),
            "lines": take.lines,
            "differences": take.differences,
        }

    return written(request, done)


@stock.reads("", name="list_stock", right=READ, gives=shapes.Stock)
def all_stock(request: ApiRequest, filters: Query[bodies.StockFilters]) -> HttpResponse:
    """What lies in visible depots, by part number."""
    given = filters.model_dump() | {"condition": filters.condition or ""}
    return listed(list_stock(request.auth.actor, **given), shapes.stock)


@stock.reads("/moves", name="list_stock_moves", right=READ, gives=shapes.StockMoves)
def moves(request: ApiRequest, filters: Query[bodies.StockMoveFilters]) -> HttpResponse:
    """The ledger of visible depots, newest first."""
    return listed(list_moves(request.auth.actor, **filters.model_dump()), shapes.move)


@stock.reads("/short", name="list_short_parts", right=READ, gives=shapes.ShortParts)
def short(request: ApiRequest, filters: Query[bodies.TextFilter]) -> HttpResponse:
    """Parts below the minimum of their depot."""
    return listed(list_short(request.auth.actor, **filters.model_dump()), shapes.short)


@stock.reads("/fill-rates", name="list_fill_rates", right=READ, gives=shapes.FillRates)
def rates(request: ApiRequest, filters: Query[AppraisalPeriod]) -> HttpResponse:
    """How often the nearest depot had everything that was needed, of each visible depot."""
    call, wanted = request.auth, filters.days(today(request))
    found = fill_rates(call.actor, begin_of(wanted.since), begin_of(wanted.until))
    return shown({"items": [shapes.fill_rate(one) for one in found]})


@pieces.reads("", name="list_pieces", right=READ, gives=shapes.Pieces)
def all_pieces(request: ApiRequest, filters: Query[bodies.PieceFilters]) -> HttpResponse:
    """Pieces with serial numbers that are or were in visible depots, newest first."""
    given = filters.model_dump() | {"place": filters.place or ""}
    return listed(list_pieces(request.auth.actor, **given), shapes.piece)


@pieces.reads("/{piece_id}", name="get_piece", right=READ, gives=shapes.PieceShape)
def one_piece(request: ApiRequest, piece_id: PathId) -> HttpResponse:
    """One piece and where it is."""
    return shown(shapes.piece(get_piece(request.auth.actor, piece_id)))


@shipments.reads("", name="list_shipments", right=READ, gives=shapes.Shipments)
def all_shipments(request: ApiRequest, filters: Query[bodies.ShipmentFilters]) -> HttpResponse:
    """Parts on their way from or to visible depots, newest first."""
    return listed(list_shipments(request.auth.actor, **filters.model_dump()), shapes.shipment)


@shipments.reads("/{shipment_id}", name="get_shipment", right=READ, gives=shapes.ShipmentShape)
def one_shipment(request: ApiRequest, shipment_id: PathId) -> HttpResponse:
    """One shipment with its lines."""
    return shown(shapes.shipment(get_shipment(request.auth.actor, shipment_id)))


@shipments.writes("POST", "/{shipment_id}/receipts", name="receive_shipment", right=MOVE)
def arrive(request: ApiRequest, shipment_id: PathId, data: bodies.ArrivalInput) -> HttpResponse:
    """Take in what arrived."""
    call = request.auth
    quantities = None if data.lines is None else {one.line: one.quantity for one in data.lines}
    act = partial(
        receive_shipment,
        actor=call.actor,
        shipment_id=shipment_id,
        version=data.version,
        quantities=quantities,
        remark=data.remark,
        close=data.close,
        now=call.now,
    )
    return edited(
        request, data, act, lambda: shapes.shipment(get_shipment(call.actor, shipment_id))
    )


def _part(data: bodies.PartInput) -> PartData:
    # Amounts by attribute: dumped they would be texts.
    given = data.model_dump(exclude={"version", "cost", "price", "models", "classes"})
    return PartData(
        **given,
        models=tuple(data.models),
        classes=tuple(data.classes),
        cost=data.cost,
        price=data.price,
    )


def _depot(data: bodies.DepotFields) -> DepotData:
    return DepotData(
        data.name,
        data.kind.value,
        data.holder_id,
        data.address,
        data.active,
        data.hour_cost,
    )


def _line(one: bodies.StockLine) -> dict[str, Any]:
    given = one.model_dump(exclude={"unit_cost"})
    return given | {"serials": tuple(one.serials), "condition": one.condition.value}
