"""Who is in charge of a contract owns what it promises itself, and does not judge his own miss."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from tests.api.conftest import Api
from tests.factories import Company, make_company, make_customer, make_member, publish
from tests.factories.contract_promises import look_around

from yinuo.domains.breaches.models import Breach
from yinuo.domains.notices.models import Notice

MARCH, APRIL = datetime(2026, 3, 2, 1, tzinfo=UTC), datetime(2026, 4, 1, 1, tzinfo=UTC)
VISITS = """
plan: visits
title: {zh: 按月巡访, en: Monthly visits}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - id: visit
    number: "4.1"
    kind: recurring
    title: {zh: 每月巡访, en: A visit a month}
    text: {zh: 每月巡访一次, en: One visit each month}
    promise: visit
    done: visited
    period: month
    times: 1
    remedies: [{id: missed, penalty: {amount: 200, per: breach}}]
    escalation: [{before_due: 3 days, notify: owner, by: app}]
"""


@pytest.fixture
def company(db: None) -> Iterator[Company]:
    with time_machine.travel(MARCH, tick=False), transaction.atomic():
        yield make_company()
        transaction.set_rollback(True)


@pytest.mark.req("B-07", "B-08", "R07")
def test_whoever_is_in_charge_is_told_has_it_among_his_and_decides_nothing(
    company: Company,
) -> None:
    roles = ["account_manager", "service_manager"]
    his, other = (make_member(company.administrator, company.headquarters, roles) for _ in range(2))
    customer = make_customer(other, company.headquarters)
    body = {
        "customer_id": str(customer.public_id),
        "number": "XF-1",
        "plan_version_id": str(publish(company.administrator, VISITS).public_id),
        "starts_on": "2026-03-01",
        "responsible_id": str(his.person.public_id),
    }
    made = Api(other.token()).post("/contracts", body)
    assert made.status_code == 201, made.content
    shown = Api(other.token()).get(f"/contracts/{made.json()['id']}").json()
    assert (shown["responsible_id"], shown["responsible"]) == (
        str(his.person.public_id),
        his.person.name,
    )
    look_around(MARCH)
    assert "每月巡访" in running(his)
    assert "每月巡访" not in running(other)
    look_around(APRIL - timedelta(days=2))
    assert [one.person_id for one in Notice.objects.filter(topic="escalation")] == [his.person.pk]
    look_around(APRIL)
    breach = Breach.objects.get()
    assert breach.owner_id == his.person.pk
    step = f"/breaches/{breach.public_id}/approval"
    refused = Api(his.token()).post(step, {"version": breach.version})
    assert refused.status_code == 403, refused.content
    assert Api(other.token()).post(step, {"version": breach.version}).status_code == 200


def running(member: Any) -> str:
    """What is running out among a person's own promises, as the console lists it."""
    client = Client(headers={"Accept-Language": "zh-hans"})
    member.user.refresh_from_db()
    client.force_login(member.user)
    return client.get("/promises/?whose=mine").content.decode()
