"""From the call to the file: solved by phone, or by the engineer who is told at once (SV-10)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.factories.centre import Centre
from tests.factories.work import HEAD, advance, fresh, step

from yinuo.domains.fieldwork.selectors import fresh_head, list_work_orders
from yinuo.domains.fieldwork.services import assign_work_order, issue_work_order
from yinuo.domains.notices.selectors import list_inbox
from yinuo.domains.requests.selectors import get_request_page
from yinuo.domains.requests.services import report_fact
from yinuo.domains.requests.types import Report, RequestPage

pytestmark = pytest.mark.django_db


def record(centre: Centre, kind: str, **values: Any) -> None:
    report_fact(
        actor=centre.specialist.actor,
        request_id=centre.request.public_id,
        report=Report(kind, None, values),
        source="test",
        now=datetime.now(UTC),
    )


def page(centre: Centre) -> RequestPage:
    return get_request_page(centre.specialist.actor, centre.request.public_id)


@pytest.mark.req("SV-10")
def test_solved_by_phone_cause_and_result_stand_on_the_request_and_it_is_filed(centre):
    record(centre, "responded", analysis="初判为配置被改动")
    record(centre, "advised_by_phone", text="按手册恢复出厂配置", result="solved")
    record(centre, "confirmed_by_customer", confirmed_by="李工")
    solved = page(centre)
    said = [words for one in solved.said.values() for words in one.words.values()]
    assert {"初判为配置被改动", "按手册恢复出厂配置"} <= set(said)
    restored = next(fact for fact in solved.facts if fact.kind == "restored")
    assert restored.attrs["by"] == "phone"
    assert not list_work_orders(centre.manager.actor, now=datetime.now(UTC)).items


@pytest.mark.req("SV-10", "LV-05")
def test_not_solved_the_engineer_is_told_goes_fixes_and_the_response_engineer_follows(centre):
    record(centre, "responded", analysis="初判为电源模块损坏")
    record(centre, "advised_by_phone", text="断电重启，未恢复", result="not_solved")
    assert page(centre).request.state == "answered"
    now = datetime.now(UTC)
    order = issue_work_order(
        actor=centre.manager.actor,
        request_id=centre.request.public_id,
        head=HEAD,
        source="test",
        now=now,
    )
    assign_work_order(
        actor=centre.manager.actor,
        work_order_id=order.public_id,
        assignee_id=centre.technician.person.public_id,
        source="test",
        now=now,
    )
    told = list_inbox(centre.technician.actor).items
    assert [one.topic for one in told] == ["work_order.assigned"]
    assert told[0].subject_id == order.public_id
    step(centre.technician, order, "accepted")
    advance(centre.technician, order, "signed")
    found = page(centre)
    assert found.request.state == "restored"
    kinds = {fact.kind for fact in found.facts}
    assert {"departed", "arrived", "restored", "sheet_signed"} <= kinds
    assert found.owner is not None, "whoever took the call looks after it all the way"
    assert found.owner.person_public_id == centre.specialist.person.public_id
    step(centre.technician, order, "returned")
    step(centre.specialist, order, "filed")
    assert fresh(order).state == "filed"


@pytest.mark.req("LV-02")
def test_a_sheet_begins_with_contact_service_and_state_as_contract_and_customer_have_them(centre):
    head = fresh_head(centre.specialist.actor, centre.request.public_id)
    found = page(centre)
    assert (head.contact_name, head.contact_phone) == (found.caller_name, found.caller_phone)
    assert found.site_name in head.address or head.address
    assert head.work_wanted == found.request.symptom
    assert found.request.asset_name in head.present_state
    assert head.customer_kind == "annual_contract", "from the contract that covers the request"
