"""Solved cases like an open one: ranked simply, each saying why it is similar and what helped."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.api.conftest import Api
from tests.factories import make_asset, make_customer, make_site, open_fault
from tests.factories.routing import LINE, Network, make_network
from tests.factories.work import make_work_order

from yinuo.domains.assets.models import Asset
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services import record_steps
from yinuo.domains.requests.types import StepFact
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.req("SV-02", "SV-03")

SYMPTOM = "RAID 控制器报警，阵列降级"


@pytest.fixture
def network(db: None) -> Network:
    return make_network()


def case(network: Network, symptom: str, *, model: str = "", line: str = LINE) -> Request:
    """A case of another asset of the customer."""
    site = make_site(network.desk, network.customer)
    asset = make_asset(network.desk, network.customer, site)
    Asset.objects.filter(pk=asset.pk).update(asset_class=line, model=model or asset.model)
    opened = open_fault(network.desk, network.customer, asset=asset, level="down")
    Request.objects.filter(public_id=opened.public_id).update(symptom=symptom)
    return Request.objects.get(public_id=opened.public_id)


def solve(network: Network, request: Request, method: str) -> Request:
    now = datetime.now(UTC)
    facts = [StepFact("responded", now), StepFact("restored", now, {}, {"method": method})]
    return record_steps(
        actor=network.desk.actor,
        request_id=request.public_id,
        facts=facts,
        source="test",
        now=now,
    )


def similar(network: Network, request: Request) -> list[dict[str, object]]:
    answer = Api(network.desk.token()).get(f"/requests/{request.public_id}/similar")
    assert answer.status_code == 200, answer.content
    items: list[dict[str, object]] = answer.json()["items"]
    return items


def test_the_same_model_and_words_lead_and_say_why(network: Network) -> None:
    model = solve(network, case(network, "RAID 控制器故障，阵列降级", model="R-2000"), "更换阵列卡")
    line = solve(network, case(network, "硬盘指示灯红色，阵列降级", model="R-9"), "更换硬盘")
    case(network, SYMPTOM, model="R-2000")
    foreign = solve(network, case(network, "打印卡纸", model="P-1", line="打印机"), "清理")
    request = case(network, SYMPTOM, model="R-2000")
    found = similar(network, request)
    assert [one["number"] for one in found] == [model.number, line.number]
    assert found[0]["reasons"] == ["model", "line", "words"]
    assert found[0]["method"] == "更换阵列卡"
    assert foreign.number not in str(found)
    assert int(str(found[0]["points"])) > int(str(found[1]["points"]))


def test_what_its_sheet_used_stands_beside_it(network: Network) -> None:
    request = case(network, "RAID 控制器故障，阵列降级", model="R-2000")
    order = make_work_order(network.desk, network.desk, request, "drafted")
    WorkOrder.objects.filter(pk=order.pk).update(parts_used="RAID 控制器 × 1")
    Request.objects.filter(pk=request.pk).update(state="archived")
    found = similar(network, case(network, SYMPTOM, model="R-2000"))
    assert [one["parts_used"] for one in found] == ["RAID 控制器 × 1"]


def test_the_page_shows_it_with_its_solution(network: Network) -> None:
    solved = solve(
        network, case(network, "RAID 控制器故障，阵列降级", model="R-2000"), "更换阵列卡"
    )
    request = case(network, SYMPTOM, model="R-2000")
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    browser.force_login(User.objects.get(pk=network.desk.user.pk))
    page = browser.get(f"/requests/{request.public_id}/").content.decode()
    assert "Similar solved cases" in page
    assert solved.number in page
    assert "更换阵列卡" in page
    assert "same model R-2000" in " ".join(page.split())


def test_cases_one_does_not_see_are_no_precedents(network: Network) -> None:
    solve(network, case(network, SYMPTOM, model="R-2000"), "更换阵列卡")
    customer = make_customer(network.desk, network.beside)
    asset = make_asset(network.desk, customer, make_site(network.desk, customer))
    Asset.objects.filter(pk=asset.pk).update(asset_class=LINE, model="R-2000")
    opened = open_fault(network.desk, customer, asset=asset, level="")
    Request.objects.filter(public_id=opened.public_id).update(symptom=SYMPTOM)
    path = f"/requests/{opened.public_id}/similar"
    assert len(Api(network.desk.token()).get(path).json()["items"]) == 1
    assert Api(network.at_beside.token()).get(path).json()["items"] == []
