"""Complaint, standby unit and return repair of the stories, on the screens where people do them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console
from tests.browser.story_world import LIBRARY_NUMBER, TENANT_NUMBER
from tests.browser.test_archive import save
from tests.browser.test_intake import choose_caller, saved
from tests.browser.test_stories import report
from tests.browser.test_story_money import looked_at
from tests.browser.world import HOTLINE_NUMBER, SERIAL

CHINA = ZoneInfo("Asia/Shanghai")
PRINCIPLES = ("thank", "listen", "apologise", "satisfy", "quick", "fair", "just", "sum_up")


def in_days(days: int) -> datetime:
    """So many days from now, on the wall of the office."""
    return datetime.now(CHINA) + timedelta(days=days)


def called(console: Console, number: str, symptom: str, level: str, reported_at: str) -> str:
    """The request of a call noted on paper; gives its address."""
    desk = console.visit(console.world.consultant).page
    desk.goto("/intake/")
    choose_caller(desk, number)
    report(desk, symptom, level, reported_at)
    return saved(desk)


def enter(page: Page, **typed: str | bool) -> None:
    """Fill in the form of a page and send it."""
    for name, value in typed.items():
        field = page.locator(f"#editor [name={name}]")
        if field.first.get_attribute("type") == "radio":
            page.check(f"#editor [name={name}][value={value}]")
        elif isinstance(value, bool):
            field.set_checked(value)
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    save(page)


def do(page: Page, thing: str, kind: str, **typed: str | bool) -> None:
    """One act on the page of a thing; its page comes back."""
    page.goto(f"{thing}do/{kind}/")
    enter(page, **typed)
    expect(page).to_have_url(re.compile(re.escape(thing.rstrip("/")) + "/?$"))


def known(page: Page, kind: str) -> str:
    """The address of the thing whose page is shown, checked to be of this kind."""
    expect(page).to_have_url(re.compile(rf"/{kind}/[0-9a-f-]{{36}}/$"))
    return page.url


@pytest.mark.req("SG-13", "SA-01")
def test_story_2_the_complaint_is_heard_by_eight_principles_and_answered_in_time(
    console: Console,
) -> None:
    case = called(console, LIBRARY_NUMBER, "灯箱松动，无人响应", "major", "2026-07-11T09:00")
    visitor = console.visit(console.world.manager)
    page = visitor.page
    page.goto(f"{case}complaint/")
    enter(
        page,
        channel="phone",
        category="response_time",
        said="首次响应晚了一小时二十分钟",
        rings="2",
        received_at="2026-07-16T09:20",
    )
    complaint = known(page, "complaints")
    expect(page.locator("main dd time[datetime^='2026-07-17T09:20']").first).to_be_visible()
    for minute, principle in enumerate(PRINCIPLES, start=30):
        at = f"2026-07-16T09:{minute}"
        do(page, complaint, principle, text="已办理", done_at=at)
    gift = {"redress": "gift", "cost": "268.00", "done_at": "2026-07-16T16:00"}
    do(page, complaint, "redressed", text="清洁礼盒", **gift)
    do(page, complaint, "answered", text="说明原因并致歉", done_at="2026-07-16T17:05")
    expect(page.locator("main dl.pairs [data-result=met]")).to_have_text("按时")
    do(page, complaint, "settled", text="客户接受", done_at="2026-07-16T17:10")
    looked_at(visitor)
    lesson = {"responsibility": "值班表空档", "sanction": "无", "improve_by": "2026-08-16"}
    do(page, complaint, "closed", text="增加第二名值守人员", done_at="2026-07-16T17:15", **lesson)
    for told in ("268.00", "值班表空档", "增加第二名值守人员"):
        expect(page.locator("main")).to_contain_text(told)
    do(page, complaint, "improved", text="第二名值守人员已到岗", done_at="2026-08-10T09:00")
    expect(page.locator("main")).to_contain_text("第二名值守人员已到岗")


@pytest.mark.req("LV-14", "SA-08", "B-51")
def test_story_3_the_standby_unit_is_there_within_48_hours_and_comes_back(
    console: Console,
) -> None:
    visitor = console.visit(console.world.manager)
    page = visitor.page
    case = called(console, TENANT_NUMBER, "门禁控制器全部失灵", "ordinary", "2026-10-01T15:00")
    page.goto("/standby/new/")
    enter(page, name="门禁控制器备用机", model="DC-16", serial="BJ-DC16-01")
    page.goto(f"{case}standby/lend/")
    page.locator("#editor [name=standby_id]").select_option(index=0)
    enter(
        page,
        basis="plan",
        return_by=f"{in_days(20):%Y-%m-%dT18:00}",
        condition="外观完好，附电源",
        delivered_at="2026-10-03T11:30",
    )
    page.goto(case)
    promise = page.locator(".promise", has_text="备机").first
    expect(promise).to_have_attribute("data-result", "met")
    page.locator("main a[href*='/standby/loans/']").first.click()
    loan = known(page, "loans")
    looked_at(visitor)
    do(page, loan, "returned", text="外观完好，附件齐全")
    expect(page.locator("main")).to_contain_text("已归还")


@pytest.mark.req("SA-10", "B-52")
def test_story_5_a_device_sent_in_is_opened_with_the_backup_only_and_extended_in_time(
    console: Console,
) -> None:
    visitor = console.visit(console.world.manager)
    page = visitor.page
    case = called(console, HOTLINE_NUMBER, "电源反复重启，返厂", "general", "2026-09-19T10:00")
    page.goto(f"{case}repair/")
    enter(page, fault="电源模块反复重启")
    order = known(page, "repairs")
    do(page, order, "received", serial=SERIAL, text="外观完好")
    page.goto(f"{order}do/diagnosed/")
    page.fill("#editor [name=text]", "电源老化")
    page.click("#editor button.btn-primary")
    expect(page.locator("main")).to_contain_text("备份")
    do(page, order, "backup_confirmed", said_by="周工")
    do(page, order, "diagnosed", text="电源老化", is_paid=False)
    until = in_days(60)
    do(page, order, "extended", until=f"{until:%Y-%m-%d}", text="原厂缺件，已电话告知周工")
    day_after = f"{until + timedelta(days=1):%Y-%m-%dT00:00}"
    promise = page.locator(".promise", has=page.locator(f"time[datetime^='{day_after}']"))
    expect(promise.first).to_be_attached()
    looked_at(visitor)
    do(page, order, "repaired", text="更换电源模块")
    for kind in ("tested", "shipped", "refitted"):
        do(page, order, kind, text="正常")
    kept = page.locator(".promise[data-result=met]", has_text="返厂")
    expect(kept.first).to_be_attached()
