"""Money is exact."""

from __future__ import annotations

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.kernel import instants, money
from yinuo.kernel.calendars import calendar, spec
from yinuo.kernel.money import (
    Money,
    MoneyError,
    MoneyRounding,
    largest_remainder,
    total,
)

FEN = st.integers(-(10**15), 10**15).map(lambda fen: Money(Decimal(fen).scaleb(-2)))


@pytest.mark.req("SG-02")
def test_percent_of_a_contract_is_exact() -> None:
    assert Money("486000.00").percent(1) == Money("4860")
    assert Money("2860000").percent("0.05") == Money(1430)
    assert Money("0.01").percent("0.01").amount == Decimal("0.000001")


ROUNDINGS = [
    ("0.005", MoneyRounding.HALF_UP, "0.01"),
    ("-0.005", MoneyRounding.HALF_UP, "-0.01"),
    ("0.015", MoneyRounding.HALF_EVEN, "0.02"),
    ("0.025", MoneyRounding.HALF_EVEN, "0.02"),
    ("0.019", MoneyRounding.DOWN, "0.01"),
    ("0.011", MoneyRounding.CEILING, "0.02"),
    ("0.0149999999999999999999", MoneyRounding.HALF_UP, "0.01"),
]


@pytest.mark.parametrize(("amount", "rounding", "rounded"), ROUNDINGS)
def test_rounding_to_the_fen(amount, rounding, rounded) -> None:
    assert str(Money(amount).rounded(rounding).amount) == rounded


def test_rounding_to_other_steps() -> None:
    assert Money("1250").rounded(step=Decimal(100)).amount == 1300
    assert Money("12.5", "JPY").rounded().amount == 13
    with pytest.raises(MoneyError):
        Money(1).rounded(step=Decimal(0))


@given(st.lists(FEN, max_size=8))
def test_the_total_is_the_sum_of_the_lines_in_any_order(lines) -> None:
    fen = sum(int(line.amount * 100) for line in lines)
    assert total(lines).amount * 100 == fen
    assert total(reversed(lines)) == total(lines)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 1000), min_size=1, max_size=6))
def test_a_split_loses_no_fen(fen: int, weights: list[int]) -> None:
    amount = Money(Decimal(fen).scaleb(-2))
    if not sum(weights):
        with pytest.raises(MoneyError):
            largest_remainder(amount, weights)
        return
    parts = largest_remainder(amount, weights)
    assert total(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.amount - amount.amount * weight / sum(weights)) < Decimal("0.01")


REFUSED = [
    lambda: Money(0.1),
    lambda: Money(True),
    lambda: Money("NaN"),
    lambda: Money("Infinity"),
    lambda: Money("12 元"),
    lambda: Money(None),
    lambda: Money(10**16),
    lambda: Money(1, "cny"),
    lambda: Money(1, "人民币"),
    lambda: Money(1) + Money(1, "USD"),
    lambda: Money(1) - Money(1, "USD"),
    lambda: Money(1) < Money(1, "USD"),
    lambda: Money(1) + 1,
    lambda: Money(1) * 0.5,
    lambda: Money(1) * Money(1),
    lambda: Money(1).percent(0.5),
]


@pytest.mark.parametrize("wrong", REFUSED)
def test_floats_mixed_currencies_and_what_is_no_amount_are_refused(wrong) -> None:
    with pytest.raises(MoneyError):
        wrong()


def test_equal_amounts_are_equal_however_many_zeros_are_written() -> None:
    assert Money("1.5") == Money("1.50")
    assert hash(Money("1.5")) == hash(Money("1.50"))
    assert Money(1) != Money(1, "USD")
    assert Money("-0.00") == Money(0)
    assert str(Money("-0.00")) == "0.00 CNY"
    assert max(Money(1), Money(2)) == Money(2)
    assert not Money("0.00")


@pytest.mark.parametrize("module", [money, instants, calendar, spec])
def test_examples_in_the_docstrings(module) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
