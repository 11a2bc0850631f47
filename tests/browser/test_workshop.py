"""A plan's next version in a real browser: written as a form, tried, tested, approved, published."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console
from tests.browser.test_appearance import overflow, violations
from tests.browser.test_archive import ADMINISTRATOR, save

LIVE = re.compile("/plans/drafts/.*/form/")
LIMIT = "#f-clauses\\/0\\/limit"


def enter(page: Page, selector: str, text: str) -> None:
    """Type into a field of the form and wait until the file follows."""
    with page.expect_response(LIVE):
        page.fill(selector, text)
        page.locator(selector).blur()


def second_person(console: Console) -> Page:
    """The browser of a colleague who approves plans."""
    page = console.visit(ADMINISTRATOR).page
    page.goto("/settings/people/new/")
    page.fill("[name=name]", "方案审批人")
    save(page)
    page.select_option("#role [name=role_code]", label="服务总监")
    with page.expect_navigation():
        page.click("#role button")
    page.fill("#account [name=username]", "shenpi")
    with page.expect_navigation():
        page.click("#account button")
    invitation = page.input_value("#invitation-address")
    guest = console.stranger().page
    guest.goto(invitation)
    for field in ("password", "password_again"):
        guest.fill(f"[name={field}]", "Zwei-lange-Passworte-8")
    guest.press("[name=password_again]", "Enter")
    expect(guest.locator(".rail-person")).to_contain_text("方案审批人")
    return guest


@pytest.mark.req("B-04", "B-81")
def test_a_version_is_written_tried_tested_approved_and_published(console: Console) -> None:
    visitor = console.visit(ADMINISTRATOR, width=1440)
    page = visitor.page
    page.goto("/plans/")
    page.click("table a >> nth=0")
    page.click("text=以此为基础发布新版本")
    with page.expect_navigation():
        page.click("button[value=draft]")
    with page.expect_response(LIVE):
        page.select_option("#plan-clause", "clauses/0")
    expect(page.locator(LIMIT)).to_be_visible()
    enter(page, LIMIT, "20 minuts")
    expect(page.locator("#plan-form .wrong").first).to_contain_text("minuts")
    expect(page.locator("#plan-findings")).to_contain_text("错误")
    enter(page, LIMIT, "20 minutes")
    expect(page.locator("#plan-findings")).not_to_contain_text("minuts")
    assert "limit: 20 minutes" in page.input_value("textarea[name=source]")
    assert violations(visitor) == []
    with page.expect_navigation():
        page.click("button[value=check]")
    expect(page.locator("#changes-heading + *, .before-after").first).to_be_visible()
    page.click("button[value=try]")
    expect(page.locator("#tried")).to_be_visible()
    page.fill("[name=name]", "来电即算")
    with page.expect_navigation():
        page.click("button[value=keep]")
    expect(page.locator("[aria-labelledby=tests-heading]")).to_contain_text("通过")
    expect(page.locator("[aria-labelledby=decide-heading]")).to_contain_text("另一人")
    assert violations(visitor) == []
    address = page.url
    guest = second_person(console)
    guest.goto(address)
    with guest.expect_navigation():
        guest.click("form[action$='approve/'] button")
    page.goto(address)
    with page.expect_navigation():
        page.click("#publish button")
    expect(page.locator("h1")).to_contain_text("v2")


def test_the_workshop_fits_a_phone(console: Console) -> None:
    visitor = console.visit(ADMINISTRATOR, width=360)
    page = visitor.page
    page.goto("/plans/publish/?shipped=empty")
    with page.expect_navigation():
        page.click("button[value=draft]")
    assert overflow(visitor) <= 0
    with page.expect_response(LIVE):
        page.select_option("#plan-clause", "clauses/0")
    assert overflow(visitor) <= 0
    assert violations(visitor) == []
    with page.expect_navigation():
        page.click("button[value=check]")
    assert overflow(visitor) <= 0
    assert violations(visitor) == []
