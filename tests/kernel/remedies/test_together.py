"""Cases of one contract priced together are priced as in one world."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernel.written import HEAD, evaluator, fact

from yinuo.kernel.facts import Fact
from yinuo.kernel.remedies.together import reaches_across, remedies_together

SIGNED = fact("contract:1", "signed", "2026-01-01 00:00", starts_on="2026-01-01", total=90_000)
CLAUSE = (
    "  - {{id: a, promise: restore, start: reported, end: restored, limit: 4 hours,"
    " remedies: [{0}]}}\n"
)
REMEDIES = [
    "{penalty: {amount: 100, per_started: 1 hour}, cap: {amount: 450, over: contract}}",
    "{penalty: {percent: 1 %, of: contract.total, per: breach}, cap: {amount: 1000, over: month}}",
    "{penalty: {amount: 100, per: breach}, from_breach: 2}",
    "{penalty: {amount: 100, per_started: 1 hour}, cap: {amount: 450}}",
]
BEGAN, NOW = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)


def case(number: int, reported: int, took: int | None) -> list[Fact]:
    """A case reported and restored after so many minutes, or never."""
    name, at = f"request:{number}", BEGAN + timedelta(minutes=reported)
    facts = [Fact(name, "reported", at, at)]
    if took is not None:
        restored = at + timedelta(minutes=took)
        facts.append(Fact(name, "restored", restored, restored))
    return facts


@pytest.mark.req("B-08")
@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(REMEDIES),
    st.lists(st.tuples(st.integers(0, 90_000), st.none() | st.integers(0, 900)), max_size=6),
)
def test_cases_together_cost_what_they_cost_in_one_world(remedy, cases):
    plan = evaluator(CLAUSE.format(remedy), HEAD)
    worlds = [case(number, *one) for number, one in enumerate(cases)]
    alone = [
        plan.evaluate([SIGNED, *world], NOW, only=f"request:{number}")
        for number, world in enumerate(worlds)
    ]
    whole = plan.evaluate([SIGNED, *(one for world in worlds for one in world)], NOW)
    assert remedies_together(alone) == whole.remedies


@pytest.mark.req("B-08")
def test_a_cap_reached_exactly_leaves_nothing_for_the_next_case():
    remedy = "{penalty: {amount: 450, per: breach}, cap: {amount: 900, over: contract}}"
    plan = evaluator(CLAUSE.format(remedy), HEAD)
    alone = [
        plan.evaluate([SIGNED, *case(n, n * 60, 300)], NOW, only=f"request:{n}") for n in range(3)
    ]
    amounts = [line.amount for line in remedies_together(alone)]
    assert amounts == [Decimal("450.00"), Decimal("450.00"), Decimal("0.00")]


def test_a_supplement_half_way_neither_reprices_nor_opens_the_cap_anew():
    remedy = (
        "{penalty: {percent: 1 %, of: contract.total, per: breach},"
        " cap: {percent: 1.5 %, of: contract.total, over: contract}}"
    )
    plan = evaluator(CLAUSE.format(remedy), HEAD)
    more = fact("contract:1", "signed", "2026-01-01 00:00", starts_on="2026-01-01", total=120_000)
    first = plan.evaluate([SIGNED, *case(0, 0, 300)], NOW, only="request:0")
    second = plan.evaluate([more, *case(1, 60, 300)], NOW, only="request:1")
    amounts = [line.amount for line in remedies_together([first, second])]
    # 1 % of 90,000; then 1 % of 120,000 within what 1.5 % of 120,000 leaves.
    assert amounts == [Decimal("900.00"), Decimal("900.00")]


@pytest.mark.parametrize(("number", "across"), list(enumerate([True, True, True, False])))
def test_only_caps_over_periods_and_counts_reach_across(number, across):
    assert reaches_across(evaluator(CLAUSE.format(REMEDIES[number]), HEAD).plan) is across
