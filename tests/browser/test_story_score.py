"""Story 3: the score of September, read by the manager and by the engineer it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.conftest import Visitor, installed
from tests.browser.test_appearance import overflow, violations
from tests.browser.world import PASSWORD

SEPTEMBER = "?by=engineer&period=2026-09"


@pytest.fixture(scope="module")
def september() -> Iterator[tuple[str, list[str]]]:
    """An installation of its own: eleven signed sheets would stand in the way of other tests."""
    with installed("build_september") as made:
        yield made


def _signed_in(chromium: Browser, address: str, name: str, **context: Any) -> Visitor:
    context = {"locale": "zh-CN", "base_url": address, **context}
    visitor = Visitor(chromium.new_context(**context).new_page(), address)
    visitor.open("/accounts/login/")
    visitor.page.fill("[name=login]", name)
    visitor.page.fill("[name=password]", PASSWORD)
    visitor.page.press("[name=password]", "Enter")
    visitor.page.wait_for_selector(".rail-person", state="attached")
    return visitor


@pytest.mark.req("LV-08", "B-61")
def test_story_3_september_is_28_over_11_sheets_for_the_manager_and_for_the_engineer(
    september: tuple[str, list[str]], chromium: Browser
) -> None:
    address, (manager, engineer) = september
    desk = _signed_in(chromium, address, manager)
    desk.open(f"/satisfaction/{SEPTEMBER}")
    row = desk.page.locator("table.list tbody tr", has_text="赵强")
    shown = ["4", "3", "1", "2", "1", "11", "28"]
    expect(row.locator("td")).to_contain_text(["赵强", "华南中心", *shown])
    assert violations(desk) == []
    phone = _signed_in(chromium, address, engineer, viewport={"width": 360, "height": 740})
    phone.open("/my-score/?period=2026-09")
    expect(phone.page.locator("table.list tbody tr td")).to_contain_text(["2026-09", *shown])
    assert [*violations(phone), overflow(phone)] == [0]
    assert desk.complaints == phone.complaints == []
