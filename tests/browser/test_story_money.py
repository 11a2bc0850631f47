"""What the stories cost, met on the screens where people meet it, to the fen."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console, Visitor
from tests.browser.steps import take_step
from tests.browser.story_world import (
    CAMPUS,
    CAMPUS_NUMBER,
    MUSEUM,
    MUSEUM_NUMBER,
    NEIGHBOUR,
    NEIGHBOUR_NUMBER,
)
from tests.browser.test_appearance import overflow, violations
from tests.browser.test_archive import save
from tests.browser.test_intake import choose_caller, saved
from tests.browser.test_prices import add, publish
from tests.browser.test_stories import report
from tests.factories.documents import words_of_pdf

CHINA = ZoneInfo("Asia/Shanghai")
ONE_PER_CENT = "4,860.00"


def record(page: Page, kind: str, at: datetime | str, **typed: str) -> None:
    """A step that happened earlier: on `at`, a day and time of July or an instant."""
    local = at.astimezone(CHINA) if isinstance(at, datetime) else None
    moment = f"{local:%Y-%m-%dT%H:%M}" if local else f"2026-07-{at.replace(' ', 'T')}"
    take_step(page, kind, occurred_at=moment, late_reason="从纸质记录补录", **typed)


def answered_late(page: Page, answer: datetime | str) -> None:
    """The first answer, and what was done at once."""
    record(page, "responded", answer, analysis="先派人看守，疏散行人")
    record(page, "measures_taken", answer, text="专家会诊，封闭现场")


def row(page: Page, title: str) -> str:
    """The row of a list that names this promise, as one line."""
    text = page.locator("table.list tbody tr", has_text=title).inner_text()
    return re.sub(r"\s+", " ", text)


def looked_at(visitor: Visitor) -> None:
    """The page fits, on a phone too, and axe is content."""
    assert violations(visitor) == []
    visitor.page.set_viewport_size({"width": 360, "height": 800})
    assert overflow(visitor) <= 0
    visitor.page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.req("SG-09", "SG-10", "B-07", "B-08", "B-09")
def test_story_2_costs_14580_from_the_call_to_the_statement(
    console: Console, consultant: Visitor
) -> None:
    manager = console.visit(console.world.manager)
    desk, page = consultant.page, manager.page
    _visit_held(page)
    desk.goto("/intake/")
    choose_caller(desk, CAMPUS_NUMBER)
    report(desk, "正门灯箱松动，下面是人行道", "major", "2026-07-11T09:00", category="loose")
    case = saved(desk)
    answered_late(desk, "11 14:20")
    expect(desk.locator(".promise", has_text="响应").first).to_contain_text("1 小时 20 分")
    record(desk, "arrived", "11 16:10")
    expect(desk.locator(".promise", has_text="到场").first).to_contain_text("提前 50 分")
    signed = {"until": "2026-07-13T18:00", "agreed_by": "双方签字"}
    record(desk, "restoration_agreed", "11 16:40", **signed)
    record(desk, "restored", "15 10:30", method="重做支架，更换膨胀螺栓")

    page.goto(case)
    expect(page.locator("main")).to_contain_text("9,720.00")
    page.goto(f"/breaches/?q={CAMPUS}&state=priced")
    expect(page.locator("table.list tbody tr:not(.foot)")).to_have_count(2)
    assert "逾期 1 小时 20 分" in row(page, "响应")
    assert "逾期 1 天 16 小时 30 分" in row(page, "按约定时间恢复")
    expect(page.locator("main")).to_contain_text("14,580.00 CNY")
    looked_at(manager)
    for title, amount in (("响应", ONE_PER_CENT), ("按约定时间恢复", "9,720.00")):
        page.goto(f"/breaches/?q={CAMPUS}&state=waiting")
        page.locator("tbody tr", has_text=title).locator("a").first.click()
        expect(page.locator("main")).to_contain_text("1 % × 486,000.00")
        expect(page.locator("main")).to_contain_text(f"{amount} CNY")
        page.click("a:has-text('批准')")
        save(page)
    _stated(manager)


def _visit_held(page: Page) -> None:
    """The summer visit, as its visitors wrote it down."""
    page.goto(f"/customers/?q={CAMPUS}")
    page.locator("tbody a").first.click()
    page.locator("a", has_text="新增走访").first.click()
    page.fill("[name=visited_on]", "2026-06-24")
    page.fill("[name=visitors]", "巡访组")
    page.fill("[name=purpose]", "夏季巡访：标牌牢固，照片存档")
    save(page)


def statement(page: Page, customer: str, first: str, last: str, **chosen: str) -> None:
    """Issue a customer's statement of a period."""
    page.goto(f"/customers/?q={customer}")
    page.locator("tbody a").first.click()
    page.wait_for_url(re.compile("/customers/[0-9a-f-]{36}/$"))
    page.goto(f"{page.url}statements/new/")
    page.fill("[name=starts_on]", first)
    page.fill("[name=ends_on]", last)
    for name, label in chosen.items():
        page.select_option(f"[name={name}]", label=label)
    save(page)


def _stated(manager: Visitor) -> None:
    """The statement of July: on the page, and in the PDF as another program reads it."""
    page = manager.page
    statement(page, CAMPUS, "2026-07-01", "2026-07-31", contract_id="BP-2026-0711")
    sums = page.locator("#statement-sums")
    expect(sums).to_contain_text("14,580.00 CNY")
    expect(sums).to_contain_text("人民币壹万肆仟伍佰捌拾元整")
    looked_at(manager)
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    words = words_of_pdf(Path(download.value.path()).read_bytes())
    for said in ("-4,860.00", "-9,720.00", "14,580.00 CNY", "人民币壹万肆仟伍佰捌拾元整", CAMPUS):
        assert said in words, said


@pytest.mark.req("B-07", "SG-10")
def test_exposure_shows_what_is_lost_and_what_a_further_day_costs(
    console: Console, consultant: Visitor
) -> None:
    """As story 2 stood before the time agreed: the same hours, but ending tomorrow."""
    called = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=1)
    desk = consultant.page
    choose_caller(desk, MUSEUM_NUMBER)
    local = f"{called.astimezone(CHINA):%Y-%m-%dT%H:%M}"
    report(desk, "正门灯箱松动", "major", local, category="light")
    saved(desk)
    answered_late(desk, called + timedelta(hours=5, minutes=20))
    record(desk, "arrived", called + timedelta(hours=7, minutes=10))
    until = called + timedelta(days=2, hours=9)
    signed = {"until": f"{until.astimezone(CHINA):%Y-%m-%dT%H:%M}", "agreed_by": "双方签字"}
    record(desk, "restoration_agreed", called + timedelta(hours=7, minutes=40), **signed)

    manager = console.visit(console.world.manager)
    page = manager.page
    page.goto("/exposure/?by=customer")
    page.locator("tbody tr", has_text=MUSEUM).locator("a").first.click()
    page.goto(page.url)
    sums = [one.inner_text().replace("\n", " ") for one in page.locator(".tally").all()]
    assert [one.split()[-1] for one in sums] == ["4,860.00", "4,860.00", "4,860.00", "34,020.00"]
    looked_at(manager)


@pytest.mark.req("LV-10", "LV-13", "B-70")
def test_story_3_charges_1840_and_passes_costs_on_apart(
    console: Console, consultant: Visitor
) -> None:
    publish(console)
    desk = consultant.page
    choose_caller(desk, NEIGHBOUR_NUMBER)
    report(desk, "门禁控制器损坏，需送修", "", "2026-10-12T09:00")
    case = saved(desk)
    manager = console.visit(console.world.manager)
    page = manager.page
    two = {"persons": "2", "zone": "inner"}
    _charged(
        page,
        case,
        ("visit", two),
        ("second_visit", two),
        ("transport", {"quantity": "2", "zone": "inner"}),
    )
    expect(page.locator("main")).to_contain_text("1,840.00 CNY")
    _charged(page, case, ("repair", {"cost": "365.50"}), ("carrier", {"cost": "48.00"}))
    statement(page, NEIGHBOUR, "2026-10-01", "2026-10-31")
    for said in ("800.00", "640.00", "400.00", "365.50", "48.00", "2,253.50 CNY"):
        expect(page.locator("main")).to_contain_text(said)
    expect(page.locator("main")).to_contain_text("人民币贰仟贰佰伍拾叁元伍角整")


def _charged(page: Page, case: str, *lines: tuple[str, dict[str, str]]) -> None:
    """Work of one day by the price list, at the customer's cost."""
    page.goto(f"{case}charges/new/")
    with page.expect_response(re.compile("/lines/")):
        page.select_option("[name=price_list_id]", label="弱电系统服务价目表 v1")
    for code, typed in lines:
        add(page, code, **typed)
    page.fill("[name=occurred_on]", "2026-10-14")
    save(page)
