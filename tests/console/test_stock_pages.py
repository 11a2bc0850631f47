"""Parts and stock in the browser: what comes in, travels, is counted, and who may see it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.console.conftest import Browser, Company

from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.parts.models import Balance, Depot, Part, Piece, Shipment


@pytest.mark.req("B-50", "SV-04")
def test_parts_come_in_travel_and_are_counted_in_the_browser(
    company: Company, branch: ServiceUnit, colleague: Callable[..., Browser]
) -> None:
    keeper = colleague("parts_manager")
    new = {"tracking": "serial", "models": "FW-100, FW-200", "cost": "120", "active": "on"}
    keeper.fill("/parts/catalogue/new/", number="pn-7", name="电源模块", measure="个", **new)
    part = Part.objects.get()
    assert (part.number, part.models_fitted) == ("PN-7", ["FW-100", "FW-200"])
    for unit, name in ((company.headquarters, "总部库"), (branch, "深圳库")):
        keeper.fill(
            "/parts/depots/new/", unit_id=unit.public_id, name=name, kind="centre", active="on"
        )
    depot, other = Depot.objects.order_by("pk")
    at = f"/parts/depots/{depot.public_id}/"
    assert "Nothing lies here" in keeper.read(at)
    came = keeper.fill(
        f"{at}receive/", part_id=part.public_id, serials="A-1\nA-2", reference="SH-2026"
    )
    assert came.status_code == 302
    again = keeper.fill(f"{at}receive/", part_id=part.public_id, serials="A-2")
    assert again.status_code == 409
    assert "A-2 lies in 总部库" in again.content.decode()
    page = keeper.read(at)
    assert "SH-2026" in page
    line = f"line_{Balance.objects.get().pk}"
    keeper.fill(f"{at}send/", to_id=other.public_id, waybill="SF1", **{line: "A-1"})
    shipment = Shipment.objects.get()
    assert Piece.objects.get(serial="A-1").place == "transit"
    where = f"/parts/shipments/{shipment.public_id}/"
    assert keeper.fill(where, **{f"line_{shipment.lines.get().pk}": "1"}).status_code == 302
    assert Piece.objects.get(serial="A-1").depot == other
    row = Balance.objects.get(depot=other).pk
    none = {f"line_{row}": "-", f"expected_{row}": "1"}
    there = f"/parts/depots/{other.public_id}/"
    assert keeper.fill(f"{there}count/", **none).status_code == 422
    assert keeper.fill(f"{there}count/", **none, reason="丢失").status_code == 302
    assert Piece.objects.get(serial="A-1").place == "missing"
    assert "A-1" in keeper.read("/parts/moves/?q=A-1")


@pytest.mark.req("B-50", "B-71")
def test_the_stock_list_searches_and_goes_into_a_workbook_with_its_worth(
    company: Company, colleague: Callable[..., Browser]
) -> None:
    keeper = colleague("parts_manager")
    unit_id = company.headquarters.public_id
    keeper.fill("/parts/depots/new/", unit_id=unit_id, name="总部库", kind="centre", active="on")
    at = f"/parts/depots/{Depot.objects.get().public_id}/receive/"
    for number, name in (("PN-1", "电源模块"), ("PN-2", "风扇")):
        keeper.fill("/parts/catalogue/new/", number=number, name=name, tracking="bulk", active="on")
        part_id = Part.objects.get(number=number).public_id
        keeper.fill(at, part_id=part_id, quantity="3", unit_cost="12.50")
    found = keeper.read("/parts/?q=电源")
    assert "PN-1" in found
    assert "PN-2" not in found
    answer = keeper.get("/parts/?format=xlsx", headers={"Accept-Language": "en"})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert [row[0] for row in rows] == ["Part number", "PN-1", "PN-2"]
    assert rows[1][-1] == Decimal("37.5")
    technician = colleague("technician", name="王工")
    page = technician.read("/parts/")
    assert "PN-1" in page
    assert "75.00" in keeper.read("/parts/")
    assert "75.00" not in page
    assert technician.get(at).status_code == 403
