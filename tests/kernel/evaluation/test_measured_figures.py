"""What measures count: weights, planned windows, shares of facts, time between failures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.kernel.written import at, evaluated, fact

from yinuo.kernel.evaluation import State

CONTRACT = fact(
    "contract:1", "signed", "2026-01-01 00:00", starts_on="2026-04-01", ends_on="2026-05-01",
    monthly_fee=9000, lamps=12,
)  # fmt: skip
END = "2026-05-01 00:00"


def outage(number: int, begin: str, end: str, **attrs):
    name = f"outage:{number}"
    return [fact(name, "outage_began", begin, **attrs), fact(name, "outage_ended", end)]


def measured(keys: str, facts: list, as_of: str = END):
    clause = f"  - {{id: a, kind: measure, promise: availability, period: month, {keys}}}\n"
    evaluation = evaluated(clause, [CONTRACT, *facts], as_of)
    (one,) = evaluation.obligations
    return one, evaluation


DOWN = (
    "figure: downtime, facts: outage_began, until: outage_ended, unit: hours, target: {at_most: 4}"
)
WEIGHTS = (
    ", weights: [{when: {degree: half}, percent: 50 %}, {when: {degree: part}, attribute: share}]"
)


@pytest.mark.parametrize(
    ("degrees", "hours"),
    [
        (["half"], "5"),
        ([None], "10"),
        (["part"], "2.5"),  # a quarter of the lamps
        (["half", None], "10"),  # at the same time: the heavier counts once
        (["half", "part"], "5"),
    ],
)
def test_a_partial_outage_counts_with_its_weight_and_overlaps_once(degrees, hours):
    facts = [
        found
        for number, degree in enumerate(degrees)
        for found in outage(number, "2026-04-10 00:00", "2026-04-10 10:00", degree=degree, share=25)
    ]
    one, _ = measured(DOWN + WEIGHTS, facts)
    assert one.value.figure == Decimal(hours)


PLANNED = ", planned: {facts: work_planned, begins: starts_at, ends: ends_at, announced: 48 hours, at_most: 4 hours}"


@pytest.mark.parametrize(
    ("told", "begins", "hours"),
    [
        ("2026-04-08 00:00", "2026-04-10T00:00+08:00", "6"),  # 4 of 10 hours are planned
        ("2026-04-08 00:01", "2026-04-10T00:00+08:00", "10"),  # told a minute too late
        ("2026-04-01 00:00", "2026-04-10T08:00+08:00", "8"),  # only two hours of it were down
    ],
)
def test_an_announced_window_takes_downtime_off_within_its_budget(told, begins, hours):
    window = fact("maintenance:1", "work_planned", told, contract="contract:1", starts_at=begins,
                  ends_at="2026-04-10T20:00+08:00")  # fmt: skip
    one, _ = measured(DOWN + PLANNED, [window, *outage(1, "2026-04-10 00:00", "2026-04-10 10:00")])
    assert one.value.figure == Decimal(hours)


def test_several_conditions_exempt_and_planned_windows_leave_the_total():
    keys = (
        "figure: availability, facts: outage_began, until: outage_ended, target: {at_least: 99},"
        " exempt: [{cause: customer}, {declared: storm}], total_without_exempt: yes"
    )
    window = fact("maintenance:1", "work_planned", "2026-04-01 00:00", contract="contract:1",
                  starts_at="2026-04-20T00:00+08:00", ends_at="2026-04-20T04:00+08:00")  # fmt: skip
    facts = [
        window,
        *outage(1, "2026-04-10 00:00", "2026-04-11 00:00", cause="customer"),
        *outage(2, "2026-04-12 00:00", "2026-04-13 00:00", declared="storm"),
        *outage(3, "2026-04-14 00:00", "2026-04-14 06:40"),
    ]
    one, _ = measured(keys + PLANNED, facts)
    # 720 h − 48 h exempt − 4 h planned = 668 h; 6 h 40 min of them down
    assert one.value.figure == Decimal("99.001996")
    assert one.state is State.MET


def test_the_share_of_good_facts():
    asked = [
        fact(f"part:{n}", "part_requested", f"2026-04-1{n} 10:00", filled=n != 3) for n in range(8)
    ]
    keys = "figure: share, facts: part_requested, good: {filled: yes}, target: {at_least: 90 %}"
    one, _ = measured(keys, asked)
    assert (one.value.figure, one.value.cases, one.state) == (Decimal("87.5"), 8, State.MISSED)


def test_the_share_of_one_sum_in_another():
    days = [
        fact(f"inspection:{n}", "measured", f"2026-04-0{n} 10:00", read=9_700 + n, due=10_000)
        for n in (1, 2)
    ]
    keys = "figure: share, facts: measured, attribute: read, out_of: due, target: {at_least: 97 %}"
    one, _ = measured(keys, days)
    assert (one.value.figure, one.state) == (Decimal("97.015"), State.MET)


def test_the_mean_time_between_failures_leaves_downtime_out():
    keys = "figure: mtbf, facts: stopped, until: restored, target: {at_least: 240}"
    facts = [
        fact("request:1", "stopped", "2026-04-10 00:00"),
        fact("request:1", "restored", "2026-04-10 12:00"),
        fact("request:2", "stopped", "2026-04-20 00:00"),
        fact("request:2", "restored", "2026-04-20 12:00"),
    ]
    one, _ = measured(keys, facts)
    assert (one.value.figure, one.state) == (Decimal(348), State.MET)  # (720 − 24) ÷ 2
    without, _ = measured(keys, [])
    assert (without.state, without.note) == (State.VOID, "no cases")


CONFIRMED = DOWN + ", confirmed_by: both, remedies: [{penalty: {amount: 100, per: unit_short}}]"
TEN_HOURS = outage(1, "2026-04-10 00:00", "2026-04-10 10:00")


def said(by: str, when: str, **attrs):
    return fact("contract:1", "figure_confirmed", when, by=by, **attrs)


def test_a_figure_both_must_confirm_is_judged_when_both_have():
    vendor = said("vendor", "2026-05-02 09:00")
    open_, evaluation = measured(CONFIRMED, [*TEN_HOURS, vendor], "2026-05-03 00:00")
    assert (open_.state, open_.note, open_.ended_at) == (State.RUNNING, "unconfirmed", None)
    assert evaluation.remedies == ()
    customer = said("customer", "2026-05-04 16:00", period="2026-04")
    done, evaluation = measured(CONFIRMED, [*TEN_HOURS, vendor, customer], "2026-05-05 00:00")
    assert (done.state, done.ended_at) == (State.MISSED, at("2026-05-04 16:00"))
    assert [line.amount for line in evaluation.remedies] == [Decimal("600.00")]


def test_the_confirmed_figure_counts_and_one_of_another_month_does_not():
    other = said("customer", "2026-05-04 16:00", period="2026-03")
    agreed = [said(by, "2026-05-04 17:00", figure="4.5") for by in ("vendor", "customer")]
    one, evaluation = measured(CONFIRMED, [*TEN_HOURS, other, *agreed], "2026-05-05 00:00")
    assert (one.value.figure, one.ended_at) == (Decimal("4.5"), at("2026-05-04 17:00"))
    assert [line.amount for line in evaluation.remedies] == [Decimal("100.00")]


def test_silence_confirms_when_the_clause_says_so():
    keys = DOWN + ", confirmed_by: customer, confirm_within: 10 days"
    waiting, _ = measured(keys, TEN_HOURS, "2026-05-10 23:59")
    assert (waiting.state, waiting.next_at) == (State.RUNNING, at("2026-05-11 00:00"))
    done, _ = measured(keys, TEN_HOURS, "2026-05-11 00:00")
    assert (done.state, done.ended_at) == (State.MISSED, at("2026-05-11 00:00"))


def test_a_thirtieth_of_the_fee_for_each_hour_short_is_exact():
    keys = (
        DOWN + ", remedies: [{penalty: {share: 1/30, of: contract.monthly_fee, per: unit_short}}]"
    )
    _, evaluation = measured(keys, outage(1, "2026-04-10 00:00", "2026-04-10 10:30"))
    (line,) = evaluation.remedies
    assert line.amount == Decimal("2100.00")  # 6.5 h short are seven started hours of 300
    assert line.computation.en.startswith("1/30 × 9,000.00 × 7")


def test_a_month_missed_starts_a_promise_of_its_own():
    clauses = """\
  - {id: hours, kind: measure, promise: downtime, subject: contract, figure: downtime, facts: outage_began,
     until: outage_ended, period: month, target: {at_most: 4}}
  - {id: plan, promise: plan, subject: contract, start: {clause: hours, outcome: missed}, end: plan_submitted, limit: 10 days}
"""
    contract = CONTRACT._replace(attrs={**CONTRACT.attrs, "ends_on": "2026-07-01"})
    facts = [
        contract,
        *outage(1, "2026-04-10 00:00", "2026-04-10 10:00"),
        *outage(2, "2026-06-10 00:00", "2026-06-10 10:00"),
        fact("contract:1", "plan_submitted", "2026-05-08 10:00"),
    ]
    found = evaluated(clauses, facts, "2026-07-15 00:00").obligations
    plans = [one for one in found if one.clause_id == "plan"]
    assert [(one.started_at, one.due_at, one.state, one.number) for one in plans] == [
        (at("2026-05-01 00:00"), at("2026-05-11 00:00"), State.MET, 0),
        (at("2026-07-01 00:00"), at("2026-07-11 00:00"), State.MISSED, 1),
    ]


def test_a_promise_that_waits_for_one_about_another_subject_is_refused():
    from tests.kernel.written import codes

    clauses = """\
  - {id: hours, kind: measure, promise: downtime, subject: contract, figure: downtime, facts: outage_began,
     until: outage_ended, period: month, target: {at_most: 4}}
  - {id: plan, promise: plan, start: {clause: hours, outcome: missed}, end: plan_submitted, limit: 10 days}
"""
    assert [one[0] for one in codes(clauses)] == ["other_subject"]


def test_the_smallest_reading_breaks_a_lower_bound_at_once():
    keys = "figure: smallest, facts: measured, attribute: helium, target: {above: 60}"
    facts = [
        fact("inspection:1", "measured", "2026-04-02 10:00", helium="72.5"),
        fact("inspection:2", "measured", "2026-04-03 10:00", helium=60),
    ]
    one, _ = measured(keys, facts, "2026-04-04 00:00")
    assert (one.value.figure, one.state) == (Decimal(60), State.MISSED)
    before, _ = measured(keys, facts, "2026-04-03 09:00")
    assert before.state is State.RUNNING


@pytest.mark.parametrize(
    ("keys", "figure"),
    [
        ("figure: mtbf, facts: stopped, target: {at_least: 1}", "216"),
        ("figure: points, start_points: 10, points: [{fact: stopped, points: -3}], target: {at_least: 1}", "7"),
        ("figure: count, facts: stopped, target: {at_most: 2}", "1"),
    ],
)  # fmt: skip
def test_what_happens_at_the_very_instant_evaluated_counts(keys, figure):
    moment = "2026-04-10 00:00"
    one, _ = measured(keys, [fact("contract:1", "stopped", moment)], moment)
    assert one.value.figure == Decimal(figure)
