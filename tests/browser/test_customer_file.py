"""The customer's file in a real browser: group, consent, parts, papers, and what the health says."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console
from tests.browser.test_appearance import overflow, violations
from tests.browser.test_archive import ADMINISTRATOR, new_customer, save


def press(page: Page, part: str, name: str) -> None:
    """Follow a link of one part of the file."""
    page.locator(f"#{part}").get_by_role("link", name=name).first.click()


@pytest.mark.req("B-20", "BP-12", "SA-04")
def test_account_manager_keeps_the_whole_file(console: Console) -> None:
    visitor = console.visit(ADMINISTRATOR)
    page = visitor.page
    mark = uuid4().hex[:6]
    group = new_customer(page, f"长风集团{mark}")
    press(page, "tree", "下级公司")
    page.fill("[name=name]", f"长风广电{mark}")
    save(page)
    file = page.url
    expect(page.locator("#tree")).to_contain_text(f"长风集团{mark}")
    press(page, "contacts", "新建联系人")
    page.fill("[name=name]", "欧阳晓岚")
    page.get_by_label("决策人").check()
    save(page)
    press(page, "contacts", "授权")
    page.locator("[name=survey][value=no]").check()
    page.select_option("[name=how]", "paper")
    save(page)
    expect(page.locator("#contacts")).to_contain_text("满意度调查 拒绝")
    press(page, "visits", "新增走访")
    page.fill("[name=purpose]", "首次走访")
    save(page)
    expect(page.locator("#health")).to_contain_text("回访 0 次")
    page.goto(group)
    expect(page.locator("#tree")).to_contain_text(f"长风广电{mark}")
    page.goto(file)
    page.set_viewport_size({"width": 360, "height": 740})
    assert not overflow(visitor)
    assert not violations(visitor)


@pytest.mark.req("SA-04", "B-20", "B-23")
def test_replaced_part_and_downtime_stand_on_the_asset(console: Console) -> None:
    visitor = console.visit(ADMINISTRATOR)
    page = visitor.page
    new_customer(page, f"部件科技{uuid4().hex[:6]}")
    press(page, "assets", "新建设备")
    page.fill("[name=name]", "日志审计服务器")
    save(page)
    press(page, "components", "新增部件")
    page.fill("[name=name]", "电源模块")
    page.fill("[name=serial]", f"P-{uuid4().hex[:8]}")
    save(page)
    press(page, "components", "更换")
    page.fill("[name=serial]", new := f"P-{uuid4().hex[:8]}")
    page.fill("[name=reason]", "返修更换")
    save(page)
    rows = page.locator("#components tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(new)
    expect(rows.first).to_contain_text("出厂配置")
    press(page, "downtimes", "新增停机")
    page.fill("[name=cause]", "机房停电")
    save(page)
    expect(page.locator("#health")).to_contain_text("正在停机")
    page.set_viewport_size({"width": 360, "height": 740})
    assert not overflow(visitor)
    assert not violations(visitor)


@pytest.mark.req("SG-08")
def test_promised_paper_is_missing_until_it_was_handed_over(
    console: Console, tmp_path: Path
) -> None:
    page = console.visit(ADMINISTRATOR).page
    manual = tmp_path / "用户手册.pdf"
    manual.write_bytes(b"%PDF-1.7\n")
    file = new_customer(page, f"资料科技{uuid4().hex[:6]}")
    press(page, "projects", "新建项目")
    page.fill("[name=name]", "一期工程")
    page.fill("[name=accepted_on]", "2026-01-05")
    save(page)
    press(page, "projects", "一期工程")
    press(page, "papers", "新增应移交资料")
    page.fill("[name=title]", "用户手册")
    page.select_option("[name=due_after]", "accepted")
    page.fill("[name=due_days]", "10")
    save(page)
    paper = page.url
    page.goto(file)
    expect(page.locator("#papers")).to_contain_text("逾期")
    expect(page.locator("#health")).to_contain_text("其中 1 份已逾期")
    page.goto(paper)
    page.click("text=新版本")
    page.set_input_files("[name=file]", str(manual))
    save(page)
    page.locator(".page-head").get_by_role("link", name="审核").click()
    save(page)
    page.locator(".page-head").get_by_role("link", name="移交").click()
    page.fill("[name=taken_by]", "李晓明")
    save(page)
    expect(page.locator("h1")).to_contain_text("已移交")
    page.goto(file)
    expect(page.locator("#health")).to_contain_text("已全部移交")
