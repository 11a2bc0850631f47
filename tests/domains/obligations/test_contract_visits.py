"""A contract in service owes its visits: due, kept, missed, made good."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import (
    Company,
    make_company,
    make_contract,
    make_customer,
    make_site,
    publish,
)

from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.services import (
    SupplementData,
    add_supplement,
    move_contract,
    resume_contract,
    suspend_contract,
)
from yinuo.domains.customers.services import VisitData, record_visit
from yinuo.domains.obligations.models import (
    ChangeRow,
    ContractLook,
    EscalationRow,
    FactRow,
    FigureRow,
    ObligationRow,
    SubjectRow,
)
from yinuo.domains.obligations.services.following import follow_contracts, go_round
from yinuo.domains.obligations.services.holding import Held, hold_duty, take_back_held
from yinuo.domains.obligations.services.looking import look_at_contracts
from yinuo.platform.errors import InvalidInput

VISITS = """
plan: visits
title: {zh: 巡访, en: Visits}
version: "1"
currency: CNY
timezone: Asia/Shanghai
seasons:
  summer: {from: 06-01, to: 08-31, title: {zh: 夏季, en: summer}}
  winter: {from: 12-01, to: 02-29, title: {zh: 冬季, en: winter}}
clauses:
  - id: visits
    kind: recurring
    title: {zh: 夏冬两季巡访, en: Summer and winter visits}
    promise: visit
    done: {fact: [visited, inspected]}
    period: {seasons: [summer, winter]}
    make_up: 15 days
    times: 1
"""
MAY = datetime(2026, 5, 2, 4, tzinfo=UTC)
JUNE = datetime(2026, 5, 31, 16, tzinfo=UTC)
END_OF_SUMMER = datetime(2026, 8, 31, 16, tzinfo=UTC)


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def contract(company: Company, time_machine) -> Contract:
    time_machine.move_to(MAY, tick=False)
    boss = company.administrator
    return make_contract(
        boss,
        make_customer(boss, company.headquarters),
        publish(boss, VISITS),
        starts_on=date(2026, 3, 2),
    )


def work(at: datetime) -> None:
    """One round of a worker."""
    follow_contracts(now=at)
    go_round(now=at)
    while look_at_contracts(now=at):
        pass


def rows(contract: Contract) -> list[tuple[str, str, str]]:
    found = []
    for row in ObligationRow.objects.filter(subject_id=contract.public_id).order_by("position"):
        figure = FigureRow.objects.get(pk=row.public_id)
        found.append((figure.period, row.state, ",".join(figure.missing)))
    return found


@pytest.mark.req("SG-03", "B-07")
def test_each_season_brings_a_visit_due_at_its_end(contract: Contract) -> None:
    work(MAY)
    assert SubjectRow.objects.get(subject_id=contract.public_id).contract_id == contract.pk
    assert rows(contract) == []
    work(JUNE - timedelta(seconds=1))
    assert rows(contract) == []
    work(JUNE)
    assert rows(contract) == [("2026-summer", "running", "0/1")]
    (summer,) = ObligationRow.objects.all()
    assert summer.due_at == END_OF_SUMMER
    work(END_OF_SUMMER + timedelta(seconds=2))
    assert rows(contract) == [("2026-summer", "missed", "0/1")]
    work(datetime(2026, 12, 1, tzinfo=UTC))
    assert [one[:2] for one in rows(contract)] == [
        ("2026-summer", "missed"),
        ("2026-winter", "running"),
    ]


def hold(company: Company, contract: Contract, day: date, at: datetime) -> object:
    return hold_duty(
        actor=company.administrator.actor,
        contract_id=contract.public_id,
        held=Held("visits", day, note="标牌牢固"),
        source="console",
        now=at,
    )


@pytest.mark.req("SG-03", "B-07")
def test_a_visit_held_keeps_the_season_at_once_and_stands_among_the_calls(
    company: Company, contract: Contract
) -> None:
    at = datetime(2026, 6, 24, 9, tzinfo=UTC)
    made = hold(company, contract, date(2026, 6, 24), at)
    assert rows(contract) == [("2026-summer", "met", "")]
    work(at)
    assert rows(contract) == [("2026-summer", "met", "")]
    take_back_held(
        actor=company.administrator.actor,
        contract_id=contract.public_id,
        fact_id=made,
        reason="记错客户",
        source="console",
        now=at,
    )
    assert rows(contract) == [("2026-summer", "running", "0/1")]


@pytest.mark.req("SG-03", "BP-12")
def test_a_call_on_the_customer_counts_within_a_round_of_the_worker(
    company: Company, contract: Contract
) -> None:
    work(JUNE)
    at = datetime(2026, 7, 3, 9, tzinfo=UTC)
    boss = company.administrator
    data = VisitData(date(2026, 7, 3), "王工", "夏季巡访")
    record_visit(actor=boss.actor, customer_id=contract.customer.public_id, data=data, now=at)
    follow_contracts(now=at + timedelta(seconds=1))
    look_at_contracts(now=at + timedelta(seconds=1))
    assert rows(contract) == [("2026-summer", "met", "")]


@pytest.mark.req("B-07")
def test_a_missed_visit_held_within_the_time_to_make_up_is_made_good_late(
    company: Company, contract: Contract
) -> None:
    work(END_OF_SUMMER + timedelta(days=1))
    late = datetime(2026, 9, 10, 9, tzinfo=UTC)
    hold(company, contract, date(2026, 9, 10), late)
    (summer,) = ObligationRow.objects.all()
    assert (summer.state, summer.ended_at is not None) == ("missed", True)
    assert summer.late_seconds == (9 * 24 + 12) * 3600


@pytest.mark.req("B-07")
def test_a_season_in_which_the_contract_was_suspended_throughout_is_not_owed(
    company: Company, contract: Contract
) -> None:
    work(JUNE)
    actor = company.administrator.actor
    suspend_contract(
        actor=actor,
        contract_id=contract.public_id,
        begins_on=date(2026, 5, 20),
        ends_on=None,
        reason="客户停业装修",
        now=JUNE,
    )
    work(JUNE + timedelta(seconds=1))
    assert [one[:2] for one in rows(contract)] == [("2026-summer", "void")]
    resumed = datetime(2026, 8, 1, 4, tzinfo=UTC)
    resume_contract(
        actor=actor,
        contract_id=contract.public_id,
        version=1,
        resumes_on=date(2026, 8, 1),
        now=resumed,
    )
    work(resumed + timedelta(seconds=1))
    assert rows(contract) == [("2026-summer", "running", "0/1")]


@pytest.mark.req("B-07")
def test_an_end_moved_forward_by_a_supplement_is_when_the_visit_is_due(
    company: Company, contract: Contract
) -> None:
    work(JUNE)
    july = datetime(2026, 7, 10, 4, tzinfo=UTC)
    data = SupplementData("补-1", date(2026, 7, 10), ends_on=date(2026, 7, 20), note="提前终止")
    add_supplement(
        actor=company.administrator.actor, contract_id=contract.public_id, data=data, now=july
    )
    work(july + timedelta(seconds=1))
    (summer,) = ObligationRow.objects.all()
    assert summer.due_at == datetime(2026, 7, 19, 16, tzinfo=UTC)


@pytest.mark.req("B-07")
def test_two_workers_looking_at_the_same_time_store_each_promise_once(
    contract: Contract,
) -> None:
    for second in range(3):
        follow_contracts(now=JUNE + timedelta(seconds=second))
        go_round(now=JUNE + timedelta(seconds=second))
        ContractLook.objects.update(look_at=JUNE)
        look_at_contracts(now=JUNE + timedelta(seconds=second))
    assert rows(contract) == [("2026-summer", "running", "0/1")]
    assert not ChangeRow.objects.filter(subject_id=contract.public_id).exists()


@pytest.mark.req("B-07")
def test_what_fell_due_before_the_contract_was_entered_is_held_against_nobody(
    company: Company, time_machine
) -> None:
    time_machine.move_to(datetime(2026, 11, 2, tzinfo=UTC), tick=False)
    boss = company.administrator
    customer = make_customer(boss, company.headquarters)
    old = make_contract(boss, customer, publish(boss, VISITS), starts_on=date(2024, 1, 1))
    work(datetime(2026, 11, 2, 1, tzinfo=UTC))
    assert rows(old) == []
    hold(company, old, date(2025, 7, 1), datetime(2026, 11, 2, 2, tzinfo=UTC))
    assert rows(old) == [("2025-summer", "met", "")]


@pytest.mark.req("B-07")
def test_the_winter_of_a_leap_year_ends_with_its_29th_of_february(
    company: Company, time_machine
) -> None:
    begin = datetime(2027, 11, 30, 16, tzinfo=UTC)
    time_machine.move_to(begin - timedelta(days=1), tick=False)
    boss = company.administrator
    customer = make_customer(boss, company.headquarters)
    made = make_contract(boss, customer, publish(boss, VISITS), starts_on=date(2027, 11, 1))
    work(begin)
    assert rows(made) == [("2027-winter", "running", "0/1")]
    (winter,) = ObligationRow.objects.filter(subject_id=made.public_id)
    assert winter.due_at == datetime(2028, 2, 29, 16, tzinfo=UTC)


def test_a_day_that_is_still_to_come_a_foreign_clause_and_a_long_note_are_refused(
    company: Company, contract: Contract
) -> None:
    for held in (
        Held("visits", date(2026, 9, 1)),
        Held("nothing", date(2026, 6, 2)),
        Held("visits", date(2026, 6, 2), kind="trained"),
        Held("visits", date(2025, 6, 2)),
        Held("visits", date(2026, 6, 2), note="x" * 4_001),
    ):
        with pytest.raises(InvalidInput):
            hold_duty(
                actor=company.administrator.actor,
                contract_id=contract.public_id,
                held=held,
                source="console",
                now=JUNE + timedelta(days=2),
            )
    assert not FactRow.objects.exists()


@pytest.mark.req("B-07")
def test_a_contract_moved_to_a_newer_version_owes_what_that_version_says(
    company: Company, contract: Contract
) -> None:
    work(JUNE)
    at = datetime(2026, 6, 10, 4, tzinfo=UTC)
    newer = publish(company.administrator, VISITS.replace("times: 1", "times: 2"))
    move_contract(
        actor=company.administrator.actor,
        contract_id=contract.public_id,
        version=contract.version,
        plan_version_id=newer.public_id,
        now=at,
    )
    work(at + timedelta(seconds=1))
    assert rows(contract) == [("2026-summer", "running", "0/2")]
    (summer,) = ObligationRow.objects.all()
    assert summer.plan_version_id == newer.pk


@pytest.mark.req("B-07")
def test_a_contract_that_follows_owes_its_own_visits_and_a_call_counts_where_it_runs(
    company: Company, contract: Contract
) -> None:
    boss = company.administrator
    begin = datetime(2026, 7, 31, 16, tzinfo=UTC)
    ending = SupplementData("补-1", date(2026, 6, 2), ends_on=date(2026, 8, 1), note="到期")
    add_supplement(actor=boss.actor, contract_id=contract.public_id, data=ending, now=JUNE)
    following = make_contract(
        boss, contract.customer, contract.plan_version, starts_on=date(2026, 8, 1)
    )
    at = datetime(2026, 8, 5, 4, tzinfo=UTC)
    work(begin + timedelta(days=1))
    data = VisitData(date(2026, 8, 5), "王工", "夏季巡访")
    record_visit(actor=boss.actor, customer_id=contract.customer.public_id, data=data, now=at)
    work(at + timedelta(seconds=1))
    assert rows(contract) == [("2026-summer", "missed", "0/1")]
    assert rows(following) == [("2026-summer", "met", "")]


@pytest.mark.req("B-07")
def test_the_day_of_a_visit_is_the_customers_whatever_his_zone(
    company: Company, time_machine
) -> None:
    time_machine.move_to(MAY, tick=False)
    boss = company.administrator
    customer = make_customer(boss, company.headquarters)
    make_site(boss, customer, zone="Asia/Urumqi")
    made = make_contract(boss, customer, publish(boss, VISITS), starts_on=date(2026, 3, 2))
    at = datetime(2026, 9, 20, 4, tzinfo=UTC)
    hold(company, made, date(2026, 8, 31), at)
    assert rows(made) == [("2026-summer", "met", "")]


@pytest.mark.req("B-07", "B-01")
def test_ladders_tell_of_a_visit_as_its_season_runs_out(
    company: Company, contract: Contract
) -> None:
    told = VISITS.replace(
        "    times: 1\n",
        "    times: 1\n    escalation:\n      - {at_percent: 80 %, notify: owner}\n",
    )
    newer = publish(company.administrator, told)
    move_contract(
        actor=company.administrator.actor,
        contract_id=contract.public_id,
        version=contract.version,
        plan_version_id=newer.public_id,
        now=MAY,
    )
    work(JUNE)
    assert not EscalationRow.objects.exists()
    for _twice in range(2):
        work(JUNE + 0.8 * (END_OF_SUMMER - JUNE) + timedelta(seconds=1))
    assert EscalationRow.objects.filter(subject_id=contract.public_id).count() == 1
