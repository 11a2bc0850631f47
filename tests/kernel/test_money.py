"""Money is exact, and its capitals follow the rules for bills."""

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
    in_chinese_capitals,
    largest_remainder,
    total,
)

FEN = st.integers(-(10**15), 10**15).map(lambda fen: Money(Decimal(fen).scaleb(-2)))

CAPITALS = [
    ("0", "人民币零元整"),
    ("0.05", "人民币伍分"),
    ("0.50", "人民币伍角整"),
    ("0.55", "人民币伍角伍分"),
    ("1", "人民币壹元整"),
    ("1.01", "人民币壹元零壹分"),
    ("10.00", "人民币壹拾元整"),
    ("16.10", "人民币壹拾陆元壹角整"),
    ("100.07", "人民币壹佰元零柒分"),
    ("1001.10", "人民币壹仟零壹元壹角整"),
    ("1010", "人民币壹仟零壹拾元整"),
    ("1100", "人民币壹仟壹佰元整"),
    ("6007.14", "人民币陆仟零柒元壹角肆分"),
    ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
    ("10001", "人民币壹万零壹元整"),
    ("10010", "人民币壹万零壹拾元整"),
    ("14580.00", "人民币壹万肆仟伍佰捌拾元整"),  # story 2
    ("100000.01", "人民币壹拾万元零壹分"),
    ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
    ("200000", "人民币贰拾万元整"),
    ("1000001", "人民币壹佰万零壹元整"),
    ("2860000.00", "人民币贰佰捌拾陆万元整"),
    ("10010001", "人民币壹仟零壹万零壹元整"),
    ("100000000", "人民币壹亿元整"),
    ("100000001", "人民币壹亿零壹元整"),
    ("100010000", "人民币壹亿零壹万元整"),
    ("101000000", "人民币壹亿零壹佰万元整"),
    ("112345678.90", "人民币壹亿壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角整"),
    ("1000000000000", "人民币壹万亿元整"),
    ("1000100000000", "人民币壹万零壹亿元整"),
    ("1000000000001.01", "人民币壹万亿零壹元零壹分"),
    ("-3.20", "人民币负叁元贰角整"),
]


@pytest.mark.req("B-71")
@pytest.mark.parametrize(("amount", "capitals"), CAPITALS)
def test_capitals(amount: str, capitals: str) -> None:
    assert in_chinese_capitals(Money(amount)) == capitals


def _read(capitals: str) -> Decimal:
    """The amount written in capitals, read the way a clerk does."""
    digits = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
    tens = {"拾": 10, "佰": 100, "仟": 1000}
    text = capitals.removeprefix("人民币").removesuffix("整")
    sign, text = (-1, text[1:]) if text.startswith("负") else (1, text)
    total_fen, section, group, digit = 0, 0, 0, 0
    for character in text:
        if character in digits:
            digit = digits[character]
        elif character in tens:
            group, digit = group + digit * tens[character], 0
        elif character in "万亿":
            section = (section + group + digit) * (10_000 if character == "万" else 100_000_000)
            group = digit = 0
            if character == "亿":
                total_fen, section = total_fen + section * 100, 0
        else:
            value = section + group + digit
            total_fen += value * {"元": 100, "角": 10, "分": 1}[character]
            section = group = digit = 0
    return Decimal(sign * total_fen).scaleb(-2)


@given(st.integers(0, 10**13 - 1), st.booleans())
def test_capitals_read_back_as_the_amount(fen: int, round_tens: bool) -> None:
    amount = Decimal(fen - fen % 10**7 if round_tens else fen).scaleb(-2)
    capitals = in_chinese_capitals(Money(amount))
    assert _read(capitals) == amount
    assert "零零" not in capitals


def test_capitals_are_refused_for_parts_of_a_fen_and_other_currencies() -> None:
    for refused in (Money("0.001"), Money(1, "USD")):
        with pytest.raises(MoneyError):
            in_chinese_capitals(refused)


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
