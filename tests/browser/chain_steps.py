"""An emergency plan taken along its chain on the screens, by those whose steps they are."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.conftest import Console

LATE = "从纸质记录补录"
PROJECT_MANAGER, DIRECTOR, PARTS, LEAD = "zhou.ming", "zheng.jie", "feng.tao", "han.lei"


def act(page: Page, address: str, at: str, **typed: str) -> None:
    """Fill in the form of an act that happened at another time, and say why it comes so late."""
    page.goto(address)
    for name, value in typed.items():
        control = page.locator(f"#editor [name={name}]")
        if control.first.get_attribute("type") == "radio":
            page.check(f"#editor [name={name}][value={value}]")
        elif control.first.evaluate("one => one.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
    page.fill("#editor [name=occurred_at]", at)
    page.click("#editor [type=submit]")
    page.fill("#editor [name=late_reason]", LATE)
    page.click("#editor [type=submit]")
    page.wait_for_load_state()
    assert page.locator("#editor").count() == 0, page.locator(".wrong, .note").all_inner_texts()


def live_through_the_chain(console: Console, request: str) -> str:
    """Story 1 from 22:25 to 22:50; gives the address of the plan."""
    night = "2026-02-14T"
    consultant = console.visit(console.world.consultant).page
    consultant.goto(request)
    expect(consultant.locator("#emergency")).to_contain_text("不能派人")
    act(consultant, f"{request}emergency/new/", night + "22:25", note="链路中断，远程无效")
    plan = consultant.url
    expect(consultant.locator(".chain [aria-current=step]")).to_contain_text("编制应急方案")
    expect(consultant.locator(".chain [aria-current=step]")).to_contain_text("周明")

    writer = console.visit(PROJECT_MANAGER).page
    content = {
        "analysis": "光模块故障，交换板疑似损坏",
        "lead_id": "韩磊 · 一诺演示服务总部",
        "items": "更换光模块\n更换交换板",
        "parts": "光模块\n交换板",
        "tools": "光功率计",
        "work_minutes": "120",
        "cost": "0",
        "special_points": "夜间进机房须登记",
    }
    act(writer, f"{plan}write/", night + "22:28", **content)
    manager = console.visit(console.world.manager).page
    act(manager, f"{plan}steps/acknowledged/", night + "22:31")
    # Nothing is released before the approval.
    parts = console.visit(PARTS).page
    parts.goto(plan)
    expect(parts.locator("main")).to_contain_text("不能派人，也不能放行配件")
    expect(parts.locator("main .page-head")).not_to_contain_text("放行配件")
    refused = parts.goto(f"{plan}steps/released/")
    assert refused is not None
    parts.fill("#editor [name=note]", "先行放行")
    parts.click("#editor [type=submit]")
    expect(parts.locator("main")).to_contain_text("还没轮到此步骤")

    consent = {"outcome": "agrees", "name": "周启明", "arrival_at": "2026-02-15T00:25"}
    act(manager, f"{plan}consent/", night + "22:36", **consent)
    director = console.visit(DIRECTOR).page
    director.goto("/emergency/?view=approvals")
    expect(director.locator("main table")).to_contain_text("服务总监批准")
    act(director, f"{plan}steps/approved/", night + "22:41")
    act(parts, f"{plan}steps/released/", night + "22:43")
    lead = console.visit(LEAD).page
    told = {"arrival_at": "2026-02-15T00:25", "reached": "周启明"}
    act(lead, f"{plan}depart/", night + "22:50", **told)
    expect(lead.locator(".chain")).to_contain_text("郑洁")
    expect(lead.locator("main")).to_contain_text("2月15日 00:25")
    return plan
