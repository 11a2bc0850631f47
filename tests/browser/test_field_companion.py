"""The phone of whoever goes along: he reads the visit and writes his hours, without network too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console, Visitor
from tests.browser.field_steps import (
    agree,
    all_sent,
    arrive_without_proof,
    has_unsent,
    issue_sheet,
    open_app,
    open_job,
    press,
    save,
)
from tests.browser.test_appearance import overflow, violations
from tests.browser.test_field_leaving import phone_of

COMPANION, NAME = "han.lei", "韩磊"


def typed(page: Page, minutes: int) -> str:
    """What the phone's clock shows so many minutes from now, as its form takes it."""
    at = "new Date(Date.now() + m * 60000 - new Date().getTimezoneOffset() * 60000)"
    return str(page.evaluate(f"(m) => {at}.toISOString().slice(0, 16)", minutes))


def named_along(console: Console, sheet: str) -> None:
    """Whoever gives the sheet out lets somebody go along."""
    desk = console.visit(console.world.manager).page
    desk.goto(f"{sheet}along/")
    desk.locator("label", has_text=NAME).first.click()
    desk.click("#editor [type=submit]")
    expect(desk.locator("main")).to_contain_text(NAME)


def looks_right(visitor: Visitor) -> None:
    """Nothing is cut off, everything can be used without a mouse or eyes."""
    assert violations(visitor) == []
    assert overflow(visitor) <= 0


@pytest.mark.req("B-30", "B-40")
def test_hours_written_without_network_count_once_the_lead_has_arrived(console: Console) -> None:
    symptom = "机柜搬位复测（两人同去）"
    _request, sheet = issue_sheet(console, symptom)
    named_along(console, sheet)
    lead = open_app(console).page
    open_job(lead, symptom)
    lead.context.set_offline(True)
    press(lead, "接单")
    agree(lead, "2027-01-05T10:30", "上门")
    press(lead, "出发")
    arrive_without_proof(lead, "地下室无信号")
    along = phone_of(console, COMPANION)
    page = along.page
    open_job(page, symptom)
    expect(page.locator("#next")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("与带队工程师赵强相同")
    looks_right(along)
    page.context.set_offline(True)
    page.get_by_role("link", name="填写我的工时").click()
    page.fill("[name=began_at]", typed(page, 0))
    page.fill("[name=ended_at]", typed(page, -10))
    page.get_by_role("button", name="保存").click()
    expect(page.locator("form .note")).to_contain_text("结束时间早于开始时间")
    looks_right(along)
    page.fill("[name=began_at]", typed(page, 0))
    page.fill("[name=ended_at]", typed(page, 1))
    save(page)
    has_unsent(page, 1)
    expect(page.locator("main")).not_to_contain_text("与带队工程师赵强相同")
    # The lead's phone has not told of the arrival: the hours are not lost, they wait.
    page.context.set_offline(False)
    page.goto("/field/#/unsent")
    page.get_by_role("button", name="立即上传").click()
    expect(page.locator("#badge")).not_to_have_attribute("aria-busy", "true")
    has_unsent(page, 1)
    lead.context.set_offline(False)
    all_sent(lead)
    page.get_by_role("button", name="立即上传").click()
    all_sent(page)
    desk = console.visit(console.world.manager).page
    desk.goto(sheet)
    expect(desk.locator("main")).to_contain_text(NAME)
