"""A newer app meets a phone with unsent work and an open form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Console
from tests.browser.field_steps import (
    all_sent,
    has_unsent,
    issue_sheet,
    keep_from_sending,
    open_app,
    open_job,
    press,
    save,
)
from tests.browser.newer_server import newer_server

NEW_TITLE = "我的任务（新版）"


@pytest.mark.req("B-40")
def test_a_new_version_is_offered_and_loses_nothing(console: Console) -> None:
    symptom = "光端机告警（应用升级）"
    _request, sheet = issue_sheet(console, symptom)
    with newer_server(console.address) as server:
        phone = open_app(replace(console, address=server.address, signed_in={}))
        page = phone.page
        # From the second start on it comes from the phone.
        page.reload()
        open_job(page, symptom)
        keep_from_sending(page)
        press(page, "接单")
        page.locator(".task", has_text="再次上门").click()
        page.fill("[name=on]", "2027-01-12")
        page.fill("[name=note]", "带光功率计")

        server.is_newer = True
        # Looked at again, as after a call.
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        offer = page.locator("#status .note", has_text="新版本")
        expect(offer).to_be_visible()
        expect(page.locator("[name=note]")).to_have_value("带光功率计")
        with page.expect_event("framenavigated"):
            offer.get_by_role("button").click()
        expect(page.locator("[name=note]")).to_have_value("带光功率计")
        expect(page.locator("[name=on]")).to_have_value("2027-01-12")
        expect(offer).to_have_count(0)

        page.context.set_offline(True)
        page.goto("/field/#/")
        page.reload()
        expect(page.locator("h1")).to_have_text(NEW_TITLE)
        has_unsent(page, 1)
        open_job(page, symptom)
        expect(page.locator("#state")).to_have_text("已接单")
        page.locator(".task", has_text="再次上门").click()
        expect(page.locator("[name=note]")).to_have_value("带光功率计")
        save(page)
        has_unsent(page, 2)

        page.context.set_offline(False)
        page.context.unroute_all()
        all_sent(page)
    desk = console.visit(console.world.manager).page
    desk.goto(sheet)
    expect(desk.locator("h1 + p")).to_contain_text("已接单")
