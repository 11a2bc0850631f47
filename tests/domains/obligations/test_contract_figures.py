"""Figures of a contract over its cases: running, judged at the end, touched by late facts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from tests.factories import Company, make_company, make_contract, make_customer, publish

from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.terms import get_terms
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.contract_cases import cases_behind
from yinuo.domains.obligations.contract_promises import promises_of_contract
from yinuo.domains.obligations.models import FigureRow, ObligationRow
from yinuo.domains.obligations.services import act_on_due, bind_subject, record_facts
from yinuo.domains.obligations.services.following import follow_cases, go_round
from yinuo.domains.obligations.services.looking import look_at_contracts
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.platform.identifiers import new_public_id

FIGURES = """
plan: figures
title: {zh: 指标, en: Figures}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - {id: respond, title: {zh: 响应, en: Response}, promise: respond, start: reported, end: responded, limit: 30 minutes}
  - {id: share, kind: measure, title: {zh: 响应及时率, en: In time}, promise: timeliness, figure: share, of: respond, period: month, target: {at_least: 95 %}}
  - {id: faults, kind: measure, title: {zh: 故障次数, en: Faults}, promise: fault_count, figure: count, facts: reported, period: month, target: {at_most: 3}, partial: prorated}
  - {id: satisfied, kind: measure, title: {zh: 满意率, en: Satisfied}, promise: satisfaction, figure: share, facts: surveyed, good: {satisfaction: [satisfied, very_satisfied]}, period: quarter, target: {at_least: 80 %}}
"""
JULY = datetime(2026, 6, 30, 16, tzinfo=UTC)
AUGUST = datetime(2026, 7, 31, 16, tzinfo=UTC)


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def contract(company: Company, time_machine) -> Contract:
    time_machine.move_to(JULY, tick=False)
    boss = company.administrator
    customer = make_customer(boss, company.headquarters)
    return make_contract(boss, customer, publish(boss, FIGURES), starts_on=date(2026, 7, 1))


def report(contract: Contract, at: datetime, *, minutes: int | None = 10) -> UUID:
    """A case of the contract, answered so many minutes after it was reported."""
    binding = Binding(
        "request",
        new_public_id(),
        contract.customer_id,
        contract.customer.unit_id,
        contract.plan_version_id,
        contract.pk,
        "Asia/Shanghai",
        terms=get_terms(contract.pk),
    )
    bind_subject(binding, [NewFact("reported", at, "test")], actor=SYSTEM, now=at)
    if minutes is not None:
        done = at + timedelta(minutes=minutes)
        record_facts(
            binding.subject_id, [NewFact("responded", done, "test")], actor=SYSTEM, now=done
        )
    return binding.subject_id


def work(at: datetime) -> None:
    """What a worker does within two minutes."""
    for later in (timedelta(0), timedelta(minutes=1), timedelta(minutes=2)):
        while act_on_due(now=at + later):
            pass
        follow_cases(now=at + later)
        go_round(now=at + later)
        while look_at_contracts(now=at + later):
            pass


def figure(contract: Contract, clause: str, period: str) -> tuple[str, str | None, int]:
    for row in ObligationRow.objects.filter(subject_id=contract.public_id, clause=clause):
        one = FigureRow.objects.get(pk=row.public_id)
        if one.period == period:
            value = one.value
            return row.state, value and value["figure"], value["cases"] if value else 0
    raise AssertionError(f"no {clause} of {period}")


@pytest.mark.req("B-07")
def test_a_share_shows_its_figure_while_the_month_runs_and_is_judged_at_its_end(
    company: Company, contract: Contract
) -> None:
    for day in range(3):
        report(contract, JULY + timedelta(days=day))
    slow = report(contract, JULY + timedelta(days=4), minutes=40)
    work(JULY + timedelta(days=5))
    assert figure(contract, "share", "2026-07") == ("running", "75", 4)
    work(AUGUST + timedelta(seconds=2))
    assert figure(contract, "share", "2026-07") == ("missed", "75", 4)
    assert figure(contract, "share", "2026-08") == ("running", None, 0)
    row = ObligationRow.objects.get(clause="share", position=0)
    first, *others = cases_behind(company.administrator.actor, row.public_id)
    assert (first.subject_id, first.state, len(others)) == (slow, "missed", 3)


@pytest.mark.req("B-07")
def test_one_fault_too_many_misses_the_months_number_at_once(
    company: Company, contract: Contract
) -> None:
    for hour in range(4):
        report(contract, JULY + timedelta(hours=hour))
    work(JULY + timedelta(days=1))
    assert figure(contract, "faults", "2026-07") == ("missed", "4", 4)


@pytest.mark.req("B-07")
def test_a_miss_by_the_clock_alone_lowers_the_share(contract: Contract) -> None:
    report(contract, JULY, minutes=None)
    work(JULY + timedelta(hours=1))
    assert figure(contract, "share", "2026-07") == ("running", "0", 1)


@pytest.mark.req("B-07")
def test_a_late_fact_changes_the_figure_of_a_month_that_is_over(contract: Contract) -> None:
    silent = report(contract, JULY + timedelta(days=3), minutes=None)
    work(AUGUST + timedelta(days=3))
    assert figure(contract, "share", "2026-07") == ("missed", "0", 1)
    september = AUGUST + timedelta(days=40)
    work(september)
    paper = NewFact("responded", JULY + timedelta(days=3, minutes=5), "paper")
    record_facts(silent, [paper], actor=SYSTEM, now=september + timedelta(minutes=5))
    work(september + timedelta(minutes=10))
    assert figure(contract, "share", "2026-07") == ("met", "100", 1)


@pytest.mark.req("B-07")
def test_closed_months_stay_as_stored_and_are_not_read_again(
    contract: Contract,
) -> None:
    for day in range(3):
        report(contract, JULY + timedelta(days=day))
    work(AUGUST + timedelta(days=1))
    row = ObligationRow.objects.get(clause="share", position=0)
    FigureRow.objects.filter(pk=row.public_id).update(note="kept")
    report(contract, AUGUST + timedelta(days=2))
    work(AUGUST + timedelta(days=3))
    assert figure(contract, "share", "2026-07") == ("met", "100", 3)
    assert FigureRow.objects.get(pk=row.public_id).note == "kept"
    assert figure(contract, "share", "2026-08") == ("running", "100", 1)


@pytest.mark.req("B-07")
def test_a_call_back_that_asked_counts_as_a_survey(contract: Contract) -> None:
    for number, word in enumerate(("satisfied", "very_satisfied", "fair")):
        case = report(contract, JULY + timedelta(hours=number))
        at = JULY + timedelta(days=1)
        asked = NewFact("called_back", at, "test", {"satisfaction": word})
        record_facts(case, [asked], actor=SYSTEM, now=at)
    work(JULY + timedelta(days=2))
    state, value, cases = figure(contract, "satisfied", "2026-Q3")
    assert (state, value and value[:5], cases) == ("running", "66.66", 3)


@pytest.mark.req("B-07")
def test_the_first_month_of_a_contract_is_judged_by_its_share_of_the_bound(
    company: Company, contract: Contract
) -> None:
    boss = company.administrator
    customer = make_customer(boss, company.headquarters)
    half = make_contract(
        boss,
        customer,
        contract.plan_version,
        starts_on=date(2026, 7, 16),
        ends_on=date(2026, 8, 11),
    )
    work(AUGUST + timedelta(days=20))
    shown = promises_of_contract(boss.actor, half.public_id, AUGUST + timedelta(days=20)).items
    dates = {(one.begins_at, one.ends_at) for one in shown if one.promise.clause == "faults"}
    assert dates == {
        (datetime(2026, 7, 15, 16, tzinfo=UTC), AUGUST),
        (AUGUST, datetime(2026, 8, 10, 16, tzinfo=UTC)),
    }


@pytest.mark.req("B-07")
def test_a_survey_made_with_a_case_keeps_the_contracts_survey_of_the_year(
    company: Company, contract: Contract
) -> None:
    yearly = FIGURES + (
        "  - {id: yearly, kind: recurring, title: {zh: 满意度调查, en: Survey}, promise: satisfaction,"
        " slot: yearly, done: surveyed, period: contract_year}\n"
    )
    boss = company.administrator
    version = publish(boss, yearly.replace("plan: figures", "plan: surveys"))
    customer = make_customer(boss, company.headquarters)
    made = make_contract(boss, customer, version, starts_on=date(2026, 7, 1))
    case = report(made, JULY + timedelta(hours=1))
    work(JULY + timedelta(hours=2))
    survey = ObligationRow.objects.get(subject_id=made.public_id, clause="yearly")
    assert survey.state == "running"
    at = JULY + timedelta(days=1)
    asked = NewFact("called_back", at, "test", {"satisfaction": "satisfied"})
    record_facts(case, [asked], actor=SYSTEM, now=at)
    work(at)
    survey.refresh_from_db()
    assert (survey.state, survey.ended_at) == ("met", at)
