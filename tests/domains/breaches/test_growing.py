"""An open miss grows by itself: at the instant its next hour or day starts the ledger has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.factories import make_company, make_contract, make_customer, make_member, publish
from tests.factories.breaches import clock

from yinuo.domains.breaches.models import Breach, Entry, Right
from yinuo.domains.breaches.services import correct_amount, waive_breach
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, OpenedRequest, StepFact

pytestmark = pytest.mark.django_db

HEAD = """
plan: growing
title: {zh: 逐时增长, en: Growing by the hour}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - id: restore
    title: {zh: 恢复, en: Restoration}
    promise: restore
    start: reported
    end: restored
    limit: 4 hours
    remedies:
"""
HOURLY = "      - {id: late, penalty: {amount: 100, per_started: 1 hour}, grace: 30 minutes}\n"
CAPPED = "      - {id: late, penalty: {amount: 100, per_started: 1 hour}, cap: {amount: 250}}\n"
PARTNER = "      - {id: partner, penalty: {amount: 40, per_started: 1 hour}, paid_by: partner}\n"
DAYS = "      - {id: longer, extend: {of: contract, by: 2 days, per_started: 1 day}}\n"
CALLED = clock("07-11 09:00")
DUE = CALLED + timedelta(hours=4)


@dataclass
class Late:
    actor: Actor
    request: OpenedRequest
    director: Actor

    def restore(self, at: datetime, now: datetime) -> None:
        record_steps(
            actor=self.actor,
            request_id=self.request.public_id,
            facts=[StepFact("arrived", at), StepFact("restored", at)],
            source="console",
            now=now,
        )


def begin(remedies: str) -> Late:
    company = make_company()
    unit = company.headquarters
    member = make_member(company.administrator, unit, ["service_specialist", "account_manager"])
    customer = make_customer(member, unit)
    version = publish(company.administrator, HEAD + remedies)
    make_contract(member, customer, version, ends_on=date(2030, 1, 1))
    intake = Intake(customer.public_id, "不通")
    director = make_member(company.administrator, unit, ["service_director"]).actor
    opened = open_request(actor=member.actor, intake=intake, now=CALLED)
    return Late(member.actor, opened, director)


def work_until(instant: datetime) -> list[datetime]:
    """A worker that is always awake; gives the instants at which it had something to do."""
    woken: list[datetime] = []
    while due := ObligationRow.objects.filter(next_at__lte=instant).order_by("next_at").first():
        assert due.next_at is not None
        assert woken[-1:] != [due.next_at], "it goes round in a circle"
        woken.append(due.next_at)
        act_on_due(now=due.next_at)
    return woken


def posted() -> list[Decimal]:
    rows = Entry.objects.filter(breach__clause="restore").order_by("id")
    return list(rows.values_list("amount", flat=True))


def money(*amounts: int) -> list[Decimal]:
    return [Decimal(one) for one in amounts]


@pytest.mark.req("R41", "SG-10")
def test_each_started_hour_is_posted_at_its_instant() -> None:
    begin(HOURLY)
    work_until(DUE + timedelta(minutes=30))
    assert posted() == []
    work_until(DUE + timedelta(minutes=30, seconds=1))
    assert posted() == money(100)
    work_until(DUE + timedelta(hours=1))
    assert posted() == money(100)
    work_until(DUE + timedelta(hours=1, seconds=1))
    assert posted() == money(100, 100)
    work_until(DUE + timedelta(hours=4, seconds=1))
    assert posted() == money(100, 100, 100, 100, 100)
    assert Breach.objects.get().amount == 500


@pytest.mark.req("R41", "SG-10")
def test_a_worker_that_was_down_for_days_posts_all_of_it_once() -> None:
    begin(HOURLY)
    work_until(DUE + timedelta(minutes=31))
    later = DUE + timedelta(days=3, minutes=5)
    assert act_on_due(now=later) == 1
    assert posted() == money(100, 7200)
    assert act_on_due(now=later) == 0
    assert posted() == money(100, 7200)
    work_until(DUE + timedelta(days=3, hours=1, seconds=1))
    assert posted() == money(100, 7200, 100)


@pytest.mark.req("R41", "R42")
def test_what_grew_too_long_is_taken_back_when_the_end_becomes_known() -> None:
    late = begin(HOURLY)
    now = DUE + timedelta(hours=5, minutes=10)
    work_until(now)
    assert sum(posted()) == 600
    late.restore(DUE + timedelta(hours=1, minutes=30), now)
    assert posted()[-1] == -400
    assert Breach.objects.get().amount == 200
    assert work_until(now + timedelta(days=9)) == []
    assert sum(posted()) == 200


@pytest.mark.req("R41")
def test_nothing_wakes_a_worker_once_the_cap_is_reached() -> None:
    begin(CAPPED)
    work_until(DUE + timedelta(hours=2, seconds=1))
    assert sum(posted()) == 250
    assert work_until(DUE + timedelta(days=30)) == []
    assert posted() == money(100, 100, 50)


@pytest.mark.req("R41")
def test_what_a_partner_pays_grows_by_itself_too() -> None:
    begin(PARTNER)
    work_until(DUE + timedelta(hours=2, seconds=1))
    assert posted() == money(40, 40, 40)
    assert set(Entry.objects.values_list("paid_by", flat=True)) == {"partner"}


@pytest.mark.req("B-08", "R41", "R42")
def test_what_a_partner_pays_is_taken_back_and_waived_from_the_partner_never_the_customer() -> None:
    late = begin(PARTNER)
    now = DUE + timedelta(hours=5, minutes=10)
    work_until(now)
    late.restore(DUE + timedelta(hours=1, minutes=30), now)
    breach = Breach.objects.get()
    assert breach.amount == 80
    given = {
        "actor": late.director,
        "breach_id": breach.public_id,
        "reason": "共同承担",
        "now": now,
    }
    correct_amount(change=Decimal(-30), version=breach.version, **given)
    breach.refresh_from_db()
    waive_breach(amount=Decimal(50), version=breach.version, **given)
    assert Breach.objects.get().amount == 0
    assert set(Entry.objects.values_list("paid_by", flat=True)) == {"partner"}


@pytest.mark.req("R41")
def test_days_a_contract_grows_by_follow_each_started_day() -> None:
    late = begin(DAYS)
    grown = []
    for day in range(3):
        work_until(DUE + timedelta(days=day, seconds=1))
        grown.append(Right.objects.get().extends_days)
    assert grown == [2, 4, 6]
    late.restore(DUE + timedelta(hours=30), DUE + timedelta(days=2, hours=1))
    assert Right.objects.get().extends_days == 4
