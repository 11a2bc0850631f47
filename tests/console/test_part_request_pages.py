"""Asking for parts in the browser: the engineer asks, the keeper approves and ships."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.console.conftest import Browser, Company
from tests.factories.company import Member
from tests.factories.promises import open_fault

from yinuo.domains.customers.models import Customer
from yinuo.domains.network.models import Person
from yinuo.domains.parts.models import Depot, Part, PartRequest


@pytest.mark.req("B-50", "BP-16")
def test_an_engineer_asks_and_the_keeper_approves_ships_and_takes_the_old_part_back(
    company: Company, customer: Customer, colleague: Callable[..., Browser]
) -> None:
    keeper, engineer = colleague("parts_manager"), colleague("technician", name="王工")
    unit_id = company.headquarters.public_id
    keeper.fill("/parts/depots/new/", unit_id=unit_id, name="总部库", kind="centre", active="on")
    keeper.fill("/parts/catalogue/new/", number="P1", name="光模块", tracking="serial", active="on")
    depot, part = Depot.objects.get(), Part.objects.get()
    keeper.fill(f"/parts/depots/{depot.public_id}/receive/", part_id=part.public_id, serials="A B")
    colleague("service_consultant", name="李客服")
    person = Person.objects.get(name="李客服")
    request = open_fault(Member(person, person.user), customer, level="")
    case = f"/requests/{request.public_id}/"
    assert "Ask for parts" in engineer.read(case)
    asked = engineer.fill(
        f"{case}parts/", depot_id=depot.public_id, part_1=part.public_id, quantity_1="1"
    )
    ask = PartRequest.objects.get()
    at = f"/parts/requests/{ask.public_id}/"
    assert asked.url == at
    assert ask.number in engineer.read(case)
    assert engineer.get(f"{at}approve/").status_code == 403
    assert keeper.fill(f"{at}approve/", depot_id=depot.public_id).status_code == 302
    line = ask.lines.get().pk
    assert keeper.fill(f"{at}ship/", **{f"line_{line}": "B"}, waybill="SF1").status_code == 302
    assert engineer.fill(f"{at}receive/", **{f"line_{line}": "1"}).status_code == 302
    assert engineer.fill(f"{at}use/", **{f"line_{line}": "1"}).status_code == 302
    assert "owed" in keeper.read(at)
    old = {f"old_{line}": "1", f"serials_{line}": "OLD-7"}
    assert keeper.fill(f"{at}back/", **old).status_code == 302
    ask.refresh_from_db()
    assert ask.state == "done"
    assert ask.number in keeper.read("/parts/requests/?state=done")
