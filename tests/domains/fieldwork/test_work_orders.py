"""A sheet's way from the issue to the archive, and every way that is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.factories.centre import Centre
from tests.factories.work import (
    HEAD,
    PART,
    REPORT,
    STROKES,
    advance,
    fresh,
    issue,
    make_work_order,
    step,
    take,
)

from yinuo.domains.fieldwork.models import SignOff, WorkOrder
from yinuo.domains.fieldwork.selectors import (
    get_work_order_page,
    list_work_orders,
    work_orders_of_request,
)
from yinuo.domains.fieldwork.services import assign_work_order, edit_work_order, set_reminder
from yinuo.domains.obligations.selectors import facts_of_subject, obligations_of_subject
from yinuo.domains.requests.models import Request
from yinuo.kernel.work_states import WORK_STEPS, WorkOrderState
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.models import AuditEntry

pytestmark = pytest.mark.django_db


def kinds(subject_id: Any) -> list[str]:
    return [fact.kind for fact in reversed(facts_of_subject(subject_id))]


@pytest.mark.req("LV-02", "LV-15")
def test_a_sheet_takes_number_customer_kind_and_promises_from_its_request(centre: Centre) -> None:
    order = issue(centre.specialist, centre.request)
    second = issue(centre.specialist, centre.request)
    assert order.number.startswith("LL-SZ-")
    assert int(second.number[-4:]) == int(order.number[-4:]) + 1
    assert fresh(order).customer_kind == "annual_contract"
    assert kinds(order.public_id) == ["sheet_issued"]
    with pytest.raises(InvalidInput) as refused:
        issue(centre.specialist, centre.request, replace(HEAD, customer_kind="by_letter"))
    assert set(refused.value.fields) == {"customer_kind_reason"}
    told = replace(HEAD, customer_kind="by_letter", customer_kind_reason="客户要求先出联络函")
    assert fresh(issue(centre.specialist, centre.request, told)).customer_kind == "by_letter"


@pytest.mark.req("LV-03")
def test_a_specialist_takes_a_sheet_himself_and_only_the_manager_gives_it_to_others(
    centre: Centre,
) -> None:
    now = datetime.now(UTC)
    order = issue(centre.specialist, centre.request)
    given: dict[str, Any] = {"work_order_id": order.public_id, "source": "test", "now": now}
    with pytest.raises(Forbidden):
        assign_work_order(
            actor=centre.specialist.actor,
            assignee_id=centre.technician.person.public_id,
            **given,
        )
    with pytest.raises(NotFound):
        assign_work_order(
            actor=centre.manager.actor, assignee_id=centre.stranger.person.public_id, **given
        )
    take(centre.specialist, order)
    assert fresh(order).state == "accepted"
    assign_work_order(
        actor=centre.manager.actor, assignee_id=centre.technician.person.public_id, **given
    )
    assert (fresh(order).state, fresh(order).assignee) == ("assigned", centre.technician.person)
    step(centre.technician, order, "declined", reason="今天在外地")
    declined = fresh(order)
    assert (declined.state, declined.assignee, declined.declined_reason) == (
        "drafted",
        None,
        "今天在外地",
    )


@pytest.mark.req("LV-04", "LV-05")
def test_the_visit_stands_on_the_request_at_the_times_it_happened(centre: Centre) -> None:
    now = datetime.now(UTC)
    order = issue(centre.specialist, centre.request)
    take(centre.technician, order)
    with pytest.raises(IllegalMove):
        step(centre.technician, order, "departed")
    step(centre.technician, order, "appointed", way="上门，到前台登记")
    left, there = now + timedelta(minutes=10), now + timedelta(minutes=50)
    later = now + timedelta(hours=2)
    step(centre.technician, order, "departed", occurred_at=left, now=later)
    step(centre.technician, order, "arrived", occurred_at=there, now=later)
    on_request = {f.kind: f.occurred_at for f in facts_of_subject(centre.request.public_id)}
    assert (on_request["departed"], on_request["arrived"]) == (left, there)
    on_site = [
        one
        for one in obligations_of_subject(centre.request.public_id)
        if one.ended_at == there and one.state == "met"
    ]
    assert on_site, "the arrival keeps the promise of being on site"
    step(centre.technician, order, "worked", now=later)
    assert Request.objects.get(public_id=centre.request.public_id).state == "restored"
    step(centre.technician, order, "signed", now=later)
    assert kinds(order.public_id) == [
        *("sheet_issued", "assigned", "accepted", "contacted", "departed", "arrived"),
        *("work_finished", "sheet_signed"),
    ]


@pytest.mark.req("LV-05", "R39")
@pytest.mark.parametrize(
    ("kind", "at", "field"),
    [
        ("departed", timedelta(days=-3), "occurred_at"),
        ("departed", timedelta(hours=1), "occurred_at"),
        ("arrived", timedelta(minutes=-1), "occurred_at"),
        ("arrived", timedelta(days=400), "occurred_at"),
    ],
    ids=["before-the-report", "future", "before-departure", "next-year"],
)
def test_a_time_that_cannot_be_is_refused(
    centre: Centre, kind: str, at: timedelta, field: str
) -> None:
    before = "appointed" if kind == "departed" else "departed"
    order = make_work_order(centre.specialist, centre.technician, centre.request, before)
    facts = kinds(centre.request.public_id)
    anchor = order.departed_at or datetime.now(UTC)
    with pytest.raises(InvalidInput) as refused:
        step(centre.technician, order, kind, occurred_at=anchor + at)
    assert set(refused.value.fields) == {field}
    assert fresh(order).state == before
    assert kinds(centre.request.public_id) == facts


@pytest.mark.req("LV-05")
def test_what_was_not_fixed_says_why_and_leaves_the_request_open(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "arrived")
    with pytest.raises(InvalidInput) as refused:
        step(centre.technician, order, "worked", report=replace(REPORT, result="other"))
    assert set(refused.value.fields) == {"result_reason"}
    step(centre.technician, order, "worked", report=replace(REPORT, result="to_repair"))
    assert Request.objects.get(public_id=centre.request.public_id).state == "on_site"


@pytest.mark.req("LV-07")
def test_work_of_several_sheets_is_restored_with_the_last_one(centre: Centre) -> None:
    first = make_work_order(centre.specialist, centre.technician, centre.request, "arrived")
    second = issue(centre.specialist, centre.request, after=first)
    third = issue(centre.specialist, centre.request, after=second)
    assert [fresh(one).position for one in (first, second, third)] == [1, 2, 3]
    step(centre.technician, first, "worked")
    assert Request.objects.get(public_id=centre.request.public_id).state == "on_site"
    step(centre.specialist, third, "aborted", reason="并入第二张")
    take(centre.technician, second)
    advance(centre.technician, second, "worked")
    assert Request.objects.get(public_id=centre.request.public_id).state == "restored"
    page = get_work_order_page(centre.specialist.actor, third.public_id, now=datetime.now(UTC))
    assert [one.position for one in page.siblings] == [1, 2, 3]


@pytest.mark.req("LV-07")
def test_what_is_late_or_due_for_a_reminder_stands_on_the_list_of_overdue_ones(
    centre: Centre,
) -> None:
    now = datetime.now(UTC)
    passed = replace(HEAD, service_at=now + timedelta(minutes=5))
    late = issue(centre.specialist, centre.request, passed)
    reminded = issue(centre.specialist, centre.request)
    issue(centre.specialist, centre.request)
    actor = centre.specialist.actor

    def overdue(at: datetime) -> dict[str, str]:
        rows = list_work_orders(actor, now=at, view="overdue").items
        return {row.number: row.overdue for row in rows}

    assert overdue(now) == {}
    set_reminder(
        actor=actor,
        work_order_id=reminded.public_id,
        version=1,
        # Two days on, so that it is later in every zone.
        remind_on=(now + timedelta(days=2)).date(),
        now=now,
    )
    assert overdue(now + timedelta(minutes=6)) == {late.number: "visit"}
    assert overdue(now + timedelta(days=3)) == {late.number: "visit", reminded.number: "reminder"}


def test_each_view_shows_what_its_name_says(centre: Centre) -> None:
    mine = make_work_order(centre.specialist, centre.technician, centre.request, "appointed")
    free = issue(centre.specialist, centre.request)
    signed = make_work_order(centre.specialist, centre.colleague, centre.request, "signed")
    gone = issue(centre.specialist, centre.request)
    step(centre.specialist, gone, "aborted", reason="重复")
    now = datetime.now(UTC)

    def numbers(view: str) -> set[str]:
        rows = list_work_orders(centre.technician.actor, now=now, view=view).items
        return {row.number for row in rows}

    assert numbers("mine") == {mine.number}
    assert numbers("unassigned") == {free.number}
    assert numbers("to_file") == {signed.number}
    assert numbers("open") == {mine.number, free.number, signed.number}
    assert numbers("all") == {mine.number, free.number, signed.number, gone.number}
    assert numbers("nonsense") == set()
    shown = work_orders_of_request(centre.technician.actor, centre.request.public_id, now=now)
    assert {row.number for row in shown} == numbers("all")


@pytest.mark.req("LV-05", "R55")
def test_a_signature_needs_a_name_and_a_drawn_line(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "worked")
    blank = ["", "[]", "[[]]", "[[[5,5]]]", "[[[0,0],[1,1]]]", "{}", "[[[1,2],[3,4000]]]", "x" * 9]
    nested = "[" * 5_000 + "]" * 5_000
    for strokes in [*blank, nested, "[[[1.5,2],[300,2]]]", '[[["a",1],[2,2]]]', "9" * 200_000]:
        with pytest.raises(InvalidInput) as refused:
            step(centre.technician, order, "signed", strokes=strokes)
        assert set(refused.value.fields) == {"strokes"}
    with pytest.raises(InvalidInput) as refused:
        step(centre.technician, order, "signed", part=replace(PART, signer_name="  "), strokes="")
    assert set(refused.value.fields) == {"signer_name", "strokes"}
    assert fresh(order).state == "worked"
    assert not SignOff.objects.exists()


@pytest.mark.req("LV-15")
def test_who_is_dissatisfied_is_asked_with_what(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "worked")
    sour = replace(PART, satisfaction="dissatisfied")
    with pytest.raises(InvalidInput) as refused:
        step(centre.technician, order, "signed", part=sour)
    assert set(refused.value.fields) == {"dissatisfied_with"}
    step(centre.technician, order, "signed", part=replace(sour, dissatisfied_with=("speed",)))
    assert SignOff.objects.get().dissatisfied_with == ["speed"]


@pytest.mark.req("R55")
def test_a_changed_sheet_needs_a_new_signature_and_the_old_one_stays(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "signed")

    def sign_offs() -> list[tuple[str, bool]]:
        page = get_work_order_page(centre.technician.actor, order.public_id, now=datetime.now(UTC))
        return [(one.content_hash, one.is_valid) for one in page.sign_offs]

    [(first, valid)] = sign_offs()
    assert valid
    audited = AuditEntry.objects.get(action="work_order.signed")
    assert audited.after["hash"] == first
    with pytest.raises(IllegalMove):
        step(centre.technician, order, "worked")
    with pytest.raises(InvalidInput):
        step(centre.technician, order, "corrected")
    step(centre.technician, order, "corrected", reason="漏写更换的电池")
    assert sign_offs() == [(first, False)]
    step(centre.technician, order, "worked", report=replace(REPORT, parts_used="电池 1 块"))
    step(centre.technician, order, "signed")
    assert [valid for _, valid in sign_offs()] == [True, False]
    assert sign_offs()[0][0] != first
    # Whoever changes the stored row behind our back is found out.
    WorkOrder.objects.update(work_done="什么都没做")
    assert [valid for _, valid in sign_offs()] == [False, False]


@pytest.mark.req("R38")
def test_of_two_who_finish_the_same_sheet_the_second_hears_of_it(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "arrived")
    seen = order.version
    step(centre.technician, order, "worked", version=seen)
    with pytest.raises(Conflict):
        step(centre.manager, order, "worked", version=seen)
    shown = fresh(order).version
    step(centre.technician, order, "signed", version=shown)
    with pytest.raises(Conflict):
        step(centre.technician, order, "signed", version=shown)
    assert SignOff.objects.count() == 1


@pytest.mark.req("R01", "R03")
def test_strangers_find_nothing_and_colleagues_may_not_step_on_it(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "accepted")
    before = AuditEntry.objects.count()
    for kind in WORK_STEPS:
        if kind == "assigned":
            continue
        with pytest.raises(NotFound):
            step(centre.stranger, order, kind, version=order.version)
        with pytest.raises(Forbidden):
            step(centre.colleague, order, kind, version=order.version)
    with pytest.raises(NotFound):
        issue(centre.stranger, centre.request)
    with pytest.raises(Forbidden):
        issue(centre.technician, centre.request)
    assert AuditEntry.objects.count() == before
    rows = list_work_orders(centre.stranger.actor, now=datetime.now(UTC), view="all")
    assert rows.items == ()


@pytest.mark.req("R01", "R39")
def test_offered_steps_are_exactly_those_that_work(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "worked")

    def offered(member: Any) -> set[str]:
        page = get_work_order_page(member.actor, order.public_id, now=datetime.now(UTC))
        return set(page.next_steps)

    assert offered(centre.technician) == {"worked", "signed"}
    assert offered(centre.colleague) == set()
    assert offered(centre.specialist) == {"aborted"}
    assert offered(centre.manager) == {"assigned", "worked", "signed", "aborted"}


@pytest.mark.req("LV-06")
def test_a_filed_sheet_rests(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "signed")
    step(centre.technician, order, "returned")
    with pytest.raises(Forbidden):
        step(centre.technician, order, "filed")
    step(centre.specialist, order, "filed")
    assert fresh(order).state == "filed"
    page = get_work_order_page(centre.manager.actor, order.public_id, now=datetime.now(UTC))
    assert page.next_steps == ()
    assert (page.may_edit, page.may_continue) == (False, True)
    Request.objects.update(state="archived")
    page = get_work_order_page(centre.manager.actor, order.public_id, now=datetime.now(UTC))
    assert not page.may_continue
    with pytest.raises(IllegalMove):
        edit_work_order(
            actor=centre.specialist.actor,
            work_order_id=order.public_id,
            version=fresh(order).version,
            head=HEAD,
            now=datetime.now(UTC),
        )


@pytest.mark.req("R04")
def test_texts_beyond_their_limits_are_refused_field_by_field(centre: Centre) -> None:
    huge = replace(HEAD, contact_name="名" * 81, address="址" * 301, work_wanted="事" * 20_001)
    with pytest.raises(InvalidInput) as refused:
        issue(centre.specialist, centre.request, huge)
    assert set(refused.value.fields) == {"contact_name", "address", "work_wanted"}
    with pytest.raises(InvalidInput) as refused:
        issue(centre.specialist, centre.request, replace(HEAD, work_wanted=" \n "))
    assert set(refused.value.fields) == {"work_wanted"}


def test_every_state_can_be_left_or_is_an_end() -> None:
    reached = {target for one in WORK_STEPS.values() for target in one.moves.values()}
    assert reached == set(WorkOrderState)
    stuck = {
        state
        for state in WorkOrderState
        if not any(one.after(state) for one in WORK_STEPS.values())
    }
    assert stuck == {WorkOrderState.FILED, WorkOrderState.ABORTED}


def test_the_drawn_signature_is_kept_as_points_only(centre: Centre) -> None:
    make_work_order(centre.specialist, centre.technician, centre.request, "signed")
    strokes = SignOff.objects.get().strokes
    assert all(isinstance(value, int) for line in strokes for point in line for value in point)
    assert str(strokes).replace(" ", "") == STROKES.replace(" ", "")
