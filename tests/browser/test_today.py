"""Today's promises in a real browser: a list that lives, also on a small screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Console, Visitor
from tests.browser.test_intake import SYMPTOM, choose_caller, saved


@pytest.mark.req("B-02")
def test_an_open_list_shows_a_case_that_somebody_takes_in(
    console: Console, consultant: Visitor
) -> None:
    watching = console.visit(console.world.colleague)
    watching.open("/promises/")
    page = consultant.page
    choose_caller(page)
    page.fill("[name=symptom]", SYMPTOM)
    page.locator("[name=asset_id]").first.check()
    page.check("[name=level][value=serious]")
    saved(page)
    number = page.locator("h1").inner_text()
    expect(watching.page.locator("#promise-list")).to_contain_text(number, timeout=10_000)


@pytest.mark.req("B-81")
def test_the_list_and_the_inbox_fit_a_small_screen(console: Console) -> None:
    small = console.visit(console.world.consultant, width=360)
    for address in ("/promises/", "/notices/"):
        small.open(address)
        assert small.page.evaluate("document.documentElement.scrollWidth") <= 360
        expect(small.page.locator(".bell")).to_be_visible()
