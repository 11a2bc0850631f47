"""Two people at one visit, on the pages: named, told, written down, and paid for both."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from tests.console.conftest import Browser
from tests.console.test_proposals import centre, desk, manager, paid_request, plain, sent_of
from tests.factories import Member, make_member
from tests.factories.centre import Centre
from tests.factories.qualified import make_absence
from tests.factories.work import advance, issue, step, take

from yinuo.domains.billing.models import Charge
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.notices.models import Notice

__all__ = ["centre", "manager"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def second(centre: Centre) -> Member:
    return make_member(centre.company.administrator, centre.unit, ["technician"], "同行甲")


@pytest.fixture
def sender(centre: Centre) -> Browser:
    return desk(make_member(centre.company.administrator, centre.unit, ["engineering_manager"]))


@pytest.mark.req("LV-10", "B-70", "LV-02")
def test_two_technicians_at_one_visit_in_the_inner_district_cost_800(
    centre: Centre, manager: Member, sender: Browser, second: Member
) -> None:
    request = paid_request(centre)
    order = issue(centre.specialist, request)
    take(centre.technician, order)
    address = f"/work/{order.public_id}/along/"
    assert address in sender.read(f"/work/{order.public_id}/")
    made = sender.fill(address, person_ids=[str(second.person.public_id)])
    assert made.status_code == 302, plain(made)
    assert "同行甲" in sender.read(f"/work/{order.public_id}/")
    assert Notice.objects.filter(topic="work_order.companion", person=second.person).exists()
    advance(centre.technician, order, "arrived")
    mine = desk(second)
    assert order.number in mine.read("/work/?view=mine")
    page = mine.read(f"/work/{order.public_id}/")
    assert f"/work/{order.public_id}/worked/" not in page
    assert f"/work/{order.public_id}/hours/" in page
    step(centre.technician, order, "worked")
    began = datetime.now(UTC) - timedelta(hours=2)
    WorkOrder.objects.filter(public_id=order.public_id).update(departed_at=began, arrived_at=began)
    charging = f"/requests/{request.public_id}/charges/new/?sheet={order.public_id}"
    sent = sent_of(desk(manager).read(charging))
    assert (sent["line-0-code"], sent["line-0-persons"]) == ("visit", "2")
    made = desk(manager).send(charging, sent)
    assert made.status_code == 302, plain(made)
    assert [str(one.amount) for one in Charge.objects.all()] == ["800.00"]


@pytest.mark.req("B-30", "B-34")
def test_the_page_says_why_somebody_cannot_go_along_and_the_companion_writes_his_hours(
    centre: Centre, sender: Browser, second: Member
) -> None:
    order = issue(centre.specialist, paid_request(centre))
    take(centre.technician, order)
    address, now = f"/work/{order.public_id}/along/", datetime.now(UTC)
    away = make_member(centre.company.administrator, centre.unit, ["technician"], "休假乙")
    make_absence(centre.company.administrator, away.person, now, now + timedelta(days=9))
    page = sender.read(address)
    assert re.search(r"休假乙.*?away until", page, re.DOTALL)
    assert str(away.person.public_id) not in page
    refused = sender.fill(address, person_ids=[str(away.person.public_id)])
    assert (refused.status_code, "休假乙" in plain(refused)) == (409, True)
    assert sender.fill(address, person_ids=[str(second.person.public_id)]).status_code == 302
    advance(centre.technician, order, "arrived")
    hours = f"/work/{order.public_id}/hours/"
    typed = {"began_at": "2020-01-01T10:00", "ended_at": "2020-01-01T11:00"}
    assert desk(second).fill(hours, **typed).status_code == 422
    assert sender.get(hours).status_code == 404
