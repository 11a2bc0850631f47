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
from tests.portal.conftest import browser, invited

from yinuo.domains.obligations.models import FactRow, ObligationRow
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.domains.requests.claims import ClaimState, ClaimView, claims_of_request
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake
from yinuo.platform.accounts.models import User

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


def make_case(stop: str) -> Case:
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
