"""A serious fault at the first visit: the letter, the customer's answer on a phone, the work."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console, Visitor
from tests.browser.test_appearance import overflow, violations
from tests.browser.test_intake import choose_caller, saved
from tests.browser.test_work import next_step

STOP = "双方确认之前不得继续施工"


def write_letter(page: Page) -> str:
    """A letter for the sheet that is open; its number."""
    page.locator("#letters").get_by_role("link", name="新建联络函").click()
    page.fill("[name=findings]", "主机主板烧毁，疑为雷击")
    page.fill("[name=work_planned]", "更换主板与防雷模块，整机测试")
    page.fill("[name=time_needed]", "备件到货后 1 个工作日")
    for at, (title, quantity, unit, price) in enumerate(
        [("人工", "2", "人次", "400"), ("主板", "1", "块", "1,280.50")]
    ):
        for name, text in (
            ("title", title),
            ("quantity", quantity),
            ("unit", unit),
            ("unit_price", price),
        ):
            page.locator(f"[name=costs_{name}]").nth(at).fill(text)
    page.click("#editor [type=submit]")
    expect(page.locator("h1")).to_contain_text("LH-")
    expect(page.locator("main")).to_contain_text("人民币贰仟零捌拾元伍角整")
    found = re.search(r"LH-[A-Z]+-\d+-\d+", page.locator("h1").inner_text())
    assert found is not None
    return found[0]


def on_site(console: Console, desk: Page) -> Visitor:
    """A sheet of a new request, its technician on site with a phone of 360 pixels."""
    choose_caller(desk)
    desk.fill("[name=symptom]", "防盗报警主机无反应")
    desk.locator("[name=asset_id]").first.check()
    desk.check("[name=level][value=serious]")
    saved(desk)
    desk.get_by_role("link", name="开联络单").click()
    desk.fill("[name=work_wanted]", "现场检查报警主机")
    desk.click("#editor [type=submit]")
    expect(desk.locator("h1")).to_contain_text("服务联络单")
    visitor = console.visit(console.world.technician, width=360, has_touch=True)
    phone = visitor.page
    phone.goto(desk.url)
    phone.locator("#next a.btn-primary").click()
    phone.click("#editor [type=submit]")
    phone.fill("#next [name=agreed_for]", "2027-01-05T10:30")
    phone.fill("#next [name=way]", "上门")
    next_step(phone, "记录约定")
    next_step(phone, "出发")
    next_step(phone, "到场")
    expect(phone.locator("h1 + p")).to_contain_text("现场处理")
    return visitor


@pytest.mark.req("LV-11", "R15", "B-81")
def test_work_goes_on_when_the_customer_accepts_the_letter_on_his_phone(
    console: Console, consultant: Visitor
) -> None:
    desk = consultant.page
    technician = on_site(console, desk)
    phone, sheet = technician.page, technician.page.url
    number = write_letter(phone)
    assert overflow(technician) <= 0
    phone.goto(sheet)
    expect(phone.locator("main")).to_contain_text(STOP)
    phone.locator("#next a.btn-primary").click()
    phone.fill("[name=findings]", "先做了")
    phone.fill("[name=work_done]", "先做了")
    phone.get_by_text("已完成", exact=True).click()
    phone.click("#editor [type=submit]")
    expect(phone.locator("main")).to_contain_text(f"在双方确认 {number} 之前")

    manager = console.visit(console.world.manager)
    boss = manager.page
    boss.goto("/letters/")
    boss.get_by_role("link", name=number).click()
    boss.get_by_role("link", name="我方确认").click()
    boss.click("#editor [type=submit]")
    boss.get_by_role("link", name="发出").click()
    boss.click("#editor [type=submit]")
    link = boss.locator("#letter-link").input_value()
    assert violations(manager) == []

    holder = console.stranger(width=360, has_touch=True)
    holder.page.goto(link)
    expect(holder.page.locator("h1")).to_have_text("联络函")
    expect(holder.page.locator("#letter-total")).to_contain_text("2,080.50")
    expect(holder.page.locator("main")).to_contain_text("人民币贰仟零捌拾元伍角整")
    assert overflow(holder) <= 0
    assert violations(holder) == []
    holder.page.fill("[name=name]", "欧阳晓岚")
    holder.page.get_by_role("button", name="同意", exact=True).click()
    expect(holder.page.locator("[role=status]")).to_contain_text("欧阳晓岚")
    expect(holder.page.get_by_role("button", name="同意", exact=True)).to_have_count(0)
    holder.page.reload()
    expect(holder.page.locator("[role=status]")).to_contain_text("已同意")

    phone.goto(sheet)
    expect(phone.locator("main")).not_to_contain_text(STOP)
    phone.locator("#next a.btn-primary").click()
    phone.fill("[name=findings]", "主板烧毁")
    phone.fill("[name=work_done]", "更换主板")
    phone.get_by_text("已完成", exact=True).click()
    phone.click("#editor [type=submit]")
    expect(phone.locator("h1 + p")).to_contain_text("待签字")
