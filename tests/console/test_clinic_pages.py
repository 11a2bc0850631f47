"""Several experts join one case: invited, they see it, advise internally, until it is concluded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from tests.api.conftest import Api
from tests.console.conftest import PASSWORD
from tests.factories import Member, make_member, make_unit, publish
from tests.factories.qualified import make_certificate
from tests.factories.routing import LINE, Network, make_network
from tests.plans.commands import PLANS

from yinuo.domains.contracts.models import Contract
from yinuo.domains.network.models import Skill
from yinuo.domains.notices.models import Notice
from yinuo.domains.obligations.models import FactRow
from yinuo.domains.requests.models import ClinicSeat, Request
from yinuo.domains.requests.policies import visible_requests
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.req("SV-03")


@pytest.fixture
def network(db: None) -> Network:
    return make_network(PASSWORD)


@pytest.fixture
def expert(network: Network) -> Member:
    """Somebody of a unit far away, level 5 in RAID and certified."""
    admin = network.company.administrator
    unit = make_unit(admin, network.company.headquarters, "HB", "哈尔滨平台中心")
    member = make_member(admin, unit, ["technician"], "阵列专家", PASSWORD)
    Skill.objects.create(person=member.person, name="RAID", name_key="raid", level=5)
    make_certificate(network.desk, member.person, line=LINE)
    return member


def signed_in(member: Member) -> Client:
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    browser.force_login(User.objects.get(pk=member.user.pk))
    return browser


def invited(network: Network, expert: Member, request: Request) -> ClinicSeat:
    desk = signed_in(network.desk)
    path = f"/requests/{request.public_id}/experts/"
    page = desk.get(path, {"skill": "raid"}).content.decode()
    assert "阵列专家" in page
    assert "certified for this product line" in page
    body = {
        "person_id": str(expert.person.public_id),
        "question": "日志是否指向控制器？",
        "skill": "RAID",
    }
    assert desk.post(path, body).status_code == 302
    return ClinicSeat.objects.get(request=request, person=expert.person)


def test_invited_joined_advised_and_concluded_through_the_pages(
    network: Network, expert: Member
) -> None:
    request = network.open()
    one, other = f"/requests/{request.public_id}/", network.open()
    away, desk = signed_in(expert), signed_in(network.desk)
    assert away.get(one).status_code == 404
    seat = invited(network, expert, request)
    assert Notice.objects.filter(topic="clinic.invited", person=expert.person).count() == 1
    assert request.number in away.get("/clinic/").content.decode()
    page = away.get(one).content.decode()
    assert "日志是否指向控制器？" in page
    assert away.get(f"/requests/{other.public_id}/").status_code == 404
    assert away.get(f"/customers/{network.customer.public_id}/").status_code == 404
    at = f"/clinic/{seat.public_id}/"
    early = away.post(f"{at}advice/", {"advice": "先看日志", "key": "advice-before"}, follow=True)
    assert "Join the case first" in early.content.decode()
    assert away.post(f"{at}join/", {"version": "1"}).status_code == 302
    for _ in range(2):
        away.post(f"{at}advice/", {"advice": "更换控制器并重建阵列", "key": "advice-after"})
    page = desk.get(one).content.decode()
    assert page.count("更换控制器并重建阵列") == 1
    assert "takes part" in page
    advised = FactRow.objects.get(subject_id=request.public_id, kind="expert_advised")
    assert advised.actor_label == "阵列专家"
    assert "阵列专家" in page
    assert Notice.objects.filter(topic="clinic.advised", person=network.desk.person).exists()
    desk.post(f"{one}experts/end/", {"conclusion": "控制器损坏，换件"})
    assert "控制器损坏，换件" in desk.get(one).content.decode()
    assert away.get(one).status_code == 404
    assert request.number in away.get("/clinic/?show=all").content.decode()
    assert request.symptom not in away.get("/clinic/?show=all").content.decode()


def test_an_invited_expert_reads_but_does_not_work_on_the_case(
    network: Network, expert: Member
) -> None:
    request = network.open()
    invited(network, expert, request)
    api = Api(expert.token())
    assert api.get(f"/requests/{request.public_id}").status_code == 200
    assert api.get(f"/requests/{request.public_id}/facts").status_code == 200
    fact = {"kind": "responded"}
    assert api.post(f"/requests/{request.public_id}/facts", fact).status_code == 403
    body = {"person_id": str(network.at_centre.person.public_id), "question": "?"}
    assert api.post(f"/requests/{request.public_id}/experts", body).status_code == 403
    assert [one.pk for one in visible_requests(expert.actor)] == [request.pk]
    listed = api.get("/requests").json()["items"]
    assert [one["id"] for one in listed] == [str(request.public_id)]
    assert api.get("/customers").json()["items"] == []


def test_declined_or_taken_back_the_case_is_not_seen_any_more(
    network: Network, expert: Member
) -> None:
    request = network.open()
    away, desk = signed_in(expert), signed_in(network.desk)
    seat = invited(network, expert, request)
    without = away.post(f"/clinic/{seat.public_id}/decline/", {"version": "1"}, follow=True)
    assert "Say why" in without.content.decode()
    away.post(f"/clinic/{seat.public_id}/decline/", {"version": "1", "reason": "休假"})
    assert "休假" in desk.get(f"/requests/{request.public_id}/").content.decode()
    assert away.get(f"/requests/{request.public_id}/").status_code == 404
    again = invited_again(network, expert, request)
    assert away.get(f"/requests/{request.public_id}/").status_code == 200
    desk.post(f"/clinic/{again.public_id}/withdraw/", {"version": "1"})
    assert away.get(f"/requests/{request.public_id}/").status_code == 404
    assert away.post(f"/clinic/{again.public_id}/join/", {"version": "2"}).status_code == 302
    again.refresh_from_db()
    assert again.state == "withdrawn"


def invited_again(network: Network, expert: Member, request: Request) -> ClinicSeat:
    body = {"person_id": str(expert.person.public_id), "question": "再看一次"}
    answer = Api(network.desk.token()).post(f"/requests/{request.public_id}/experts", body)
    assert answer.status_code == 201
    return ClinicSeat.objects.get(public_id=answer.json()["id"])


def test_a_closed_case_is_not_seen_by_its_experts(network: Network, expert: Member) -> None:
    request = network.open()
    invited(network, expert, request)
    Request.objects.filter(pk=request.pk).update(state="archived")
    assert signed_in(expert).get(f"/requests/{request.public_id}/").status_code == 404


def test_nobody_sits_twice_and_nobody_answers_for_another(network: Network, expert: Member) -> None:
    request = network.open()
    seat = invited(network, expert, request)
    desk = Api(network.desk.token())
    body = {"person_id": str(expert.person.public_id), "question": "再问"}
    assert desk.post(f"/requests/{request.public_id}/experts", body).status_code == 409
    own = {"person_id": str(network.desk.person.public_id), "question": "自己"}
    assert desk.post(f"/requests/{request.public_id}/experts", own).status_code == 409
    taken = desk.post(f"/expert-invitations/{seat.public_id}/acceptance", {"version": 1})
    assert taken.status_code == 404
    away = Api(expert.token())
    path = f"/expert-invitations/{seat.public_id}"
    assert away.post(f"{path}/acceptance", {"version": 7}).status_code == 409
    assert away.post(f"{path}/acceptance", {"version": 1}).status_code == 200
    assert away.post(f"{path}/acceptance", {"version": 2}).status_code == 409
    assert away.post(f"{path}/advice", {"advice": "  "}).status_code == 422
    empty = {"person_id": str(network.at_centre.person.public_id), "question": " "}
    assert desk.post(f"/requests/{request.public_id}/experts", empty).status_code == 422


def test_the_most_suitable_expert_leads(network: Network, expert: Member) -> None:
    admin = network.company.administrator
    for name, level in (("学徒", 2), ("熟手", 4)):
        one = make_member(admin, network.centre, ["technician"], name)
        Skill.objects.create(person=one.person, name="RAID", name_key="raid", level=level)
    request = network.open()
    api = Api(network.desk.token())
    found = api.get(f"/requests/{request.public_id}/experts/candidates?skill=Raid").json()["items"]
    assert [(one["name"], one["level"]) for one in found] == [
        ("阵列专家", 5),
        ("熟手", 4),
        ("学徒", 2),
    ]
    assert [one["is_certified"] for one in found] == [True, False, False]
    named = api.get(f"/requests/{request.public_id}/experts/candidates?text=学徒").json()["items"]
    assert [one["name"] for one in named] == ["学徒"]


def test_the_plan_says_by_when_an_expert_answers(network: Network, expert: Member) -> None:
    clause = """
  - id: clinic
    promise: diagnose
    start: {fact: expert_invited, which: each}
    end: [expert_joined, expert_advised]
    limit: 20 minutes
"""
    text = (PLANS / "servers.yaml").read_text().replace('version: "1"', 'version: "9"')
    plan = publish(network.company.administrator, text.rstrip() + "\n" + clause)
    Contract.objects.filter(customer=network.customer).update(plan_version=plan)
    now = datetime.now(UTC)
    request = network.open()
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        seat = invited_again(network, expert, request)
        promised = Api(network.desk.token()).get(f"/requests/{request.public_id}").json()
    assert seat.answer_by == seat.invited_at + timedelta(minutes=20)
    due = [one["due_at"] for one in promised["obligations"] if one["clause"] == "clinic"]
    assert [datetime.fromisoformat(one) for one in due] == [seat.answer_by]
