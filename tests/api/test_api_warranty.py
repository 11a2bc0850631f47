"""Free or not: the warranty of the plan, judged as of the fault, from the archive's dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from tests.api.conftest import Api, World
from tests.factories import make_asset, make_contract, make_customer, make_project, publish
from tests.factories.promises import PLANS

from yinuo.domains.network.models import ServiceUnit

ACCEPTED = date(2025, 3, 18)


@pytest.fixture
def clock() -> Iterator[Any]:
    """The clock on 20 March 2028, two days after a warranty of three years ended."""
    with time_machine.travel(datetime(2028, 3, 20, 4, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def api(clock: Any, world: World) -> Api:
    return Api(world.own.member.token())


@pytest.fixture
def asset(clock: Any, world: World) -> dict[str, str]:
    """A platform accepted on 18 March 2025, sold with a contract that names no end."""
    seller = world.own.member
    unit = ServiceUnit.objects.get(public_id=world.own.ids["unit_id"])
    customer = make_customer(seller, unit)
    source = (PLANS / "broadcast.yaml").read_text(encoding="utf-8")
    version = publish(world.company.administrator, source)
    make_contract(seller, customer, version, starts_on=date(2024, 9, 20))
    project = make_project(seller, customer, accepted_on=ACCEPTED)
    made = make_asset(seller, customer, project=project)
    return {"customer_id": str(customer.public_id), "asset_id": str(made.public_id)}


def cover(api: Api, asset: dict[str, str], reported_at: str) -> dict[str, Any]:
    body = {**asset, "symptom": "链路中断", "level": "serious", "reported_at": reported_at}
    opened = api.post("/requests", body)
    assert opened.status_code == 201, opened.content
    return opened.json()["cover"]


@pytest.mark.req("BP-01", "SA-08")
@pytest.mark.parametrize(
    ("reported_at", "kind", "reason"),
    [
        ("2026-02-14T21:40:00+08:00", "warranty", "warranty_runs"),
        ("2028-03-17T23:59:59+08:00", "warranty", "warranty_runs"),
        ("2028-03-18T00:00:00+08:00", "paid", "warranty_ended"),
    ],
)
def test_the_warranty_runs_three_years_from_the_acceptance(
    api: Api, asset: dict[str, str], reported_at: str, kind: str, reason: str
) -> None:
    found = cover(api, asset, reported_at)
    assert (found["kind"], found["reason"], found["until"]) == (kind, reason, "2028-03-18")


@pytest.mark.req("BP-01")
def test_the_preview_says_what_is_free_and_which_step_comes_first(
    api: Api, asset: dict[str, str]
) -> None:
    body = {**asset, "symptom": "", "level": "serious", "reported_at": "2026-02-14T21:40:00+08:00"}
    found = api.post("/requests/preview", body).json()["cover"]
    assert found["rung"] == "repair"
    assert found["covers"] == ["parts", "labour", "travel", "software"]


@pytest.mark.req("BP-01")
def test_without_a_date_of_acceptance_the_contract_is_the_cover(
    api: Api, asset: dict[str, str]
) -> None:
    found = cover(api, {"customer_id": asset["customer_id"]}, "2026-02-14T21:40:00+08:00")
    assert (found["kind"], found["reason"]) == ("contract", "contract_runs")
