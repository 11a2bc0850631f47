"""A pause is a claim: the customer acknowledges or objects, a manager decides, clocks follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories import (
    Member,
    make_company,
    make_contact,
    make_contract,
    make_customer,
    make_member,
    publish,
)
from tests.factories.pauses import pause
from tests.portal.conftest import browser, invited

from yinuo.domains.notices.models import Notice
from yinuo.domains.obligations.models import FactRow, ObligationRow
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.domains.requests.claims import ClaimState, ClaimView, claims_of_request
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services import Correction, correct_fact, open_request
from yinuo.domains.requests.services.claiming import ToldAnswer, note_answer
from yinuo.domains.requests.services.silence import record_silences
from yinuo.domains.requests.types import Intake
from yinuo.platform.accounts.models import User
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-05")]
PLAN = """
plan: pausing
title: 暂停方案
version: 1
clauses:
  - id: repair
    title: 修复
    promise: restore
    start: reported
    end: restored
    limit: 8 hours
    stops: [{stop}]
"""
UNLESS = (
    "{reason: waiting_for_customer, acknowledgement: unless_objected,"
    " objection_window: 2 hours, budget: 3 days}"
)
REQUIRED = "{reason: waiting_for_customer, acknowledgement: required}"


@dataclass(frozen=True)
class Case:
    """A request that stands still since an hour, its customer's contact and a manager."""

    admin: Member
    staff: Client
    visitor: Client
    member: Member
    request: Request

    def claim(self, at: datetime | None = None) -> ClaimView:
        now = at or datetime.now(UTC)
        [claim] = claims_of_request(self.member.actor, self.request.public_id, now)
        return claim

    def answer(self, say: str, reason: str = "") -> Any:
        pause = self.claim().fact_id
        address = f"/my/requests/{self.request.public_id}/pauses/{pause}/"
        return self.visitor.post(address, {"say": say, "reason": reason}, follow=True)

    def decide(self, say: str, reason: str = "核实过") -> Any:
        pause = self.claim().fact_id
        address = f"/requests/{self.request.public_id}/pauses/{pause}/"
        return self.staff.post(address, {"say": say, "reason": reason}, follow=True)

    def due(self) -> datetime:
        due = ObligationRow.objects.get(subject_id=self.request.public_id).due_at
        assert due is not None
        return due


def make_case(stop: str, *, recorded: bool = False) -> Case:
    company = make_company()
    unit = company.headquarters
    member = make_member(company.administrator, unit, ["service_manager", "account_manager"])
    customer = make_customer(member, unit)
    contact = make_contact(member, customer)
    make_contract(member, customer, publish(company.administrator, PLAN.format(stop=stop)))
    user = invited(member, contact, "visitor")
    intake = Intake(customer_id=customer.public_id, symptom="设备停机")
    opened = open_request(actor=member.actor, intake=intake, now=datetime.now(UTC))
    now = datetime.now(UTC)
    attrs = {"reason": "waiting_for_customer"}
    if recorded:
        pause(member, opened.public_id, now)
    else:
        fact = NewFact("paused", now, "test", attrs)
        record_facts(opened.public_id, [fact], actor=member.actor, now=now)
    request = Request.objects.get(public_id=opened.public_id)
    User.objects.filter(pk=member.user.pk).update(password="argon2$unknown")
    return Case(company.administrator, browser(member.user), browser(user), member, request)


def test_silence_until_the_window_closes_acknowledges() -> None:
    case = make_case(UNLESS)
    claim = case.claim()
    assert claim.state is ClaimState.WAITING
    assert claim.until == claim.began_at + timedelta(hours=2)
    later = case.claim(claim.began_at + timedelta(hours=2, seconds=1))
    assert (later.state, later.answered_at) == (ClaimState.SILENT, claim.until)
    assert [one.counted for one in later.clauses] == [True]


def test_an_objection_lets_the_time_run_until_it_is_withdrawn() -> None:
    case = make_case(UNLESS)
    refused = case.answer("object").content.decode()
    assert "Say why" in refused
    assert case.claim().state is ClaimState.WAITING
    page = case.answer("object", "我们随时可以配合").content.decode()
    assert "我们随时可以配合" in page
    claim = case.claim()
    assert (claim.state, claim.objection) == (ClaimState.OBJECTED, "我们随时可以配合")
    assert [(one.counted, one.why) for one in claim.clauses] == [(False, "objected")]
    # The owner sees it on the request; the decision is a new fact, the objection stays on record.
    assert (
        "我们随时可以配合"
        in case.staff.get(f"/requests/{case.request.public_id}/").content.decode()
    )
    case.decide("withdrawn", "客户来电撤回")
    assert [one.counted for one in case.claim().clauses] == [True]
    kinds = list(FactRow.objects.order_by("id").values_list("kind", flat=True))
    assert kinds.count("pause_objected") == 1
    assert "withdrawn" in kinds


def test_an_objection_that_stands_takes_no_second_decision() -> None:
    case = make_case(UNLESS)
    case.answer("object", "不认可")
    case.decide("stands")
    assert case.claim().state is ClaimState.UPHELD
    assert [one.counted for one in case.claim().clauses] == [False]
    assert "No objection waits" in case.decide("withdrawn").content.decode()
    assert case.claim().state is ClaimState.UPHELD


def test_a_word_given_once_is_recorded_once_and_not_turned_round() -> None:
    case = make_case(REQUIRED)
    assert [one.why for one in case.claim().clauses] == ["not_acknowledged"]
    for _ in range(2):
        case.answer("acknowledge")
    assert FactRow.objects.filter(kind="pause_acknowledged").count() == 1
    assert case.claim().state is ClaimState.ACKNOWLEDGED
    assert "no answer any more" in case.answer("object", "改口").content.decode()
    assert not FactRow.objects.filter(kind="pause_objected").exists()


@pytest.mark.req("R02", "R03")
def test_nobody_else_answers_and_nobody_without_the_right_decides() -> None:
    case = make_case(UNLESS)
    pause = case.claim().fact_id
    stranger = f"/my/requests/{pause}/pauses/{pause}/"
    assert case.visitor.post(stranger, {"say": "object", "reason": "x"}).status_code == 404
    missing = f"/my/requests/{case.request.public_id}/pauses/{case.request.public_id}/"
    assert case.visitor.post(missing, {"say": "object", "reason": "x"}).status_code == 404
    case.answer("object", "不认可")
    clerk = make_member(case.admin, case.member.person.unit, ["service_consultant"])
    User.objects.filter(pk=clerk.user.pk).update(password="argon2$unknown")
    address = f"/requests/{case.request.public_id}/pauses/{pause}/"
    refused = browser(clerk.user).post(address, {"say": "stands", "reason": "x"})
    assert refused.status_code == 403
    assert case.claim().state is ClaimState.OBJECTED


# -- silence is recorded, both sides are told, answers come by other ways too ----------------


def paused_now() -> tuple[Case, datetime]:
    """A case whose pause was recorded as people record it, and when its window closes."""
    case = make_case(UNLESS, recorded=True)
    until = case.claim().until
    assert until is not None
    return case, until


def unanswered() -> list[datetime]:
    rows = FactRow.objects.filter(kind="pause_unanswered").order_by("id")
    return list(rows.values_list("occurred_at", flat=True))


def notices_of(case: Case, topic: str) -> int:
    return Notice.objects.filter(topic=topic, subject_id=case.request.public_id).count()


def test_a_worker_records_silence_once_at_the_instant_the_window_closed() -> None:
    case, until = paused_now()
    record_silences(now=until)
    assert unanswered() == []
    assert case.claim(until).state is ClaimState.WAITING
    due = case.due()
    # The worker was away for three days.
    for days in (3, 3, 4):
        record_silences(now=until + timedelta(days=days))
    assert unanswered() == [until]
    claim = case.claim(until + timedelta(days=4))
    assert (claim.state, claim.is_recorded) == (ClaimState.SILENT, True)
    assert notices_of(case, "pause.silent") == 1
    page = case.visitor.get(f"/my/requests/{case.request.public_id}/").content.decode()
    assert "You did not object in time; the pause counts" in page
    assert "You acknowledged the pause" not in page
    told = case.staff.get("/notices/").content.decode()
    assert "The customer did not object to a pause" in told
    assert case.due() >= due


@pytest.mark.parametrize("say", ["acknowledge", "object"])
def test_who_answered_was_not_silent(say: str) -> None:
    case, until = paused_now()
    case.answer(say, "我们在等你们")
    record_silences(now=until + timedelta(hours=1))
    assert unanswered() == []


def test_an_objection_taken_back_is_no_silence() -> None:
    case, until = paused_now()
    case.answer("object", "不认可")
    case.decide("withdrawn", "客户来电撤回")
    record_silences(now=until + timedelta(hours=1))
    assert unanswered() == []


def test_a_pause_that_never_was_leaves_no_silence() -> None:
    case, until = paused_now()
    pause = case.claim().fact_id
    request = Request.objects.get(public_id=case.request.public_id)
    correct_fact(
        actor=case.member.actor,
        request_id=request.public_id,
        correction=Correction(pause, "记错了", withdraw=True),
        version=request.version,
        source="test",
        now=datetime.now(UTC),
    )
    record_silences(now=until + timedelta(hours=1))
    assert unanswered() == []


def test_the_owner_is_told_of_an_objection_at_once() -> None:
    case, _ = paused_now()
    case.answer("object", "不认可")
    assert notices_of(case, "pause.objected") == 1
    case.answer("object", "不认可")
    assert notices_of(case, "pause.objected") == 1
    assert "The customer objects to a pause" in case.staff.get("/notices/").content.decode()


def test_an_answer_by_phone_is_noted_by_another_than_who_recorded_the_pause() -> None:
    case, _ = paused_now()
    unit = case.member.person.unit
    second = make_member(case.admin, unit, ["service_manager"])
    pause = {"request_id": case.request.public_id, "pause_id": case.claim().fact_id}
    told = ToldAnswer(objects=False, said_by="王工", how="来电 138")
    step = {"answer": told, "source": "test", "now": datetime.now(UTC)}
    with pytest.raises(Forbidden):
        note_answer(actor=case.member.actor, **pause, **step)
    assert case.claim().state is ClaimState.WAITING
    for wrong in (ToldAnswer(False, "", "来电"), ToldAnswer(True, "王工", "来电", " ")):
        with pytest.raises(InvalidInput):
            note_answer(actor=second.actor, **pause, **{**step, "answer": wrong})
    note_answer(actor=second.actor, **pause, **step)
    assert case.claim().state is ClaimState.ACKNOWLEDGED
    with pytest.raises(IllegalMove):
        note_answer(actor=second.actor, **pause, **step)
