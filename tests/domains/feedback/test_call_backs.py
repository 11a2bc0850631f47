"""Call-backs after a repair: the list of the day, the answers, and what they lead to."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.factories import Member
from tests.factories.repairs import BEIJING, NEXT_MORNING, RESTORED, Repair, make_repair, state
from tests.factories.work import HEAD, WAY, step

from yinuo.domains.feedback.selectors import (
    call_backs_of_request,
    list_bad_call_backs,
    list_due_call_backs,
)
from yinuo.domains.feedback.services import record_call_back
from yinuo.domains.feedback.types import CallBackAnswers, CallBackView
from yinuo.domains.fieldwork.services import assign_work_order, issue_work_order
from yinuo.domains.obligations.selectors import obligations_of_subject
from yinuo.domains.requests.services import report_fact
from yinuo.domains.requests.types import Report
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput, NotFound

pytestmark = pytest.mark.django_db

PLEASED = CallBackAnswers(True, True, "very_satisfied", "周工", "到场很快")
NOBODY = CallBackAnswers(False, opinion="无人接听")


@pytest.fixture
def repair() -> Repair:
    return make_repair()


def call(
    repair: Repair, answers: CallBackAnswers = PLEASED, *, by: Member | None = None, at: Any = None
) -> CallBackView:
    return record_call_back(
        actor=(by or repair.consultant).actor,
        request_id=repair.request.public_id,
        answers=answers,
        source="test",
        now=at or NEXT_MORNING,
    )


def due(repair: Repair, by: Member | None = None) -> list[str]:
    page = list_due_call_backs((by or repair.consultant).actor)
    return [one.number for one in page.items]


def archive(repair: Repair, at: datetime) -> None:
    report_fact(
        actor=repair.consultant.actor,
        request_id=repair.request.public_id,
        report=Report("archived"),
        source="test",
        now=at,
    )


@pytest.mark.req("LV-06")
def test_a_restored_request_waits_on_the_list_until_its_customer_was_reached(
    repair: Repair,
) -> None:
    assert due(repair) == [repair.request.number]
    call(repair, NOBODY)
    [waiting] = list_due_call_backs(repair.consultant.actor).items
    assert (waiting.attempts, waiting.last_remark) == (1, "无人接听")
    call(repair)
    assert due(repair) == []


@pytest.mark.req("LV-06")
def test_an_answer_counts_until_the_request_is_restored_again(repair: Repair) -> None:
    call(repair)
    state(repair, "reopened", NEXT_MORNING + timedelta(hours=1))
    assert due(repair) == []
    state(repair, "responded", NEXT_MORNING + timedelta(hours=2))
    state(repair, "restored", NEXT_MORNING + timedelta(hours=3))
    assert due(repair) == [repair.request.number]


@pytest.mark.req("LV-08")
@pytest.mark.parametrize(
    ("satisfaction", "points"),
    [
        ("very_satisfied", 5),
        ("satisfied", 3),
        ("fair", 2),
        ("no_statement", 1),
        ("dissatisfied", -5),
    ],
)
def test_an_opinion_has_the_points_of_the_plan(
    repair: Repair, satisfaction: str, points: int
) -> None:
    made = call(repair, CallBackAnswers(True, True, satisfaction, opinion="说明"))
    assert made.points == Decimal(points)
    fact = call_backs_of_request(repair.reader.actor, repair.request.public_id)
    assert fact.call_backs[0].points == Decimal(points)


@pytest.mark.req("LV-06", "SV-11")
def test_a_dissatisfied_customer_is_shown_until_the_request_is_reopened(repair: Repair) -> None:
    call(repair, CallBackAnswers(True, True, "dissatisfied", "周工", "又断了一次"))
    actor, request_id = repair.consultant.actor, repair.request.public_id
    assert call_backs_of_request(actor, request_id).needs_reopening
    since = NEXT_MORNING - timedelta(days=1)
    assert len(list_bad_call_backs(actor, since=since)) == 1
    state(repair, "reopened", NEXT_MORNING + timedelta(hours=1))
    assert not call_backs_of_request(actor, request_id).needs_reopening
    assert list_bad_call_backs(actor, since=since) == []


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        (CallBackAnswers(True), {"done", "satisfaction"}),
        (CallBackAnswers(True, True, "happy"), {"satisfaction"}),
        (CallBackAnswers(True, True, "dissatisfied"), {"opinion"}),
        (CallBackAnswers(False, True, "fair", "周工"), {"done", "satisfaction", "spoken_to"}),
        (CallBackAnswers(True, True, "fair", "长" * 81, "长" * 4001), {"spoken_to", "opinion"}),
    ],
)
def test_an_answer_is_whole_or_none(
    repair: Repair, answers: CallBackAnswers, wrong: set[str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        call(repair, answers)
    assert set(refused.value.fields) == wrong
    assert due(repair) == [repair.request.number]


@pytest.mark.parametrize("hours", [-22, 1])
def test_nobody_is_phoned_before_the_repair_or_in_the_future(repair: Repair, hours: int) -> None:
    at = NEXT_MORNING + timedelta(hours=hours)
    with pytest.raises(InvalidInput):
        call(repair, CallBackAnswers(True, True, "fair", occurred_at=at))


def test_nobody_is_phoned_while_the_request_is_in_work() -> None:
    repair = make_repair(restored_at=None)
    assert due(repair) == []
    with pytest.raises(IllegalMove):
        call(repair)


@pytest.mark.req("R03")
def test_a_stranger_sees_no_call_back_and_a_reader_makes_none(repair: Repair) -> None:
    assert due(repair, repair.stranger) == []
    assert due(repair, repair.reader) == []
    with pytest.raises(NotFound):
        call(repair, by=repair.stranger)
    with pytest.raises(NotFound):
        call_backs_of_request(repair.stranger.actor, repair.request.public_id)
    with pytest.raises(Forbidden):
        call(repair, by=repair.reader)


@pytest.mark.req("BP-11")
def test_a_request_is_not_filed_before_its_report_was_delivered(repair: Repair) -> None:
    state(repair, "confirmed_by_customer", RESTORED)
    call(repair)
    missing = call_backs_of_request(repair.reader.actor, repair.request.public_id).missing
    assert [one.kind for one in missing] == ["report_delivered"]
    with pytest.raises(IllegalMove) as refused:
        archive(repair, NEXT_MORNING)
    assert refused.value.details["missing"] == ["report_delivered"]
    state(repair, "report_delivered", NEXT_MORNING)
    archive(repair, NEXT_MORNING)


def returned_sheet(repair: Repair, at: datetime) -> UUID:
    """A sheet issued at this instant, back five hours later."""
    order = issue_work_order(
        actor=repair.consultant.actor,
        request_id=repair.request.public_id,
        head=HEAD,
        source="test",
        now=at,
    )
    assign_work_order(
        actor=repair.technician.actor,
        work_order_id=order.public_id,
        assignee_id=repair.technician.person.public_id,
        source="test",
        now=at,
    )
    for hours, kind in enumerate(WAY[1 : WAY.index("signed") + 1]):
        step(repair.technician, order, kind, now=at + timedelta(hours=hours))
    step(repair.consultant, order, "returned", now=at + timedelta(hours=5))
    return order.public_id


@pytest.mark.req("LV-06")
def test_the_call_of_the_day_keeps_the_promise_of_the_sheet() -> None:
    """Returned at 15:00, due at 24:00; after the call it is kept and the request may be filed."""
    at = datetime(2026, 3, 10, 9, 0, tzinfo=BEIJING)
    repair = make_repair("lowvoltage", "urgent", at=at, restored_at=None, steps=())
    state(repair, "responded", at + timedelta(minutes=10))
    order = returned_sheet(repair, at + timedelta(hours=1))
    [waiting] = list_due_call_backs(repair.consultant.actor).items
    assert waiting.due_at == datetime(2026, 3, 11, tzinfo=BEIJING)
    state(repair, "confirmed_by_customer", at + timedelta(hours=7))
    with pytest.raises(IllegalMove):
        archive(repair, at + timedelta(hours=7))
    call(repair, at=at + timedelta(hours=8))
    [promise] = [one for one in obligations_of_subject(order) if one.clause == "call_back"]
    assert promise.state == "met"
    archive(repair, at + timedelta(hours=9))
