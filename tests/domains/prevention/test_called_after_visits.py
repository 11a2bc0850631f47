"""Customers are phoned back after visits too, by a share of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import Member, make_company, make_customer, make_member
from tests.factories.prevention import agree, make_series, open_visit
from tests.factories.work import advance, take

from yinuo.domains.feedback.selectors import list_due_call_backs
from yinuo.domains.feedback.services import add_rule
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.prevention.services import order_visit
from yinuo.domains.prevention.types import Beat
from yinuo.domains.requests.models import Request

pytestmark = [pytest.mark.django_db]
ROLES = ["service_consultant", "service_manager", "technician"]


def _called(by: Member) -> set[str]:
    return {one.number for one in list_due_call_backs(by.actor, limit=100).items}


@pytest.mark.req("B-62")
def test_a_visit_held_is_phoned_about_unless_the_rule_for_visits_draws_none() -> None:
    company = make_company()
    by = make_member(company.administrator, company.headquarters, ROLES)
    customer = make_customer(by, company.headquarters)
    now = datetime.now(UTC)
    today = now.date()
    series = make_series(by, customer, beat=Beat("once", today, today + timedelta(days=5)))
    visit = agree(by, open_visit(series))
    ordered = order_visit(
        actor=by.actor, visit_id=visit.public_id, version=visit.version, source="test", now=now
    )
    sheet = WorkOrder.objects.get(public_id=ordered.sheet_id)
    take(by, sheet)
    advance(by, sheet, "worked")
    case = Request.objects.get(kind="planned_visit")
    assert _called(by) == {case.number}
    unit_id = company.headquarters.public_id
    add_rule(actor=by.actor, unit_id=unit_id, kind="planned_visit", category="", percent=0, now=now)
    assert _called(by) == set()
