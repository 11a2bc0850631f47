"""Parts in the demo company: a catalogue, depots and cars, what lies there and how it moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from yinuo.domains.network.selectors import list_people, list_units
from yinuo.domains.network.types import Actor
from yinuo.domains.parts import services as stock
from yinuo.domains.parts.repair_types import RepairResult, TakenForRepair
from yinuo.domains.parts.request_selectors import get_ask
from yinuo.domains.parts.request_types import LineDone
from yinuo.domains.parts.selectors import depot_choices, get_shipment, part_choices
from yinuo.domains.parts.types import Carriage, Counted, DepotData, PartData, Received, Taken

_FULL, _FEW = 12, 3


@dataclass(frozen=True, slots=True)
class Part:
    """A part as the depots are filled with it."""

    part_id: object
    number: str
    tracking: str
    cost: Decimal


def fill_depots(keeper: Actor, catalogue: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """A depot at each unit and two cars, filled forty days ago; then transfers and a count."""
    begun = now - timedelta(days=40)
    parts = {data["number"]: _part(keeper, data, begun) for data in catalogue}
    depots = {
        unit.code: stock.create_depot(
            actor=keeper,
            unit_id=unit.public_id,
            data=_depot(unit.name, is_first=unit.level == 1),
            now=begun,
        ).public_id
        for unit in list_units(keeper)
    }
    first, *others = depots.values()
    _receive(keeper, first, parts, _FULL, begun)
    for number, depot in enumerate(others[:4]):
        _receive(keeper, depot, parts, _FEW + number % 2, begun + timedelta(days=1), start=number)
    for depot in others[:4]:
        for code in ("PSU-550", "FAN-4028"):
            stock.set_level(
                actor=keeper,
                depot_id=depot,
                part_id=parts[code].part_id,
                minimum=4,
                refill=8,
                now=begun,
            )
    _travel(keeper, first, others, parts, now)
    _count(keeper, first, parts["CAT6-305"].part_id, now)
    _repair(keeper, first, parts, now)


def _depot(unit_name: str, *, is_first: bool) -> DepotData:
    """Headquarters repair parts themselves."""
    kind = "headquarters" if is_first else "centre"
    hour_cost = Decimal("85.00") if is_first else None
    return DepotData(f"{unit_name}备件库", kind, hour_cost=hour_cost)


def _part(keeper: Actor, data: Mapping[str, Any], now: datetime) -> Part:
    """A part of the catalogue with what is needed to fill depots with it."""
    given: dict[str, Any] = {
        name: tuple(one) if isinstance(one, list) else one for name, one in data.items()
    }
    cost, price = Decimal(data["cost"]), Decimal(data["price"])
    part = PartData(**given | {"cost": cost, "price": price})
    made = stock.create_part(actor=keeper, data=part, now=now)
    return Part(made.public_id, data["number"], data["tracking"], cost)


def _receive(
    keeper: Actor,
    depot: object,
    parts: Mapping[str, Part],
    number: int,
    now: datetime,
    *,
    start: int = 9,
) -> None:
    lines = []
    for part in parts.values():
        quantity = number * 50 if part.number.startswith("CAT6") else number
        serials: tuple[str, ...] = ()
        if part.tracking == "serial":
            serials = tuple(f"{part.number[:3]}{start}{one:04}" for one in range(1, number + 1))
        lot = f"{now:%Y%m}-A" if part.tracking == "lot" else ""
        given = 0 if serials else quantity
        lines.append(Received(part.part_id, given, lot, serials, part.cost))
    stock.receive_parts(
        actor=keeper, depot_id=depot, lines=lines, reference=f"SH{now:%y%m%d}", now=now
    )


def _travel(
    keeper: Actor,
    first: object,
    others: Sequence[object],
    parts: Mapping[str, Part],
    now: datetime,
) -> None:
    """One transfer that arrived, one that is late and under way, and an engineer's car."""
    sent = now - timedelta(days=3)
    lines = [Taken(parts["FAN-4028"].part_id, 2)]
    arrived = stock.send_parts(
        actor=keeper,
        depot_id=first,
        to_id=others[0],
        lines=lines,
        carriage=Carriage("顺丰速运", "SF1406672210", sent + timedelta(days=2)),
        now=sent,
    )
    row = get_shipment(keeper, arrived.public_id)
    stock.receive_shipment(
        actor=keeper,
        shipment_id=row.public_id,
        version=row.version,
        now=sent + timedelta(days=1),
    )
    stock.send_parts(
        actor=keeper,
        depot_id=first,
        to_id=others[1],
        lines=[
            Taken(parts["BAT-12V7"].part_id, 2),
            Taken(parts["PSU-550"].part_id, serials=("PSU90001",)),
        ],
        carriage=Carriage("德邦物流", "DPK202611223", now - timedelta(hours=5)),
        now=sent,
    )
    _car(keeper, first, parts["FAN-4028"].part_id, now)


def _car(keeper: Actor, first: object, part: object, now: datetime) -> None:
    for person in list_people(keeper):
        if not any(one.role_code == "technician" for one in person.assignments):
            continue
        car = stock.create_depot(
            actor=keeper,
            unit_id=person.unit_public_id,
            data=DepotData(f"{person.name}的工程车", "car", person.public_id),
            now=now - timedelta(days=20),
        )
        shipment = stock.send_parts(
            actor=keeper,
            depot_id=first,
            to_id=car.public_id,
            lines=[Taken(part, 1)],
            carriage=Carriage(),
            now=now - timedelta(days=2),
        )
        stock.receive_shipment(
            actor=keeper, shipment_id=shipment.public_id, version=1, now=now - timedelta(days=2)
        )


def _count(keeper: Actor, depot: object, part: object, now: datetime) -> None:
    """The cable was measured and is four metres short."""
    counted = Counted(part, expected=_FULL * 50, quantity=_FULL * 50 - 4)
    stock.take_stock(
        actor=keeper,
        depot_id=depot,
        lines=[counted],
        reason="月度盘点，线头裁剪损耗",
        now=now - timedelta(days=1),
    )


def ask_for_some(
    keeper: Actor, manager: Actor, asker: Actor, request_ids: Sequence[object], now: datetime
) -> None:
    """Three engineers' wishes: one waits for approval, one is kept, one is used with its old part
    still out."""
    depot = next(one for one in depot_choices(keeper) if one.kind == "headquarters")
    fan = next(one for one in part_choices(keeper) if one.number == "FAN-4028")
    for number, request_id in enumerate(request_ids[:3]):
        ask = stock.ask_for_parts(
            actor=asker,
            request_id=request_id,
            depot_id=depot.public_id,
            lines=[Taken(fan.public_id, 1)],
            note="风扇异响，现场更换",
            now=now,
        )
        if number == 0:
            continue
        stock.approve_parts(actor=manager, ask_id=ask.public_id, version=1, now=now)
        if number == 1:
            continue
        line = get_ask(keeper, ask.public_id).lines[0].id
        about: dict[str, Any] = {"ask_id": ask.public_id, "lines": [LineDone(line, 1)], "now": now}
        carriage = Carriage("专人送件")
        stock.ship_asked(actor=keeper, version=2, carriage=carriage, **about)
        stock.receive_asked(actor=asker, version=3, **about)
        stock.use_asked(actor=asker, version=4, **about)


def _repair(keeper: Actor, depot: object, parts: Mapping[str, Part], now: datetime) -> None:
    """Four power modules that customers sent back: one repaired, one still on the bench, one with
    its supplier, one waiting on the shelf."""
    module = parts["PSU-550"]
    serials = tuple(f"PSU8000{number}" for number in range(1, 5))
    line = Received(module.part_id, 0, "", serials, Decimal(0), "faulty")
    came = now - timedelta(days=16)
    stock.receive_parts(actor=keeper, depot_id=depot, lines=[line], reference="旧件返库", now=came)
    faults = ("上电无输出", "带载后保护", "风扇不转，过热关机")
    taken = [
        stock.take_for_repair(
            actor=keeper,
            depot_id=depot,
            taken=TakenForRepair(module.part_id, fault, serial),
            now=came + timedelta(days=1 + 4 * number),
        )
        for number, (serial, fault) in enumerate(zip(serials, faults, strict=False))
    ]
    fan = [Taken(parts["FAN-4028"].part_id, 1)]
    day = came + timedelta(days=2)
    about: dict[str, Any] = {"actor": keeper, "repair_id": taken[0].public_id}
    stock.use_material(**about, version=1, lines=fan, now=day)
    result = RepairResult(
        "repaired", "更换输入滤波电容和风扇", Decimal("1.5"), "满载运行四小时，输出正常"
    )
    stock.finish_part_repair(**about, version=2, result=result, now=day + timedelta(hours=5))
    sent = RepairResult(
        "with_supplier",
        "主控芯片损坏，无备用芯片",
        Decimal("0.5"),
        supplier="深圳电源厂",
        claim_number="SP-2611-018",
    )
    stock.finish_part_repair(
        actor=keeper,
        repair_id=taken[1].public_id,
        version=1,
        result=sent,
        now=came + timedelta(days=6),
    )
