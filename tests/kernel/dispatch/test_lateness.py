"""The price of being late as a line over time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.kernel.dispatch.lateness import Lateness

DUE = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
AT = int(DUE.timestamp())
STEPS = st.lists(st.tuples(st.integers(1, 9000), st.integers(0, 5000)), min_size=1, max_size=5)


def line(steps) -> Lateness:
    at, fen, points = 1000, 0, []
    for span, rise in steps:
        at, fen = at + span, fen + rise
        points.append((at, fen))
    return Lateness(tuple(points))


def test_at_the_due_instant_it_is_in_time_and_a_second_later_the_started_hour_is_owed():
    late = Lateness.of_exposure(
        DUE, DUE - timedelta(hours=2), [Decimal(4860), Decimal(4860), Decimal(34020)]
    )
    assert late.fen(AT) == 0
    assert late.fen(AT + 1) == 486_000
    assert late.fen(AT + 86_400) == 486_000
    assert late.fen(AT + 7 * 86_400) == late.fen(AT + 99 * 86_400) == 3_402_000


def test_what_is_missed_already_costs_from_now_on():
    late = Lateness.of_exposure(
        DUE, DUE + timedelta(hours=5), [Decimal(0), Decimal(200), Decimal(200)]
    )
    assert late.fen(AT + 5 * 3600) == late.fen(AT + 6 * 3600) == 0
    assert 0 < late.fen(AT + 10 * 3600) < late.fen(AT + 29 * 3600) == 20_000


def test_without_a_price_an_hour_has_a_rate_and_an_end():
    late = Lateness.at_rate(DUE, 3000, 8)
    assert [late.fen(AT + hours * 3600) for hours in (0, 1, 8, 50)] == [0, 3000, 24_000, 24_000]


@given(STEPS, st.lists(st.integers(0, 60_000), min_size=1, max_size=20))
def test_arrays_and_single_instants_agree_and_later_never_costs_less(steps, instants):
    late = line(steps)
    instants = sorted(instants)
    found = late.fens(np.array(instants)).tolist()
    assert found == [late.fen(at) for at in instants]
    assert found == sorted(found)


@pytest.mark.parametrize("points", [(), ((5, -1),), ((5, 1), (5, 2)), ((5, 3), (6, 2))])
def test_a_line_back_in_time_or_down_is_refused(points):
    with pytest.raises(ValueError, match="late"):
        Lateness(points)
