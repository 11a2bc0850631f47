"""Today's promises in a real browser: a list that lives, also on a small screen."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.conftest import Console, Visitor
from tests.browser.test_intake import choose_caller, describe, saved


def test_an_open_list_asks_anew_when_somebody_takes_in_a_case(
    console: Console, consultant: Visitor
) -> None:
    watching = console.visit(console.world.colleague)
    watching.open("/promises/")
    listed = watching.page.locator("#promise-list")
    before = listed.get_attribute("data-version") or ""
    choose_caller(consultant.page)
    describe(consultant.page, "serious")
    saved(consultant.page)
    expect(listed).not_to_have_attribute("data-version", before, timeout=10_000)


def test_the_list_and_the_inbox_fit_a_small_screen(console: Console) -> None:
    small = console.visit(console.world.consultant, width=360)
    for address in ("/promises/", "/notices/"):
        small.open(address)
        assert small.page.evaluate("document.documentElement.scrollWidth") <= 360
        expect(small.page.locator(".bell")).to_be_visible()
