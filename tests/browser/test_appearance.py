"""Every page as people see it: fits 360 px and wide screens, light and dark, and axe is content."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Console, Visitor
from tests.browser.test_intake import choose_caller, describe, saved

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "/intake/",
    "/intake/?customer={customer}&asset={asset}",
    "/requests/",
    "/requests/?state=all&q=没有这样的请求",
    "/promises/",
    "/customers/",
    "/assets/",
    "/contracts/",
    "/plans/",
    "/settings/",
    "/accounts/sessions/",
    "/accounts/password/change/",
    "/nothing-here/",
]


def violations(visitor: Visitor) -> list[str]:
    """What axe finds on the page, as readable lines.

    The window becomes as tall as the page: a bar that stays at its bottom covers, for axe, whatever
    happens to lie beneath it before anybody scrolls.
    """
    tall = visitor.page.evaluate("document.documentElement.scrollHeight")
    size = visitor.page.viewport_size
    assert size is not None
    visitor.page.set_viewport_size({"width": size["width"], "height": max(size["height"], tall)})
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    found = visitor.page.evaluate("(tags) => axe.run(document, {runOnly: tags})", TAGS)
    visitor.page.set_viewport_size(size)
    return [
        f"{one['id']}: {node['target']}" for one in found["violations"] for node in one["nodes"]
    ]


def overflow(visitor: Visitor) -> int:
    """Pixels by which the page is wider than the window."""
    return visitor.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.req("B-81", "R21")
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_pages_fit_and_axe_finds_nothing(console: Console, width: int, scheme: str) -> None:
    world = console.world
    visitor = console.visit(world.consultant, width=width, color_scheme=scheme)
    found = {}
    for pattern in PAGES:
        path = pattern.format(customer=world.customer_id, asset=world.asset_id)
        visitor.open(path)
        if trouble := [*violations(visitor), *([f"{n} px"] if (n := overflow(visitor)) else [])]:
            found[path] = trouble
    assert found == {}


@pytest.mark.req("B-81")
def test_a_request_page_fits_a_phone_and_axe_finds_nothing(console: Console) -> None:
    visitor = console.visit(console.world.consultant, width=360)
    choose_caller(visitor.page)
    describe(visitor.page, "serious")
    assert violations(visitor) == []
    assert overflow(visitor) == 0
    saved(visitor.page)
    for summary in visitor.page.locator("main summary").all():
        summary.click()
    expect(visitor.page.locator(".why ol").first).to_be_visible()
    assert violations(visitor) == []
    assert overflow(visitor) == 0


@pytest.mark.req("B-81")
def test_sign_in_fits_and_axe_finds_nothing_in_both_languages(console: Console) -> None:
    for locale, words in (("zh-CN", "登录"), ("en-GB", "Sign in")):
        visitor = console.stranger(width=360, locale=locale)
        visitor.open("/accounts/login/")
        expect(visitor.page.locator("h1")).to_have_text(words)
        assert violations(visitor) == []
        assert overflow(visitor) == 0


def test_the_chosen_appearance_is_in_the_page_the_server_sends(consultant: Visitor) -> None:
    page = consultant.page
    page.click(".rail-foot > summary")
    page.click("[name=appearance][value=dark]")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    answer = page.request.get("/intake/")
    assert 'data-bs-theme="dark"' in answer.text()


@pytest.mark.req("B-81")
def test_the_menu_opens_by_keyboard_on_a_phone(console: Console) -> None:
    page = console.visit(console.world.consultant, width=360).page
    page.focus(".topbar button")
    page.keyboard.press("Enter")
    expect(page.locator("#rail")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#rail")).not_to_be_visible()
    page.keyboard.press("Control+Home")
