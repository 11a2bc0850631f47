"""A work order from the hotline to the archive: the visit on a phone of 360 pixels."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console, Visitor
from tests.browser.test_appearance import overflow, violations
from tests.browser.test_intake import choose_caller, saved

WORK = "到现场更换电源模块，逐台测试门禁控制器"


def next_step(page: Page, name: str) -> None:
    """Take what the sheet offers next, by its button."""
    page.locator("#next").get_by_role("button", name=name).click()


def draw(page: Page) -> None:
    """Sign with the mouse as a hand does: some strokes across the box."""
    box = page.locator("[data-signature] canvas").bounding_box()
    assert box is not None
    for left, right in ((0.15, 0.45), (0.5, 0.85)):
        page.mouse.move(box["x"] + box["width"] * left, box["y"] + box["height"] * 0.3)
        page.mouse.down()
        for part in range(1, 9):
            along = left + (right - left) * part / 8
            up = 0.3 + 0.4 * (part % 2)
            page.mouse.move(box["x"] + box["width"] * along, box["y"] + box["height"] * up)
        page.mouse.up()


@pytest.mark.req("LV-02", "LV-04", "LV-05", "LV-15", "SV-10", "R55")
def test_a_sheet_is_issued_visited_signed_and_filed(console: Console, consultant: Visitor) -> None:
    desk = consultant.page
    choose_caller(desk)
    desk.fill("[name=symptom]", "门禁控制器全部离线，员工进不了机房")
    desk.locator("[name=asset_id]").first.check()
    desk.check("[name=level][value=serious]")
    address = saved(desk)
    desk.get_by_role("link", name="开联络单").click()
    desk.fill("[name=work_wanted]", WORK)
    desk.click("#editor [type=submit]")
    expect(desk.locator("h1")).to_contain_text("服务联络单")
    sheet = desk.url
    desk.goto(address)
    expect(desk.locator("#work")).to_contain_text("待派单")

    visitor = console.visit(console.world.technician, width=360, has_touch=True)
    phone = visitor.page
    phone.goto("/work/?view=unassigned")
    assert overflow(visitor) <= 0
    phone.goto(sheet)
    phone.locator("#next a.btn-primary").click()
    phone.click("#editor [type=submit]")
    expect(phone.locator("h1 + p")).to_contain_text("已接单")
    assert overflow(visitor) <= 0
    phone.fill("#next [name=agreed_for]", "2027-01-05T10:30")
    phone.fill("#next [name=way]", "上门，到东门找保安")
    next_step(phone, "记录约定")
    next_step(phone, "出发")
    next_step(phone, "到场")
    expect(phone.locator("h1 + p")).to_contain_text("现场处理")
    desk.goto(address)
    expect(desk.locator(".head")).to_contain_text("现场")
    met = desk.locator(".promise[data-result=met]")
    expect(met.filter(has_text=re.compile("到场|现场"))).not_to_have_count(0)

    phone.locator("#next a.btn-primary").click()
    phone.fill("[name=findings]", "电源模块损坏，输出电压只有 3 伏")
    phone.fill("[name=work_done]", "更换电源模块，逐台测试正常")
    phone.fill("[name=parts_used]", "电源模块 PSU-12V ×1")
    phone.get_by_text("已完成", exact=True).click()
    assert overflow(visitor) <= 0
    phone.click("#editor [type=submit]")
    expect(phone.locator("h1 + p")).to_contain_text("待签字")

    phone.locator("#next a.btn-primary").click()
    expect(phone.locator("#done-heading")).to_be_visible()
    assert overflow(visitor) <= 0
    phone.click("#editor [type=submit]")
    expect(phone.locator("#editor .wrong")).to_contain_text("缺少签字")
    phone.get_by_text("非常满意").click()
    phone.fill("[name=signer_name]", "欧阳晓岚")
    draw(phone)
    phone.click("[data-signature-clear]")
    expect(phone.locator("[data-strokes]")).to_have_value("")
    draw(phone)
    assert violations(visitor) == []
    phone.goto(phone.url)
    expect(phone.locator("[data-strokes]")).not_to_have_value("")
    phone.click("#editor [type=submit]")
    expect(phone.locator(".signature-mark")).to_be_visible()
    expect(phone.locator("h1 + p")).to_contain_text("已签字")
    assert overflow(visitor) <= 0
    assert violations(visitor) == []
    next_step(phone, "交回服务中心")
    expect(phone.locator("h1 + p")).to_contain_text("已交回")

    desk.goto(sheet)
    next_step(desk, "归档")
    expect(desk.locator("h1 + p")).to_contain_text("已归档")
    desk.goto(address)
    expect(desk.locator("#work")).to_contain_text("已归档")
    expect(desk.locator(".head")).to_contain_text("已恢复")
    with desk.expect_download() as download:
        desk.goto(sheet)
        desk.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename.startswith("LL-HQ-")
