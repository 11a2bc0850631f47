"""Story 3's prices in a real browser: visits with transport, a year of maintenance, the answer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console
from tests.browser.test_appearance import overflow, violations
from tests.browser.test_archive import ADMINISTRATOR, save

ANNUAL = {
    "information_point": "126",
    "switch": "12",
    "server": "3",
    "pc": "85",
    "voice_point": "60",
    "exchange": "1",
    "camera": "64",
    "cctv_host": "2",
}
TOTAL = "#quote-total"
SLOW_ANSWERS = """
  const asked = window.fetch;
  window.fetch = async (...given) => {
    const answer = await asked(...given);
    await new Promise((done) => setTimeout(done, 800));
    return answer;
  };
"""


def publish(console: Console) -> None:
    """The administrator publishes the shipped list; the same again changes nothing."""
    page = console.visit(ADMINISTRATOR).page
    page.goto("/prices/publish/?shipped=lowvoltage")
    page.click("button[value=check]")
    expect(page.locator(".note")).to_contain_text("没有错误")
    with page.expect_navigation():
        page.click("button[value=publish]")
    expect(page.locator("h1")).to_contain_text("弱电系统服务价目表")
    expect(page.locator("table")).to_contain_text("市内区 400.00，市内其他区 600.00")


def new_quote(page: Page, console: Console, title: str) -> None:
    """An empty quote for the customer, by the low-voltage list."""
    page.goto(f"/customers/{console.world.customer_id}/quotes/new/")
    page.fill("[name=title]", title)
    with page.expect_response(re.compile("/quotes/lines/")):
        page.select_option("[name=price_list_id]", label="弱电系统服务价目表 v1")
    expect(page.locator("#add")).to_be_visible()


def add(page: Page, code: str, **typed: str) -> None:
    """One more line, with what belongs into its fields."""
    number = page.locator(".quote-line").count()
    page.select_option("#add", code)
    page.click(".quote-add button")
    expect(page.locator(".quote-line")).to_have_count(number + 1)
    for name, value in typed.items():
        field = page.locator(f"[name=line-{number}-{name}]")
        if field.input_value() == value:
            continue
        with page.expect_response(re.compile("/quotes/lines/")):
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
                field.blur()


@pytest.mark.req("LV-10", "LV-13", "B-70", "B-71")
def test_visits_are_quoted_and_accepted_by_link_and_a_year_is_quoted(console: Console) -> None:
    publish(console)
    visitor = console.visit(console.world.manager)
    page = visitor.page
    new_quote(page, console, "门禁控制器返修")
    add(page, "visit", persons="2", zone="inner")
    expect(page.locator(TOTAL)).to_have_text("800.00 CNY")
    add(page, "second_visit", persons="2", zone="inner")
    add(page, "transport", quantity="2", zone="inner")
    expect(page.locator(TOTAL)).to_have_text("1,840.00 CNY")
    expect(page.locator("#pricing")).to_contain_text("人民币壹仟捌佰肆拾元整")
    assert violations(visitor) == []
    save(page)
    expect(page.locator(TOTAL)).to_have_text("1,840.00 CNY")
    assert violations(visitor) == []
    page.click("text=发出")
    save(page)
    link = page.locator("#quote-link").input_value()
    holder = console.stranger(width=360)
    holder.page.goto(link)
    expect(holder.page.locator(TOTAL)).to_have_text("1,840.00 CNY")
    assert overflow(holder) <= 0
    holder.page.fill("[name=name]", "欧阳晓岚")
    with holder.page.expect_navigation():
        holder.page.click("button[value=accepted]")
    expect(holder.page.locator(".note")).to_contain_text("欧阳晓岚")
    page.goto("/quotes/?state=accepted")
    expect(page.locator("table")).to_contain_text("门禁控制器返修")

    new_quote(page, console, "年度维护")
    for code, quantity in ANNUAL.items():
        more = {"size": "128"} if code == "exchange" else {}
        add(page, code, quantity=quantity, **more)
    expect(page.locator(TOTAL)).to_have_text("34,540.00 CNY")
    expect(page.locator("#pricing")).to_contain_text("价目未列，按前一档")
    save(page)
    expect(page.locator(TOTAL)).to_have_text("34,540.00 CNY")


def test_the_editor_fits_a_phone_and_says_what_is_wrong(console: Console) -> None:
    publish(console)
    visitor = console.visit(console.world.manager, width=360)
    page = visitor.page
    new_quote(page, console, "上门")
    add(page, "visit", persons="2", zone="inner", quantity="-1")
    expect(page.locator(".wrong")).to_contain_text("须大于 0")
    assert overflow(visitor) <= 0
    add(page, "exchange", size="128")
    page.click(".quote-line >> nth=0 >> button")
    expect(page.locator(".quote-line")).to_have_count(1)
    expect(page.locator(TOTAL)).to_have_text("1,000.00 CNY")


@pytest.mark.req("LV-10", "B-81")
def test_an_entry_picked_while_another_list_loads_is_the_one_added(console: Console) -> None:
    publish(console)
    page = console.visit(console.world.manager).page
    page.add_init_script(SLOW_ANSWERS)
    page.goto(f"/customers/{console.world.customer_id}/quotes/new/")
    page.select_option("[name=price_list_id]", label="弱电系统服务价目表 v1")
    page.select_option("#add", "switch")
    # Both lists show the same: time is all that tells that the answer has come.
    page.wait_for_timeout(1500)
    page.click(".quote-add button")
    expect(page.locator("[name=line-0-code]")).to_have_value("switch")
    page.fill("[name=line-0-quantity]", "12")
    page.fill("[name=line-0-note]", "一楼机房")
    page.click(".quote-add button")
    expect(page.locator(".quote-line")).to_have_count(2)
    expect(page.locator("[name=line-0-quantity]")).to_have_value("12")
    expect(page.locator("[name=line-0-note]")).to_have_value("一楼机房")


@pytest.mark.req("LV-10", "LV-13", "B-70")
def test_the_outer_district_and_graduated_tiers_come_out_as_in_the_story(console: Console) -> None:
    publish(console)
    page = console.visit(console.world.manager).page
    new_quote(page, console, "门禁控制器返修，市内其他区")
    add(page, "visit", persons="2", zone="outer")
    expect(page.locator(TOTAL)).to_have_text("1,200.00 CNY")
    add(page, "second_visit", persons="2", zone="outer")
    add(page, "transport", quantity="2", zone="outer")
    expect(page.locator(TOTAL)).to_have_text("2,860.00 CNY")
    save(page)
    expect(page.locator(TOTAL)).to_have_text("2,860.00 CNY")

    # The same list with tiers that price piece by piece: a setting of the list.
    administrator = console.visit(ADMINISTRATOR).page
    administrator.goto("/prices/publish/?shipped=lowvoltage")
    written = administrator.locator("[name=source]").input_value()
    graduated = written.replace("tiering: whole", "tiering: graduated")
    graduated = graduated.replace("price_list: lowvoltage", "price_list: lowvoltage_graduated")
    graduated = graduated.replace("弱电系统服务价目表", "弱电分段计价表")
    administrator.fill("[name=source]", graduated)
    with administrator.expect_navigation():
        administrator.click("button[value=publish]")
    expect(administrator.locator("h1")).to_contain_text("弱电分段计价表")
    page.goto(f"/customers/{console.world.customer_id}/quotes/new/")
    page.fill("[name=title]", "年度维护，分段计价")
    with page.expect_response(re.compile("/quotes/lines/")):
        page.select_option("[name=price_list_id]", label="弱电分段计价表 v1")
    for code, quantity in ANNUAL.items():
        more = {"size": "128"} if code == "exchange" else {}
        add(page, code, quantity=quantity, **more)
    expect(page.locator(TOTAL)).to_have_text("35,140.00 CNY")
    expect(page.locator("#pricing")).to_contain_text("分段计价")
    save(page)
    expect(page.locator(TOTAL)).to_have_text("35,140.00 CNY")
