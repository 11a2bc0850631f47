"""What is said late or put right touches its own visit and no other one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import localtime
from tests.factories import (
    Company,
    Member,
    make_company,
    make_contract,
    make_customer,
    make_member,
    publish,
)
from tests.factories.contract_promises import look_around
from tests.factories.prevention import agree, make_series, open_visit, work_on_visits
from tests.factories.work import REPORT, advance, step, take

from yinuo.domains.customers.models import Customer
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.prevention.models import DueVisit, Series
from yinuo.domains.prevention.services import hold_visit, order_visit, skip_visit
from yinuo.domains.prevention.types import Beat, Result
from yinuo.platform.errors import InvalidInput

pytestmark = [pytest.mark.django_db]
PLAN = """
plan: rounds
title: {zh: 巡访, en: Rounds}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - id: visits
    kind: recurring
    title: {zh: 年度保养, en: Yearly care}
    promise: maintain
    done: maintained
    period: year
"""


@pytest.fixture
def company() -> Company:
    return make_company()


@pytest.fixture
def member(company: Company) -> Member:
    roles = ["service_manager", "account_manager", "technician"]
    return make_member(company.administrator, company.headquarters, roles)


@pytest.fixture
def customer(company: Company, member: Member) -> Customer:
    return make_customer(member, company.headquarters)


def _at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 4, tzinfo=UTC)


def _skip(by: Member, visit: DueVisit, now: datetime) -> None:
    skip_visit(
        actor=by.actor,
        visit_id=visit.public_id,
        version=visit.version,
        reason="客户停产检修",
        now=now,
    )


def _hold(by: Member, visit: DueVisit, on: date, now: datetime) -> None:
    hold_visit(
        actor=by.actor,
        visit_id=visit.public_id,
        version=visit.version,
        result=Result(on, "赵经理", "运行正常"),
        source="test",
        now=now,
    )


def _states(series: Series) -> list[str]:
    return list(series.visits.order_by("due_on").values_list("state", flat=True))


@pytest.mark.req("BP-10")
def test_a_quarter_let_off_never_settles_the_next_one(member: Member, customer: Customer) -> None:
    quarterly = Beat("period", date(2026, 1, 1), every="quarter")
    series = make_series(member, customer, beat=quarterly, now=_at(2, 1))
    _skip(member, open_visit(series), _at(2, 10))
    for now in (_at(3, 30), _at(4, 1), _at(4, 10)):
        work_on_visits(now)
    assert _states(series) == ["skipped", "due"]


@pytest.mark.req("BP-10")
def test_an_interval_runs_from_the_day_it_was_let_off(member: Member, customer: Customer) -> None:
    monthly = Beat("interval", date(2026, 1, 1), every_days=30)
    series = make_series(member, customer, beat=monthly, now=_at(1, 20))
    _skip(member, open_visit(series), _at(1, 24))
    for day in (1, 5, 20, 29, 45):
        work_on_visits(_at(1, 24) + timedelta(days=day))
    assert open_visit(series).due_on == date(2026, 2, 23)


@pytest.mark.req("BP-10", "BP-12")
def test_a_visit_is_held_from_its_own_begin_on_and_counts_for_no_other_one(
    member: Member, customer: Customer
) -> None:
    monthly = Beat("interval", date(2026, 1, 1), every_days=30)
    series = make_series(member, customer, beat=monthly, now=_at(1, 20))
    visit = open_visit(series)
    with pytest.raises(InvalidInput) as refused:
        _hold(member, visit, date(2025, 1, 20), _at(1, 21))
    assert set(refused.value.fields) == {"held_on"}
    _hold(member, visit, date(2026, 1, 20), _at(1, 21))
    assert open_visit(series).due_on == date(2026, 2, 19)

    quarterly = Beat("period", date(2026, 1, 1), every="quarter", make_up_days=15)
    series = make_series(member, customer, beat=quarterly, now=_at(2, 1))
    work_on_visits(_at(4, 10))
    first, second = series.visits.order_by("due_on")
    _hold(member, second, date(2026, 4, 10), _at(4, 10))
    assert _states(series) == ["due", "held"]
    _hold(member, first, date(2026, 4, 10), _at(4, 10))
    assert _states(series) == ["held", "held"]


@pytest.mark.req("BP-10", "LV-05", "SG-03")
def test_a_report_put_right_before_the_signature_opens_the_visit_again(
    company: Company, member: Member, customer: Customer
) -> None:
    now = localtime()
    contract = make_contract(
        member, customer, publish(company.administrator, PLAN), starts_on=date(now.year, 1, 1)
    )
    look_around(now)
    work_on_visits(now)
    visit = agree(member, DueVisit.objects.get(series__contract=contract, state="due"))
    ordered = order_visit(
        actor=member.actor,
        visit_id=visit.public_id,
        version=visit.version,
        source="test",
        now=now,
    )
    sheet = WorkOrder.objects.get(public_id=ordered.sheet_id)
    take(member, sheet)
    advance(member, sheet, "worked")
    promise = ObligationRow.objects.get(public_id=visit.obligation_id)

    def stand() -> tuple[str, str]:
        work_on_visits(localtime())
        visit.refresh_from_db()
        promise.refresh_from_db()
        return visit.state, promise.state

    assert stand() == ("held", "met")
    failed = replace(REPORT, result="to_repair", result_reason="控制器送修")
    step(member, sheet, "worked", report=failed)
    assert stand() == ("ordered", "running")
    assert (visit.held_on, visit.held_by, visit.outcome) == (None, "", "")
    step(member, sheet, "worked")
    assert stand() == ("held", "met")
    step(member, sheet, "aborted", reason="重复派单")
    assert stand() == ("ordered", "running")
    assert stand() == ("agreed", "running")
