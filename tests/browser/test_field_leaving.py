"""Signing out, and somebody else signing in, with the browser that carries the field app (R54)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console, Visitor
from tests.browser.field_steps import (
    PHONE,
    ROWS,
    all_sent,
    has_unsent,
    issue_sheet,
    keep_from_sending,
    kept_on,
    open_field,
    open_job,
    press,
    rows,
)
from tests.browser.test_appearance import overflow, violations
from tests.browser.world import PASSWORD


def setting(page: Page, key: str) -> str:
    """One of the app's settings."""
    return next(one["value"] for one in rows(page)["settings"] if one["key"] == key)


def sign_in(page: Page, username: str, then: str = "/") -> None:
    """By hand: the session is this browser's own, and ends with the test."""
    page.goto(f"/accounts/login/?next={then}")
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"**{then}")


def phone_of(console: Console, username: str) -> Visitor:
    """A phone somebody has signed in with and opened the app on."""
    visitor = console.stranger(**PHONE)
    sign_in(visitor.page, username)
    open_field(visitor.page)
    return visitor


def ask_to_leave(page: Page) -> None:
    """Sign out in the console, as far as its page asks."""
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="退出登录").click()


@pytest.mark.req("R54")
def test_signing_out_in_the_console_takes_the_app_off_the_phone(console: Console) -> None:
    symptom = "交换机端口灯不亮（控制台退出）"
    issue_sheet(console, symptom)
    page = phone_of(console, console.world.technician).page
    open_job(page, symptom)
    secret = setting(page, "secret")
    beside = page.context.new_page()
    ask_to_leave(beside)
    beside.wait_for_url("**/accounts/login/**")
    expect(page.locator("#status")).to_contain_text("本机已退出")
    expect(page.locator("main")).not_to_contain_text(symptom)
    # What still rings in the window that stayed open finds nothing to do, and breaks nothing.
    for event in ("online", "visibilitychange"):
        page.evaluate(
            "name => (name === 'online' ? window : document).dispatchEvent(new Event(name))", event
        )
    assert kept_on(beside) == []
    answer = beside.request.get("/api/v1/field/jobs", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["error"]["code"] == "device_revoked"
    page.goto("/field/")
    expect(page.locator("#status")).to_contain_text("登录一次")
    expect(page.locator("main")).not_to_contain_text(symptom)


@pytest.mark.req("R54", "B-40")
def test_what_is_unsent_is_told_before_signing_out_and_waits_for_its_owner(
    console: Console,
) -> None:
    symptom = "摄像机离线（退出前未上传）"
    _request, sheet = issue_sheet(console, symptom)
    phone = phone_of(console, console.world.technician)
    page = phone.page
    open_job(page, symptom)
    keep_from_sending(page)
    press(page, "接单")
    page.locator(".task", has_text="再次上门").click()
    page.fill("[name=note]", "带备用摄像机")
    page.wait_for_function(f"async () => (await ({ROWS})()).drafts.length === 1")

    ask_to_leave(page)
    expect(page.get_by_role("dialog")).to_contain_text("2")
    assert violations(phone) == []
    assert overflow(phone) <= 0
    page.get_by_role("dialog").get_by_role("button", name="留在这里").click()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("dialog").get_by_role("link", name="先去上传").click()
    expect(page.locator("main")).to_contain_text("接单")
    expect(page.locator("main")).to_contain_text("再次上门")
    assert violations(phone) == []
    assert overflow(phone) <= 0
    ask_to_leave(page)
    page.get_by_role("button", name="退出，内容留待我登录").click()
    page.wait_for_url("**/accounts/login/**")
    left = rows(page)
    assert (left["jobs"], [one["key"] for one in left["settings"]]) == (
        [],
        ["account", "locked", "person"],
    )

    sign_in(page, console.world.consultant, "/field/")
    expect(page.locator("#status")).to_contain_text("赵强")
    expect(page.locator("main")).to_contain_text("2 项内容留在本机")
    page.goto("/field/#/unsent")
    page.reload()
    expect(page.locator("main")).to_contain_text("2 项内容留在本机")
    assert violations(phone) == []
    ask_to_leave(page)
    page.wait_for_url("**/accounts/login/**")

    page.context.unroute_all()
    sign_in(page, console.world.technician, "/field/")
    all_sent(page)
    open_job(page, symptom)
    page.locator(".task", has_text="再次上门").click()
    expect(page.locator("[name=note]")).to_have_value("带备用摄像机")
    desk = console.visit(console.world.manager).page
    desk.goto(sheet)
    expect(desk.locator("h1 + p")).to_contain_text("已接单")


@pytest.mark.req("R54")
def test_the_app_itself_offers_to_keep_what_is_unsent(console: Console) -> None:
    symptom = "读卡器失灵（应用内退出）"
    issue_sheet(console, symptom)
    phone = phone_of(console, console.world.technician)
    page = phone.page
    open_job(page, symptom)
    keep_from_sending(page)
    press(page, "接单")
    has_unsent(page, 1)
    page.goto("/field/#/phone")
    expect(page.locator("main")).to_contain_text("有 1 项内容未上传")
    assert violations(phone) == []
    assert overflow(phone) <= 0
    page.get_by_role("button", name="退出，内容留待我登录").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/accounts/login/**")
    left = rows(page)
    assert [len(left[one]) for one in ("jobs", "operations")] == [0, 1]
    # Taken away for good only by saying so.
    page.context.unroute_all()
    sign_in(page, console.world.technician, "/field/")
    all_sent(page)


@pytest.mark.req("R54")
def test_whoever_signs_in_next_never_sees_the_jobs_of_the_one_before(console: Console) -> None:
    symptom = "录像机硬盘故障（换人登录）"
    issue_sheet(console, symptom)
    page = phone_of(console, console.world.technician).page
    expect(page.locator("a.card", has_text=symptom)).to_be_visible()
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    sign_in(page, console.world.consultant, "/accounts/sessions/")
    # Not even where the server cannot be asked who is there.
    page.context.set_offline(True)
    page.goto("/field/")
    expect(page.locator("#badge")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(symptom)
    assert rows(page)["jobs"] == []
    page.context.set_offline(False)
