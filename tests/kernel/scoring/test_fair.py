"""The fair score: bounded, monotonic, the same in every order, kind to what was inherited."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.kernel.scoring import FairCase, FairWeights, fair_score, judged

SCALE = (Decimal(-5), Decimal(5))
MINUTES = st.integers(0, 3_000)
CASES = st.builds(
    FairCase,
    points=st.none() | st.sampled_from([Decimal(one) for one in (-5, 1, 2, 3, 5)]),
    least=st.just(SCALE[0]),
    most=st.just(SCALE[1]),
    promised_minutes=st.none() | st.integers(1, 3_000),
    inherited_minutes=MINUTES,
    travel_minutes=MINUTES,
    late_minutes=MINUTES,
    difficulty_percent=st.integers(100, 300),
)
PERCENT = st.integers(1, 200)
WEIGHTS = st.builds(
    FairWeights,
    satisfaction_percent=PERCENT,
    timeliness_percent=PERCENT,
    relief_percent=st.integers(0, 100),
    tolerance_percent=PERCENT,
    travel_free_minutes=st.integers(0, 200),
    travel_most_minutes=st.integers(0, 200),
)


def score(cases: list[FairCase], weights: FairWeights) -> Decimal | None:
    return fair_score(part for one in cases if (part := judged(one, weights)) is not None)


@pytest.mark.req("B-61")
def test_the_examples_of_the_page_come_out() -> None:
    weights = FairWeights()
    in_time = FairCase(Decimal(5), *SCALE, 240, 20, 40, 0, 110)
    inherited = FairCase(Decimal(-5), *SCALE, 240, 240, 40, 200, 165)
    own_fault = replace(inherited, inherited_minutes=0)
    parts = [judged(one, weights) for one in (in_time, inherited, own_fault)]
    assert [part and part.missing for part in parts] == [0, 3000, 9333]
    assert [part and part.own_late_minutes for part in parts] == [0, 0, 200]
    assert score([in_time, inherited], weights) == Decimal("89.09")
    assert score([in_time, own_fault], weights) == Decimal("66.06")
    assert score([], weights) is None
    assert judged(FairCase(None, *SCALE), weights) is None


@pytest.mark.req("B-61")
@given(CASES, WEIGHTS, MINUTES)
def test_what_is_inherited_and_a_longer_way_never_lower_it(case, weights, more) -> None:
    before = judged(case, weights)
    for name in ("inherited_minutes", "travel_minutes"):
        after = judged(replace(case, **{name: getattr(case, name) + more}), weights)
        assert (before is None) == (after is None)
        assert before is None or after is None or after.missing <= before.missing


@pytest.mark.req("B-61")
@given(CASES, WEIGHTS, st.integers(0, 10), MINUTES)
def test_a_better_opinion_never_lowers_it_and_lateness_never_raises_it(
    case, weights, better, later
) -> None:
    before = judged(case, weights)
    if case.points is not None:
        after = judged(replace(case, points=case.points + better), weights)
        assert before is not None
        assert after is not None
        assert after.missing <= before.missing
    after = judged(replace(case, late_minutes=case.late_minutes + later), weights)
    assert before is None or (after is not None and after.missing >= before.missing)


@pytest.mark.req("B-61")
@given(st.lists(CASES, min_size=1, max_size=8), WEIGHTS, st.randoms(use_true_random=False))
def test_it_lies_from_0_to_100_in_every_order_and_no_case_takes_more_than_its_share(
    cases, weights, chance
) -> None:
    whole = score(cases, weights)
    mixed = list(cases)
    chance.shuffle(mixed)
    assert score(mixed, weights) == whole
    if whole is None:
        return
    assert 0 <= whole <= 100
    parts = [part for one in cases if (part := judged(one, weights)) is not None]
    assert all(0 <= part.missing <= 10_000 for part in parts)
    better = fair_score(
        replace(part, missing=0) if n == 0 else part for n, part in enumerate(parts)
    )
    assert better is not None
    assert better - whole <= Decimal(100) / len(parts) + Decimal("0.01")


@pytest.mark.req("B-61")
@given(CASES, WEIGHTS, st.integers(0, 100))
def test_a_harder_case_is_worth_more_and_never_costs_more(case, weights, harder) -> None:
    ordinary = FairCase(Decimal(2), *SCALE)
    before = score([ordinary, case], weights)
    case = replace(case, difficulty_percent=case.difficulty_percent + harder)
    after = score([ordinary, case], weights)
    assert before is not None
    assert after is not None
    assert after >= before


@pytest.mark.parametrize("wrong", [{"relief_percent": 101}, {"tolerance_percent": 0}])
def test_weights_that_turn_the_score_round_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match=r"count|zero"):
        FairWeights(**wrong)
