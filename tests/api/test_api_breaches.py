"""Story 2 with its money over the API, and what may be done about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from tests.api.conftest import Api, World
from tests.factories import make_customer, make_member, publish
from tests.factories.breaches import clock
from tests.factories.promises import PLANS

from yinuo.domains.contracts.services import ContractData, create_contract
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.obligations.services import act_on_due


@pytest.fixture
def calendar() -> Iterator[Any]:
    with time_machine.travel(clock("07-01 09:00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def signs(calendar: Any, world: World) -> str:
    """A customer with the contract of story 2; his public id."""
    unit = ServiceUnit.objects.get(public_id=world.own.ids["unit_id"])
    member = world.own.member
    customer = make_customer(member, unit)
    source = (PLANS / "signage.yaml").read_text(encoding="utf-8")
    version = publish(world.company.administrator, source)
    data = ContractData(
        "BP-88",
        version.public_id,
        starts_on=date(2026, 1, 12),
        ends_on=date(2028, 1, 12),
        total=Decimal("486000.00"),
        parameters={"on_site_hours": 8, "free_years": 2},
    )
    create_contract(
        actor=member.actor, customer_id=customer.public_id, data=data, now=clock("07-01 09:00")
    )
    return str(customer.public_id)


def told(api: Api, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = api.post(path, body)
    assert answer.status_code in (200, 201), answer.content
    return answer.json()


def breaches(api: Api, customer_id: str, **more: str) -> dict[str, dict[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in more.items())
    found = api.get(f"/breaches?customer_id={customer_id}&{query}").json()["items"]
    return {one["clause"]: one for one in found}


def total(api: Api, customer_id: str) -> str:
    sums = api.get(f"/breaches/sums?customer_id={customer_id}").json()["items"]
    return sums[0]["amount"] if sums else "0"


@pytest.mark.req("SG-10", "B-08", "B-09", "R41")
def test_story_2_costs_14580_and_each_fen_has_its_clause_and_its_facts(
    world: World, signs: str, calendar: Any
) -> None:
    member = world.own.member
    visit = {"visited_on": "2026-06-24", "visitors": "巡访组", "purpose": "夏季巡访"}
    told(Api(member.token()), f"/customers/{signs}/visits", visit)
    caller = make_member(
        world.company.administrator,
        ServiceUnit.objects.get(public_id=world.own.ids["unit_id"]),
        ["service_specialist"],
    )
    api = Api(caller.token())
    calendar.move_to(clock("07-11 09:00"))
    intake = {"customer_id": signs, "symptom": "灯箱松动", "level": "major", "category": "loose"}
    request = told(api, "/requests", intake)["id"]
    facts = f"/requests/{request}/facts"
    act_on_due(now=clock("07-11 13:00:01"))
    assert total(api, signs) == "4860.00"
    closed_off = {"text": "专家会诊，封闭现场"}
    for at, kind, values in (
        ("14:20", "responded", {}),
        ("14:20", "measures_taken", closed_off),
        ("16:10", "arrived", {}),
    ):
        calendar.move_to(clock(f"07-11 {at}"))
        told(api, facts, {"kind": kind, "values": values})
    calendar.move_to(clock("07-11 16:40"))
    both = {"until": "2026-07-13T18:00:00+08:00", "agreed_by": "双方签字"}
    told(api, facts, {"kind": "restoration_agreed", "values": both})
    assert total(api, signs) == "4860.00"
    calendar.move_to(clock("07-15 10:30"))
    told(api, facts, {"kind": "restored", "values": {"method": "重做支架"}})
    found = breaches(api, signs)
    assert "prevented" not in found, "the summer visit was held"
    assert {clause: one["amount"] for clause, one in found.items() if one["amount"] != "0.00"} == {
        "respond": "4860.00",
        "restore": "9720.00",
    }
    assert total(api, signs) == "14580.00"
    assert found["restore"]["late_seconds"] == (40 * 60 + 30) * 60
    one = api.get(f"/breaches/{found['restore']['id']}").json()
    assert one["clause_number"] == "SG-10"
    assert one["lines"][0]["base"] == "486000.00"
    assert "× 2" in one["lines"][0]["computation"]["zh"]
    assert sum(Decimal(part["late_seconds"]) for part in one["shares"]) == one["late_seconds"]
    assert one["steps"] == [], "who missed it decides nothing"
    unit = ServiceUnit.objects.get(public_id=world.own.ids["unit_id"])
    second = make_member(world.company.administrator, unit, ["service_manager"])
    _decided(Api(member.token()), Api(second.token()), found, signs)


def _decided(api: Api, second: Api, found: dict[str, dict[str, Any]], customer_id: str) -> None:
    """The loss with its proof on top; all approved by another; nothing waits any more."""
    respond, restore = found["respond"], found["restore"]
    loss = {"version": respond["version"], "amount": "3250.50", "proof": "发票 2026-0715"}
    told(api, f"/breaches/{respond['id']}/loss", loss)
    for one in (respond, restore):
        version = api.get(f"/breaches/{one['id']}").json()["version"]
        told(second, f"/breaches/{one['id']}/approval", {"version": version})
    assert total(api, customer_id) == "17830.50"
    assert breaches(api, customer_id, state="waiting") == {}
    stale = api.post(f"/breaches/{restore['id']}/approval", {"version": 1})
    assert stale.status_code == 409
    entries = api.get(f"/breaches/{respond['id']}").json()["entries"]
    assert [(one["kind"], one["amount"]) for one in entries] == [
        ("posted", "4860.00"),
        ("loss", "3250.50"),
    ]
    assert all(datetime.fromisoformat(one["approved_at"]) for one in entries)
