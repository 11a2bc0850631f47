"""Stock: moves are the only way it changes, and the database keeps it in step with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from tests.factories import Member, make_company, make_member, make_unit
from tests.factories.stock import fill, make_depot, make_part, make_piece, make_shipment

from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.parts.checking import wrong_stock
from yinuo.domains.parts.models import Balance, Depot, Move, Piece, Shipment
from yinuo.domains.parts.selectors import list_short, list_stock, stock_value
from yinuo.domains.parts.services import (
    bring_back_piece,
    hand_out_piece,
    receive_shipment,
    scrap_parts,
    set_level,
    take_stock,
)
from yinuo.domains.parts.types import Counted, Taken
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound

NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Stores:
    """Two depots of a centre and who runs them."""

    keeper: Member
    depot: Depot
    other: Depot
    administrator: Member
    headquarters: ServiceUnit


@pytest.fixture
def stores(db: None) -> Stores:
    company = make_company()
    unit = make_unit(company.administrator, company.headquarters)
    keeper = make_member(company.administrator, unit, ["parts_manager"])
    depots = make_depot(keeper, unit), make_depot(keeper, unit)
    return Stores(keeper, *depots, company.administrator, company.headquarters)


def there(depot: Depot, part: object, **more: object) -> tuple[int, Decimal]:
    found = Balance.objects.filter(depot=depot, part=part, **more)
    sums = found.aggregate(on_hand=Sum("on_hand"), value=Sum("value"))
    return sums["on_hand"] or 0, sums["value"] or Decimal(0)


@pytest.mark.req("B-50", "R40")
def test_what_is_shipped_is_in_neither_depot_until_it_is_received(stores: Stores) -> None:
    part = make_part(stores.keeper)
    fill(stores.keeper, stores.depot, part, 4, unit_cost="10.00")
    fill(stores.keeper, stores.depot, part, 4, unit_cost="20.00")
    shipment = make_shipment(stores.keeper, stores.depot, stores.other, part, 3)
    assert there(stores.depot, part) == (5, Decimal("75.00"))
    assert there(stores.other, part) == (0, Decimal(0))
    line = shipment.lines.get()

    def receive(quantity: int, **more: object) -> Shipment:
        return receive_shipment(
            actor=stores.keeper.actor,
            shipment_id=shipment.public_id,
            version=Shipment.objects.get(pk=shipment.pk).version,
            quantities={line.pk: quantity},
            now=NOW,
            **more,
        )

    assert receive(2).closed_at is None
    assert there(stores.other, part) == (2, Decimal("30.00"))
    with pytest.raises(InvalidInput):
        receive(2)
    with pytest.raises(InvalidInput):
        receive(0, close=True)
    assert receive(0, close=True, remark="途中损坏一件").closed_at == NOW
    with pytest.raises(IllegalMove):
        receive(1)
    assert wrong_stock() == []


@pytest.mark.req("B-50", "R40")
def test_stock_never_goes_below_zero_and_says_how_many_are_free(stores: Stores) -> None:
    part = make_part(stores.keeper)
    fill(stores.keeper, stores.depot, part, 2)
    with pytest.raises(IllegalMove) as refused:
        make_shipment(stores.keeper, stores.depot, stores.other, part, 3)
    assert refused.value.details == {"part": part.number, "free": 2}
    past = Move(
        at=NOW,
        by="x",
        kind="issue",
        depot=stores.depot,
        part=part,
        condition="good",
        quantity=-3,
        value=0,
    )
    with pytest.raises(IntegrityError, match="below_zero"), transaction.atomic():
        past.save(force_insert=True)
    assert there(stores.depot, part)[0] == 2


@pytest.mark.req("R40", "R42")
def test_the_database_refuses_balances_and_places_that_no_move_made(stores: Stores) -> None:
    part = make_part(stores.keeper, "serial")
    piece = make_piece(stores.keeper, stores.depot, part)
    for statement in (
        "UPDATE parts_balance SET on_hand = on_hand + 1",
        "UPDATE parts_balance SET reserved = 1",
        "DELETE FROM parts_balance",
        f"UPDATE parts_piece SET depot_id = {stores.other.pk}",
        "UPDATE parts_move SET quantity = 2",
        "DELETE FROM parts_move",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    piece.refresh_from_db()
    assert (piece.place, piece.depot) == ("depot", stores.depot)
    assert wrong_stock() == []


@pytest.mark.req("B-50", "R40")
def test_a_serial_is_in_one_place_and_goes_out_once(stores: Stores) -> None:
    keeper = stores.keeper.actor
    part = make_part(stores.keeper, "serial")
    piece = make_piece(stores.keeper, stores.depot, part)
    with pytest.raises(IllegalMove):
        fill(stores.keeper, stores.other, part, serials=[piece.serial])

    def out() -> Piece:
        return hand_out_piece(
            actor=keeper, piece_id=piece.public_id, whereabouts="客户甲", reference="BJ-1", now=NOW
        )

    def back() -> Piece:
        return bring_back_piece(
            actor=keeper,
            piece_id=piece.public_id,
            depot_id=stores.other.public_id,
            condition="faulty",
            reference="BJ-1",
            now=NOW,
        )

    with pytest.raises(IllegalMove):
        back()
    assert out().place == "out"
    with pytest.raises(IllegalMove):
        out()
    assert there(stores.depot, part)[0] == 0
    returned = back()
    assert (returned.depot, returned.condition, returned.whereabouts) == (
        stores.other,
        "faulty",
        "",
    )
    assert there(stores.other, part, condition="faulty")[0] == 1
    assert wrong_stock() == []


@pytest.mark.req("B-50")
def test_a_count_posts_what_differs_with_its_reason(stores: Stores) -> None:
    part, pieces = make_part(stores.keeper), make_part(stores.keeper, "serial")
    fill(stores.keeper, stores.depot, part, 5)
    fill(stores.keeper, stores.depot, pieces, serials=["A1", "A2"])

    def count(*lines: Counted, reason: str = "年度盘点") -> int:
        return take_stock(
            actor=stores.keeper.actor,
            depot_id=stores.depot.public_id,
            lines=lines,
            reason=reason,
            now=NOW,
        ).differences

    for wrong, error in (
        (Counted(part.public_id, 5, -1), InvalidInput),
        (Counted(part.public_id, 4, 4), IllegalMove),
    ):
        with pytest.raises(error):
            count(wrong)
    with pytest.raises(InvalidInput) as refused:
        count(Counted(part.public_id, 5, 4), reason=" ")
    assert set(refused.value.fields) == {"reason"}
    assert count(Counted(part.public_id, 5, 5), reason="") == 0
    counted = Counted(pieces.public_id, 2, serials=("A2", "A9"))
    assert count(Counted(part.public_id, 5, 3), counted) == 3
    assert there(stores.depot, part) == (3, Decimal("300.00"))
    found = dict(Piece.objects.values_list("serial", "place"))
    assert found == {"A1": "missing", "A2": "depot", "A9": "depot"}
    assert wrong_stock() == []


@pytest.mark.req("B-50")
def test_lots_go_oldest_first_and_faulty_ones_are_not_sent_as_good(stores: Stores) -> None:
    part = make_part(stores.keeper, "lot")
    with pytest.raises(InvalidInput):
        fill(stores.keeper, stores.depot, part, 1)
    fill(stores.keeper, stores.depot, part, 2, lot="2025-A")
    fill(stores.keeper, stores.depot, part, 2, lot="2026-B")
    shipment = make_shipment(stores.keeper, stores.depot, stores.other, part, 3)
    assert sorted(shipment.lines.values_list("lot", "sent")) == [("2025-A", 2), ("2026-B", 1)]
    with pytest.raises(IllegalMove):
        scrap_parts(
            actor=stores.keeper.actor,
            depot_id=stores.depot.public_id,
            lines=[Taken(part.public_id, 1, "2026-B", condition="faulty")],
            reason="老化",
            now=NOW,
        )


@pytest.mark.req("B-50")
def test_the_order_list_names_what_is_short_and_counts_what_is_coming(stores: Stores) -> None:
    keeper, part = stores.keeper.actor, make_part(stores.keeper)
    fill(stores.keeper, stores.depot, part, 9)
    given = {"depot_id": stores.other.public_id, "part_id": part.public_id}
    set_level(actor=keeper, **given, minimum=3, refill=5, now=NOW)
    (row,) = list_short(keeper).items
    assert (row.free, row.coming, row.wanted) == (0, 0, 5)
    make_shipment(stores.keeper, stores.depot, stores.other, part, 2)
    (row,) = list_short(keeper).items
    assert (row.free, row.coming, row.wanted) == (0, 2, 3)
    set_level(actor=keeper, **given, minimum=0, refill=0, now=NOW)
    assert list_short(keeper).items == ()


@pytest.mark.req("B-50", "SV-02")
def test_a_unit_sees_its_own_depots_and_only_the_entitled_see_costs(stores: Stores) -> None:
    part = make_part(stores.keeper)
    fill(stores.keeper, stores.depot, part, 2, unit_cost="50.00")
    assert [one.value for one in list_stock(stores.keeper.actor).items] == [Decimal("100.00")]
    assert stock_value(stores.keeper.actor) == Decimal("100.00")
    technician = make_member(stores.administrator, stores.depot.unit, ["technician"]).actor
    assert [one.value for one in list_stock(technician).items] == [None]
    assert stock_value(technician) is None
    branch = make_unit(stores.administrator, stores.headquarters)
    stranger = make_member(stores.administrator, branch, ["parts_manager"]).actor
    assert list_stock(stranger).items == ()
    with pytest.raises(NotFound):
        scrap_parts(
            actor=stranger,
            depot_id=stores.depot.public_id,
            lines=[Taken(part.public_id, 1)],
            reason="x",
            now=NOW,
        )


@pytest.mark.req("R40")
def test_the_invariants_command_finds_a_balance_that_is_not_its_ledger(stores: Stores) -> None:
    part = make_part(stores.keeper)
    fill(stores.keeper, stores.depot, part, 2)
    call_command("check_invariants")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE parts_balance DISABLE TRIGGER USER")
        cursor.execute("UPDATE parts_balance SET on_hand = 3")
        cursor.execute("ALTER TABLE parts_balance ENABLE TRIGGER USER")
    with pytest.raises(CommandError, match="stock"):
        call_command("check_invariants")
