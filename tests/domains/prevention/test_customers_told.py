"""A customer is told of the time that stands, by day, and never of one that is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import localtime
from tests.factories import Member, make_company, make_contact, make_customer, make_member
from tests.factories.prevention import agree, make_series, open_visit, work_on_visits
from tests.factories.work import step, take

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.notices.models import Notice
from yinuo.domains.prevention.models import DueVisit
from yinuo.domains.prevention.selectors import count_due_visits, get_due_visit
from yinuo.domains.prevention.services import order_visit
from yinuo.domains.prevention.types import Agreement, Beat, DueView

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def member() -> Member:
    company = make_company()
    return make_member(
        company.administrator, company.headquarters, ["service_manager", "technician"]
    )


@pytest.fixture
def visit(member: Member) -> DueVisit:
    """Of a series that tells the customer by message, due in ten days."""
    customer = make_customer(member, member.person.unit)
    contact = make_contact(member, customer)
    today = localtime().date()
    series = make_series(
        member,
        customer,
        beat=Beat("once", today, today + timedelta(days=10)),
        contact_id=contact.public_id,
        tells_customer=True,
    )
    return open_visit(series)


def _at(days: int, hour: int, minute: int = 0) -> datetime:
    at = localtime() + timedelta(days=days)
    return at.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _told() -> list[str]:
    found = Notice.objects.filter(topic="visit.reminder").order_by("id")
    return [one.data["when"] for one in found]


def _order(by: Member, visit: DueVisit) -> WorkOrder:
    ordered = order_visit(
        actor=by.actor,
        visit_id=visit.public_id,
        version=visit.version,
        source="test",
        now=localtime(),
    )
    sheet = WorkOrder.objects.get(public_id=ordered.sheet_id)
    take(by, sheet)
    return sheet


@pytest.mark.req("BP-10", "LV-04")
def test_once_a_sheet_is_out_its_time_is_told_and_told_again_when_it_moves(
    member: Member, visit: DueVisit
) -> None:
    agree(member, visit, agreement=Agreement("王工", _at(4, 10)))
    visit.refresh_from_db()
    sheet = _order(member, visit)
    step(member, sheet, "appointed", agreed_for=_at(6, 15))
    work_on_visits(_at(2, 10))
    assert _told() == []
    for _ in range(2):
        work_on_visits(_at(4, 10))
    assert _told() == [f"{_at(6, 15):%Y-%m-%d %H:%M}"]
    row = get_due_visit(member.actor, visit.public_id, _at(4, 11))
    assert (row.agreed_for, row.reminded_at) == (_at(6, 15), _at(4, 10))
    step(member, sheet, "appointed", agreed_for=_at(6, 9))
    assert get_due_visit(member.actor, visit.public_id, _at(4, 11)).reminded_at is None
    assert count_due_visits(member.actor, _at(4, 11))[DueView.REMIND.value] == 1
    work_on_visits(_at(4, 12))
    assert _told()[1:] == [f"{_at(6, 9):%Y-%m-%d %H:%M}"]


@pytest.mark.req("BP-10")
def test_a_visit_ordered_without_a_time_is_told_of_the_engineers(
    member: Member, visit: DueVisit
) -> None:
    step(member, _order(member, visit), "appointed", agreed_for=_at(3, 9))
    work_on_visits(_at(2, 9))
    assert _told() == [f"{_at(3, 9):%Y-%m-%d %H:%M}"]


@pytest.mark.req("BP-10")
def test_customers_are_told_by_day_and_of_visits_to_come_only(
    member: Member, visit: DueVisit
) -> None:
    agree(member, visit, agreement=Agreement("王工", _at(4, 10)))
    for now in (_at(2, 0), _at(2, 7, 59), _at(2, 20), _at(4, 10), _at(5, 9)):
        work_on_visits(now)
    assert _told() == []
    work_on_visits(_at(2, 8))
    assert len(_told()) == 1
