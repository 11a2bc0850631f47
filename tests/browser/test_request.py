"""The request page in a real browser: two people, live changes, what each may do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console, Visitor
from tests.browser.steps import fill, step_form, take_step
from tests.browser.test_intake import choose_caller, describe, saved

MINE = "我先打的字：客户说机房断电，已建议切换旁路。"
ANALYSIS = "#do-responded [name=analysis]"
SENT = "#do-responded button[type=submit]"
LATE = {"late_reason": "补录"}


@pytest.fixture
def address(console: Console, consultant: Visitor) -> str:
    """The address of a request just taken in."""
    choose_caller(consultant.page)
    describe(consultant.page, "serious")
    return saved(consultant.page)


def stop_live_changes(page: Page) -> None:
    """As when the network was away while somebody else worked."""
    page.evaluate("document.getElementById('live').removeAttribute('hx-get')")
    page.route("**/version/", lambda route: route.abort())


def moment(text: str) -> str:
    """A local time as the browser's field takes it."""
    return f"2026-05-{text.replace(' ', 'T')}"


@pytest.mark.req("R38", "R39")
def test_of_two_people_the_second_sees_both_versions_and_keeps_his_words(
    console: Console, consultant: Visitor, address: str
) -> None:
    mine = consultant.page
    stop_live_changes(mine)
    mine.fill(ANALYSIS, MINE)
    other = console.visit(console.world.colleague).page
    other.goto(address)
    take_step(other, "responded", analysis="王芳先答复了客户。")
    expect(other.locator(".timeline")).to_contain_text("王芳先答复了客户。")
    with mine.expect_response("**/steps/") as answer:
        mine.click(SENT)
    assert answer.value.status == 409
    conflict = mine.locator("#conflict")
    expect(conflict).to_contain_text("新建")
    expect(conflict).to_contain_text("已响应")
    expect(conflict).to_contain_text("王芳")
    assert mine.input_value(ANALYSIS) == MINE
    mine.click(SENT)
    expect(mine.locator(".timeline")).to_contain_text(MINE)


def test_a_change_by_somebody_else_appears_without_touching_what_is_typed(
    console: Console, consultant: Visitor, address: str
) -> None:
    mine = consultant.page
    fill(step_form(mine, "noted"), text=MINE)
    other = console.visit(console.world.colleague).page
    other.goto(address)
    take_step(other, "responded")
    expect(mine.locator(".head")).to_contain_text("已响应", timeout=10_000)
    assert mine.input_value("#do-noted [name=text]") == MINE


def test_a_lost_session_or_network_loses_no_words(
    console: Console, consultant: Visitor, address: str
) -> None:
    page = consultant.page
    page.fill(ANALYSIS, MINE)
    page.context.set_offline(True)
    with page.expect_event("requestfailed", lambda asked: asked.method == "POST"):
        page.click(SENT)
    page.context.set_offline(False)
    page.goto(address)
    expect(page.locator(ANALYSIS)).to_have_value(MINE)
    cookies = page.context.cookies()
    session = [one for one in cookies if one["name"].endswith("session")]
    page.context.clear_cookies(name=session[0]["name"])
    with page.expect_response("**/steps/") as answer:
        page.click(SENT)
    assert answer.value.status == 401
    page.context.add_cookies(session)
    page.goto(address)
    expect(page.locator(ANALYSIS)).to_have_value(MINE)
    page.click(SENT)
    expect(page.locator(".timeline")).to_contain_text(MINE)
    expect(step_form(page, "noted").locator("[name=text]")).to_have_value("")


def test_a_technician_is_offered_work_but_no_closing(console: Console, address: str) -> None:
    page = console.visit(console.world.technician).page
    page.goto(address)
    expect(page.locator("#do-responded")).to_be_visible()
    for closed in ("cancelled", "merge", "level", "cover"):
        expect(page.locator(f"a[data-do={closed}]")).to_have_count(0)
    expect(page.locator(".rail a[href='/intake/']")).to_have_count(0)


def test_cancelling_asks_for_the_reason(consultant: Visitor, address: str) -> None:
    page = consultant.page
    take_step(page, "cancelled")
    expect(page.locator("#do-cancelled .wrong")).to_have_text("此项必填。")
    take_step(page, "cancelled", reason="客户自行解决。")
    expect(page.locator(".head")).to_contain_text("已取消")


@pytest.mark.req("SV-06", "BP-15", "BP-03")
def test_a_remote_session_shows_who_allowed_it_and_what_was_done(
    consultant: Visitor, address: str
) -> None:
    page = consultant.page
    take_step(page, "responded", analysis="电源模块故障")
    take_step(page, "remote_started", from_where="客服中心")
    expect(page.locator("#do-remote_started .wrong")).to_have_text("此项必填。")
    take_step(page, "remote_started", authorised_by="值班员李工")
    expect(page.locator(".head")).to_contain_text("远程")
    take_step(page, "remote_ended", text="查看日志，切换电源", result="not_solved")
    lines = page.locator(".timeline")
    for said in ("值班员李工", "客服中心", "查看日志，切换电源", "未解决"):
        expect(lines).to_contain_text(said)


@pytest.mark.req("SV-10")
def test_solved_by_phone_ends_the_clocks_by_one_form(consultant: Visitor, address: str) -> None:
    page = consultant.page
    take_step(page, "advised_by_phone", text="指导客户重启", result="solved")
    expect(page.locator(".head")).to_contain_text("已恢复")
    expect(page.locator(".timeline")).to_contain_text("电话解决")


def test_waiting_says_for_what_and_which_clocks_run_on(consultant: Visitor, address: str) -> None:
    page = consultant.page
    take_step(page, "responded")
    take_step(page, "paused", reason="waiting_for_customer", text="停播后才能进场")
    expect(page.locator("#waiting")).to_contain_text("等待客户")
    expect(page.locator("#waiting")).to_contain_text("当地工程师到场")
    take_step(page, "resumed")
    expect(page.locator("#waiting")).to_have_count(0)


@pytest.mark.req("B-04")
def test_a_corrected_arrival_shows_what_it_changed(consultant: Visitor, address: str) -> None:
    page = consultant.page
    take_step(page, "responded", occurred_at=moment("01 23:30"), **LATE)
    take_step(page, "on_site_decided", occurred_at=moment("01 23:40"), **LATE)
    take_step(page, "arrived", occurred_at=moment("02 03:00"), **LATE)
    arrival = page.locator(".timeline li", has_text="到达现场").first
    arrival.locator("a", has_text="更正").click()
    form = page.locator(".do-form")
    fill(form, occurred_at=moment("02 05:00"), why="打卡记录为五点")
    with page.expect_navigation():
        form.locator("button[type=submit]").click()
    expect(page.locator(".timeline .gone")).to_contain_text("到达现场")
    counting = page.locator(".timeline li:not(.gone)").filter(has_text="到达现场")
    changed = counting.locator(".changed")
    expect(changed).to_contain_text("当地工程师到场")
    expect(changed).to_contain_text("已兑现 → 已超时")
    expect(page.locator(".timeline")).to_contain_text("打卡记录为五点")


def test_handing_over_shows_the_next_one_and_empties_ones_own_list(
    console: Console, consultant: Visitor, address: str
) -> None:
    page = consultant.page
    number = page.locator("h1").inner_text()
    form = step_form(page, "handover")
    value = form.locator("option", has_text="王芳").first.get_attribute("value") or ""
    take_step(page, "handover", to_id=value, reason="请跟进")
    expect(page.locator(".head")).to_contain_text("王芳")
    page.goto("/requests/?state=mine")
    expect(page.locator("main")).not_to_contain_text(number)


@pytest.mark.req("B-16")
def test_merging_leads_to_the_other_request(
    console: Console, consultant: Visitor, address: str
) -> None:
    page = consultant.page
    page.goto("/intake/")
    choose_caller(page)
    describe(page, "serious")
    second = saved(page)
    form = step_form(page, "merge")
    first = address.rstrip("/").rsplit("/", 1)[1]
    fill(form, into_id=first, reason="同一故障")
    with page.expect_navigation():
        form.locator("button[type=submit]").click()
    expect(page.locator(".head")).to_contain_text("已合并")
    page.locator("main .note a").first.click()
    expect(page).to_have_url(address)
    page.goto(second)
    expect(page.locator(".do-form")).to_have_count(0)


@pytest.mark.req("R03")
def test_a_foreign_and_an_absent_request_look_the_same(consultant: Visitor) -> None:
    page = consultant.page
    answers = []
    for path in ("/requests/019d0000-0000-7000-8000-000000000000/", "/requests/nothing/"):
        status = consultant.open(path)
        answers.append((status, page.locator("h1").inner_text()))
    assert answers[0] == answers[1] == (404, "这里没有您可以查看的内容")
