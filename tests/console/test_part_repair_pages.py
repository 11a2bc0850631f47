"""Repairing a faulty part in the browser: onto the bench, material, result, and the list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.console.conftest import Browser, Company

from yinuo.domains.parts.models import Depot, Part, PartRepair, Piece


@pytest.mark.req("SV-04", "B-50")
def test_the_keeper_repairs_a_part_that_came_back_and_it_is_good_stock_again(
    company: Company, colleague: Callable[..., Browser]
) -> None:
    keeper, engineer = colleague("parts_manager"), colleague("technician", name="王工")
    unit_id = company.headquarters.public_id
    about = {"unit_id": unit_id, "name": "总部库", "kind": "centre", "active": "on"}
    keeper.fill("/parts/depots/new/", **about, hour_cost="80")
    keeper.fill("/parts/catalogue/new/", number="P1", name="光模块", tracking="serial", active="on")
    keeper.fill("/parts/catalogue/new/", number="C1", name="电容", tracking="bulk", active="on")
    depot = Depot.objects.get()
    module, bits = Part.objects.get(number="P1"), Part.objects.get(number="C1")
    at_depot = f"/parts/depots/{depot.public_id}/"
    keeper.fill(f"{at_depot}receive/", part_id=bits.public_id, quantity="9", unit_cost="2")
    faulty = {"serials": "OLD-7", "condition": "faulty"}
    keeper.fill(f"{at_depot}receive/", part_id=module.public_id, unit_cost="0", **faulty)
    assert "Repair a faulty part" in keeper.read(at_depot)
    assert engineer.get(f"{at_depot}repair/").status_code == 403
    empty = keeper.fill(f"{at_depot}repair/", which="nothing", fault="无光")
    assert empty.status_code == 422
    keeper.fill(f"{at_depot}repair/", which=f"{module.public_id} OLD-7", fault="无光")
    repair = PartRepair.objects.get()
    at = f"/parts/repairs/{repair.public_id}/"
    assert repair.number in keeper.read("/parts/repairs/")
    keeper.fill(f"{at}material/", part_1=bits.public_id, quantity_1="3")
    untested = keeper.fill(f"{at}finish/", outcome="repaired", work_done="更换电容", hours="0.5")
    assert untested.status_code == 422
    assert "untested it is not good" in untested.content.decode()
    result = {
        "outcome": "repaired",
        "work_done": "更换电容",
        "hours": "0.5",
        "tested": "光功率正常",
    }
    assert keeper.fill(f"{at}finish/", **result).url == at
    shown = keeper.read(at)
    assert "46.00 CNY" in shown
    assert "46.00 CNY" not in engineer.read(at)
    piece = Piece.objects.get(serial="OLD-7")
    assert (piece.depot, piece.condition) == (depot, "good")
    assert repair.number in keeper.read("/parts/repairs/?state=repaired")
