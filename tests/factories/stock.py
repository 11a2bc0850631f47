"""Parts, depots and what lies in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

from tests.factories.company import Member

from yinuo.domains.network.models import Person, ServiceUnit
from yinuo.domains.parts.models import Depot, Part, PartRepair, PartRequest, Piece, Shipment
from yinuo.domains.parts.repair_types import RepairResult, TakenForRepair
from yinuo.domains.parts.request_types import LineDone
from yinuo.domains.parts.services import (
    approve_parts,
    ask_for_parts,
    create_depot,
    create_part,
    finish_part_repair,
    receive_asked,
    receive_parts,
    send_parts,
    set_level,
    ship_asked,
    take_for_repair,
    take_stock,
)
from yinuo.domains.parts.types import Carriage, Counted, DepotData, PartData, Received, Taken

_serial = count(1)


def make_part(by: Member, tracking: str = "bulk", **more: object) -> Part:
    """A part of the catalogue under a number of its own."""
    given: dict[str, object] = {"name": "电源模块", "measure": "个", "cost": Decimal("100.00")}
    data = PartData(number=f"PN-{next(_serial):05}", tracking=tracking, **(given | more))  # type: ignore[arg-type]
    return create_part(actor=by.actor, data=data, now=datetime.now(UTC))


def make_depot(
    by: Member, unit: ServiceUnit, kind: str = "centre", holder: Person | None = None
) -> Depot:
    """A depot of a unit; the car of `holder` when there is one."""
    data = DepotData(
        name=f"备件库{next(_serial)}",
        kind="car" if holder else kind,
        holder_id=holder.public_id if holder else None,
        hour_cost=None if holder else Decimal("80.00"),
    )
    return create_depot(actor=by.actor, unit_id=unit.public_id, data=data, now=datetime.now(UTC))


def fill(
    by: Member,
    depot: Depot,
    part: Part,
    quantity: int = 0,
    *,
    serials: Sequence[str] = (),
    lot: str = "",
    unit_cost: str = "100.00",
    condition: str = "good",
) -> None:
    """Let so many of a part, or these pieces, come into a depot."""
    cost = Decimal(unit_cost)
    line = Received(part.public_id, quantity, lot, tuple(serials), cost, condition)
    now = datetime.now(UTC)
    receive_parts(actor=by.actor, depot_id=depot.public_id, lines=[line], now=now)


def make_piece(by: Member, depot: Depot, part: Part) -> Piece:
    """One piece of a part followed by serial number, in a depot."""
    serial = f"SN-{next(_serial):06}"
    fill(by, depot, part, serials=[serial])
    return Piece.objects.get(part=part, serial=serial)


def make_part_repair(by: Member, depot: Depot, part: Part) -> PartRepair:
    """A faulty piece of a part followed by serial number, on the bench of its depot."""
    serial = f"SN-{next(_serial):06}"
    fill(by, depot, part, serials=[serial], unit_cost="0", condition="faulty")
    taken = TakenForRepair(part.public_id, "无输出", serial)
    now = datetime.now(UTC)
    return take_for_repair(actor=by.actor, depot_id=depot.public_id, taken=taken, now=now)


def send_to_supplier(by: Member, repair: PartRepair) -> PartRepair:
    """It cannot be repaired here."""
    return finish_part_repair(
        actor=by.actor,
        repair_id=repair.public_id,
        version=repair.version,
        result=RepairResult("with_supplier", supplier="电源厂"),
        now=datetime.now(UTC),
    )


def make_shipment(by: Member, depot: Depot, to: Depot, part: Part, quantity: int = 1) -> Shipment:
    """Parts on their way from one depot to another."""
    return send_parts(
        actor=by.actor,
        depot_id=depot.public_id,
        to_id=to.public_id,
        lines=[Taken(part.public_id, quantity)],
        carriage=Carriage("顺丰", "SF100200300"),
        now=datetime.now(UTC),
    )


def make_stock(
    by: Member, asker: Member, unit: ServiceUnit, request_id: object
) -> dict[str, object]:
    """Two depots of a unit with eight of a part, a piece, a shipment, a minimum and a count; a
    request for parts that waits, one approved, one shipped and one received."""
    depot, other = make_depot(by, unit), make_depot(by, unit)
    part = make_part(by)
    fill(by, depot, part, 11)
    piece = make_piece(by, depot, make_part(by, "serial"))
    shipment = make_shipment(by, depot, other, part)
    now = datetime.now(UTC)
    about = {"actor": by.actor, "now": now}
    given = {"depot_id": other.public_id, "part_id": part.public_id}
    set_level(**about, **given, minimum=2, refill=5)
    counted = Counted(part.public_id, 10, 10)
    take_stock(**about, depot_id=depot.public_id, lines=[counted], reason="")
    asks = [make_ask(asker, request_id, depot, part) for _ in range(4)]
    for ask in asks[1:]:
        approve_parts(**about, ask_id=ask.public_id, version=1)
    for ask in asks[2:]:
        send_asked(by, ask)
    arrive_asked(asker, asks[3])
    modules = make_part(by, "serial")
    repairs = [make_part_repair(by, depot, modules) for _ in range(2)]
    fill(by, depot, modules, serials=["SN-FAULTY"], unit_cost="0", condition="faulty")
    return {
        "part_repair_id": repairs[0],
        "sent_repair_id": send_to_supplier(by, repairs[1]),
        "faulty_part_id": modules,
        "worker_id": by.person,
        "part_id": part,
        "depot_id": depot,
        "to_depot_id": other,
        "piece_id": piece,
        "shipment_id": shipment,
        "waiting_ask_id": asks[0],
        "ask_id": asks[1],
        "shipped_ask_id": asks[2],
        "received_ask_id": asks[3],
    }


def make_ask(
    by: Member, request_id: object, depot: Depot, part: Part, number: int = 1
) -> PartRequest:
    """A request for parts of a case, not yet decided."""
    return ask_for_parts(
        actor=by.actor,
        request_id=request_id,
        depot_id=depot.public_id,
        lines=[Taken(part.public_id, number)],
        now=datetime.now(UTC),
    )


def send_asked(by: Member, ask: PartRequest) -> None:
    """Let everything of an approved request for parts leave."""
    ship_asked(
        actor=by.actor,
        ask_id=ask.public_id,
        version=PartRequest.objects.get(pk=ask.pk).version,
        lines=[LineDone(one.pk, one.quantity) for one in ask.lines.all()],
        carriage=Carriage(),
        now=datetime.now(UTC),
    )


def arrive_asked(by: Member, ask: PartRequest) -> None:
    """Everything of a shipped request for parts arrived."""
    receive_asked(
        actor=by.actor,
        ask_id=ask.public_id,
        version=PartRequest.objects.get(pk=ask.pk).version,
        lines=[LineDone(one.pk, one.quantity) for one in ask.lines.all()],
        now=datetime.now(UTC),
    )
