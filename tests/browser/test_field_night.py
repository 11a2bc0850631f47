"""A night without network: the whole visit on the phone, nothing lost, the office has it afterwards."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Console
from tests.browser.field_steps import (
    agree,
    all_sent,
    arrive_without_proof,
    has_unsent,
    issue_sheet,
    kept_on,
    open_app,
    open_job,
    press,
    save,
    sign,
    take_photo,
    write_report,
)
from tests.browser.story_world import MORNING_BROADCASTER, MORNING_NUMBER
from tests.browser.test_appearance import overflow, violations
from tests.system.installation import processes_about

FOUND = "光模块无光，交换板端口灯灭"
DONE = "更换光模块与交换板，逐路播出测试正常"


@pytest.mark.req("B-40", "B-41", "B-43", "LV-04", "LV-05", "LV-15", "R53", "R55", "R56")
def test_the_night_of_the_broadcaster_is_done_in_a_basement(
    console: Console, tmp_path: Path
) -> None:
    symptom = "播出链路中断，频道停播（夜间抢修）"
    request, sheet = issue_sheet(console, symptom, MORNING_NUMBER, level="limited")
    phone = open_app(console)
    page, network = phone.page, phone.page.context
    expect(page.locator("a.card", has_text=symptom)).to_contain_text(MORNING_BROADCASTER)
    network.set_offline(True)
    page.reload()
    open_job(page, symptom)
    assert violations(phone) == []
    press(page, "接单")
    expect(page.locator("#state")).to_have_text("已接单")
    agree(page, "2027-01-05T00:25", "到东门登记，值班工程师陪同")
    press(page, "出发")
    arrive_without_proof(page, "地下机房没有信号，门口无二维码")
    expect(page.locator("#state")).to_have_text("现场处理")
    has_unsent(page, 4)
    assert overflow(phone) <= 0

    press(page, "填写处理情况")
    write_report(page, findings=FOUND, work_done=DONE, parts_used="光模块 SFP-10G ×1")
    # The battery dies in the middle of it.
    page.wait_for_timeout(1_000)
    page.reload()
    expect(page.locator("[name=work_done]")).to_have_value(DONE)
    expect(page.locator("[name=result]:checked")).to_have_count(1)
    assert violations(phone) == []
    assert overflow(phone) <= 0
    save(page)

    page.locator(".task", has_text="照片").click()
    take_photo(page, tmp_path)
    assert violations(phone) == []
    assert overflow(phone) <= 0
    page.locator(".back").click()
    page.locator(".task", has_text="再次上门").click()
    page.fill("[name=on]", "2027-01-12")
    page.fill("[name=note]", "复查光功率")
    save(page)
    press(page, "请客户签字")
    expect(page.locator("main")).to_contain_text(DONE)
    assert violations(phone) == []
    page.locator(".back").click()
    sign(page, "周启明")
    has_unsent(page, 8)
    page.goto("/field/#/unsent")
    expect(page.locator("main")).to_contain_text("请客户签字")
    page.reload()
    has_unsent(page, 8)

    network.set_offline(False)
    all_sent(page)
    desk = console.visit(console.world.manager).page
    desk.goto(sheet)
    expect(desk.locator("h1 + p")).to_contain_text("已签字")
    expect(desk.locator("main")).to_contain_text(DONE)
    expect(desk.locator(".signature-mark")).to_be_visible()
    desk.goto(request)
    expect(desk.locator("main")).to_contain_text("复查光功率")
    expect(desk.locator("main img, main a[href*='/files/']").first).to_be_attached()


@pytest.mark.req("B-40", "R53", "R54")
def test_a_killed_server_loses_and_doubles_nothing(console: Console) -> None:
    symptom = "防火墙反复重启（服务器中断）"
    _request, sheet = issue_sheet(console, symptom)
    phone = open_app(console)
    page = phone.page
    open_job(page, symptom)
    port = console.address.rpartition(":")[2]
    press(page, "接单")
    for pid, words in processes_about(port).items():
        if "yinuo.surfaces.cli.web" in words:
            os.kill(pid, signal.SIGKILL)
    agree(page, "2027-01-05T10:30", "上门，到东门找保安")
    press(page, "出发")
    arrive_without_proof(page, "二维码已损坏")
    press(page, "填写处理情况")
    write_report(page, findings="电源老化", work_done="更换电源模块")
    save(page)
    all_sent(page)
    desk = console.visit(console.world.manager).page
    desk.goto(sheet)
    expect(desk.locator("h1 + p")).to_contain_text("待签字")
    expect(desk.locator("main")).to_contain_text("更换电源模块")


@pytest.mark.req("B-40", "R53")
def test_what_the_office_changed_meanwhile_is_shown_and_decided_on_the_phone(
    console: Console,
) -> None:
    symptom = "门禁控制器离线（两边同时改）"
    _request, sheet = issue_sheet(console, symptom)
    phone = open_app(console)
    page = phone.page
    open_job(page, symptom)
    page.context.set_offline(True)
    press(page, "接单")
    agree(page, "2027-01-05T10:30", "上门")
    # Meanwhile the office has written down the acceptance itself.
    desk = console.visit(console.world.manager).page
    desk.goto(sheet)
    desk.locator("#next").get_by_role("button", name="接单").click()
    expect(desk.locator("h1 + p")).to_contain_text("已接单")
    page.context.set_offline(False)
    page.goto("/field/#/unsent")
    card = page.locator("[data-operation]").first
    expect(card).to_contain_text("接单")
    expect(card).to_contain_text("目前记录")
    assert violations(phone) == []
    assert overflow(phone) <= 0
    page.on("dialog", lambda asked: asked.accept("公司已代为接单"))
    card.get_by_role("button", name="放弃").click()
    expect(page.locator("[data-operation]").filter(has_text="放弃")).to_have_count(0)
    all_sent(page)
    desk.goto(sheet)
    expect(desk.locator("h1 + p")).to_contain_text("已约定")


@pytest.mark.req("R54")
def test_a_revoked_phone_erases_everything(console: Console) -> None:
    symptom = "防火墙指示灯异常（手机遗失）"
    issue_sheet(console, symptom)
    phone = open_app(console)
    page = phone.page
    open_job(page, symptom)
    finder = console.visit(console.world.technician).page
    finder.goto("/field/devices/")
    for _ in range(finder.get_by_role("button", name="注销").count()):
        finder.get_by_role("button", name="注销").first.click()
    page.goto("/field/#/phone")
    page.get_by_role("button", name="刷新任务").click()
    expect(page.locator("#status")).to_contain_text("本机已退出")
    # It says so first and erases then, so that nothing is written meanwhile.
    until = monotonic() + 15
    while (left := kept_on(page)) and monotonic() < until:
        page.wait_for_timeout(200)
    assert left == []
