"""Amounts in Chinese capitals follow the rules for bills and read back as what they were."""

from __future__ import annotations

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.kernel import capitals
from yinuo.kernel.capitals import chinese_capitals
from yinuo.kernel.money import MoneyError

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
@pytest.mark.parametrize(("amount", "written"), CAPITALS)
def test_capitals(amount: str, written: str) -> None:
    assert chinese_capitals(Decimal(amount)) == written


def _read(written: str) -> Decimal:
    """The amount written in capitals, read the way a clerk does."""
    digits = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
    tens = {"拾": 10, "佰": 100, "仟": 1000}
    text = written.removeprefix("人民币").removesuffix("整")
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
    written = chinese_capitals(amount)
    assert _read(written) == amount
    assert "零零" not in written


@given(st.integers(1, 10**15))
def test_below_zero_reads_as_above_with_one_sign(fen: int) -> None:
    amount = Decimal(fen).scaleb(-2)
    above = chinese_capitals(amount)
    assert chinese_capitals(-amount) == above.replace("人民币", "人民币负", 1)


@pytest.mark.req("R41")
@pytest.mark.parametrize(
    "refused",
    ["0.001", "-12.345", "1E-20", "1E-999999", "NaN", "Infinity", "10000000000000000", "1E+999999"],
)
def test_nothing_is_rounded_or_guessed(refused: str) -> None:
    with pytest.raises(MoneyError):
        chinese_capitals(Decimal(refused))


@pytest.mark.req("R41")
@pytest.mark.parametrize("refused", [1.5, "100", True])
def test_only_decimals_are_amounts(refused: object) -> None:
    with pytest.raises(MoneyError):
        chinese_capitals(refused)


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        ("5.100", "人民币伍元壹角整"),
        ("1E+4", "人民币壹万元整"),
        ("-0.00", "人民币零元整"),
        ("9999999999999999.99", None),
    ],
)
def test_the_spelling_of_the_figure_does_not_matter(figure: str, written: str | None) -> None:
    text = chinese_capitals(Decimal(figure))
    assert text == (written or text)
    assert _read(text) == Decimal(figure)


def test_the_examples_in_the_source_hold() -> None:
    assert doctest.testmod(capitals).attempted > 0
    assert doctest.testmod(capitals).failed == 0
