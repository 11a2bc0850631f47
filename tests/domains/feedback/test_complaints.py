"""Complaints: answered in time, in steps, within one's authority, never by who is complained of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.factories import Member, make_member
from tests.factories.repairs import BEIJING, Repair, make_repair

from yinuo.domains.feedback.complaint_types import ComplaintData, Doing
from yinuo.domains.feedback.complaints import find_precedents, get_complaint, list_complaints
from yinuo.domains.feedback.models import Complaint
from yinuo.domains.feedback.services import handle_complaint, open_complaint, record_call_back
from yinuo.domains.feedback.types import CallBackAnswers
from yinuo.domains.obligations.selectors import obligations_of_subject
from yinuo.kernel.complaint_states import Principle
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound

pytestmark = pytest.mark.django_db
CAME = datetime(2026, 7, 16, 9, 20, tzinfo=BEIJING)
GIVEN = datetime(2026, 7, 16, 17, 5, tzinfo=BEIJING)
END = Doing(
    "closed",
    "值班表加第二名值守人",
    responsibility="值班表空档",
    sanction="无",
    improve_by=date(2026, 8, 16),
)


@pytest.fixture
def repair() -> Repair:
    at = datetime(2026, 7, 11, 9, tzinfo=BEIJING)
    return make_repair("signage", "major", at=at, steps=(), restored_at=None)


def complain(repair: Repair, **more: Any) -> Complaint:
    data = ComplaintData(
        category="response_time",
        said="首次响应晚了一小时二十分钟",
        request_id=repair.request.public_id,
        caller_name="周工",
        rings=2,
        received_at=CAME,
    )
    return open_complaint(actor=repair.consultant.actor, data=replace(data, **more), now=CAME)


def do(by: Member, complaint: Complaint, doing: Doing | str, at: datetime = GIVEN) -> Complaint:
    doing = doing if isinstance(doing, Doing) else Doing(doing, "已办理")
    version = Complaint.objects.get(pk=complaint.pk).version
    return handle_complaint(
        actor=by.actor, complaint_id=complaint.public_id, version=version, doing=doing, now=at
    )


def until_settled(by: Member, complaint: Complaint, at: datetime = GIVEN) -> None:
    for act in (*Principle, "answered", "settled"):
        do(by, complaint, str(act), at)


@pytest.mark.req("SG-13")
def test_a_complaint_answered_the_same_day_keeps_its_promise_and_its_cost_is_kept(
    repair: Repair,
) -> None:
    by = repair.consultant
    complaint = complain(repair)
    assert complaint.answer_due_at == datetime(2026, 7, 17, 9, 20, tzinfo=BEIJING)
    do(by, complaint, Doing("redressed", "鲜花与清洁礼盒", redress="gift", cost=Decimal("268.00")))
    until_settled(by, complaint)
    do(by, complaint, END)
    view = get_complaint(by.actor, complaint.public_id)
    assert (view.row.state, view.row.is_late, view.row.cost) == ("closed", False, Decimal(268))
    promises = {one.clause: one.state for one in obligations_of_subject(complaint.public_id)}
    assert promises["complaint.answer"] == "met"
    assert "complaint.answer.major" not in promises
    do(by, complaint, "improved")
    assert list_complaints(by.actor, state="open").items == ()


@pytest.mark.req("SG-13")
def test_a_major_one_needs_a_date_of_solution(repair: Repair) -> None:
    complaint = complain(repair, is_major=True)
    with pytest.raises(InvalidInput) as refused:
        do(repair.consultant, complaint, "answered")
    assert "settle_by" in refused.value.fields
    until = CAME + timedelta(days=2)
    do(repair.consultant, complaint, Doing("answered", "说明", settle_by=until))
    promises = {one.clause: one for one in obligations_of_subject(complaint.public_id)}
    assert promises["complaint.answer.major"].state == "met"
    assert promises["complaint.settle"].due_at == until


@pytest.mark.req("SG-13")
def test_who_is_complained_about_never_handles_it_whatever_his_rights(repair: Repair) -> None:
    chief = make_member(repair.company.administrator, repair.unit, ["service_manager"], "钱经理")
    complaint = complain(repair, about_id=chief.person.public_id)
    assert get_complaint(chief.actor, complaint.public_id).acts == frozenset()
    for act in ("thank", "passed_up", "answered"):
        with pytest.raises(Forbidden):
            do(chief, complaint, act)
    do(repair.consultant, complaint, "thank")


@pytest.mark.req("SG-13")
def test_beyond_the_limit_a_superior_decides_and_the_customer_is_told(repair: Repair) -> None:
    complaint = complain(repair)
    large = Doing("redressed", "退还一次服务费", redress="compensation", cost=Decimal("500.01"))
    with pytest.raises(IllegalMove):
        do(repair.consultant, complaint, large)
    with pytest.raises(InvalidInput):
        do(repair.consultant, complaint, "passed_up")
    do(repair.consultant, complaint, Doing("passed_up", "超出权限", told_at=CAME))
    with pytest.raises(Forbidden):
        do(repair.consultant, complaint, "thank")
    chief = make_member(repair.company.administrator, repair.unit, ["service_manager"], "钱经理")
    do(chief, complaint, large)
    assert get_complaint(chief.actor, complaint.public_id).row.cost == Decimal("500.01")


@pytest.mark.req("SG-13")
def test_it_is_not_closed_before_every_department_and_every_step(repair: Repair) -> None:
    by, complaint = repair.consultant, complain(repair)
    with pytest.raises(IllegalMove):
        do(by, complaint, END)
    do(by, complaint, Doing("asked", "为何响应晚", department="工程部"))
    with pytest.raises(InvalidInput):
        do(by, complaint, Doing("replied", "…", department="财务部"))
    do(by, complaint, "answered")
    do(by, complaint, "settled")
    with pytest.raises(IllegalMove):
        do(by, complaint, END)
    do(by, complaint, Doing("replied", "值班表有空档", department="工程部"))
    for principle in list(Principle)[:-1]:
        do(by, complaint, principle.value)
    with pytest.raises(IllegalMove):
        do(by, complaint, END)
    do(by, complaint, "sum_up")
    with pytest.raises(InvalidInput):
        do(by, complaint, replace(END, sanction=" "))
    assert do(by, complaint, END).state == "closed"


@pytest.mark.req("SG-13")
def test_the_likest_closed_complaint_of_the_category_is_the_precedent(repair: Repair) -> None:
    by = repair.consultant
    like, other = complain(repair), complain(repair, category="attitude")
    for one in (like, other):
        until_settled(by, one)
        do(by, one, END)
    complaint = complain(repair, said="首次响应又晚了两小时")
    found = find_precedents(by.actor, complaint.public_id)
    assert [one.public_id for one in found] == [like.public_id]
    do(by, complaint, Doing("fair", "同等处理", precedent_id=like.public_id))
    step = get_complaint(by.actor, complaint.public_id).steps[-1]
    assert step.precedent_number == like.number
    assert find_precedents(by.actor, like.public_id) == []


@pytest.mark.req("SV-11", "B-62")
def test_a_dissatisfied_customer_is_a_case_until_he_is_turned(repair_done: Repair) -> None:
    by = repair_done.consultant
    call(repair_done, "dissatisfied")
    call(repair_done, "dissatisfied")
    [row] = list_complaints(by.actor).items
    assert (row.channel, row.category, row.state) == ("answer", "result", "received")
    complaint = Complaint.objects.get()
    until_settled(by, complaint, datetime.now(UTC))
    with pytest.raises(IllegalMove):
        do(by, complaint, END, datetime.now(UTC))
    call(repair_done, "satisfied")
    assert do(by, complaint, END, datetime.now(UTC)).state == "closed"


@pytest.fixture
def repair_done() -> Repair:
    now = datetime.now(UTC)
    began = now - timedelta(hours=3)
    steps = [("responded", began + timedelta(minutes=10))]
    return make_repair("lowvoltage", "ordinary", at=began, restored_at=now, steps=steps)


def call(repair: Repair, satisfaction: str) -> None:
    record_call_back(
        actor=repair.consultant.actor,
        request_id=repair.request.public_id,
        answers=CallBackAnswers(True, True, satisfaction, "周工", "又断了一次"),
        source="test",
        now=datetime.now(UTC),
    )


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"category": "weather"}, "category"),
        ({"said": "  "}, "said"),
        ({"said": "长" * 4_001}, "said"),
        ({"rings": 101}, "rings"),
        ({"channel": "answer"}, "channel"),
        ({"received_at": CAME + timedelta(days=1)}, "received_at"),
        ({"request_id": None}, "customer_id"),
    ],
)
def test_what_is_wrong_with_a_complaint_is_said_by_field(
    repair: Repair, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        complain(repair, **more)
    assert field in refused.value.fields


def test_strangers_see_none_and_the_slower_one_is_told(repair: Repair) -> None:
    complaint = complain(repair)
    dispatcher = make_member(repair.company.administrator, repair.unit, ["dispatcher"])
    with pytest.raises(NotFound):
        get_complaint(repair.stranger.actor, complaint.public_id)
    with pytest.raises(Forbidden):
        do(dispatcher, complaint, "thank")
    do(repair.consultant, complaint, "thank")
    with pytest.raises(Conflict):
        handle_complaint(
            actor=repair.consultant.actor,
            complaint_id=complaint.public_id,
            version=1,
            doing=Doing("listen", "听"),
            now=GIVEN,
        )
