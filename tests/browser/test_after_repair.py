"""The end of the broadcaster's night: report, call-back and archive, on the screens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visitor
from tests.browser.story_world import MORNING_BROADCASTER, MORNING_NUMBER
from tests.browser.test_intake import choose_caller, saved
from tests.browser.test_stories import promise, record, report

REPORT_FIELDS = {
    "field_symptom": "播出平台网络链路中断，频道停播。",
    "field_cause": "交换机光模块老化，收光功率低于门限。",
    "field_method": "更换光模块与交换板，链路恢复后观察 1 小时。",
    "field_loss": "频道停播 14 小时 25 分。",
}


def send(page: Page) -> None:
    """Send the form of the page."""
    with page.expect_navigation():
        page.locator("#editor [type=submit]").click()


@pytest.fixture
def restored(consultant: Visitor) -> str:
    """The address of the broadcaster's request, restored at 12:05."""
    page = consultant.page
    choose_caller(page, MORNING_NUMBER)
    report(page, "播出链路中断，频道停播", "serious", "2026-02-14T21:40", category="link_down")
    saved(page)
    record(page, "responded", "2026-02-14T21:52", analysis="疑似光模块故障")
    record(page, "restored", "2026-02-15T12:05", method="更换光模块与交换板")
    record(page, "confirmed_by_customer", "2026-02-15T12:05", confirmed_by="周启明")
    return page.url.partition("?")[0]


@pytest.mark.req("BP-11", "BP-12", "LV-06", "LV-08")
def test_the_morning_after_is_reported_called_back_and_archived(
    consultant: Visitor, restored: str
) -> None:
    page = consultant.page
    expect(promise(page, "问题报告")).to_contain_text("2月16日 12:05")
    expect(page.locator("#after")).to_contain_text("归档前尚缺")

    page.click("#after a:has-text('编写报告')")
    assert "更换光模块与交换板" in page.input_value("[name=field_method]")
    page.select_option("[name=field_kind]", "network")
    for name, text in REPORT_FIELDS.items():
        page.fill(f"[name={name}]", text)
    send(page)
    page.click("summary:has-text('纸质签发')")
    page.fill("[name=occurred_at]", "2026-02-16T09:00")
    send(page)
    expect(page.locator("h1")).to_contain_text("已签发")
    with page.expect_download() as download:
        page.click("a:has-text('PDF 中文')")
    assert download.value.suggested_filename.endswith("-1-zh.pdf")

    page.click("a:has-text('登记提交客户')")
    page.check("[name=channel][value=email]")
    page.fill("[name=received_by]", "周启明")
    page.fill("[name=occurred_at]", "2026-02-16T09:00")
    send(page)
    expect(promise(page, "问题报告")).to_contain_text("提前 3 小时")

    page.click("#after a:has-text('回访')")
    page.check("[name=reached][value=yes]")
    page.check("[name=done][value=yes]")
    page.check("[name=satisfaction][value=very_satisfied]")
    page.fill("[name=spoken_to]", "周启明")
    page.fill("[name=occurred_at]", "2026-02-16T09:30")
    send(page)
    # So long after it happened, the form asks why it is recorded only now.
    page.fill("[name=late_reason]", "按纸质记录补录")
    send(page)
    expect(page.locator("#after")).to_contain_text("非常满意 (5)")
    expect(page.locator("#after")).not_to_contain_text("归档前尚缺")

    record(page, "archived", "2026-02-16T10:00")
    expect(page.locator(".head")).to_contain_text("已归档")
    page.goto(f"/customers/?q={MORNING_BROADCASTER}")
    page.click("td a[href^='/customers/']")
    page.click("a:has-text('历史记录')")
    expect(page.locator("main")).to_contain_text("问题报告")
    expect(page.locator("main")).to_contain_text("更换光模块与交换板")


@pytest.mark.req("LV-06")
def test_nobody_reached_stays_on_the_list_of_the_day(consultant: Visitor, restored: str) -> None:
    page = consultant.page
    number = page.locator("h1").inner_text().split()[0]
    page.goto("/call-backs/")
    row = page.locator("tr", has_text=number)
    row.locator("a:has-text('回访')").click()
    page.check("[name=reached][value=no]")
    page.fill("[name=opinion]", "无人接听，下午再打")
    send(page)
    page.goto("/call-backs/")
    expect(page.locator("tr", has_text=number)).to_contain_text("无人接听")


@pytest.mark.req("R10")
def test_a_photo_is_attached_and_shown_small(consultant: Visitor, restored: str) -> None:
    page = consultant.page
    page.click("#files a:has-text('添加附件')")
    page.locator("[name=file]").set_input_files(
        {"name": "面板.png", "mimeType": "image/png", "buffer": page.screenshot()}
    )
    send(page)
    shown = page.locator("#files img.thumb")
    expect(shown).to_be_visible()
    shown.scroll_into_view_if_needed()  # it is loaded when somebody gets there
    is_loaded = "one => one.complete && one.naturalWidth > 0"
    consultant.page.wait_for_function(is_loaded, arg=shown.element_handle())
