"""The history of a customer and an asset, and the last repair that the intake shows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import open_fault
from tests.factories.repairs import NEXT_MORNING, RESTORED, Repair, make_repair
from tests.factories.work import make_work_order, step

from yinuo.domains.assets.models import Asset
from yinuo.domains.feedback.history import last_repair, list_history
from yinuo.domains.feedback.services import record_call_back
from yinuo.domains.feedback.types import CallBackAnswers
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.requests.services.reports import draft_report, issue_report
from yinuo.platform.errors import InvalidInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def repair() -> Repair:
    repair = make_repair()
    actor = repair.technician.actor
    answers = dict.fromkeys(("symptom", "cause", "method", "loss"), "说明") | {
        "kind": "network",
        "parts": "光模块 1 只",
    }
    draft = draft_report(
        actor=actor,
        request_id=repair.request.public_id,
        answers=answers,
        version=None,
        now=NEXT_MORNING,
    )
    issue_report(actor=actor, report_id=draft.public_id, version=1, now=NEXT_MORNING)
    record_call_back(
        actor=repair.consultant.actor,
        request_id=repair.request.public_id,
        answers=CallBackAnswers(True, True, "fair", "周工", "还行"),
        source="test",
        now=NEXT_MORNING + timedelta(minutes=10),
    )
    return repair


@pytest.mark.req("BP-12")
def test_everything_of_a_customer_stands_in_one_order_of_time(repair: Repair) -> None:
    page = list_history(repair.consultant.actor, customer_id=repair.customer.public_id)
    assert [(one.kind, one.state) for one in page.items] == [
        ("call_back", "fair"),
        ("report", "issued"),
        ("request", "restored"),
    ]
    assert page.items[1].parts == "光模块 1 只"
    asset = Asset.objects.get()
    same = list_history(repair.consultant.actor, asset_id=asset.public_id)
    assert same.items == page.items


def test_pages_follow_each_other_without_gap_or_repeat(repair: Repair) -> None:
    for _ in range(7):
        open_fault(repair.consultant, repair.customer)
    actor, customer_id = repair.consultant.actor, repair.customer.public_id
    whole = list_history(actor, customer_id=customer_id, limit=50).items
    assert len(whole) == 10
    found, cursor = [], ""
    while True:
        page = list_history(actor, customer_id=customer_id, cursor=cursor, limit=3)
        found += page.items
        if not (cursor := page.next_cursor):
            break
    assert tuple(found) == whole
    with pytest.raises(InvalidInput):
        list_history(actor, customer_id=customer_id, cursor="forged")


def test_a_long_history_asks_no_more_than_a_short_one(repair: Repair) -> None:
    actor, customer_id = repair.consultant.actor, repair.customer.public_id
    with CaptureQueriesContext(connection) as few:
        list_history(actor, customer_id=customer_id)
    for _ in range(5):
        open_fault(repair.consultant, repair.customer)
    with CaptureQueriesContext(connection) as many:
        list_history(actor, customer_id=customer_id)
    assert len(many) == len(few)


@pytest.mark.req("R03")
def test_a_stranger_finds_an_empty_history(repair: Repair) -> None:
    found = list_history(repair.stranger.actor, customer_id=repair.customer.public_id)
    assert (found.items, found.next_cursor) == ((), "")
    assert last_repair(repair.stranger.actor, customer_id=repair.customer.public_id) is None


@pytest.mark.req("BP-05")
def test_the_last_repair_says_what_was_done_and_replaced(repair: Repair) -> None:
    asset = Asset.objects.get()
    found = last_repair(repair.consultant.actor, asset_id=asset.public_id)
    assert found is not None
    assert (found.number, found.restored_at) == (repair.request.number, RESTORED)
    assert (found.done, found.parts) == ("更换光模块与交换板", "光模块 1 只")
    # One that needs no emergency plan before somebody goes.
    other = open_fault(repair.consultant, repair.customer, level="limited")
    order = make_work_order(repair.consultant, repair.technician, other, "signed")
    WorkOrder.objects.filter(pk=order.pk).update(parts_used="电源模块 1 块")
    step(repair.consultant, order, "returned")
    latest = last_repair(repair.consultant.actor, customer_id=repair.customer.public_id)
    assert latest is not None
    assert (latest.number, latest.parts) == (other.number, "电源模块 1 块")
