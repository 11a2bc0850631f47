"""What today's list of promises holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import (
    make_company,
    make_contract,
    make_customer,
    make_member,
    open_fault,
    publish,
)

from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.obligations.today import list_running

pytestmark = pytest.mark.django_db


@pytest.mark.req("B-02")
def test_a_missed_promise_stays_on_top_of_the_list_for_a_day():
    company = make_company()
    admin = company.administrator
    customer = make_customer(admin, company.headquarters)
    make_contract(admin, customer, publish(admin))
    taker = make_member(admin, company.headquarters, ["service_consultant"])
    open_fault(taker, customer)
    now = datetime.now(UTC)
    running = list_running(taker.actor, now=now).items
    first = running[0]
    assert first.state == "running"

    late = now + timedelta(hours=3)
    act_on_due(now=late)
    top = list_running(taker.actor, now=late).items[0]
    assert (top.public_id, top.state) == (first.public_id, "missed")

    days_later = late + timedelta(days=2)
    assert first.public_id not in {
        one.public_id for one in list_running(taker.actor, now=days_later).items
    }
