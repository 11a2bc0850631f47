"""The life of a request over the API: steps with their fields, waiting, late and corrected facts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.api.conftest import Api, World
from tests.factories import make_contract, make_customer, make_member, publish
from tests.factories.promises import PLANS

from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.notices.models import Notice
from yinuo.domains.obligations.models import FactRow
from yinuo.domains.requests.models import Request, StepWords
from yinuo.kernel.plan.anchors import facts_in
from yinuo.kernel.plan.clauses import Deadline
from yinuo.planfile import load_plan
from yinuo.platform.journal.models import AuditEntry

PLAN = """
plan: life
title: {zh: 全程, en: Whole life}
version: "1"
currency: CNY
timezone: Asia/Shanghai
words:
  facts:
    remote_authorised: {zh: 客户授权远程登录, en: customer authorised the remote login}
    waybill_sent: {zh: 运单已发, en: waybill sent}
selectors:
  level:
    values:
      - {code: serious, title: {zh: 严重, en: Serious}}
      - {code: general, title: {zh: 一般, en: General}}
  category:
    values:
      - {code: power, title: {zh: 电源, en: Power}}
      - {code: network, title: {zh: 网络, en: Network}}
  cause:
    title: {zh: 原因, en: cause}
    values:
      - {code: wear, title: {zh: 自然损耗, en: Wear}}
      - {code: user, title: {zh: 使用方损坏, en: Damaged by the user}}
parameters:
  reopen_days: {unit: days, default: 7, title: {zh: 重新打开期限, en: reopening}}
clauses:
  - {id: respond, title: {zh: 响应, en: Response}, promise: respond, start: reported,
     end: responded, limit: 30 minutes}
  - {id: on_site, title: {zh: 到场, en: On site}, promise: on_site, start: reported,
     end: [arrived, restored], limit: 4 hours,
     stops: [{reason: waiting_for_customer, proof: yes}]}
  - {id: allowed, title: {zh: 授权, en: Permission}, promise: other, slot: a, start: reported,
     end: remote_authorised, limit: 5 days, broken_by: remote_started}
  - {id: agreed, title: {zh: 约定恢复, en: As agreed}, promise: other, slot: b,
     start: restoration_agreed, end: restored, limit: {agreed: restoration_agreed}}
  - {id: waybill, title: {zh: 运单, en: Waybill}, promise: other, slot: c, start: reported,
     end: {fact: waybill_sent, where: {cause: wear}}, limit: 9 days}
"""
HOUR = timedelta(hours=1)
NOW = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)
BEGAN = NOW - 20 * HOUR


class Life:
    """One request under the plan above, reported twenty hours ago, and its caller."""

    def __init__(self, world: World, source: str = PLAN, **changes: str) -> None:
        member = world.own.member
        unit = ServiceUnit.objects.get(public_id=world.own.ids["unit_id"])
        self.world, self.api, self.unit = world, world.api, unit
        self.customer = make_customer(member, unit)
        version = publish(world.company.administrator, source)
        make_contract(member, self.customer, version)
        self.id = self.open(**changes)
        self.path = f"/requests/{self.id}"

    def open(self, **changes: Any) -> str:
        body = {
            "customer_id": str(self.customer.public_id),
            "symptom": "机柜掉电，业务中断",
            "level": "serious",
            "category": "power",
            "reported_at": BEGAN.isoformat(),
        }
        answer = self.api.post("/requests", body | changes)
        assert answer.status_code == 201, answer.content
        return str(answer.json()["id"])

    def page(self) -> dict[str, Any]:
        found: dict[str, Any] = self.api.get(self.path).json()
        return found

    def facts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.api.get(f"{self.path}/facts").json()["items"]
        return found

    def fact(self, kind: str) -> dict[str, Any]:
        return next(one for one in self.facts() if one["kind"] == kind and not one["replaced_by"])

    def promise(self, clause: str) -> dict[str, Any]:
        return next(one for one in self.page()["obligations"] if one["clause"] == clause)

    def try_step(self, kind: str, hours: float | None = None, **values: Any) -> Any:
        """A step so many hours after the report (now when not given)."""
        body: dict[str, Any] = {"kind": kind, "values": values}
        if hours is not None:
            body["occurred_at"] = (BEGAN + hours * HOUR).isoformat()
        return self.api.post(f"{self.path}/facts", body)

    def step(self, kind: str, hours: float | None = None, **values: Any) -> str:
        answer = self.try_step(kind, hours, **values)
        assert answer.status_code == 201, answer.content
        return str(answer.json()["state"])

    def act(self, what: str, **body: Any) -> Any:
        given = {"version": self.page()["version"], "reason": "有原因"} | body
        return self.api.post(f"{self.path}/{what}", given)


@pytest.fixture
def life(world: World) -> Life:
    return Life(world)


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.req("SV-10", "SV-05")
def test_solved_by_phone_is_answered_and_restored_by_one_form(life: Life) -> None:
    assert (
        life.step("advised_by_phone", 0.2, text="重启电源模块后恢复", result="solved") == "restored"
    )
    assert life.promise("respond")["state"] == "met"
    assert life.fact("restored")["attrs"] == {"by": "phone"}
    said = life.fact("advised_by_phone")
    assert said["words"] == {"text": "重启电源模块后恢复"}
    assert life.step("confirmed_by_customer", 1, confirmed_by="李工") == "confirmed"


@pytest.mark.req("SV-10")
def test_not_solved_by_phone_goes_on(life: Life) -> None:
    state = life.step("advised_by_phone", 0.2, text="指导重启，无效", result="not_solved")
    assert state == "answered"
    assert life.promise("on_site")["ended_at"] is None


@pytest.mark.req("SV-06", "BP-15")
def test_a_remote_session_needs_the_customers_permission_and_records_it(life: Life) -> None:
    life.step("responded", 0.1)
    refused = life.try_step("remote_started", 0.5, from_where="客服中心")
    assert refused.status_code == 422
    assert set(refused.json()["error"]["fields"]) == {"authorised_by"}
    life.step("remote_started", 0.5, authorised_by="值班员李工", from_where="客服中心 VPN")
    assert life.promise("allowed")["state"] == "met", "permission at the instant of the log-in"
    assert life.step("remote_ended", 0.8, text="查日志", result="not_solved") == "remote"
    words = life.fact("remote_started")["words"]
    assert words == {"authorised_by": "值班员李工", "from_where": "客服中心 VPN"}


@pytest.mark.req("R59")
def test_names_and_texts_stand_outside_the_facts(life: Life) -> None:
    life.step("responded", 0.1, analysis="张三说电源坏了")
    stored = FactRow.objects.get(subject_id=life.id, kind="responded")
    assert "张三" not in str(stored.attrs)
    words = StepWords.objects.get(digest=stored.attrs["words"])
    StepWords.objects.filter(pk=words.pk).update(words={}, salt="")
    assert life.fact("responded")["words"] == {}, "erased, and the fact stands"
    assert life.promise("respond")["state"] == "met"


@pytest.mark.req("R07")
def test_a_note_is_internal_unless_said_otherwise(life: Life) -> None:
    life.step("noted", text="客户情绪急")
    assert life.fact("noted")["shown_to_customer"] is False
    life.step("noted", text="备件已发出", shown=True)
    assert life.fact("noted")["shown_to_customer"] is True


def test_a_time_agreed_is_read_by_its_clause(life: Life) -> None:
    life.step("responded", 0.1)
    until = (NOW + 9 * HOUR).isoformat()
    refused = life.try_step("restoration_agreed", 1, until="soon", agreed_by="李工")
    assert set(refused.json()["error"]["fields"]) == {"until"}
    life.step("restoration_agreed", 1, until=until, agreed_by="李工")
    assert datetime.fromisoformat(life.promise("agreed")["due_at"]) == NOW + 9 * HOUR


def test_every_fact_a_clause_waits_for_can_be_recorded(life: Life) -> None:
    life.step("responded", 0.1)
    offered = {one["kind"]: one for one in life.page()["next_steps"]}
    waybill = offered["waybill_sent"]
    assert waybill["title"] == {"zh": "运单已发", "en": "waybill sent"}
    assert waybill["fields"][0] == {
        "name": "cause",
        "type": "code",
        "needed": False,
        "personal": False,
        "choices": ["wear", "user"],
    }
    life.step("waybill_sent", 2, cause="user")
    assert life.promise("waybill")["ended_at"] is None
    life.step("waybill_sent", 3, cause="wear", text="顺丰")
    assert life.promise("waybill")["state"] == "met"
    assert code_of(life.try_step("unheard_of")) == (422, "invalid_input")


# -- waiting --------------------------------------------------------------------------------


@pytest.mark.req("B-04")
def test_waiting_stops_the_clock_only_with_the_proof_the_clause_asks_for(life: Life) -> None:
    life.step("responded", 0.1)
    due = datetime.fromisoformat(life.promise("on_site")["due_at"])
    refused = life.try_step("paused", 1, reason="waiting_for_customer")
    assert set(refused.json()["error"]["fields"]) == {"proof"}
    assert life.step("paused", 1, reason="waiting_for_customer", proof="邮件 0815") == "waiting"
    assert life.page()["waiting_from"] == "answered"
    assert life.step("resumed", 3) == "answered"
    assert datetime.fromisoformat(life.promise("on_site")["due_at"]) == due + 2 * HOUR


def test_waiting_for_what_no_clause_allows_lets_the_clock_run_on(life: Life) -> None:
    life.step("responded", 0.1)
    due = life.promise("on_site")["due_at"]
    assert life.step("paused", 1, reason="waiting_for_part") == "waiting"
    assert life.promise("on_site")["due_at"] == due


def test_restoring_ends_waiting_and_the_clock_runs_again(life: Life) -> None:
    life.step("responded", 0.1)
    life.step("paused", 1, reason="waiting_for_customer", proof="电话录音 3")
    assert life.step("restored", 2) == "restored"
    assert life.page()["waiting_from"] == ""
    assert life.fact("resumed")["occurred_at"] == life.fact("restored")["occurred_at"]


# -- late and corrected ---------------------------------------------------------------------


@pytest.mark.req("B-04")
def test_a_late_fact_finds_its_place_after_the_restoration(life: Life) -> None:
    life.step("responded", 0.1)
    life.step("restored", 6)
    assert datetime.fromisoformat(life.page()["state_since"]) == BEGAN + 6 * HOUR
    assert life.promise("on_site")["state"] == "missed"
    assert life.step("arrived", 3) == "restored", "the paper slip comes afterwards"
    assert life.promise("on_site")["state"] == "met"


@pytest.mark.req("B-04")
def test_a_corrected_arrival_turns_the_promise_and_says_so(life: Life) -> None:
    life.step("responded", 0.1)
    life.step("arrived", 3)
    assert life.promise("on_site")["state"] == "met"
    at = (BEGAN + 5 * HOUR).isoformat()
    wrong = life.fact("arrived")["id"]
    answer = life.act("corrections", fact_id=wrong, occurred_at=at)
    assert answer.status_code == 201, answer.content
    assert life.promise("on_site")["state"] == "missed"
    assert life.promise("on_site")["late_seconds"] == 3600
    old = next(one for one in life.facts() if one["id"] == wrong)
    assert old["replaced_by"] == life.fact("arrived")["id"], "what was recorded stays"
    entry = AuditEntry.objects.get(action="request.correct", subject_id=life.id)
    assert entry.reason == "有原因"


def test_a_correction_can_be_corrected_again_and_the_last_one_counts(life: Life) -> None:
    life.step("responded", 0.1)
    life.step("arrived", 3)
    for hours, state in ((5, "missed"), (2, "met"), (6, "missed")):
        at = (BEGAN + hours * HOUR).isoformat()
        answer = life.act("corrections", fact_id=life.fact("arrived")["id"], occurred_at=at)
        assert answer.status_code == 201
        assert life.promise("on_site")["state"] == state
    assert (
        life.act("corrections", fact_id=life.fact("arrived")["id"], withdraw=True).json()["state"]
        == "answered"
    )
    assert life.promise("on_site")["ended_at"] is None, "no earlier version comes back"


def test_a_fact_taken_back_moves_the_state_back(life: Life) -> None:
    life.step("responded", 0.1)
    life.step("restored", 2)
    answer = life.act("corrections", fact_id=life.fact("restored")["id"], withdraw=True)
    assert answer.json()["state"] == "answered"


def test_what_a_later_step_needs_cannot_be_taken_back(life: Life) -> None:
    life.step("responded", 0.1)
    life.step("restored", 2)
    life.step("confirmed_by_customer", 3)
    answer = life.act("corrections", fact_id=life.fact("restored")["id"], withdraw=True)
    assert code_of(answer) == (409, "illegal_move")
    assert answer.json()["error"]["details"]["kind"] == "confirmed_by_customer"
    assert life.page()["state"] == "confirmed"


def test_correcting_words_leaves_the_rest(life: Life) -> None:
    life.step("responded", 0.1)
    life.step("on_site_decided", 1, travel_minutes=95, text="去现场")
    answer = life.act(
        "corrections", fact_id=life.fact("on_site_decided")["id"], values={"travel_minutes": 40}
    )
    assert answer.status_code == 201, answer.content
    right = life.fact("on_site_decided")
    assert right["attrs"]["travel_minutes"] == 40
    assert right["words"] == {"text": "去现场"}


def test_an_earlier_report_lets_every_promise_begin_earlier(life: Life) -> None:
    at = (BEGAN - HOUR).isoformat()
    assert life.act("corrections", fact_id=life.fact("reported")["id"], occurred_at=at).status_code
    assert datetime.fromisoformat(life.promise("on_site")["due_at"]) == BEGAN + 3 * HOUR
    assert datetime.fromisoformat(life.page()["reported_at"]) == BEGAN - HOUR
    life.step("responded", 0)
    late = (BEGAN + HOUR).isoformat()
    refused = life.act("corrections", fact_id=life.fact("reported")["id"], occurred_at=late)
    assert refused.status_code == 422


# -- bad input ------------------------------------------------------------------------------


def test_an_arrival_before_its_departure_is_refused(life: Life) -> None:
    life.step("responded", 0.1)
    life.step("departed", 3)
    before = FactRow.objects.count()
    refused = life.try_step("arrived", 2)
    assert code_of(refused) == (409, "illegal_move")
    assert refused.json()["error"]["details"]["after"] == "departed"
    assert FactRow.objects.count() == before
    assert life.step("arrived", 3.5) == "on_site"


@pytest.mark.parametrize("hours", [-1, 21, 400])
def test_before_the_report_and_in_the_future_nothing_occurs(life: Life, hours: float) -> None:
    refused = life.try_step("responded", hours)
    assert refused.status_code == 422
    assert set(refused.json()["error"]["fields"]) == {"occurred_at"}


def test_what_comes_years_late_says_why(life: Life) -> None:
    old = life.open(reported_at=(NOW - timedelta(days=900)).isoformat())
    body = {"kind": "responded", "occurred_at": (NOW - timedelta(days=899)).isoformat()}
    refused = life.api.post(f"/requests/{old}/facts", body)
    assert set(refused.json()["error"]["fields"]) == {"late_reason"}
    said = body | {"values": {"late_reason": "整理旧单补录"}}
    assert life.api.post(f"/requests/{old}/facts", said).status_code == 201


def test_markup_is_kept_as_text_and_control_characters_are_refused(life: Life) -> None:
    text = "<script>alert(1)</script> & \"引号\" 'x'"
    life.step("noted", text=text)
    assert life.fact("noted")["words"]["text"] == text
    assert life.try_step("noted", text="a\x00b").status_code == 422
    assert life.try_step("noted", text="长" * 4_001).status_code == 422
    assert life.try_step("noted", text={"a": 1}).status_code == 422
    assert life.try_step("noted", text="x", unknown="y").status_code == 422
    assert life.try_step("on_site_decided", travel_minutes=-1).status_code == 422
    assert life.try_step("on_site_decided", travel_minutes="90").status_code == 422


# -- owner, merge, cover --------------------------------------------------------------------


@pytest.mark.req("BP-04", "BP-17")
def test_a_request_is_handed_to_a_person_or_a_unit(life: Life) -> None:
    assert life.page()["owner"]["person_id"] == life.world.own.ids["person_id"]
    colleague = life.world.own.ids["to_id"]
    assert life.act("handover", to_id=colleague, reason="请接手").status_code == 200
    assert life.page()["owner"]["person_id"] == colleague
    assert life.fact("handed_over")["words"]["reason"] == "请接手"
    assert life.act("handover", to_id=colleague).status_code == 422
    told = Notice.objects.get(subject_id=life.id, topic="request.handed_over")
    assert str(told.person.public_id) == colleague
    mine = life.api.get("/requests?mine=true&limit=200").json()["items"]
    assert life.id not in {one["id"] for one in mine}
    unit = life.world.own.ids["unit_id"]
    assert life.act("handover", to_id=unit).status_code == 200
    assert life.page()["owner"]["unit_id"] == unit
    known = life.api.get(f"{life.path}/owners").json()
    assert colleague in {one["id"] for one in known["people"]}
    assert unit in {one["id"] for one in known["units"]}


@pytest.mark.req("R02", "R03")
def test_a_person_of_another_unit_is_no_owner_and_looks_absent(life: Life) -> None:
    foreign = life.act("handover", to_id=life.world.foreign.ids["person_id"])
    absent = life.act("handover", to_id=str(uuid4()))
    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content


@pytest.mark.req("B-16")
def test_a_merged_request_keeps_its_facts_and_points_to_the_other(life: Life) -> None:
    other = life.open()
    merged = life.act("merge", into_id=other)
    assert merged.json()["state"] == "merged"
    number = life.api.get(f"/requests/{other}").json()["number"]
    page = life.page()
    assert page["merged_into"] == {"id": other, "number": number}
    assert {one["state"] for one in page["obligations"]} <= {"void", "missed"}
    assert life.fact("reported")
    for kind in ("noted", "responded"):
        refused = life.try_step(kind, text="再报") if kind == "noted" else life.try_step(kind)
        assert code_of(refused) == (409, "illegal_move")
        assert refused.json()["error"]["details"]["merged_into"] == {"id": other, "number": number}
        assert number in refused.json()["error"]["message"]
    assert life.act("merge", into_id=other).status_code == 409


@pytest.mark.req("B-16")
def test_only_an_open_request_of_the_same_customer_takes_another_in(life: Life) -> None:
    assert life.act("merge", into_id=life.id).status_code == 422
    assert life.act("merge", into_id=life.world.own.ids["request_id"]).status_code == 422
    assert life.act("merge", into_id=life.world.foreign.ids["request_id"]).status_code == 404
    closed = life.open()
    values = {"reason": "误报"}
    answer = life.api.post(f"/requests/{closed}/facts", {"kind": "cancelled", "values": values})
    assert answer.status_code == 201
    assert life.act("merge", into_id=closed).status_code == 422


@pytest.mark.req("B-16")
def test_likely_doubles_are_named_with_why(life: Life) -> None:
    other = life.open()
    found = life.api.get(f"{life.path}/doubles").json()["items"]
    assert (found[0]["request"]["id"], found[0]["reason"]) == (other, "text")
    assert found[0]["percent"] == 100


def test_category_and_cover_change_with_reason(life: Life) -> None:
    assert life.act("category", category="network").status_code == 200
    assert life.page()["category"] == "network"
    assert life.act("category", category="network").status_code == 422
    assert life.act("cover", cover="goodwill", reason=" ").status_code == 422
    assert life.act("cover", cover="goodwill").status_code == 200
    assert life.page()["cover"]["kind"] == "goodwill"
    assert life.act("cover", cover="warranty").status_code == 422, "found, not chosen"


def test_a_request_is_reopened_within_the_days_of_its_plan(life: Life) -> None:
    life.step("responded", 0.1)
    life.step("restored", 1)
    assert life.page()["reopen_days"] == 7
    assert life.step("reopened", 2, reason="又断了") == "reopened"
    old = life.open(reported_at=(NOW - timedelta(days=20)).isoformat())
    for kind in ("responded", "restored"):
        at = (NOW - timedelta(days=19)).isoformat()
        life.api.post(f"/requests/{old}/facts", {"kind": kind, "occurred_at": at})
    body = {"kind": "reopened", "values": {"reason": "又断了"}}
    assert code_of(life.api.post(f"/requests/{old}/facts", body)) == (409, "illegal_move")


# -- rights ---------------------------------------------------------------------------------


@pytest.mark.req("R01")
def test_every_act_needs_its_right_and_a_refusal_leaves_nothing(life: Life) -> None:
    life.step("responded", 0.1)
    admin = life.world.company.administrator
    reader = Api(make_member(admin, life.unit, ["leadership"]).token())
    other = life.open()
    version = life.page()["version"]
    base = {"version": version, "reason": "x"}
    before = AuditEntry.objects.count(), FactRow.objects.count()
    tries = {
        "facts": {"kind": "noted", "values": {"text": "x"}},
        "level": base | {"level": "general"},
        "category": base | {"category": "network"},
        "cover": base | {"cover": "paid"},
        "handover": base | {"to_id": life.world.own.ids["to_id"]},
        "merge": base | {"into_id": other},
        "corrections": base | {"fact_id": life.fact("responded")["id"], "withdraw": True},
    }
    for what, body in tries.items():
        answer = reader.post(f"{life.path}/{what}", body)
        assert code_of(answer) == (403, "forbidden"), what
    assert (AuditEntry.objects.count(), FactRow.objects.count()) == before
    assert reader.get(life.path).json()["acts"] == []


@pytest.mark.req("R01")
def test_a_technician_corrects_his_own_entries_only(life: Life) -> None:
    life.step("responded", 0.1)
    admin = life.world.company.administrator
    technician = Api(make_member(admin, life.unit, ["technician"]).token())
    technician.post(f"{life.path}/facts", {"kind": "noted", "values": {"text": "我的"}})
    mine, theirs = life.fact("noted")["id"], life.fact("responded")["id"]

    def correct(fact_id: str) -> int:
        body = {"version": life.page()["version"], "reason": "记错", "fact_id": fact_id}
        sent = technician.post(f"{life.path}/corrections", body | {"withdraw": True})
        return int(sent.status_code)

    assert correct(theirs) == 403
    assert correct(mine) == 201


@pytest.mark.req("R38")
def test_of_two_corrections_at_once_the_second_gets_both_sides(life: Life) -> None:
    life.step("responded", 0.1)
    body = {"version": life.page()["version"], "reason": "x", "to_id": life.world.own.ids["to_id"]}
    assert life.api.post(f"{life.path}/handover", body).status_code == 200
    stale = life.api.post(f"{life.path}/handover", body | {"to_id": life.world.own.ids["unit_id"]})
    assert code_of(stale) == (409, "stale_version")
    details = stale.json()["error"]["details"]
    assert details["yours"]["to_id"] == life.world.own.ids["unit_id"]
    assert details["present"] == life.page()


@pytest.mark.req("R39")
def test_the_database_refuses_waiting_from_nowhere_and_merging_into_nothing(life: Life) -> None:
    row = Request.objects.filter(public_id=life.id)
    for changes in ({"state": "waiting"}, {"waiting_from": "answered"}, {"state": "merged"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**changes)


SHIPPED = sorted(PLANS.glob("*.yaml"))
# Stated by opening a request, by changing its level and by merging it.
BY_ACTS = {"reported", "classified", "merged"}
# Stated by issuing the problem report, by calling back, by the chain of an emergency plan and by
# offers to units, which have forms of their own.
_BY_THE_CHAIN = {"plan_requested", "plan_submitted", "plan_approved", "rejected"}
_BY_CONSENT = {"customer_agreed", "customer_declined"}
_BY_OFFERS = {"assigned", "accepted", "declined"}
BY_OWN_FORMS = {"report_delivered", "called_back", *_BY_THE_CHAIN, *_BY_CONSENT, *_BY_OFFERS}


@pytest.mark.req("BP-18", "SV-07")
@pytest.mark.parametrize("path", SHIPPED, ids=lambda one: one.stem)
def test_no_promise_of_a_shipped_plan_waits_for_what_nobody_can_record(
    world: World, path: Path
) -> None:
    source = path.read_text(encoding="utf-8")
    plan = load_plan(source, path.name)
    life = Life(world, source, level=plan.levels[0].code, category="")
    offered: set[str] = set()
    for kind in ("responded", "remote_started", "restored", "confirmed_by_customer"):
        offered |= {one["kind"] for one in life.page()["next_steps"]}
        who = {"authorised_by": "李工", "from_where": "公司"} if kind == "remote_started" else {}
        life.step(kind, **who)
    offered |= {one["kind"] for one in life.page()["next_steps"]}
    waited_for = {
        kind
        for clause in plan.clauses
        if isinstance(clause, Deadline) and clause.subject == "request"
        for anchor in (*facts_in(clause.start), *facts_in(clause.end))
        for kind in anchor.kinds
    }
    assert waited_for - BY_ACTS - BY_OWN_FORMS <= offered
