"""Price list files: the shipped ones are right, wrong ones are told by line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from yinuo.planfile import PlanError
from yinuo.planfile.pricelists import check_price_list, load_price_list

PRICES = Path(__file__).parents[2] / "prices"
GOOD = """\
price_list: test
title: {zh: 测试, en: Test}
zones: {inner: 市内}
entries:
  - code: visit
    kind: by_zone
    title: Visit
    unit: visits
    prices: {inner: 400}
  - code: switch
    kind: tiers
    title: Switch
    unit: pieces
    tiers: [{up_to: 5, price: 400}, {over: 5, price: 360}]
"""


@pytest.mark.req("B-70")
@pytest.mark.parametrize("file", sorted(PRICES.glob("*.yaml")), ids=lambda file: file.stem)
def test_shipped_lists_have_no_mistake_and_their_own_code(file):
    checked = check_price_list(file.read_bytes(), file.name)
    assert checked.problems == ()
    assert checked.price_list is not None
    assert checked.price_list.code == file.stem


@pytest.mark.req("B-70")
def test_the_same_list_written_otherwise_has_the_same_hash():
    first = load_price_list(GOOD)
    again = load_price_list(GOOD.replace("{inner: 市内}", "\n  inner: {zh: 市内, en: 市内}"))
    other = load_price_list(GOOD.replace("360", "361"))
    assert first.hash == again.hash != other.hash


@pytest.mark.req("LV-13", "B-70")
@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ("{over: 5, price", "{over: 4, price", (14, 12), "overlapping_tiers"),
        ("{over: 5, price", "{over: 7, price", (10, 5), "open_gap"),
        ("prices: {inner: 400}", "prices: {outer: 400}", (9, 13), "unknown_zone"),
        ("prices: {inner: 400}", "prices: {inner: -4}", (9, 21), "bad_value"),
        ("kind: tiers", "kind: tires", (11, 11), "unknown_word"),
        ("    unit: pieces\n", "", (10, 5), "missing_key"),
        ("code: switch", "code: visit", (10, 11), "duplicate_entry"),
        ("    unit: visits", "    units: visits", (8, 5), "unknown_key"),
        ("price_list: test", "price_list: test\ncurrency: yuan", (2, 11), "bad_value"),
    ],
)
def test_a_mistake_is_told_with_its_place_in_both_languages(old, new, place, code):
    checked = check_price_list(GOOD.replace(old, new))
    assert checked.price_list is None
    found = [(one.line, one.column, one.code) for one in checked.problems]
    assert (*place, code) in found
    for one in checked.problems:
        assert one.said("zh-hans") != one.said("en")


@pytest.mark.parametrize("text", ["", "[]", "a: &x 1\nb: *x", "price_list: {", "\x00"])
def test_nonsense_is_refused_calmly(text):
    with pytest.raises(PlanError):
        load_price_list(text)
