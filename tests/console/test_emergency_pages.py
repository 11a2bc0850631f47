"""The chain of an emergency plan through its pages: written, agreed, approved, on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.console.conftest import Browser, browser_of
from tests.factories import Member, make_member
from tests.factories.emergency import (
    Vendor,
    advance,
    broadcast_source,
    fresh,
    make_plan,
    make_vendor,
)
from tests.factories.work import issue

from yinuo.domains.contracts.services import begin_draft
from yinuo.domains.emergency.models import ChainAct, EmergencyPlan, Estimate, Setback
from yinuo.domains.emergency.services import escalate_waiting_steps
from yinuo.domains.network.services import assign_role
from yinuo.domains.network.services.absences import add_absence
from yinuo.domains.notices.models import Notice
from yinuo.domains.obligations.models import FactRow
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def vendor(db: None) -> Vendor:
    return make_vendor()


def browser(member: Member) -> Browser:
    return browser_of(User.objects.get(pk=member.user.pk))


def local(at: datetime) -> str:
    return (at.astimezone(UTC) + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M")


def later(**span: int) -> str:
    return local(datetime.now(UTC) + timedelta(**span))


def facts(vendor: Vendor) -> list[str]:
    rows = FactRow.objects.filter(subject_id=vendor.request.public_id).order_by("id")
    return list(rows.values_list("kind", flat=True))


def written(vendor: Vendor, **changed: object) -> dict[str, object]:
    return {
        "analysis": "光模块老化",
        "lead_id": str(vendor.lead.person.public_id),
        "crew_ids": [str(vendor.technician.person.public_id)],
        "items": "更换光模块\n测试链路",
        "parts": "光模块\n交换板",
        "tools": "光功率计",
        "work_minutes": "90",
        "cost": "0",
        "special_points": "机房夜间需登记",
        "arrival_at": later(hours=2),
        **changed,
    }


def notices_of(member: Member, topic: str) -> int:
    return Notice.objects.filter(person_id=member.person.pk, topic=topic, channel="app").count()


@pytest.mark.req("BP-04", "BP-06", "BP-07", "BP-08")
def test_the_whole_chain_runs_through_its_pages(vendor: Vendor) -> None:
    request = vendor.request.public_id
    desk = browser(vendor.consultant)
    assert "no part released" in desk.read(f"/requests/{request}/")
    made = desk.fill(f"/requests/{request}/emergency/new/", note="链路中断")
    row = EmergencyPlan.objects.get()
    at = f"/emergency/{row.public_id}/"
    assert made.headers["Location"] == at
    assert row.number.startswith("YJ-SZ-")
    assert notices_of(vendor.project_manager, "emergency.turn") == 1

    writer = browser(vendor.project_manager)
    assert writer.fill(at + "write/", **written(vendor)).status_code == 302
    manager = browser(vendor.service_manager)
    assert "机房夜间需登记" in manager.read(at + "steps/acknowledged/")
    assert manager.fill(at + "steps/acknowledged/").status_code == 302
    answer = {"outcome": "agrees", "name": "李工", "arrival_at": later(hours=2)}
    assert manager.fill(at + "consent/", **answer).status_code == 302

    order = issue(vendor.dispatcher, vendor.request)
    sheet = f"/work/{order.public_id}/assigned/"
    send = {"assignee_id": str(vendor.technician.person.public_id)}
    refused = browser(vendor.dispatcher).fill(sheet, **send)
    assert refused.status_code == 409
    assert f"{row.number} is not approved" in refused.content.decode()

    director = browser(vendor.director)
    assert director.fill(at + "steps/approved/").status_code == 302
    assert fresh(row).approved_by == "郑总监"
    assert browser(vendor.parts_manager).fill(at + "steps/released/").status_code == 302
    assert browser(vendor.dispatcher).fill(sheet, **send).status_code == 302
    release = ChainAct.objects.get(act="released")
    assert release.approval is not None
    assert release.approval.done_by == "郑总监"
    lead = browser(vendor.lead)
    told = {"arrival_at": later(hours=1), "reached": "李工"}
    assert lead.fill(at + "depart/", **told).status_code == 302
    sms = Notice.objects.get(topic="emergency.departed", channel="sms")
    assert (sms.state, sms.recipient != "", sms.data["lead"]) == ("waiting", True, "韩应急")
    assert Notice.objects.get(topic="emergency.departed", channel="phone").state == "sent"
    late = {"arrival_at": later(minutes=90), "reached": "", "reason": "堵车"}
    assert lead.fill(at + "estimate/", **late).status_code == 302
    assert Estimate.objects.count() == 3
    kinds = facts(vendor)
    for kind in (
        "plan_requested",
        "plan_submitted",
        "plan_acknowledged",
        "customer_agreed",
        "plan_approved",
        "parts_released",
        "departed",
        "departure_told",
        "estimate_changed",
        "estimate_told",
    ):
        assert kind in kinds
    assert "Crew under way" in desk.read(at)
    assert writer.fill(at + "close/", note="链路恢复").status_code == 302
    assert fresh(row).state == "closed"


@pytest.mark.req("BP-07", "R08")
def test_the_director_never_approves_his_own_plan_nor_does_his_stand_in(vendor: Vendor) -> None:
    both = make_member(
        vendor.company.administrator, vendor.unit, ["service_director", "project_manager"], "钱总"
    )
    row = make_plan(vendor)
    at = f"/emergency/{row.public_id}/"
    assert browser(both).fill(at + "write/", **written(vendor)).status_code == 302
    advance(vendor, row, "acknowledged")
    advance(vendor, row, "agreed")
    own = browser(both)
    assert "does not approve it" in own.read(at)
    assert "/steps/approved/" not in own.read(at)
    assert own.fill(at + "steps/approved/").status_code == 403
    # A manager stands in only while every other holder is away.
    manager = browser(vendor.service_manager)
    assert manager.fill(at + "steps/approved/").status_code == 403
    away(vendor, vendor.director)
    assert manager.fill(at + "steps/approved/").status_code == 302
    assert ChainAct.objects.get(act="approved").standing == "stand_in"


@pytest.mark.req("BP-07", "R08")
def test_where_the_only_director_wrote_it_leadership_decides(vendor: Vendor) -> None:
    admin = vendor.company.administrator
    now = datetime.now(UTC)
    assign_role(
        actor=admin.actor,
        person_id=vendor.director.person.public_id,
        role_code="project_manager",
        unit_id=vendor.unit.public_id,
        now=now,
    )
    row = make_plan(vendor)
    at = f"/emergency/{row.public_id}/"
    assert browser(vendor.director).fill(at + "write/", **written(vendor)).status_code == 302
    advance(vendor, row, "acknowledged")
    advance(vendor, row, "agreed")
    away(vendor, vendor.director)
    assert browser(vendor.service_manager).fill(at + "steps/approved/").status_code == 403
    assert browser(vendor.leader).fill(at + "steps/approved/").status_code == 302
    assert ChainAct.objects.get(act="approved").standing == "superior"


@pytest.mark.req("BP-07")
def test_a_declined_plan_is_written_anew_and_asked_about_again(vendor: Vendor) -> None:
    row = make_plan(vendor, "acknowledged")
    at = f"/emergency/{row.public_id}/"
    manager = browser(vendor.service_manager)
    without = manager.fill(at + "consent/", outcome="declines", name="李工")
    assert without.status_code == 422
    no = manager.fill(at + "consent/", outcome="declines", name="李工", note="费用过高")
    assert no.status_code == 302
    assert fresh(row).state == "declined"
    assert "customer_declined" in facts(vendor)
    again = browser(vendor.project_manager).fill(at + "write/", **written(vendor, cost="100.50"))
    assert again.status_code == 302
    assert (fresh(row).revision, fresh(row).state, fresh(row).position) == (2, "running", 1)
    assert manager.fill(at + "steps/acknowledged/").status_code == 302


@pytest.mark.req("BP-07", "R37", "R38")
def test_two_directors_at_once_approve_once(vendor: Vendor) -> None:
    second = make_member(vendor.company.administrator, vendor.unit, ["service_director"], "孙总")
    row = make_plan(vendor, "agreed")
    at = f"/emergency/{row.public_id}/steps/approved/"
    one, two = browser(vendor.director), browser(second)
    first, other = one.hidden(at), two.hidden(at)
    assert one.send(at, first).status_code == 302
    assert one.send(at, first).status_code == 302, "the same form again"
    late = two.send(at, other)
    assert late.status_code == 409
    assert "郑总监 did this already" in late.content.decode()
    assert ChainAct.objects.filter(act="approved").count() == 1


@pytest.mark.req("BP-07", "R31")
def test_looking_at_an_approval_approves_nothing(vendor: Vendor) -> None:
    row = make_plan(vendor, "agreed")
    director = browser(vendor.director)
    director.read(f"/emergency/{row.public_id}/steps/approved/")
    director.get(f"/emergency/{row.public_id}/steps/approved/?note=ok&version={row.version}")
    assert fresh(row).approved_at is None
    assert ChainAct.objects.filter(act="approved").count() == 0


@pytest.mark.req("BP-07")
def test_the_customer_answers_by_his_link_once(vendor: Vendor) -> None:
    row = make_plan(vendor, "acknowledged")
    shown = browser(vendor.service_manager).fill(
        f"/emergency/{row.public_id}/ask/", arrival_at=later(hours=2)
    )
    address = shown.content.decode().partition('id="emergency-link"')[2]
    link = "/" + address.partition('value="')[2].partition('"')[0].split("/", 3)[3]
    holder = Client()
    page = holder.get(link, headers={"Accept-Language": "en"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "韩应急" in text
    assert "0.00" in text
    assert "光模块老化" not in text
    assert fresh(row).state == "running"
    assert fresh(row).position == 2
    sent = holder.post(link, {"name": "李工", "outcome": "accepted"})
    assert sent.status_code == 302
    assert fresh(row).position == 3
    assert ChainAct.objects.get(act="agreed").standing == "link"
    again = holder.post(link, {"name": "李工", "outcome": "declined", "reason": "x"})
    assert again.status_code == 409


@pytest.mark.req("BP-08")
def test_an_estimate_before_now_is_refused_in_words(vendor: Vendor) -> None:
    row = make_plan(vendor, "released")
    lead = browser(vendor.lead)
    refused = lead.fill(
        f"/emergency/{row.public_id}/depart/", arrival_at=later(hours=-1), reached=""
    )
    assert refused.status_code == 422
    assert "The arrival lies ahead" in refused.content.decode()
    wrong = browser(vendor.project_manager)
    assert wrong.get(f"/emergency/{row.public_id}/write/").status_code == 200
    assert wrong.fill(f"/emergency/{row.public_id}/write/", **written(vendor)).status_code == 409


@pytest.mark.req("BP-06")
def test_a_plan_without_lead_work_or_time_says_what_is_missing(vendor: Vendor) -> None:
    row = make_plan(vendor)
    writer = browser(vendor.project_manager)
    empty = {"lead_id": "", "items": " ", "analysis": "", "work_minutes": "0", "cost": ""}
    refused = writer.fill(f"/emergency/{row.public_id}/write/", **written(vendor, **empty))
    assert refused.status_code == 422
    page = refused.content.decode()
    for words in (
        "Choose who leads",
        "one item on each line",
        "Say what the cause",
        "in minutes",
        "0 when it is free",
    ):
        assert words in page
    assert (
        browser(vendor.technician)
        .fill(f"/emergency/{row.public_id}/write/", **written(vendor))
        .status_code
        == 403
    )


@pytest.mark.req("BP-07")
def test_a_withdrawn_plan_closes_the_gate_and_a_new_one_may_follow(vendor: Vendor) -> None:
    row = make_plan(vendor, "approved")
    at = f"/emergency/{row.public_id}/"
    writer = browser(vendor.project_manager)
    assert writer.fill(at + "withdraw/", note="").status_code == 422
    assert writer.fill(at + "withdraw/", note="客户自行恢复").status_code == 302
    assert "plan_withdrawn" in facts(vendor)
    gone = browser(vendor.parts_manager).fill(at + "steps/released/")
    assert gone.status_code == 409
    assert "withdrawn" in gone.content.decode()
    desk = browser(vendor.consultant)
    new = desk.fill(f"/requests/{vendor.request.public_id}/emergency/new/")
    assert new.status_code == 302
    second = desk.fill(f"/requests/{vendor.request.public_id}/emergency/new/")
    assert second.status_code == 409


@pytest.mark.req("BP-04")
def test_a_step_that_waits_tells_its_holder_then_the_manager_each_once(vendor: Vendor) -> None:
    row = make_plan(vendor)
    since = row.step_since
    assert escalate_waiting_steps(now=since + timedelta(minutes=14)) == 0
    for _ in range(2):
        escalate_waiting_steps(now=since + timedelta(minutes=16))
    assert notices_of(vendor.project_manager, "emergency.idle") == 1
    assert notices_of(vendor.service_manager, "emergency.idle") == 0
    for _ in range(2):
        escalate_waiting_steps(now=since + timedelta(minutes=31))
    assert notices_of(vendor.project_manager, "emergency.idle") == 1
    assert notices_of(vendor.service_manager, "emergency.idle") == 1
    assert fresh(row).next_at is None
    assert "escalated 2 times" in browser(vendor.director).read(f"/emergency/{row.public_id}/")


@pytest.mark.req("BP-09")
def test_the_three_setbacks_reach_those_the_plan_names(vendor: Vendor) -> None:
    row = make_plan(vendor, "departed")
    at = f"/emergency/{row.public_id}/"
    lead = browser(vendor.lead)
    member = str(vendor.technician.person.public_id)
    gone = {"kind": "missing", "missing_id": member, "words": "临时病假，负责人先行"}
    assert lead.fill(at + "setbacks/new/", **gone).status_code == 302
    assert notices_of(vendor.dispatcher, "emergency.setback") == 1
    wrong = {"kind": "wrong_skill", "skill": "光传输", "words": "需光传输工程师"}
    assert lead.fill(at + "setbacks/new/", **{**wrong, "skill": ""}).status_code == 422
    assert lead.fill(at + "setbacks/new/", **wrong).status_code == 302
    for one in (vendor.project_manager, vendor.director):
        assert notices_of(one, "emergency.setback") == 1
    hard = {"kind": "too_hard", "words": "主控板反复重启"}
    assert lead.fill(at + "setbacks/new/", **hard).status_code == 302
    found = {one.kind: f"{at}setbacks/{one.public_id}/" for one in Setback.objects.all()}
    sent = {"outcome": "sent", "sent_id": str(vendor.lead.person.public_id), "words": ""}
    assert lead.fill(found["wrong_skill"] + "settle/", **sent).status_code == 302
    # First the supervisor by phone, then leadership decides, up to replacing the system.
    decided = {"outcome": "replace_system", "words": "更换整套系统"}
    leader = browser(vendor.leader)
    assert leader.fill(found["too_hard"] + "settle/", **decided).status_code == 409
    supervisor = browser(vendor.supervisor)
    assert supervisor.fill(found["too_hard"] + "help/", note="逐项排查").status_code == 302
    assert notices_of(vendor.leader, "emergency.setback") == 1
    assert lead.fill(found["too_hard"] + "settle/", **decided).status_code == 403
    assert leader.fill(found["too_hard"] + "settle/", **decided).status_code == 302
    page = lead.read(at)
    assert "replace the system" in page
    assert "光传输" in page
    assert {"crew_short", "skill_needed", "beyond_crew", "supported_by_phone", "decided_above"} <= (
        set(facts(vendor))
    )


@pytest.mark.req("BP-04")
def test_lists_show_what_runs_waits_for_me_and_for_approval(vendor: Vendor) -> None:
    row = make_plan(vendor, "agreed")
    for member, view, is_there in (
        (vendor.director, "my_turn", True),
        (vendor.director, "approvals", True),
        (vendor.parts_manager, "my_turn", False),
        (vendor.service_manager, "running", True),
    ):
        page = browser(member).read(f"/emergency/?view={view}")
        assert (row.number in page) is is_there, view
    page = browser(vendor.director).read("/emergency/?view=running")
    assert "郑总监" in page
    assert "Parts manager releases parts" in page


def away(vendor: Vendor, member: Member) -> None:
    """He is on leave from now on."""
    now = datetime.now(UTC)
    add_absence(
        actor=vendor.service_manager.actor,
        person_id=member.person.public_id,
        kind="leave",
        starts_at=now,
        ends_at=now + timedelta(days=3),
        now=now,
    )


@pytest.mark.req("BP-04")
def test_trying_a_case_in_the_workshop_shows_the_chain_it_would_need(vendor: Vendor) -> None:
    manager = vendor.service_manager
    draft = begin_draft(actor=manager.actor, source=broadcast_source(), now=datetime.now(UTC))
    address = f"/plans/drafts/{draft.public_id}/"
    writer = browser(manager)
    tried = writer.fill(address, do="try", s_level="serious", total="").content.decode()
    chain = tried.partition('id="tried-chain"')[2]
    assert "Director approves" in chain
    assert "service director · 30 minutes" in " ".join(chain.split())
    calm = writer.fill(address, do="try", s_level="limited", total="").content.decode()
    assert "tried-chain" not in calm
