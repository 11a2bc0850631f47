"""The kernel's prices and those of a second calculator, written otherwise, agree to the fen.

`YINUO_CASES` sets how many quotes are compared (default 500).
"""

from __future__ import annotations

import os
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernel.pricing.calculator import total_fen
from tests.kernel.pricing.generated import drawn, kernel_item, kernel_list

from yinuo.kernel.money import total
from yinuo.kernel.pricing import Priced, price

CASES = int(os.environ.get("YINUO_CASES", "500"))


def check(random: Random) -> Priced:
    entries, items, tax = drawn(random)
    priced = price(kernel_list(entries, tax), [kernel_item(one) for one in items])
    assert priced.total.amount * 100 == total_fen(entries, items, tax)
    return priced


def holds(priced: Priced) -> None:
    """What a reader can check on paper: each line, and the sum."""
    assert total(line.amount for line in priced.lines) == priced.total
    for line in priced.lines:
        assert line.amount == (line.unit_price * line.quantity).rounded()
        assert line.amount.amount.as_tuple().exponent == -2
        assert line.quantity > 0
        assert line.rule.zh
        assert line.rule.en


@pytest.mark.req("B-70")
@settings(deadline=None, max_examples=120)
@given(st.randoms(use_true_random=False))
def test_what_is_drawn_by_hypothesis_agrees_and_adds_up(random: Random) -> None:
    holds(check(random))


@pytest.mark.req("B-70")
def test_many_generated_quotes_agree_to_the_fen() -> None:
    random = Random(20261122)
    for _ in range(CASES):
        check(random)


@pytest.mark.req("B-70")
def test_the_comparison_can_fail() -> None:
    """One fen more in the kernel's answer is seen."""
    entries, items, tax = drawn(Random(3))
    priced = price(kernel_list(entries, tax), [kernel_item(one) for one in items])
    assert (priced.total.amount + Decimal("0.01")) * 100 != total_fen(entries, items, tax)
