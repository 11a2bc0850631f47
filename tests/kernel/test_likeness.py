"""How alike two texts are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.kernel.likeness import likeness

pytestmark = pytest.mark.req("B-16")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", Fraction(0)),
        ("门", "门", Fraction(0)),
        ("防火墙", "防火墙", Fraction(1)),
        ("防火墙！", " 防 火 墙", Fraction(1)),
        ("FW-100", "fw100", Fraction(1)),
        # Pairs 不转, 转发 against 不转, 转动: one of two in common.
        ("不转发", "不转动", Fraction(1, 2)),
        ("网络中断", "打印卡纸", Fraction(0)),
        # A pair counts as often as it stands there.
        ("啊啊啊", "啊啊", Fraction(2, 3)),
    ],
)
def test_the_share_of_pairs_in_common(one: str, other: str, expected: Fraction) -> None:
    assert likeness(one, other) == expected


@given(st.text(), st.text())
def test_likeness_is_mutual_and_between_nothing_and_all(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


@given(st.text(alphabet=st.characters(categories=["Ll", "Lo", "Nd"]), min_size=3))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    assert likeness(text, text) == 1
