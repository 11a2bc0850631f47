"""Story 2's first line and what contracts promise of themselves, through the API and the worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from tests.api.conftest import Api, World
from tests.factories import make_customer, publish
from tests.factories.contract_promises import look_around
from tests.factories.promises import PLANS

from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.obligations.services.following import follow_contracts

JULY = "2026-07-11T09:00:00+08:00"
ON_11_JULY = datetime(2026, 7, 11, 1, 5, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[Any]:
    at = datetime(2026, 3, 2, 1, tzinfo=UTC)
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


@pytest.fixture
def api(clock: Any, world: World) -> Api:
    return Api(world.own.member.token())


@pytest.fixture
def contract(api: Api, world: World) -> dict[str, str]:
    """The sign maker's contract of story 2: 486,000.00 yuan, on site within 8 hours."""
    unit = ServiceUnit.objects.get(public_id=world.own.ids["unit_id"])
    customer = make_customer(world.own.member, unit)
    version = publish(world.company.administrator, (PLANS / "signage.yaml").read_text())
    body = {
        "customer_id": str(customer.public_id),
        "number": "BP-2026-001",
        "plan_version_id": str(version.public_id),
        "starts_on": "2026-03-02",
        "total": "486000.00",
        "parameters": {"on_site_hours": 8, "free_years": 2},
    }
    made = api.post("/contracts", body)
    assert made.status_code == 201, made.content
    return {"id": made.json()["id"], "customer_id": str(customer.public_id)}


def worker(at: datetime) -> None:
    for later in (timedelta(0), timedelta(seconds=1)):
        follow_contracts(now=at + later)
        look_around(at + later)
        while act_on_due(now=at + later):
            pass


def later(world: World, clock: Any, at: datetime) -> Api:
    """The clock goes on; tokens end after a while, so there is a new one."""
    clock.move_to(at)
    return Api(world.own.member.token())


def report(api: Api, contract: dict[str, str]) -> str:
    body = {
        "customer_id": contract["customer_id"],
        "symptom": "大门灯箱松动，下方为人行道",
        "level": "major",
        "category": "loose",
        "reported_at": JULY,
    }
    opened = api.post("/requests", body)
    assert opened.status_code == 201, opened.content
    return str(opened.json()["id"])


def states(api: Api, request_id: str) -> dict[str, str]:
    page = api.get(f"/requests/{request_id}").json()["obligations"]
    return {one["clause"]: one["state"] for one in page}


def penalties(request_id: str) -> dict[str, Decimal]:
    from yinuo.domains.breaches.models import Entry

    found: dict[str, Decimal] = {}
    for one in Entry.objects.filter(breach__subject_id=request_id):
        clause = one.breach.clause
        found[clause] = found.get(clause, Decimal(0)) + one.amount
    return found


@pytest.mark.req("SG-03", "SG-09", "SG-10", "SG-10c")
def test_with_the_summer_visit_recorded_no_visit_should_have_prevented_the_outage(
    world: World, contract: dict[str, str], clock: Any
) -> None:
    api = later(world, clock, datetime(2026, 6, 24, 9, tzinfo=UTC))
    visit = {"clause": "visits", "held_on": "2026-06-24", "note": "标牌牢固，已拍照"}
    made = api.post(f"/contracts/{contract['id']}/holdings", visit)
    assert made.status_code == 201, made.content
    shown = api.get(f"/contracts/{contract['id']}/promises").json()
    (summer,) = [one for one in shown["items"] if one["period"] == "2026-summer"]
    assert (summer["promise"]["state"], summer["done"], summer["times"]) == ("met", 1, 1)
    calls = api.get(f"/customers/{contract['customer_id']}/visits").json()["items"]
    assert [one["outcome"] for one in calls] == ["标牌牢固，已拍照"]
    api = later(world, clock, ON_11_JULY)
    request_id = report(api, contract)
    assert "prevented" not in states(api, request_id)
    page = api.get(f"/requests/{request_id}").json()["obligations"]
    dues = {one["clause"]: one["due_at"] for one in page}
    assert dues["measures"] == "2026-07-11T05:00:00+00:00"
    assert dues["on_site"] == "2026-07-11T09:00:00+00:00"


@pytest.mark.req("SG-03", "SG-10", "SG-10c")
def test_without_the_visit_the_outage_costs_one_per_cent_more_until_it_is_recorded(
    world: World, contract: dict[str, str], clock: Any
) -> None:
    worker(datetime(2026, 6, 1, tzinfo=UTC))
    api = later(world, clock, ON_11_JULY)
    request_id = report(api, contract)
    assert states(api, request_id)["prevented"] == "missed"
    assert penalties(request_id)["prevented"] == Decimal("4860.00")
    late = datetime(2026, 7, 12, 1, tzinfo=UTC)
    clock.move_to(late)
    visit = {"visited_on": "2026-06-24", "visitors": "王工", "purpose": "夏季巡访"}
    assert api.post(f"/customers/{contract['customer_id']}/visits", visit).status_code == 201
    worker(late + timedelta(seconds=1))
    assert states(api, request_id)["prevented"] == "void"
    assert penalties(request_id)["prevented"] == Decimal("0.00")


@pytest.mark.req("MS-07", "B-07")
def test_what_cannot_be_measured_yet_is_said_and_never_shown_as_kept(
    api: Api, world: World, clock: Any
) -> None:
    unit = ServiceUnit.objects.get(public_id=world.own.ids["unit_id"])
    customer = make_customer(world.own.member, unit)
    version = publish(world.company.administrator, (PLANS / "servers.yaml").read_text())
    body = {
        "customer_id": str(customer.public_id),
        "number": "FW-1",
        "plan_version_id": str(version.public_id),
        "starts_on": "2026-03-02",
    }
    contract_id = api.post("/contracts", body).json()["id"]
    worker(datetime(2026, 3, 2, 2, tzinfo=UTC))
    shown = api.get(f"/contracts/{contract_id}/promises").json()
    assert {one["kept"] for one in shown["unmeasured"]} == {"stock", "certificate"}
    assert not {one["promise"]["clause"] for one in shown["items"]} & {
        one["clause"] for one in shown["unmeasured"]
    }
    inspections = [one for one in shown["items"] if one["promise"]["clause"] == "inspection"]
    assert [(one["done"], one["times"]) for one in inspections] == [(0, 2)]


def test_a_holding_of_a_clause_nobody_knows_or_a_day_to_come_is_refused(
    api: Api, contract: dict[str, str]
) -> None:
    path = f"/contracts/{contract['id']}/holdings"
    for body in (
        {"clause": "nothing", "held_on": "2026-03-02"},
        {"clause": "visits", "held_on": "2026-09-02"},
        {"clause": "visits", "held_on": date.max.isoformat()},
        {"clause": "visits", "held_on": "2020-01-01"},
    ):
        assert api.post(path, body).status_code == 422, body
    assert api.get(f"/contracts/{contract['id']}/promises").json()["holdings"] == []
