"""Facts out of order, repeated, contradictory, taken back, late or of the future: one defined result."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernel.written import ROOT, at, evaluator, fact, only

from yinuo.kernel.evaluation import Evaluator, State
from yinuo.kernel.evaluation.report import as_data
from yinuo.kernel.facts import Fact
from yinuo.planfile import load_plan

CLAUSES = """\
  - {id: respond, promise: respond, start: reported, end: responded, limit: 30 minutes,
     remedies: [{penalty: {percent: 1 %, of: contract.total}}]}
  - {id: serious, promise: on_site, applies_to: {level: serious}, start: reported, end: arrived, limit: 4 hours}
  - {id: general, promise: on_site, applies_to: {level: general}, start: reported, end: arrived, limit: 8 hours, calendar: office}
  - {id: restore, promise: restore, start: reported, end: restored, limit: 24 hours,
     stops: [waiting_for_part, {reason: waiting_for_customer, budget: 2 hours}],
     remedies: [{penalty: {percent: 1 %, of: contract.total, per_started: 1 day}, cap: {percent: 3 %, of: contract.total, over: month}}]}
  - {id: update, promise: update, start: reported, end: update_sent, limit: 3 hours, repeat: {until: restored}}
  - {id: standby, promise: standby, start: {clause: restore, outcome: missed}, end: standby_delivered, limit: 1 working day, calendar: office}
  - {id: visits, kind: recurring, done: visited, period: month}
  - {id: in_time, kind: measure, figure: share, of: [respond, on_site], period: month, target: {at_least: 95 %}}
"""
PLAN = evaluator(CLAUSES)
KINDS = [
    "responded",
    "arrived",
    "restored",
    "paused",
    "resumed",
    "update_sent",
    "classified",
    "cancelled",
    "visited",
]
BASE = at("2026-05-06 09:00")


def some_facts(seed: int) -> list[Fact]:
    """A handful of facts on two requests, with repeats, level changes and things taken back."""
    dice = random.Random(seed)
    facts = [
        fact("contract:1", "signed", "2026-01-05 00:00", total=100_000, starts_on="2026-01-05")
    ]
    for number in (1, 2):
        subject = f"request:{number}"
        facts.append(
            Fact(
                subject,
                "reported",
                BASE,
                BASE,
                {"level": dice.choice(["serious", "general"])},
                id=f"{number}.0",
            )
        )
        for step in range(dice.randrange(10)):
            when = BASE + timedelta(minutes=15 * dice.randrange(200))
            kind = dice.choice(KINDS)
            attrs = {}
            if kind in ("paused", "resumed"):
                attrs = {
                    "reason": dice.choice(["waiting_for_part", "waiting_for_customer", "safety"])
                }
            if kind == "classified":
                attrs = {"level": dice.choice(["serious", "general"])}
            heard = when + timedelta(minutes=dice.choice([0, 0, 90, 5000]))
            made = Fact(subject, kind, when, heard, attrs, id=f"{number}.{step + 1}")
            facts.append(made)
            if dice.random() < 0.15:
                facts.append(made)
            if dice.random() < 0.15:
                facts.append(
                    Fact(
                        subject,
                        "withdrawn",
                        when,
                        heard + timedelta(minutes=1),
                        {},
                        supersedes=made.id,
                    )
                )
    return facts


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9), shuffle=st.integers(0, 10**9), hours=st.integers(0, 900))
def test_the_order_of_arrival_never_matters(seed, shuffle, hours):
    facts = some_facts(seed)
    mixed = list(facts)
    random.Random(shuffle).shuffle(mixed)
    as_of = BASE + timedelta(hours=hours)
    assert as_data(PLAN.evaluate(mixed, as_of)) == as_data(PLAN.evaluate(facts, as_of))


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9), hours=st.integers(0, 60))
def test_a_fact_of_the_future_changes_nothing_before_it(seed, hours):
    facts = some_facts(seed)
    as_of = BASE + timedelta(hours=hours)
    known = [one for one in facts if one.occurred_at <= as_of]
    with_future, without = PLAN.evaluate(facts, as_of), PLAN.evaluate(known, as_of)
    assert with_future.obligations == without.obligations
    assert with_future.remedies == without.remedies


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**9), hours=st.integers(0, 900))
def test_evaluating_twice_or_one_request_alone_gives_the_same(seed, hours):
    facts = some_facts(seed)
    as_of = BASE + timedelta(hours=hours)
    whole = PLAN.evaluate(facts, as_of)
    assert PLAN.evaluate(facts, as_of).obligations == whole.obligations
    alone = [one for one in facts if one.subject in ("request:1", "contract:1")]
    mine = [one for one in whole.obligations if one.subject == "request:1"]
    assert [
        one for one in PLAN.evaluate(alone, as_of).obligations if one.subject == "request:1"
    ] == mine


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**9), hours=st.integers(0, 900))
def test_shown_lines_sum_to_the_shown_total(seed, hours):
    evaluation = PLAN.evaluate(some_facts(seed), BASE + timedelta(hours=hours))
    amounts = [line.amount for line in evaluation.remedies if line.amount is not None]
    assert sum(evaluation.totals.values()) == sum(amounts)
    assert all(
        amount >= 0 and amount == amount.quantize(amount.__class__("0.01")) for amount in amounts
    )


CALL = fact("request:1", "reported", "2026-05-06 09:00", level="serious")


def on_site(*facts: Fact):
    return only(PLAN.evaluate([CALL, *facts], at("2026-05-09 00:00")), "serious")


def test_of_two_contradictory_facts_the_earliest_counts_and_is_noted():
    facts = [
        CALL,
        fact("request:1", "arrived", "2026-05-06 14:00"),
        fact("request:1", "arrived", "2026-05-06 12:00"),
    ]
    evaluation = PLAN.evaluate(facts, at("2026-05-09 00:00"))
    assert only(evaluation, "serious").ended_at == at("2026-05-06 12:00")
    assert "contradictory" in [note.code for note in evaluation.notes]


def test_a_superseded_fact_no_longer_counts():
    wrong = fact("request:1", "arrived", "2026-05-06 12:00", id="slip-1")
    right = fact(
        "request:1", "arrived", "2026-05-06 13:30", "2026-05-07 09:00", supersedes="slip-1"
    )
    assert on_site(wrong, right).ended_at == at("2026-05-06 13:30")
    assert on_site(right, wrong).state is State.MISSED


def test_a_kind_of_fact_may_be_superseded_without_a_name():
    wrong = fact("request:1", "arrived", "2026-05-06 12:00")
    right = fact(
        "request:1", "arrived", "2026-05-06 13:30", "2026-05-07 09:00", supersedes="arrived"
    )
    assert on_site(wrong, right).ended_at == at("2026-05-06 13:30")


def test_taking_back_a_correction_restores_the_first():
    first = fact("request:1", "arrived", "2026-05-06 12:00", id="1")
    second = fact(
        "request:1", "arrived", "2026-05-06 13:30", "2026-05-07 09:00", id="2", supersedes="1"
    )
    third = fact("request:1", "withdrawn", "2026-05-06 13:30", "2026-05-08 09:00", supersedes="2")
    assert on_site(first, second, third).ended_at == at("2026-05-06 12:00")


def test_a_fact_heard_of_years_late_counts_from_when_it_happened():
    late = fact("request:1", "arrived", "2026-05-06 12:00", "2029-05-06 12:00")
    assert on_site(late).state is State.MET
    then = PLAN.evaluate([CALL, late], at("2026-05-09 00:00"), known_at=at("2026-05-09 00:00"))
    assert only(then, "serious").state is State.MISSED


def test_another_zones_datetimes_give_the_same_instants():
    from zoneinfo import ZoneInfo

    new_york = ZoneInfo("America/New_York")
    call = fact("request:1", "reported", "2026-03-08 14:30", level="serious")
    there = call._replace(
        occurred_at=call.occurred_at.astimezone(new_york),
        received_at=call.received_at.astimezone(new_york),
    )
    as_of = at("2026-03-08 15:00")
    assert PLAN.evaluate([there], as_of).obligations == PLAN.evaluate([call], as_of).obligations


def test_a_naive_instant_is_refused():
    naive = CALL._replace(occurred_at=CALL.occurred_at.replace(tzinfo=None))
    with pytest.raises(ValueError, match="zone"):
        PLAN.evaluate([naive], at("2026-05-09 00:00"))


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "plans").glob("*.yaml")))
def test_shipped_plans_answer_for_any_facts(name):
    plan = Evaluator(load_plan((ROOT / "plans" / name).read_bytes(), name))
    for seed in range(20):
        evaluation = plan.evaluate(some_facts(seed), BASE + timedelta(hours=seed * 40))
        assert as_data(evaluation)["as_of"]
