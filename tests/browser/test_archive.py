"""The archive and administration in a real browser: from an empty file to a covered asset."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console, Visitor
from tests.browser.test_appearance import overflow, violations
from tests.browser.world import WITH_FIGURE

ADMINISTRATOR = "chen.min"
LONG_NAME = "深圳前海云帆数据服务有限公司（华南区域数字化运营管理与灾备中心筹建办公室）"
OWN_PASSWORD = "river_Kettle_81_slow"


def save(page: Page) -> None:
    """Send the form of a form page and wait for what follows."""
    with page.expect_navigation():
        page.click("#editor button.btn-primary")


def new_customer(page: Page, name: str = LONG_NAME) -> str:
    """Make a customer; gives the address of his page."""
    page.goto("/customers/new/")
    page.fill("[name=name]", name)
    save(page)
    expect(page.locator("h1")).to_contain_text(name)
    return page.url


@pytest.mark.req("B-02", "B-06")
def test_customer_file_is_filled_up_to_a_covered_asset(console: Console) -> None:
    visitor = console.visit(ADMINISTRATOR)
    page = visitor.page
    file = new_customer(page)
    page.click("text=新建场地")
    page.fill("[name=name]", "前海机房 B2 层")
    page.select_option("[name=zone]", "Asia/Urumqi")
    save(page)
    page.click("text=新建联系人")
    page.fill("[name=name]", "欧阳晓岚")
    for number, typed in enumerate(("0755-2688 9999", "１３９００１３９０００")):
        page.locator("[name=phones]").nth(number).fill(typed)
    save(page)
    page.click("text=新建设备")
    page.fill("[name=name]", "日志审计服务器")
    page.fill("[name=serial]", f"LA-{uuid4().hex[:8]}")
    page.select_option("[name=site_id]", label="前海机房 B2 层")
    save(page)
    page.goto(file)
    page.click("text=新建合同")
    page.fill("[name=number]", "YF-2026-100")
    page.select_option("[name=plan_version_id]", label="安全设备售后服务方案 v1")
    page.fill("[name=starts_on]", "2026-01-01")
    page.fill("[name=total]", "１２８００．５")
    page.locator("[name=asset_ids]").first.check()
    save(page)
    expect(page.locator("dl")).to_contain_text("12,800.50")
    page.goto(file)
    expect(page.locator("#assets")).to_contain_text("合同有效 · YF-2026-100")
    expect(page.locator("#contacts")).to_contain_text("0755-2688 9999")


@pytest.mark.req("R37")
def test_double_click_and_back_button_make_one_customer(console: Console) -> None:
    page = console.visit(ADMINISTRATOR).page
    name = f"双击科技 {uuid4().hex[:6]}"
    page.goto("/customers/new/")
    page.fill("[name=name]", name)
    with page.expect_navigation():
        page.dblclick("#editor button.btn-primary")
    page.wait_for_url(re.compile(r"/customers/[0-9a-f-]{36}/"))
    page.go_back()
    page.fill("[name=name]", name)
    save(page)
    page.goto(f"/customers/?q={name}")
    expect(page.locator("tbody tr")).to_have_count(1)


@pytest.mark.req("R38")
def test_two_people_on_one_form_compare_and_go_on(console: Console) -> None:
    mine, other = console.visit(ADMINISTRATOR).page, console.visit("li.na").page
    file = new_customer(mine, f"并行 {uuid4().hex[:6]}")
    for page, short in ((mine, "我的简称"), (other, "同事的简称")):
        page.goto(f"{file}edit/")
        page.fill("[name=short_name]", short)
    save(other)
    save(mine)
    conflict = mine.locator("#conflict")
    expect(conflict).to_contain_text("我的简称")
    expect(conflict).to_contain_text("同事的简称")
    expect(mine.locator("[name=short_name]")).to_have_value("我的简称")
    save(mine)
    expect(mine.locator(".page-head")).to_contain_text("我的简称")


@pytest.mark.req("R11")
def test_new_colleague_gets_in_by_invitation(console: Console) -> None:
    page = console.visit(ADMINISTRATOR).page
    username = f"nana{uuid4().hex[:6]}"
    page.goto("/settings/people/new/")
    page.fill("[name=name]", "欧阳娜娜")
    save(page)
    page.select_option("#role [name=role_code]", label="客服")
    with page.expect_navigation():
        page.click("#role button")
    page.fill("#account [name=username]", username)
    with page.expect_navigation():
        page.click("#account button")
    invitation = page.input_value("#invitation-address")
    guest = console.stranger().page
    guest.goto(invitation)
    for field in ("password", "password_again"):
        guest.fill(f"[name={field}]", OWN_PASSWORD)
    guest.press("[name=password_again]", "Enter")
    expect(guest.locator(".rail-person")).to_contain_text("欧阳娜娜")
    assert console.stranger().open(invitation) == 404


def test_figures_of_a_plan_appear_when_it_is_chosen(console: Console) -> None:
    page = console.visit(ADMINISTRATOR).page
    page.goto("/plans/publish/")
    page.fill("[name=source]", WITH_FIGURE.replace("24", "parsecs"))
    page.click("[name=do][value=check]")
    expect(page.locator("#findings-heading + *, .inside-lines").first).to_be_visible()
    expect(page.locator(".excerpt mark").first).to_contain_text("parsecs")
    new_customer(page, "选方案的客户")
    page.click("text=新建合同")
    page.select_option("[name=plan_version_id]", label="有参数的方案 v1")
    expect(page.get_by_label("到场时限（小时）")).to_be_visible()


@pytest.mark.req("B-81", "R21")
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_pages_of_the_archive_fit_and_axe_finds_nothing(
    console: Console, width: int, scheme: str
) -> None:
    world = console.world
    visitor = console.visit(ADMINISTRATOR, width=width, color_scheme=scheme)
    file = f"/customers/{world.customer_id}/"
    asset = f"/assets/{world.asset_id}/"
    plan, contract, person = (
        _first(visitor, path) for path in ("/plans/", "/contracts/", "/settings/")
    )
    parts = [f"{file}{one}/new/" for one in ("sites", "contacts", "projects", "assets")]
    paths = [file, f"{file}edit/", *parts, f"{file}contracts/new/", asset, f"{asset}edit/"]
    paths += [plan, contract, f"{contract}edit/", person, f"{person}edit/", "/plans/publish/"]
    paths += ["/settings/people/new/", "/settings/units/", "/settings/units/new/", "/tokens/"]
    paths += ["/documents/", "/documents/letter-zh/edit/", _worded(visitor)]
    found = {}
    for path in paths:
        assert visitor.open(path) == 200, path
        if trouble := [*violations(visitor), *([f"{n} px"] if (n := overflow(visitor)) else [])]:
            found[path] = trouble
    assert found == {}


def _worded(visitor: Visitor) -> str:
    """The address of a document template with a version that waits to be published."""
    visitor.open("/documents/letter-zh/edit/")
    visitor.page.fill(
        "[name=closing]", "收款账号：0000 1111 2222 3333 4444 5555 6666 7777 8888 9999"
    )
    visitor.page.fill("[name=word_customer]", "甲方（委托单位）")
    save(visitor.page)
    return "/documents/letter-zh/"


def _first(visitor: Visitor, path: str) -> str:
    """The address that the first row of a list leads to."""
    visitor.open(path)
    return visitor.page.locator("tbody a").first.get_attribute("href") or ""
