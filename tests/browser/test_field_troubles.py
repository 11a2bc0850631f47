"""What goes wrong with phones: a wrong clock, a sign-in that ended."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Console, Visitor
from tests.browser.field_steps import (
    agree,
    all_sent,
    has_unsent,
    issue_sheet,
    open_app,
    open_job,
    press,
    save,
)

HOUR_MS = 3_600_000
# The secret is worth nothing any more, and nobody is signed in.
FORGET_SIGN_IN = """
() => new Promise((done, fail) => {
  const asked = indexedDB.open("yinuo-field");
  asked.onerror = fail;
  asked.onsuccess = () => {
    const change = asked.result.transaction("settings", "readwrite");
    change.objectStore("settings").put({ key: "secret", value: "expired" });
    change.oncomplete = done;
  };
})
"""


@pytest.mark.req("B-40", "B-41", "R53")
def test_a_clock_an_hour_fast_is_said_and_put_right(console: Console) -> None:
    symptom = "面板告警灯常亮（手机时钟快一小时）"
    _request, sheet = issue_sheet(console, symptom)
    here = {"geolocation": {"latitude": 22.5273, "longitude": 113.8998, "accuracy": 12}}
    phone = open_app(console, permissions=["geolocation"], **here)
    page = phone.page
    now = page.evaluate("Date.now()")
    page.clock.install(time=(now + HOUR_MS) / 1000)
    page.goto("/field/#/")
    page.reload()
    expect(page.locator("#status")).to_contain_text("快了 1 小时 0 分")
    open_job(page, symptom)
    press(page, "接单")
    agree(page, "2027-01-05T10:30", "上门")
    press(page, "出发")
    press(page, "到场")
    page.check("[name=way][value=position]")
    page.get_by_role("button", name="获取定位").click()
    expect(page.locator("main")).to_contain_text("已定位")
    save(page, "到场")
    page.clock.run_for(5_000)
    all_sent(page)
    desk = console.visit(console.world.manager).page
    desk.goto(sheet)
    expect(desk.locator("h1 + p")).to_contain_text("现场处理")
    # By the office's clock the arrival is now, not in an hour.
    shown = desk.locator("main time").evaluate_all("all => all.map((one) => one.dateTime)")
    late = desk.evaluate(
        "(all) => all.filter((one) => Date.parse(one) > Date.now() + 60000)", shown
    )
    assert [one for one in late if not one.startswith("2027")] == []


@pytest.mark.req("B-40", "R54")
def test_an_ended_sign_in_keeps_what_is_unsent(console: Console) -> None:
    symptom = "防火墙策略失效（登录过期）"
    _request, sheet = issue_sheet(console, symptom)
    page = open_app(console).page
    open_job(page, symptom)
    page.context.set_offline(True)
    press(page, "接单")
    page.evaluate(FORGET_SIGN_IN)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.locator("#status")).to_contain_text("登录已过期", timeout=40_000)
    expect(page.locator("#badge")).to_have_text("1 项未上传")
    expect(page.locator("#status a")).to_have_attribute("href", re.compile("/accounts/login/"))
    page.context.add_cookies(cookies)
    page.goto("/field/")
    page.reload()
    all_sent(page)
    desk = console.visit(console.world.manager).page
    desk.goto(sheet)
    expect(desk.locator("h1 + p")).to_contain_text("已接单")


@pytest.mark.req("B-40", "R56")
def test_what_is_told_without_network_is_heard_by_the_office(console: Console) -> None:
    symptom = "机柜上锁，钥匙不在现场（录音说明）"
    request, _sheet = issue_sheet(console, symptom)
    page = open_app(console, permissions=["microphone"]).page
    open_job(page, symptom)
    page.context.set_offline(True)
    page.locator(".task", has_text="照片与录音").click()
    page.fill("[name=caption]", "保安不肯开门")
    page.get_by_role("button", name="录音说明异常").click()
    page.wait_for_timeout(2_500)
    page.get_by_role("button", name="停止并保存").click()
    expect(page.locator(".gallery audio")).to_have_count(1)
    has_unsent(page, 1)
    page.context.set_offline(False)
    all_sent(page)
    desk = console.visit(console.world.manager).page
    desk.goto(request)
    told = desk.locator(".files li", has_text="保安不肯开门")
    expect(told.locator("audio")).to_be_visible()
    heard = told.locator("audio").evaluate(
        "one => new Promise((done) => { one.onloadeddata = () => done(one.readyState);"
        " one.onerror = () => done(-1); one.load(); one.preload = 'auto'; })"
    )
    assert heard >= 2


@pytest.mark.req("B-40", "R01")
def test_who_may_not_carry_out_visits_is_told_so(consultant: Visitor) -> None:
    consultant.page.goto("/field/")
    status = consultant.page.locator("#status")
    expect(status).to_contain_text("没有上门服务的权限")
    expect(status).not_to_contain_text("没有网络")
