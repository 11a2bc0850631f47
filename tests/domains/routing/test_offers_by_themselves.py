"""What comes into a queue that says so, or under a plan that does, is offered without a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.api.conftest import Api
from tests.factories import publish
from tests.factories.routing import LINE, Network, make_network
from tests.plans.commands import PLANS

from yinuo.domains.contracts.models import Contract
from yinuo.domains.requests.models import Request, SupportGroup
from yinuo.domains.routing.models import Offer, Routing
from yinuo.domains.routing.services.starting import start_wished
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.req("SV-02", "SV-03", "B-33")


@pytest.fixture
def network(db: None) -> Network:
    return make_network()


def group(network: Network, name: str = "服务器队列", **more: object) -> SupportGroup:
    body = {"unit_id": str(network.company.headquarters.public_id), "name": name, **more}
    answer = Api(network.desk.token()).post("/support-groups", body)
    assert answer.status_code == 201, answer.content
    return SupportGroup.objects.get(public_id=answer.json()["id"])


def reported(network: Network, **more: object) -> Request:
    body = {
        "customer_id": str(network.customer.public_id),
        "asset_id": str(network.asset.public_id),
        "symptom": "RAID 控制器故障",
        "level": "down",
        "category": "hardware",
        **more,
    }
    answer = Api(network.desk.token()).post("/requests", body)
    assert answer.status_code == 201, answer.content
    return Request.objects.get(public_id=answer.json()["id"])


def work(later: timedelta = timedelta(0)) -> int:
    return start_wished(now=datetime.now(UTC) + later)


def offered(request: Request) -> list[str]:
    return [
        one.unit.name for one in Offer.objects.filter(routing__request=request, outcome="offered")
    ]


def test_a_queue_of_a_product_line_offers_what_comes_in(network: Network) -> None:
    group(network, asset_classes=[LINE], offer_mode="on_site")
    request = reported(network)
    assert request.offer_as == "on_site"
    assert ProcrastinateJob.objects.filter(task_name="routing.offer_wanted").count() == 1
    assert work() == 1
    assert offered(request) == ["德阳合作网点"]
    request.refresh_from_db()
    assert request.offer_as == ""
    assert work() == 0
    facts = Api(network.desk.token()).get(f"/requests/{request.public_id}/facts").json()["items"]
    assert {("unit_skipped", "system"), ("assigned", "system")} <= {
        (one["kind"], one["source"]) for one in facts
    }


def test_other_lines_and_queues_that_do_not_say_so_wait_for_a_person(network: Network) -> None:
    group(network, "台式机队列", asset_classes=["台式机"], offer_mode="on_site")
    group(network, "总队列")
    request = reported(network)
    assert work() == 0
    assert not Routing.objects.filter(request=request).exists()


def test_moved_into_such_a_queue_it_is_offered_then(network: Network) -> None:
    queue = group(network, offer_mode="on_site", kinds=["complaint"])
    request = reported(network)
    api = Api(network.desk.token())
    body = {"to_id": str(queue.public_id), "reason": "转网点", "version": request.version}
    assert api.post(f"/requests/{request.public_id}/handover", body).status_code in (200, 201)
    assert work() == 1
    assert offered(request) == ["德阳合作网点"]


def test_escalated_into_such_a_queue_it_is_offered_then(network: Network) -> None:
    second = group(network, "二线", offer_mode="on_site", kinds=["complaint"])
    group(network, "一线", next_id=str(second.public_id))
    request = reported(network)
    assert work() == 0
    api = Api(network.desk.token())
    body = {"reason": "需现场", "version": request.version}
    answer = api.post(f"/requests/{request.public_id}/escalation", body)
    assert answer.status_code in (200, 201), answer.content
    assert work() == 1
    assert offered(request) == ["德阳合作网点"]


def test_the_plan_says_that_faults_are_offered(network: Network) -> None:
    text = (
        (PLANS / "servers.yaml")
        .read_text()
        .replace("currency: CNY", "currency: CNY\noffers_faults: yes")
    )
    plan = publish(network.company.administrator, text.replace('version: "1"', 'version: "2"'))
    Contract.objects.filter(customer=network.customer).update(plan_version=plan)
    fault, advice = reported(network), reported(network, kind="advice")
    assert (fault.offer_as, advice.offer_as) == ("on_site", "")
    assert work() == 1
    assert offered(fault) == ["德阳合作网点"]


def test_a_wish_that_a_person_fulfilled_or_that_came_too_late_is_dropped(network: Network) -> None:
    group(network, offer_mode="on_site")
    by_hand, closed = reported(network), reported(network)
    network.start(by_hand)
    by_hand.refresh_from_db()
    assert by_hand.offer_as == ""
    Request.objects.filter(pk=closed.pk).update(state="cancelled")
    assert work() == 1
    closed.refresh_from_db()
    assert closed.offer_as == ""
    assert not Routing.objects.filter(request=closed).exists()


def test_whoever_takes_it_afterwards_follows_it(network: Network) -> None:
    queue = group(
        network, offer_mode="on_site", member_ids=[str(network.at_centre.person.public_id)]
    )
    request = reported(network)
    assert request.owner_id is None
    work()
    Request.objects.filter(pk=request.pk).update(owner=network.desk.person)
    way = Api(network.desk.token()).get(f"/requests/{request.public_id}/routing").json()
    assert way["follower_name"] == "呼叫中心"
    assert queue.offer_mode == "on_site"


def test_the_queue_is_set_up_on_its_page(network: Network) -> None:
    queue = group(network, offer_mode="remote")
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    browser.force_login(User.objects.get(pk=network.company.administrator.user.pk))
    listed = browser.get("/settings/groups/").content.decode()
    assert "offered to the network" in listed
    page = browser.get(f"/settings/groups/{queue.public_id}/")
    assert "Offer to the network" in page.content.decode()


def test_an_unknown_way_of_service_is_refused(network: Network) -> None:
    body = {
        "unit_id": str(network.company.headquarters.public_id),
        "name": "x",
        "offer_mode": "teleport",
    }
    answer = Api(network.desk.token()).post("/support-groups", body)
    assert answer.status_code == 422


@pytest.mark.usefixtures("committed")
def test_two_workers_ask_nobody_twice() -> None:
    network = make_network()
    group(network, offer_mode="on_site")
    requests = [reported(network) for _ in range(3)]
    ready = Barrier(2)

    def go() -> None:
        ready.wait()
        try:
            work()
        finally:
            connections.close_all()

    threads = [Thread(target=go) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    work()
    assert [Routing.objects.filter(request=one).count() for one in requests] == [1, 1, 1]
