"""Guided questions, splitting and the queues of support groups in the browser's pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.console.conftest import Browser, browser_of
from tests.factories import make_company, make_contract, make_customer, make_member, publish

from yinuo.domains.requests.models import Request, SupportGroup
from yinuo.domains.requests.selectors import get_request_page
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db
PLAN = (Path(__file__).parents[2] / "plans" / "broadcast.yaml").read_text(encoding="utf-8")


class World:
    """Headquarters with a consultant, a technician and a customer under the shipped plan."""

    def __init__(self) -> None:
        self.company = make_company()
        admin, unit = self.company.administrator, self.company.headquarters
        self.consultant = make_member(admin, unit, ["service_consultant", "account_manager"])
        self.technician = make_member(admin, unit, ["technician"], "赵强")
        self.customer = make_customer(self.consultant, unit)
        make_contract(self.consultant, self.customer, publish(admin, PLAN))

    def browser(self, member: Any) -> Browser:
        return browser_of(User.objects.get(pk=member.user.pk))

    def call(self, **more: Any) -> Any:
        given = {"level": "serious", "category": "link_down"} | more
        intake = Intake(customer_id=self.customer.public_id, symptom="播出中断", **given)
        return open_request(actor=self.consultant.actor, intake=intake, now=datetime.now(UTC))

    def act(self, desk: Browser, request: Any, act: str, **typed: Any) -> Any:
        """Send the form of an act as the request's page shows it."""
        page = desk.read(f"/requests/{request.public_id}/?do={act}")
        version = re.findall(r'name="version" value="(\d+)"', page)[0]
        hidden = {"key": uuid4().hex, "version": version}
        return desk.send(f"/requests/{request.public_id}/{act}/", hidden | typed)


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.mark.req("B-16")
def test_the_intake_asks_as_the_answers_lead_and_saves_level_category_and_answers(world):
    desk = world.browser(world.consultant)
    asked = {"customer_id": world.customer.public_id, "questions_shown": "none"}
    first = desk.get("/intake/follows/", asked).content.decode()
    assert 'name="answer_what_is_seen"' in first
    assert 'name="answer_on_air"' not in first
    asked |= {"answer_what_is_seen": "no_signal"}
    second = desk.get("/intake/follows/", asked).content.decode()
    assert 'name="answer_on_air"' in second
    assert 'name="answer_spare_path"' in second
    sent = desk.send(
        "/intake/",
        {
            "key": uuid4().hex,
            "customer_id": world.customer.public_id,
            "symptom": "频道黑屏",
            "kind": "fault",
            "channel": "hotline",
            "answer_what_is_seen": "no_signal",
            "answer_on_air": "down",
            "answer_spare_path": "",
        },
    )
    assert sent.status_code == 302, sent.content.decode()
    request = Request.objects.get()
    assert (request.level, request.category) == ("serious", "link_down")
    page = desk.read(f"/requests/{request.public_id}/")
    assert "What is seen" in page
    assert "Black screen or no signal" in page
    assert "?do=questions" in page, "what was not asked yet is offered first"


@pytest.mark.req("B-16")
def test_answers_given_later_stand_on_the_page_and_speak_for_another_level(world):
    desk = world.browser(world.consultant)
    request = world.call(level="limited")
    done = world.act(desk, request, "questions", answer_on_air="down", answer_spare_path="")
    assert done.status_code == 302
    page = desk.read(f"/requests/{request.public_id}/")
    assert "It is down" in page
    assert "?do=level" in page.partition('id="guided"')[2][:600]
    empty = world.act(desk, request, "questions")
    assert empty.status_code == 422
    forged = world.act(desk, request, "questions", answer_on_air="perhaps")
    assert forged.status_code == 422


@pytest.mark.req("B-16")
def test_a_part_is_split_off_and_both_pages_lead_to_each_other(world):
    desk = world.browser(world.consultant)
    request = world.call()
    typed = {"symptom": "统计不对", "kind": "fault", "level": "limited", "reason": "两件事"}
    refused = world.act(desk, request, "split", **(typed | {"symptom": " "}))
    assert refused.status_code == 422
    assert "两件事" in refused.content.decode(), "what was typed stays"
    done = world.act(desk, request, "split", **typed)
    assert done.status_code == 302
    made = Request.objects.exclude(public_id=request.public_id).get()
    assert done.headers["Location"] == f"/requests/{made.public_id}/"
    assert request.number in desk.read(f"/requests/{made.public_id}/")
    assert made.number in desk.read(f"/requests/{request.public_id}/")
    assert world.act(world.browser(world.technician), request, "split", **typed).status_code == 403
    assert Request.objects.count() == 2


@pytest.mark.req("BP-17")
def test_a_group_is_set_up_a_request_waits_is_taken_and_escalated(world):
    admin = world.browser(world.company.administrator)
    unit = {"unit_id": world.company.headquarters.public_id}
    address = "/settings/groups/new/"
    assert (
        admin.fill(address, **unit, name="二线", rank=900, categories=["none"]).status_code == 302
    )
    second = SupportGroup.objects.get()
    made = admin.fill(
        address,
        **unit,
        name="网络组",
        rank=10,
        categories=["link_down"],
        asset_classes="",
        member_ids=[str(world.technician.person.public_id)],
        next_id=second.public_id,
    )
    assert made.status_code == 302, made.content.decode()
    assert "赵强" in admin.read("/settings/groups/")
    assert admin.fill(address, **unit, name="网络组", rank=1).status_code == 422

    request = world.call()
    road = world.browser(world.technician)
    queue = road.read("/queues/")
    assert request.number in queue
    assert world.act(road, request, "take").status_code == 302
    assert request.number not in road.read("/queues/")
    late = world.browser(world.consultant)
    again = late.send(f"/requests/{request.public_id}/take/", {"key": uuid4().hex, "version": "1"})
    assert again.status_code == 409
    assert "赵强" in again.content.decode()
    assert world.act(road, request, "escalate", reason="").status_code == 422
    assert world.act(road, request, "escalate", reason="需要专家").status_code == 302
    found = get_request_page(world.consultant.actor, request.public_id)
    assert found.group is not None
    assert found.group.name == "二线"
    shown = road.read(f"/queues/?group={second.public_id}")
    assert request.number in shown


@pytest.mark.req("BP-17", "R01")
def test_groups_are_closed_to_those_who_may_not_manage_them(world):
    road = world.browser(world.technician)
    assert road.get("/settings/groups/new/").status_code == 403
    group = SupportGroup.objects.create(unit=world.company.headquarters, name="网络组")
    assert road.get(f"/settings/groups/{group.public_id}/").status_code == 403
    assert road.get(f"/settings/groups/{uuid4()}/").status_code == 404
    assert road.get(f"/queues/?group={uuid4()}").status_code == 200
    assert road.get("/queues/?group=nonsense").status_code == 404
