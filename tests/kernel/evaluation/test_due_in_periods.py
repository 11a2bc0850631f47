"""Duties due inside a period or after it, and as often as the contract says."""

from __future__ import annotations

import pytest
from tests.kernel.written import HEAD, at, codes, evaluated, fact

from yinuo.kernel.evaluation import State

HEAD_MORE = HEAD.replace(
    "clauses:\n",
    "  visits: {default: 4, highest: 12}\n  days_between: {unit: days, default: 30}\nclauses:\n",
)


def contract(**attrs):
    return fact(
        "contract:1", "signed", "2026-01-01 00:00", starts_on="2026-01-01", ends_on="2027-01-01",
        **attrs,
    )  # fmt: skip


def duty(keys: str, dates: list[str], as_of: str, **attrs):
    clause = f"  - {{id: a, kind: recurring, promise: report, done: report_delivered, {keys}}}\n"
    facts = [fact("document:1", "report_delivered", f"{day}") for day in dates]
    return evaluated(clause, [contract(**attrs), *facts], as_of, HEAD_MORE).obligations


MONTHLY = "period: month, due_after_end: 5 days"


@pytest.mark.parametrize(
    ("done", "state"),
    [
        ("2026-02-01 00:00", State.MET),
        ("2026-02-06 00:00", State.MET),  # exactly five days after January
        ("2026-02-06 00:01", State.MISSED),
        ("2026-01-31 23:59", State.MISSED),  # before January is over
    ],
)
def test_a_report_about_a_month_is_made_after_it(done, state):
    (january,) = duty(MONTHLY, [done], "2026-02-10 00:00")
    assert (january.state, january.due_at) == (state, at("2026-02-06 00:00"))
    assert january.started_at == at("2026-02-01 00:00")


def test_each_report_counts_for_one_month_and_a_late_one_is_shown():
    found = duty(MONTHLY, ["2026-02-08 00:00", "2026-03-02 00:00"], "2026-03-10 00:00")
    assert [(one.state, one.ended_at) for one in found] == [
        (State.MISSED, at("2026-02-08 00:00")),
        (State.MET, at("2026-03-02 00:00")),
    ]


@pytest.mark.parametrize(
    ("done", "state"),
    [("2026-02-01 00:00", State.MET), ("2026-02-01 00:01", State.MISSED)],
)
def test_a_plan_of_the_year_is_due_a_month_after_it_begins(done, state):
    (one,) = duty("period: year, due_after_begin: 1 month", [done], "2026-03-01 00:00")
    assert (one.state, one.due_at, one.ended_at) == (state, at("2026-02-01 00:00"), at(done))


@pytest.mark.parametrize(("attrs", "times"), [({}, 4), ({"visits": 2}, 2), ({"visits": 40}, 12)])
def test_the_contract_says_how_often(attrs, times):
    (one,) = duty("period: year, times: {parameter: visits}", [], "2026-03-01 00:00", **attrs)
    assert one.missing == (f"0/{times}",)


def test_the_contract_says_how_far_apart():
    (one,) = duty("every: {parameter: days_between}", [], "2026-01-10 00:00", days_between=45)
    assert one.due_at == at("2026-02-15 00:00")


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("period: year, times: {parameter: days_between}", "wrong_type"),
        ("every: {parameter: visits}", "wrong_type"),
        ("every: 30 days, due_after_end: 5 days", "missing_key"),
        ("period: month, due_after_end: 5 days, due_after_begin: 5 days", "one_of"),
        ("period: month, due_after_end: 5 days, make_up: 5 days", "one_of"),
        ("period: month, due_after_end: 5 working days", "no_calendar"),
    ],
)
def test_due_times_that_say_nothing_are_refused(keys, code):
    clause = f"  - {{id: a, kind: recurring, promise: report, done: report_delivered, {keys}}}\n"
    assert [found[0] for found in codes(clause, HEAD_MORE)] == [code]
