"""Joint exposure against arithmetic by hand: never above what the cap leaves, never falling."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.remedies.test_penalties import CONTRACT, HEAD_EXTRA, clause
from tests.kernel.written import at, evaluator

from yinuo.kernel.exposure import HORIZONS, exposures, joint_exposure
from yinuo.kernel.facts import Fact

AS_OF = at("2026-07-11 13:00")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
PRICE = Decimal(200)


def hourly(cap: int) -> str:
    return (
        f"{{penalty: {{amount: 200, per_started: 1 hour}}, cap: {{amount: {cap}, over: contract}}}}"
    )


def case(number: int, reported_at, cap: int):
    """A case of its own, evaluated by itself; due four hours after its report."""
    plan = evaluator(clause(hourly(cap)), HEAD_EXTRA)
    call = Fact(f"request:{number}", "reported", reported_at, reported_at, {})
    return plan.evaluate([CONTRACT, call], AS_OF)


def started_hours(late: timedelta) -> int:
    return max(0, -(-late // HOUR)) if late > timedelta(0) else 0


@pytest.mark.req("B-08")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    minutes=st.lists(st.integers(0, 60 * 24), min_size=1, max_size=6),
    cap=st.sampled_from((250, 1_000, 5_000, 1_000_000)),
)
def test_joint_exposure_is_what_arithmetic_says(minutes: list[int], cap: int) -> None:
    cases = [case(n, AS_OF - one * MINUTE, cap) for n, one in enumerate(minutes)]
    due = [one.obligations[0].due_at for one in cases]
    places = {(o.clause_id, o.subject, o.number) for one in cases for o in one.obligations}
    joint = joint_exposure(cases, places)
    now = min(Decimal(cap), PRICE * sum(started_hours(AS_OF - at_) for at_ in due))
    assert joint.accrued == now
    for span, found in zip(HORIZONS, joint.late, strict=True):
        hours = [started_hours(max(AS_OF - at_, timedelta(0)) + span) for at_ in due]
        assert found == min(Decimal(cap), PRICE * sum(hours)) - now
        assert joint.accrued + found <= cap
    assert list(joint.late) == sorted(joint.late)


@pytest.mark.req("B-08")
def test_a_case_alone_is_exposed_as_by_itself() -> None:
    one = case(1, AS_OF - 3 * HOUR, 5_000)
    [single] = exposures(one, "request:1").values()
    joint = joint_exposure([one], {("a", "request:1", 0)})
    assert (joint.accrued, joint.late) == (single.accrued, single.late)
