"""Answers from sheets, call-backs, links and surveys: taken once, one of each case counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.factories import Member, make_contact, make_member
from tests.factories.promises import open_fault
from tests.factories.repairs import Repair, make_repair
from tests.factories.work import PART, advance, issue, step, take

from yinuo.domains.assets.services import create_project
from yinuo.domains.customers.services import ConsentData, record_consent
from yinuo.domains.feedback.answer_models import Answer
from yinuo.domains.feedback.answer_types import Grouping, Part, SurveyData
from yinuo.domains.feedback.scores import list_answers, scores_by, total_of
from yinuo.domains.feedback.services import (
    record_call_back,
    record_survey,
    send_survey,
    take_sheet_answers,
)
from yinuo.domains.feedback.types import CallBackAnswers
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services import record_steps
from yinuo.domains.requests.types import StepFact
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput, NotFound

pytestmark = pytest.mark.django_db
ALWAYS = Part(date(2020, 1, 1), date(2100, 1, 1))


@pytest.fixture
def repair() -> Repair:
    return make_repair("lowvoltage", "ordinary")


def restored(repair: Repair) -> Any:
    """Another request of the customer, restored just now."""
    request = open_fault(repair.consultant, repair.customer, "ordinary")
    now = datetime.now(UTC)
    facts = [StepFact("responded", now), StepFact("restored", now)]
    record_steps(
        actor=repair.consultant.actor,
        request_id=request.public_id,
        facts=facts,
        source="test",
        now=now,
    )
    return request


def signed(repair: Repair, satisfaction: str = "very_satisfied", request: Any = None) -> Any:
    """A restored request whose sheet the technician had signed just now."""
    request = request or restored(repair)
    order = issue(repair.consultant, request)
    take(repair.technician, order)
    advance(repair.technician, order, "worked")
    unsaid = {"dissatisfied_with": ("speed",)} if satisfaction == "dissatisfied" else {}
    part = replace(PART, satisfaction=satisfaction, **unsaid)
    step(repair.technician, order, "signed", part=part)
    return request


def call(repair: Repair, request: Any, satisfaction: str) -> None:
    answers = CallBackAnswers(True, True, satisfaction, "周工", "说明")
    record_call_back(
        actor=repair.consultant.actor,
        request_id=request.public_id,
        answers=answers,
        source="test",
        now=datetime.now(UTC),
    )


def points(by: Member, grouping: Grouping = Grouping.ENGINEER) -> list[tuple[str, Decimal, int]]:
    groups = scores_by(by.actor, ALWAYS, grouping)
    return [(one.name, one.score.points, one.score.cases) for one in groups]


@pytest.mark.req("LV-08")
def test_a_signed_sheet_counts_once_for_its_engineer_however_often_it_is_read(
    repair: Repair,
) -> None:
    signed(repair)
    signed(repair, "")
    for minutes in (0, 1, 5):
        take_sheet_answers(now=datetime.now(UTC) + timedelta(minutes=minutes))
    assert points(repair.reader) == [("赵强", Decimal(6), 2)]
    assert points(repair.reader, Grouping.UNIT) == [("华南中心", Decimal(6), 2)]
    assert total_of(repair.reader.actor, ALWAYS).cases == 2


@pytest.mark.req("LV-08")
@pytest.mark.parametrize("sheet_first", [True, False])
def test_the_call_back_counts_instead_of_the_sheet_whichever_is_read_first(
    repair: Repair, *, sheet_first: bool
) -> None:
    request = signed(repair, "very_satisfied")
    if sheet_first:
        take_sheet_answers(now=datetime.now(UTC))
    call(repair, request, "fair")
    take_sheet_answers(now=datetime.now(UTC))
    assert points(repair.reader) == [("赵强", Decimal(2), 1)]
    call(repair, request, "no_statement")
    assert points(repair.reader) == [("赵强", Decimal(2), 1)]
    call(repair, request, "satisfied")
    assert points(repair.reader) == [("赵强", Decimal(3), 1)]
    kept = list_answers(repair.reader.actor, ALWAYS).items
    assert [(one.source, one.counts) for one in kept].count(("call_back", True)) == 1
    assert Answer.objects.filter(counts=True).count() == 1


@pytest.mark.req("BP-13")
def test_a_supervisor_has_the_score_of_his_engineers_and_not_his_own(repair: Repair) -> None:
    admin = repair.company.administrator
    chief = make_member(admin, repair.unit, ["technical_supervisor", "technician"], "孙主管")
    signed(repair)
    order = issue(repair.consultant, restored(repair))
    take(chief, order)
    advance(chief, order, "signed")
    take_sheet_answers(now=datetime.now(UTC))
    assert points(repair.reader, Grouping.SUPERVISOR) == [("孙主管", Decimal(5), 1)]
    assert sorted(points(repair.reader)) == sorted(
        [("孙主管", Decimal(5), 1), ("赵强", Decimal(5), 1)]
    )


@pytest.mark.req("BP-13")
def test_a_survey_counts_for_its_project_and_year_and_for_no_engineer(repair: Repair) -> None:
    by = repair.consultant
    project = create_project(
        actor=by.actor,
        customer_id=repair.customer.public_id,
        name="播出平台二期",
        accepted_on=None,
        now=datetime.now(UTC),
    )
    data = SurveyData(project.public_id, True, "fax", "satisfied", "周工")
    record_survey(actor=by.actor, data=data, now=datetime.now(UTC))
    year = f"{datetime.now(UTC):%Y}"
    assert points(repair.reader, Grouping.PROJECT) == [("播出平台二期", Decimal(3), 1)]
    assert points(repair.reader, Grouping.YEAR) == [(year, Decimal(3), 1)]
    assert points(repair.reader) == []
    with pytest.raises(NotFound):
        record_survey(actor=repair.stranger.actor, data=data, now=datetime.now(UTC))
    with pytest.raises(InvalidInput):
        record_survey(actor=by.actor, data=replace(data, way="pigeon"), now=datetime.now(UTC))


@pytest.mark.req("LV-08", "R01")
def test_an_engineer_sees_his_own_answers_and_nobody_elses(repair: Repair) -> None:
    admin = repair.company.administrator
    other = make_member(admin, repair.unit, ["technician"], "钱工")
    signed(repair)
    take_sheet_answers(now=datetime.now(UTC))
    assert points(repair.technician) == [("赵强", Decimal(5), 1)]
    assert points(other) == []
    assert points(repair.stranger) == []


def test_a_link_is_sent_only_for_what_is_restored_and_by_who_phones_back(repair: Repair) -> None:
    now, request_id = datetime.now(UTC), repair.request.public_id
    assert (
        len(send_survey(actor=repair.consultant.actor, request_id=request_id, now=now).secret) == 22
    )
    with pytest.raises(Forbidden):
        send_survey(actor=repair.technician.actor, request_id=request_id, now=now)
    with pytest.raises(NotFound):
        send_survey(actor=repair.stranger.actor, request_id=request_id, now=now)
    unrepaired = open_fault(repair.consultant, repair.customer, "ordinary")
    with pytest.raises(IllegalMove):
        send_survey(actor=repair.consultant.actor, request_id=unrepaired.public_id, now=now)


@pytest.mark.req("B-20")
def test_a_contact_who_refused_surveys_gets_no_link(repair: Repair) -> None:
    now, admin = datetime.now(UTC), repair.company.administrator
    contact = make_contact(admin, repair.customer)
    case = Request.objects.filter(public_id=repair.request.public_id)
    case.update(contact_id=contact.pk)
    said = ConsentData({"survey": False}, "phone")
    record_consent(actor=admin.actor, contact_id=contact.public_id, data=said, now=now)
    with pytest.raises(IllegalMove):
        send_survey(actor=repair.consultant.actor, request_id=repair.request.public_id, now=now)
