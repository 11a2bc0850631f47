"""Offers on screen: the partner's own list, the answer, the way on the page of the request."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.console.conftest import PASSWORD
from tests.factories import Member, make_member
from tests.factories.qualified import make_absence, make_certificate
from tests.factories.routing import Network, make_network
from tests.factories.work import fresh, issue

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.services import assign_work_order
from yinuo.domains.notices.models import Notice
from yinuo.domains.obligations.models import FactRow
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.req("SV-02", "SV-05", "B-33")


@pytest.fixture
def network(db: None) -> Network:
    return make_network(PASSWORD)


def signed_in(member: Member) -> Client:
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    browser.force_login(User.objects.get(pk=member.user.pk))
    return browser


def text_of(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", answer.content.decode())


def test_offered_declined_and_taken_through_the_pages(network: Network) -> None:
    request = network.open()
    desk, partner, centre = map(signed_in, (network.desk, network.at_beside, network.at_centre))
    sent = desk.post(f"/requests/{request.public_id}/offers/", {"mode": "on_site"})
    assert sent.status_code == 302
    page = text_of(desk, f"/requests/{request.public_id}/")
    assert "not certified for this product line" in page
    assert "follows the case to its end" in page
    waiting = text_of(partner, "/offers/")
    assert request.number in waiting
    assert network.customer.name not in waiting
    offer = re.search(r"/offers/([0-9a-f-]{36})/", waiting)
    assert offer is not None
    one = f"/offers/{offer[1]}/"
    assert network.customer.name not in text_of(partner, one)
    answer = partner.post(f"{one}decline/", {"version": "1", "reason": "工程师都在外"}, follow=True)
    assert "The next unit is asked" in answer.content.decode()
    assert "工程师都在外" in text_of(desk, f"/requests/{request.public_id}/")
    theirs = re.search(r"/offers/([0-9a-f-]{36})/", text_of(centre, "/offers/"))
    assert theirs is not None
    centre.post(f"/offers/{theirs[1]}/accept/", {"version": "1"})
    request.refresh_from_db()
    assert request.serving_unit == network.centre
    assert partner.get(f"/requests/{request.public_id}/").status_code == 404


def test_a_unit_beside_the_customer_s_sees_the_request_it_took_and_sends_its_own_people(
    network: Network,
) -> None:
    request = network.open()
    routing = network.start(request)
    offer = network.answer(network.at_beside, routing.offers.get(outcome="offered"), "accept")
    partner = signed_in(network.at_beside)
    text_of(partner, f"/requests/{request.public_id}/")
    order = fresh(issue(network.at_beside, request))
    assert order.unit == network.beside
    text_of(partner, f"/work/{order.public_id}/")
    assign_work_order(
        actor=network.at_beside.actor,
        work_order_id=order.public_id,
        assignee_id=network.at_beside.person.public_id,
        source="test",
        now=datetime.now(UTC),
    )
    assert fresh(order).state == "accepted"
    assert offer.unit == network.beside


@pytest.mark.req("LV-02", "LV-03")
def test_a_specialist_with_time_and_skill_takes_the_sheet(network: Network) -> None:
    order = drafted(network)
    top = network.company.headquarters
    specialist = make_member(network.company.administrator, top, ["service_specialist"], "专员")
    certify(network, specialist)
    desk = signed_in(network.desk)
    desk.post(f"/work/{order.public_id}/give/")
    assert fresh(order).assignee == specialist.person


@pytest.mark.req("LV-02", "LV-03")
def test_without_one_the_engineering_manager_is_told_to_assign(network: Network) -> None:
    admin, top = network.company.administrator, network.company.headquarters
    manager = make_member(admin, top, ["engineering_manager"], "", PASSWORD)
    order = drafted(network)
    specialist = make_member(admin, top, ["service_specialist"], "专员")
    certify(network, specialist)
    now = datetime.now(UTC)
    make_absence(network.desk, specialist.person, now, now + timedelta(days=3))
    desk = signed_in(network.desk)
    answer = desk.post(f"/work/{order.public_id}/give/", follow=True)
    assert "the engineering manager is told" in answer.content.decode()
    assert fresh(order).assignee is None
    told = Notice.objects.filter(topic="work_order.passed_on", person=manager.person)
    assert told.count() == 1
    facts = FactRow.objects.filter(subject_id=order.public_id, kind="passed_on")
    assert facts.count() == 1
    assert "is to be assigned" in text_of(signed_in(manager), "/notices/")


def drafted(network: Network) -> WorkOrder:
    return fresh(issue(network.desk, network.open()))


def certify(network: Network, member: Member) -> None:
    make_certificate(network.desk, member.person)
    make_certificate(network.desk, network.company.headquarters)
