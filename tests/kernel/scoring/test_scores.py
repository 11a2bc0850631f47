"""Which answer counts and what answers come to, whatever the order they came in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.kernel.plan.reports import USUAL_POINTS, Satisfaction
from yinuo.kernel.scoring import (
    USUAL_ORDER,
    Answered,
    Given,
    Source,
    counting_answer,
    score_of,
    together,
)

DAY = datetime(2026, 9, 1, tzinfo=UTC)
OPINIONS = st.sampled_from(list(Satisfaction))
GIVEN = st.builds(
    Given,
    number=st.integers(0, 10_000),
    source=st.sampled_from(list(Source)),
    opinion=OPINIONS,
    given_at=st.integers(0, 5).map(lambda hours: DAY + timedelta(hours=hours)),
)
SEVERAL = st.lists(GIVEN, max_size=8, unique_by=lambda one: one.number)
ANSWERED = st.lists(
    st.builds(Answered, OPINIONS, st.integers(-9, 9).map(Decimal), st.integers(1, 20)), max_size=12
)


@pytest.mark.req("LV-08")
def test_september_of_one_engineer_is_28_over_11_sheets() -> None:
    said = [*4 * ["very_satisfied"], *3 * ["satisfied"], "fair", *2 * ["no_statement"]]
    sheets = [Satisfaction(one) for one in [*said, "dissatisfied"]]
    score = score_of(Answered(one, USUAL_POINTS[one]) for one in sheets)
    assert (score.points, score.cases, score.mean) == (Decimal(28), 11, Decimal("2.55"))


@pytest.mark.req("LV-08")
@given(SEVERAL, st.randoms(use_true_random=False), st.permutations(USUAL_ORDER))
def test_one_answer_counts_whatever_the_order_they_came_in(answers, chance, order) -> None:
    chosen = counting_answer(answers, order)
    mixed = list(answers)
    chance.shuffle(mixed)
    assert counting_answer(mixed, order) == chosen
    assert (chosen is None) == (not answers)
    if chosen is None:
        return
    stated = [one for one in answers if one.opinion is not Satisfaction.NO_STATEMENT]
    rivals = stated or answers
    assert chosen in rivals
    assert order.index(chosen.source) == min(order.index(one.source) for one in rivals)
    same = [one for one in rivals if one.source is chosen.source]
    assert chosen.given_at == max(one.given_at for one in same)


@pytest.mark.req("LV-08")
@given(SEVERAL, GIVEN)
def test_one_more_answer_changes_nothing_or_counts_itself(answers, more) -> None:
    before = counting_answer(answers)
    assert counting_answer([*answers, more]) in (before, more)


@pytest.mark.req("BP-13")
@given(ANSWERED, ANSWERED)
def test_a_supervisors_score_is_that_of_all_answers_of_his_engineers(one, other) -> None:
    assert together([score_of(one), score_of(other)]) == score_of([*one, *other])


@given(ANSWERED)
def test_a_score_has_every_opinion_and_a_mean_within_its_points(answers) -> None:
    score = score_of(answers)
    assert set(score.counts) == set(Satisfaction)
    assert score.cases == sum(one.cases for one in answers)
    if score.mean is None:
        assert not answers
    else:
        points = [one.points for one in answers]
        assert min(points) <= score.mean <= max(points)
