"""An inspection on the phone, begun without network: every kind of line, what fails opens work."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Console
from tests.browser.field_steps import (
    agree,
    all_sent,
    arrive_without_proof,
    draw,
    has_unsent,
    issue_sheet,
    open_app,
    open_job,
    press,
    save,
    take_photo,
)
from tests.browser.test_appearance import overflow, violations

SOURCE = """
checklist: phone_round
title: {zh: 防盗报警巡检, en: Round of an alarm}
sections:
  - code: host
    title: {zh: 主机, en: Host}
    items:
      - {code: dust, kind: yes_no, title: {zh: 除尘, en: Dust removed}}
      - code: battery
        kind: choice
        title: {zh: 蓄电池, en: Battery}
        options:
          - {code: normal, title: {zh: 正常, en: Normal}}
          - {code: to_replace, title: {zh: 需更换, en: To be replaced}, fails: yes}
        follow_up: {zh: 更换蓄电池, en: Replace the battery}
      - code: age
        kind: text
        title: {zh: 电池出厂日期, en: Date of the battery}
        when: {item: battery, is: failed}
      - code: voltage
        kind: number
        title: {zh: 浮充电压, en: Float voltage}
        unit: {zh: 伏, en: V}
        normal: {from: 13.2, to: 14.4}
        possible: {from: 0, to: 60}
      - code: zones
        kind: count
        title: {zh: 防区测试, en: Zones tested}
        counts: [checked, normal]
        follow_up: {zh: 修复防区, en: Mend the zones}
      - {code: picture, kind: photo, title: {zh: 主机照片, en: Picture of the host}}
      - {code: seen, kind: signature, title: {zh: 值班员签字, en: Signature of the guard}}
"""


def line(page: Page, code: str) -> Locator:
    """The line of an item."""
    return page.locator(f".line[data-item={code}]")


def publish(console: Console, source: str = SOURCE, title: str = "防盗报警巡检") -> None:
    """The office publishes the checklist; nobody puts it on a sheet."""
    office = console.visit("chen.min").page
    office.goto("/checklists/publish/")
    office.fill("[name=source]", source)
    office.click("#editor [value=publish]")
    expect(office.locator("h1")).to_contain_text(title)


@pytest.mark.req("B-40", "B-42", "LV-16", "R56")
def test_an_inspection_without_network_opens_the_work_that_follows(
    console: Console, tmp_path: Path
) -> None:
    symptom = "季度巡检报警系统"
    _request, sheet = issue_sheet(console, symptom)
    publish(console)
    phone = open_app(console)
    page = phone.page
    expect(page.locator("a.card", has_text=symptom)).to_be_visible()
    page.context.set_offline(True)
    page.reload()
    open_job(page, symptom)
    press(page, "接单")
    agree(page, "2027-01-06T09:30", "上门巡检")
    press(page, "出发")
    arrive_without_proof(page, "二维码脱落")

    page.get_by_role("button", name="开始填写：防盗报警巡检").click()
    line(page, "dust").get_by_text("是", exact=True).click()
    expect(line(page, "age")).to_be_hidden()
    line(page, "battery").get_by_text("需更换", exact=True).click()
    expect(line(page, "battery")).to_contain_text("更换蓄电池")
    line(page, "age").locator("textarea").fill("2021 年 3 月")
    line(page, "voltage").locator("input").first.fill("11.8")
    expect(line(page, "voltage")).to_contain_text("异常")
    line(page, "zones").locator("[name=a-zones-checked]").fill("24")
    line(page, "zones").locator("[name=a-zones-normal]").fill("23")
    take_photo(page, tmp_path)
    # The photograph drew the screen anew; what was typed stands there.
    expect(line(page, "age").locator("textarea")).to_have_value("2021 年 3 月")
    page.fill("[name=a-seen-name]", "马工")
    draw(page)
    page.wait_for_timeout(1_000)
    page.reload()
    expect(page.locator("[name=a-zones-normal]")).to_have_value("23")
    expect(page.locator("[name=a-seen-strokes]")).not_to_have_value("")
    assert violations(phone) == []
    assert overflow(phone) <= 0
    page.locator("[name=end][value=finish]").check()
    save(page)
    expect(page.locator(".task", has_text="防盗报警巡检")).to_contain_text("已完成")
    has_unsent(page, 8)

    page.context.set_offline(False)
    all_sent(page)
    office = console.visit(console.world.manager).page
    office.goto(sheet)
    office.get_by_role("link", name="防盗报警巡检").first.click()
    expect(office.locator("main")).to_contain_text("2021 年 3 月")
    expect(office.locator("main")).to_contain_text("马工")
    # Battery, voltage and zones failed: three works follow.
    expect(office.locator("main a[href^='/requests/']").filter(has_text="FW-")).to_have_count(3)
