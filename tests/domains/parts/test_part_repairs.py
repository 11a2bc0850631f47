"""Faulty parts repaired in a depot's own workshop: by moves of the one ledger, at what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.factories import Company, Member, make_company, make_member
from tests.factories.stock import (
    fill,
    make_depot,
    make_part,
    make_part_repair,
    make_piece,
    send_to_supplier,
)

from yinuo.domains.parts.checking import wrong_stock
from yinuo.domains.parts.models import Balance, Depot, Move, Part, PartRepair, Piece
from yinuo.domains.parts.repair_selectors import (
    faulty_parts,
    get_part_repair,
    list_part_repairs,
    workers_of,
)
from yinuo.domains.parts.repair_types import RepairResult, SupplierAnswer, TakenForRepair
from yinuo.domains.parts.services import (
    edit_depot,
    finish_part_repair,
    receive_parts,
    settle_part_claim,
    take_for_repair,
    use_material,
)
from yinuo.domains.parts.types import DepotData, Received, Taken
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput, NotFound

GOOD = RepairResult("repaired", "更换电容", Decimal("1.5"), "满载两小时")


@dataclass(frozen=True)
class Shop:
    """A depot with a workshop at 80 yuan an hour, its keeper, modules by serial number and fans."""

    company: Company
    keeper: Member
    depot: Depot
    module: Part
    fan: Part

    def take(self, part: Part, serial: str = "", *, by: Member | None = None) -> PartRepair:
        taken = TakenForRepair(part.public_id, "无输出", serial)
        who, depot_id = (by or self.keeper).actor, self.depot.public_id
        return take_for_repair(actor=who, depot_id=depot_id, taken=taken, now=datetime.now(UTC))

    def does(self, act: Any, repair: PartRepair, *, by: Member | None = None, **given: Any) -> Any:
        version = PartRepair.objects.get(pk=repair.pk).version
        about = {"actor": (by or self.keeper).actor, "repair_id": repair.public_id}
        return act(**about, version=version, now=datetime.now(UTC), **given)

    def shelf(self, part: Part, condition: str) -> tuple[int, Decimal]:
        row = Balance.objects.filter(depot=self.depot, part=part, condition=condition).first()
        return (row.on_hand, row.value) if row else (0, Decimal(0))


@pytest.fixture
def shop(db: None) -> Shop:
    company = make_company()
    unit = company.headquarters
    keeper = make_member(company.administrator, unit, ["parts_manager"])
    depot = make_depot(keeper, unit)
    fan = make_part(keeper)
    fill(keeper, depot, fan, 5, unit_cost="40.00")
    return Shop(company, keeper, depot, make_part(keeper, "serial"), fan)


@pytest.mark.req("SV-04", "B-50", "R40")
def test_a_repaired_piece_is_good_stock_again_at_what_it_cost(shop: Shop) -> None:
    repair = make_part_repair(shop.keeper, shop.depot, shop.module)
    piece = Piece.objects.get(pk=repair.piece_id)
    assert (piece.place, piece.depot) == ("workshop", None)
    assert shop.shelf(shop.module, "faulty") == (0, 0)
    shop.does(use_material, repair, lines=[Taken(shop.fan.public_id, 2)])
    with pytest.raises(InvalidInput):
        shop.does(finish_part_repair, repair, result=RepairResult("repaired", "更换电容"))
    shop.does(finish_part_repair, repair, result=GOOD)
    piece.refresh_from_db()
    assert (piece.place, piece.depot, piece.condition) == ("depot", shop.depot, "good")
    # Two fans at 40 and an hour and a half at 80.
    assert shop.shelf(shop.module, "good") == (1, Decimal("200.00"))
    assert shop.shelf(shop.fan, "good") == (3, Decimal("120.00"))
    kinds = Move.objects.filter(repair=repair).order_by("id").values_list("kind", "condition")
    assert list(kinds) == [("repair_out", "faulty"), ("material", "good"), ("repair_in", "good")]
    row = get_part_repair(shop.keeper.actor, repair.public_id)
    assert (row.cost, row.materials[0].quantity) == (Decimal("200.00"), 2)
    assert wrong_stock() == []
    with pytest.raises(IllegalMove):
        shop.does(finish_part_repair, repair, result=GOOD)


@pytest.mark.req("SV-04", "R40")
def test_what_is_beyond_repair_is_scrapped_or_put_back_with_its_reason(shop: Shop) -> None:
    fill(shop.keeper, shop.depot, shop.fan, 2, unit_cost="0", condition="faulty")
    gone, back = shop.take(shop.fan), shop.take(shop.fan)
    with pytest.raises(IllegalMove):
        shop.take(shop.fan)
    with pytest.raises(InvalidInput):
        shop.does(finish_part_repair, gone, result=RepairResult("scrapped"))
    shop.does(finish_part_repair, gone, result=RepairResult("scrapped", reason="线圈烧毁"))
    shop.does(finish_part_repair, back, result=RepairResult("put_back", reason="等待备料"))
    assert shop.shelf(shop.fan, "faulty") == (1, 0)
    assert shop.shelf(shop.fan, "good") == (5, Decimal("200.00"))
    assert wrong_stock() == []


@pytest.mark.req("SV-04")
def test_a_part_sent_to_its_supplier_stays_open_until_he_answers(shop: Shop) -> None:
    first, second = (make_part_repair(shop.keeper, shop.depot, shop.module) for _ in range(2))
    for repair in (first, second):
        send_to_supplier(shop.keeper, repair)
    piece = Piece.objects.get(pk=first.piece_id)
    assert (piece.place, piece.whereabouts) == ("out", "电源厂")
    open_ones = list_part_repairs(shop.keeper.actor).items
    assert [one.public_id for one in open_ones] == [first.public_id, second.public_id]
    assert open_ones[0].days(datetime.now(UTC) + timedelta(days=9)) == 9
    with pytest.raises(InvalidInput):
        shop.does(settle_part_claim, first, answer=SupplierAnswer("credited"))
    back = SupplierAnswer("repaired", tested="满载两小时")
    shop.does(settle_part_claim, first, answer=back)
    credited = SupplierAnswer("credited", Decimal("60.00"))
    shop.does(settle_part_claim, second, answer=credited)
    assert shop.shelf(shop.module, "good")[0] == 1
    assert not list_part_repairs(shop.keeper.actor).items
    with pytest.raises(IllegalMove):
        shop.does(settle_part_claim, second, answer=credited)
    assert wrong_stock() == []


@pytest.mark.req("SV-04", "R40")
def test_only_what_is_faulty_and_there_is_taken_and_it_is_in_one_place(shop: Shop) -> None:
    good = make_piece(shop.keeper, shop.depot, shop.module)
    with pytest.raises(InvalidInput):
        shop.take(shop.module, good.serial)
    repair = make_part_repair(shop.keeper, shop.depot, shop.module)
    serial = Piece.objects.get(pk=repair.piece_id).serial
    with pytest.raises(IllegalMove):
        shop.take(shop.module, serial)
    line = Received(shop.module.public_id, serials=(serial,))
    about = {"actor": shop.keeper.actor, "depot_id": shop.depot.public_id}
    with pytest.raises(IllegalMove):
        receive_parts(**about, lines=[line], now=datetime.now(UTC))
    data = DepotData(shop.depot.name, "centre", active=False)
    with pytest.raises(IllegalMove):
        edit_depot(**about, version=1, data=data, now=datetime.now(UTC))
    fill(shop.keeper, shop.depot, shop.module, serials=["F-1"], condition="faulty")
    assert [one.serial for one in faulty_parts(shop.keeper.actor, shop.depot.public_id)] == ["F-1"]


@pytest.mark.req("SV-04", "R06")
def test_parts_are_repaired_by_those_who_may_where_there_is_a_workshop(shop: Shop) -> None:
    company, unit = shop.company, shop.company.headquarters
    engineer = make_member(company.administrator, unit, ["technician"])
    repair = make_part_repair(shop.keeper, shop.depot, shop.module)
    assert get_part_repair(engineer.actor, repair.public_id).cost is None
    with pytest.raises(Forbidden):
        shop.does(finish_part_repair, repair, by=engineer, result=GOOD)
    fill(shop.keeper, shop.depot, shop.fan, 1, condition="faulty")
    with pytest.raises(NotFound):
        shop.take(shop.fan, by=engineer)
    people = [one.public_id for one in workers_of(shop.keeper.actor, shop.depot.public_id)]
    assert shop.keeper.person.public_id in people
    assert engineer.person.public_id not in people
    Depot.objects.filter(pk=shop.depot.pk).update(hour_cost=None)
    with pytest.raises(IllegalMove):
        shop.take(shop.fan)
