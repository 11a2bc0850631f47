"""A customer on his phone: invited, reports a fault, sees what is promised to him."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console, Visitor
from tests.browser.test_appearance import overflow, violations
from tests.browser.world import CONTACT, SERIAL

OWN_PASSWORD = "river_Kettle_81_slow"
SYMPTOM = "面板告警灯常亮，备机没有接管。"


def invitation(console: Console) -> str:
    """The consultant gives the contact a sign-in; gives the link as it is shown once."""
    page = console.visit(console.world.consultant).page
    page.goto(f"/customers/{console.world.customer_id}/")
    page.click(f"[aria-label='登录账号 {CONTACT}']")
    if page.locator("[name=username]").count():
        page.fill("[name=username]", "ouyang")
        page.click("text=开通登录")
    else:
        page.click("button:has-text('新邀请')")
    return page.locator("#invitation").inner_text().strip()


@pytest.fixture
def customer(console: Console) -> Visitor:
    """The contact on his phone, at his first page."""
    visitor = console.stranger(width=360)
    visitor.open(invitation(console))
    visitor.page.fill("[name=password]", OWN_PASSWORD)
    visitor.page.fill("[name=password_again]", OWN_PASSWORD)
    visitor.page.press("[name=password_again]", "Enter")
    visitor.page.wait_for_url("**/my/")
    return visitor


def fill_in(page: Page) -> None:
    """Choose the device and the level, and say what is wrong."""
    page.goto("/my/report/")
    option = page.locator("[name=asset_id] option", has_text=SERIAL)
    page.select_option("[name=asset_id]", value=option.get_attribute("value"))
    page.check("[name=level][value=serious]")
    page.fill("[name=symptom]", SYMPTOM)


@pytest.mark.req("B-15", "R21")
def test_a_customer_reports_on_his_phone_and_sees_what_is_promised(customer: Visitor) -> None:
    page = customer.page
    fill_in(page)
    expect(page.locator("#dues li").first).to_contain_text(re.compile(r"\d+月\d+日"))
    foreseen = page.locator("#dues li strong").all_inner_texts()
    assert [*violations(customer), overflow(customer)] == [0]
    page.click("text=提交报修")
    page.wait_for_url(re.compile(r"/my/requests/[\w-]{36}/"))
    expect(page.locator("h1")).to_have_text("已受理")
    left = page.locator("[data-due]").first
    before = left.inner_text()
    assert before.startswith("剩余")
    expect(left).not_to_have_text(before)  # it ticks
    promised = page.locator(".promise strong").all_inner_texts()
    assert set(foreseen) <= set(promised)
    assert [*violations(customer), overflow(customer)] == [0]
    page.goto("/my/")
    expect(page.locator(".card").first).to_contain_text(SYMPTOM)
    for path in ("/my/", "/my/assets/", "/my/requests/"):
        customer.open(path)
        assert [*violations(customer), overflow(customer)] == [0], path


def test_words_survive_a_reload_and_a_second_touch_sends_nothing_twice(customer: Visitor) -> None:
    page = customer.page
    fill_in(page)
    page.reload()
    expect(page.locator("[name=symptom]")).to_have_value(SYMPTOM)
    page.check("[name=level][value=serious]")
    page.locator("text=提交报修").dblclick()
    page.wait_for_url(re.compile(r"/my/requests/[\w-]{36}/"))
    number = page.locator("dd.figures").inner_text()
    page.goto("/my/")
    assert page.locator(".card", has_text=SYMPTOM).first.inner_text().count(number) == 1
    page.goto("/my/report/")
    expect(page.locator("[name=symptom]")).to_have_value("")


def test_his_page_follows_what_is_done_and_ends_with_his_sign_in(
    console: Console, customer: Visitor
) -> None:
    page = customer.page
    fill_in(page)
    page.click("text=提交报修")
    page.wait_for_url(re.compile(r"/my/requests/[\w-]{36}/"))
    staff = console.visit(console.world.consultant).page
    staff.goto(f"/customers/{console.world.customer_id}/")
    staff.click(f"[aria-label='登录账号 {CONTACT}']")
    staff.click("text=收回登录权限")
    expect(page.locator("h1")).not_to_have_text("已受理", timeout=15_000)
    page.goto("/my/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
