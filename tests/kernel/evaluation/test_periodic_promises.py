"""Recurring duties, measures over periods and coverage duties."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.kernel.written import at, evaluated, fact, only

from yinuo.kernel.evaluation import Evaluator, State
from yinuo.kernel.facts import Fact
from yinuo.planfile import load_plan

CONTRACT = fact(
    "contract:1", "signed", "2026-01-01 00:00", starts_on="2026-01-01", ends_on="2027-01-01"
)


def states(evaluation, clause: str = ""):
    return {
        one.period.name: one.state
        for one in evaluation.obligations
        if one.period is not None and clause in ("", one.clause_id)
    }


def test_a_visit_each_quarter_is_due_at_its_end():
    clause = "  - {id: a, kind: recurring, done: visited, period: quarter}\n"
    visits = [
        fact("visit:1", "visited", "2026-03-31 23:59"),
        fact("visit:2", "visited", "2026-07-01 00:00"),
    ]
    found = evaluated(clause, [CONTRACT, *visits], "2026-07-02 00:00")
    assert states(found) == {"2026-Q1": State.MET, "2026-Q2": State.MISSED, "2026-Q3": State.MET}
    late = next(one for one in found.obligations if one.period.name == "2026-Q2")
    assert (late.due_at, late.late_by) == (at("2026-07-01 00:00"), timedelta(days=1))


def test_a_missed_visit_may_be_made_up_and_then_counts_once():
    clause = "  - {id: a, kind: recurring, done: visited, period: quarter, make_up: 15 days}\n"
    visits = [
        fact("visit:1", "visited", "2026-04-10 10:00"),
        fact("visit:2", "visited", "2026-05-10 10:00"),
    ]
    found = evaluated(clause, [CONTRACT, *visits], "2026-07-02 00:00")
    first, second, _ = found.obligations
    assert (first.state, first.ended_at) == (State.MISSED, at("2026-04-10 10:00"))
    assert second.state is State.MET


@pytest.mark.req("B-07")
def test_each_summer_and_winter():
    clause = "  - {id: a, kind: recurring, done: visited, period: {seasons: [summer, winter]}, partial: skipped}\n"
    visit = fact("visit:1", "visited", "2026-06-24 10:00")
    found = evaluated(clause, [CONTRACT, visit], "2026-12-15 00:00")
    assert states(found) == {"2026-summer": State.MET}


@pytest.mark.parametrize(("partial", "expected"), [("full", 4), ("prorated", 1), ("skipped", None)])
def test_a_short_first_period(partial, expected):
    clause = f"  - {{id: a, kind: recurring, done: visited, period: year, times: 4, partial: {partial}, begins: {{date: starts_on}}}}\n"
    late = CONTRACT._replace(attrs={"starts_on": "2026-09-01", "ends_on": "2028-01-01"})
    found = evaluated(clause, [late], "2026-10-01 00:00").obligations
    assert [one.missing for one in found] == ([(f"0/{expected}",)] if expected else [])


def test_maintenance_every_fifteen_days_runs_from_the_last_one():
    clause = """\
  - {id: a, kind: recurring, subject: asset, promise: maintain, done: maintained, every: 15 days, begins: {date: installed_on}}
"""
    facts = [
        fact("asset:1", "installed", "2026-01-05 09:00", installed_on="2026-01-05"),
        fact("work_order:1", "maintained", "2026-01-18 12:00", asset="asset:1"),
        fact("work_order:2", "maintained", "2026-02-05 12:00", asset="asset:1"),
    ]
    found = evaluated(clause, facts, "2026-02-10 00:00").obligations
    assert [(one.state, one.due_at) for one in found] == [
        (State.MET, at("2026-01-20 00:00")),
        (State.MISSED, at("2026-02-02 12:00")),
        (State.RUNNING, at("2026-02-20 12:00")),
    ]


def test_maintenance_by_use_is_due_when_the_meter_says_so():
    clause = """\
  - {id: a, kind: recurring, subject: asset, promise: maintain, done: maintained, every: 1 year,
     usage: {attribute: hours, every: 500}, begins: {date: installed_on}}
"""
    facts = [fact("asset:1", "installed", "2026-01-05 09:00", installed_on="2026-01-05")]
    facts += [
        fact("asset:1", "metered", f"2026-0{n}-01 09:00", hours=hours)
        for n, hours in ((2, 200), (3, 450), (4, 720))
    ]
    assert only(evaluated(clause, facts, "2026-04-02 00:00")).due_at == at("2026-04-01 09:00")
    assert only(evaluated(clause, facts, "2026-03-02 00:00")).due_at == at("2027-01-05 00:00")


def test_two_visits_may_not_be_too_far_apart():
    clause = (
        "  - {id: a, kind: recurring, done: visited, period: year, times: 2, max_gap: 100 days}\n"
    )
    visits = [
        fact("visit:1", "visited", "2026-02-01 10:00"),
        fact("visit:2", "visited", "2026-08-01 10:00"),
    ]
    found = evaluated(clause, [CONTRACT, *visits], "2026-08-02 00:00")
    gaps = [one for one in found.obligations if one.period.name == "gap"]
    assert [one.state for one in gaps] == [State.MET, State.MISSED, State.RUNNING]
    assert states(found)["2026"] is State.MET


def test_the_customer_is_contacted_three_to_five_days_ahead():
    clause = "  - {id: a, kind: recurring, done: visited, period: quarter, outreach: [{fact: contacted, ahead: 3-5 days}]}\n"
    visit = fact("visit:1", "visited", "2026-02-20 10:00")
    for when, state in (
        ("2026-02-16 10:00", State.MET),
        ("2026-02-18 10:00", State.MISSED),
        ("2026-02-10 10:00", State.MISSED),
    ):
        found = evaluated(
            clause, [CONTRACT, visit, fact("contract:1", "contacted", when)], "2026-02-21 00:00"
        )
        assert (
            next(one for one in found.obligations if one.promise == "contacted").state is state
        ), when


# -- measures -------------------------------------------------------------------------------

SHARE = """\
  - {id: respond, promise: respond, start: reported, end: responded, limit: 30 minutes}
  - {id: share, kind: measure, promise: timeliness, figure: share, of: respond, period: month, target: {at_least: 95 %}}
"""


def calls(good: int, bad: int):
    facts = []
    for number in range(good + bad):
        facts.append(fact(f"request:{number}", "reported", "2026-05-06 09:00"))
        minutes = 20 if number < good else 40
        facts.append(fact(f"request:{number}", "responded", f"2026-05-06 09:{minutes}"))
    return facts


@pytest.mark.parametrize(
    ("good", "bad", "state"), [(19, 1, State.MET), (18, 2, State.MISSED), (0, 0, State.VOID)]
)
def test_a_share_is_judged_at_the_end_of_the_month(good, bad, state):
    found = evaluated(SHARE, [CONTRACT, *calls(good, bad)], "2026-06-01 00:00")
    assert states(found, "share")["2026-05"] is state
    open_month = evaluated(SHARE, [CONTRACT, *calls(good, bad)], "2026-05-31 23:59")
    assert states(open_month, "share")["2026-05"] is State.RUNNING


def test_the_mean_counts_in_the_clauses_calendar_without_pauses():
    clauses = """\
  - {id: fix, promise: restore, start: reported, end: restored, limit: 8 hours, calendar: office, stops: [waiting_for_part]}
  - {id: mean, kind: measure, promise: mean_time, figure: mean, of: fix, unit: hours, period: month, target: {at_most: 4}}
"""
    facts = [
        fact("request:1", "reported", "2026-05-06 09:00"),
        fact("request:1", "paused", "2026-05-06 10:00", reason="waiting_for_part"),
        fact("request:1", "resumed", "2026-05-06 14:00"),
        fact("request:1", "restored", "2026-05-07 09:30"),
    ]
    found = evaluated(clauses, [CONTRACT, *facts], "2026-06-01 00:00")
    may = next(
        one for one in found.obligations if one.clause_id == "mean" and one.period.name == "2026-05"
    )
    assert (str(may.value.figure), may.state) == ("6", State.MISSED)


@pytest.mark.req("B-07")
def test_availability_counts_overlaps_once_and_leaves_out_exempt_causes():
    clause = """\
  - {id: up, kind: measure, promise: availability, figure: availability, facts: outage_began, until: outage_ended,
     exempt: {cause: customer}, period: month, target: {at_least: 99 %}}
"""
    facts = [
        fact("outage:1", "outage_began", "2026-06-10 00:00"),
        fact("outage:2", "outage_began", "2026-06-10 02:00"),
        fact("outage:1", "outage_ended", "2026-06-10 04:00"),
        fact("outage:2", "outage_ended", "2026-06-10 05:00"),
        fact("outage:3", "outage_began", "2026-06-12 00:00", cause="customer"),
        fact("outage:3", "outage_ended", "2026-06-20 00:00"),
    ]
    found = evaluated(clause, [CONTRACT, *facts], "2026-07-01 00:00")
    june = next(one for one in found.obligations if one.period.name == "2026-06")
    assert (str(june.value.figure), june.state) == ("99.305556", State.MET)  # 5 h of 720 h


def test_an_outage_over_a_month_end_belongs_to_both_months():
    clause = """\
  - {id: down, kind: measure, promise: downtime, figure: downtime, unit: hours, facts: outage_began, until: outage_ended, period: month, target: {at_most: 2}}
"""
    facts = [
        fact("outage:1", "outage_began", "2026-05-31 23:00"),
        fact("outage:1", "outage_ended", "2026-06-01 03:00"),
    ]
    found = evaluated(clause, [CONTRACT, *facts], "2026-06-02 00:00")
    figures = {one.period.name: (str(one.value.figure), one.state) for one in found.obligations}
    assert figures["2026-05"] == ("1", State.MET)
    assert figures["2026-06"] == ("3", State.MISSED)  # an upper bound is missed once it is passed


def test_the_third_repair_of_the_same_fault_within_a_year_is_a_breach():
    clause = """\
  - {id: again, kind: measure, promise: repeat_fault, figure: count, facts: reported, group_by: [asset, component],
     period: {rolling: 1 year}, target: {below: 3}}
"""

    def repairs(*days: str, component: str = "power"):
        return [
            fact(
                f"request:{day}{component}",
                "reported",
                f"{day} 09:00",
                asset="asset:1",
                component=component,
            )
            for day in days
        ]

    facts = [
        fact("asset:1", "installed", "2026-01-01 00:00"),
        *repairs("2026-02-01", "2026-04-01", "2026-06-01"),
        *repairs("2026-06-02", component="disk"),
    ]
    broken = [
        one
        for one in evaluated(clause, [CONTRACT, *facts], "2026-07-01 00:00").obligations
        if one.state is State.MISSED
    ]
    assert [(one.due_at, one.period.name) for one in broken] == [
        (at("2026-06-01 09:00"), "asset:1/power")
    ]
    two = evaluated(clause, [CONTRACT, *facts[:3]], "2026-07-01 00:00")
    assert all(one.state is State.RUNNING for one in two.obligations)


def test_points_are_taken_for_breaches_and_facts():
    clauses = (
        SHARE.splitlines()[0]
        + """
  - {id: score, kind: measure, promise: score, figure: points, start_points: 100, period: quarter, target: {at_least: 80},
     points: [{clause: respond, points: -5}, {fact: complained, points: -10}]}
"""
    )
    complaint = fact("request:0", "complained", "2026-05-07 09:00")
    found = evaluated(clauses, [CONTRACT, *calls(0, 3), complaint], "2026-07-01 00:00")
    quarter = next(
        one
        for one in found.obligations
        if one.clause_id == "score" and one.period.name == "2026-Q2"
    )
    assert (str(quarter.value.figure), quarter.state) == ("75", State.MISSED)


def test_too_few_answers_are_not_judged():
    clause = """\
  - {id: happy, kind: measure, promise: satisfaction, figure: mean, facts: surveyed, attribute: score, period: month, minimum_cases: 3, target: {at_least: 4}}
"""
    answers = [fact(f"request:{n}", "surveyed", "2026-05-07 09:00", score=1) for n in range(2)]
    found = evaluated(clause, [CONTRACT, *answers], "2026-06-01 00:00")
    assert states(found)["2026-05"] is State.VOID


@pytest.mark.parametrize(
    ("period", "name", "expected"),
    [("contract_year", "2026-03-10", 3), ("contract_month", "2026-06-10", 1)],
)
def test_contract_periods_begin_on_the_contracts_day(period, name, expected):
    clause = f"  - {{id: stops, kind: measure, promise: fault_count, figure: count, facts: stopped, period: {period}, target: {{at_most: 9}}}}\n"
    contract = CONTRACT._replace(attrs={"starts_on": "2026-03-10", "ends_on": "2028-03-10"})
    stops = [
        fact("asset:1", "stopped", when, contract="contract:1")
        for when in ("2026-06-09 23:59", "2026-06-10 00:00", "2027-03-09 23:59", "2027-03-10 00:00")
    ]
    found = evaluated(clause, [contract, *stops], "2027-04-01 00:00")
    figures = {one.period.name: one.value.figure for one in found.obligations}
    assert figures[name] == expected


# -- coverage -------------------------------------------------------------------------------


@pytest.mark.req("BP-16c")
def test_every_delivered_model_is_kept_in_stock_and_what_is_missing_is_listed():
    clause = "  - {id: stock, kind: coverage, promise: stock, kept: stock, by: model}\n"
    facts = [
        CONTRACT,
        fact("asset:1", "delivered", "2026-01-05 09:00", model="X1"),
        fact("asset:2", "delivered", "2026-01-05 09:00", model="X2"),
        fact("depot:1", "stocked", "2026-01-06 09:00", model="X1"),
        fact("depot:1", "stocked", "2026-01-06 09:00", model="X2", quantity=2),
        fact("depot:1", "withdrawn_from_stock", "2026-02-06 09:00", model="X2", quantity=2),
    ]
    assert only(evaluated(clause, facts, "2026-02-01 00:00")).state is State.MET
    empty = only(evaluated(clause, facts, "2026-03-01 00:00"))
    assert (empty.state, empty.missing) == (State.MISSED, ("X2: 0/1",))


def test_one_resident_for_each_started_ten_units():
    clause = "  - {id: people, kind: coverage, promise: people, kept: people, role: technician, per: 10}\n"
    units = [fact(f"asset:{n}", "installed", "2026-01-05 09:00") for n in range(11)]
    people = [
        fact(f"person:{n}", "staffed", "2026-01-05 09:00", role="technician") for n in range(2)
    ]
    gone = fact("person:1", "unstaffed", "2026-03-05 09:00")
    facts = [CONTRACT, *units, *people, gone]
    assert only(evaluated(clause, facts, "2026-02-01 00:00")).state is State.MET
    assert only(evaluated(clause, facts, "2026-04-01 00:00")).missing == ("technician: 1/2",)


def test_a_certificate_that_expired_no_longer_covers_its_line():
    clause = "  - {id: papers, kind: coverage, promise: certificate, kept: certificate, by: product_line}\n"
    facts = [
        CONTRACT,
        fact("asset:1", "installed", "2026-01-05 09:00", product_line="server"),
        fact(
            "person:1",
            "certified",
            "2025-03-01 00:00",
            product_line="server",
            expires_on="2026-03-01",
        ),
    ]
    assert only(evaluated(clause, facts, "2026-02-28 23:59")).state is State.MET
    assert only(evaluated(clause, facts, "2026-03-01 00:00")).state is State.MISSED


def test_documents_that_were_not_handed_over_are_shown():
    clause = """\
  - {id: docs, kind: coverage, promise: document, kept: document, items: [user_manual, plans], start: accepted_by_customer, limit: 5 days}
"""
    facts = [
        CONTRACT,
        fact("contract:1", "accepted_by_customer", "2026-02-01 10:00"),
        fact("contract:1", "documented", "2026-02-03 10:00", document="user_manual"),
    ]
    found = evaluated(clause, facts, "2026-02-10 10:00").obligations
    assert [(one.state, one.missing) for one in found] == [
        (State.MET, ()),
        (State.MISSED, ("plans",)),
    ]


def test_without_a_contract_date_a_duty_begins_with_the_first_fact():
    clause = "  - {id: a, kind: recurring, subject: asset, promise: maintain, done: maintained, every: 15 days}\n"
    found = only(
        evaluated(clause, [fact("asset:1", "installed", "2026-01-05 09:00")], "2026-01-10 00:00")
    )
    assert found.due_at == at("2026-01-20 09:00")


def test_a_day_that_a_zone_skips_asks_for_nothing():
    """Apia went from 29 to 31 December 2011."""
    plan = load_plan(
        "plan: t\ntitle: T\nversion: 1\ntimezone: Pacific/Apia\nclauses:\n"
        "  - {id: a, kind: recurring, promise: visit, done: visited, period: day}\n",
        "t",
    )
    signed = datetime(2011, 12, 28, 12, tzinfo=UTC)
    terms = {"starts_on": "2011-12-29", "ends_on": "2012-01-02"}
    found = Evaluator(plan).evaluate(
        [Fact("contract:1", "signed", signed, signed, terms)], datetime(2012, 2, 1, tzinfo=UTC)
    )
    assert list(states(found)) == ["2011-12-29", "2011-12-31", "2012-01-01"]


@pytest.mark.req("B-07")
def test_the_ladder_of_a_duty_that_returns_is_climbed_like_any_other():
    ladder = (
        "escalation: [{at_percent: 50 %, notify: owner}, {after_due: 1 day, notify: leadership}]"
    )
    clause = f"  - {{id: a, kind: recurring, done: visited, period: quarter, {ladder}}}\n"

    def rungs(as_of: str):
        found = evaluated(clause, [CONTRACT], as_of)
        return [
            (one.period.name, rung.notify)
            for one in found.obligations
            for rung in found.escalations(one)
        ]

    assert rungs("2026-02-01 00:00") == []
    assert rungs("2026-03-01 00:00") == [("2026-Q1", ("owner",))]
    first, second = ("2026-Q1", ("owner",)), ("2026-Q1", ("leadership",))
    assert rungs("2026-04-03 00:00") == [first, second]
    visit = fact("visit:1", "visited", "2026-02-01 00:00")
    kept = evaluated(clause, [CONTRACT, visit], "2026-03-20 00:00")
    assert kept.escalations(kept.obligations[0]) == ()
