"""The request page in a real browser: two people, live changes, what each may do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console, Visitor
from tests.browser.test_intake import choose_caller, describe, saved

MINE = "我先打的字：客户说机房断电，已建议切换旁路。"


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


@pytest.mark.req("R38", "R39")
def test_of_two_people_the_second_sees_both_versions_and_keeps_his_words(
    console: Console, consultant: Visitor, address: str
) -> None:
    mine = consultant.page
    stop_live_changes(mine)
    mine.fill("#steps [name=reason]", MINE)
    other = console.visit(console.world.colleague).page
    other.goto(address)
    other.fill("#steps [name=reason]", "王芳先答复了客户。")
    other.click("button[value=responded]")
    expect(other.locator(".timeline")).to_contain_text("王芳先答复了客户。")
    with mine.expect_response("**/steps/") as answer:
        mine.click("button[value=responded]")
    assert answer.value.status == 409
    conflict = mine.locator("#conflict")
    expect(conflict).to_contain_text("新建")
    expect(conflict).to_contain_text("已响应")
    expect(conflict).to_contain_text("王芳")
    assert mine.input_value("#steps [name=reason]") == MINE
    mine.click("button[value=noted]")
    expect(mine.locator(".timeline")).to_contain_text(MINE)


def test_a_change_by_somebody_else_appears_without_touching_what_is_typed(
    console: Console, consultant: Visitor, address: str
) -> None:
    mine = consultant.page
    mine.fill("#steps [name=reason]", MINE)
    other = console.visit(console.world.colleague).page
    other.goto(address)
    other.click("button[value=responded]")
    expect(mine.locator(".head")).to_contain_text("已响应", timeout=10_000)
    assert mine.input_value("#steps [name=reason]") == MINE


def test_a_lost_session_or_network_loses_no_words(
    console: Console, consultant: Visitor, address: str
) -> None:
    page = consultant.page
    page.fill("#steps [name=reason]", MINE)
    page.context.set_offline(True)
    page.click("button[value=responded]")
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.goto(address)
    expect(page.locator("#steps [name=reason]")).to_have_value(MINE)
    cookies = page.context.cookies()
    session = [one for one in cookies if one["name"].endswith("session")]
    page.context.clear_cookies(name=session[0]["name"])
    with page.expect_response("**/steps/") as answer:
        page.click("button[value=responded]")
    assert answer.value.status == 401
    page.context.add_cookies(session)
    page.goto(address)
    expect(page.locator("#steps [name=reason]")).to_have_value(MINE)
    page.click("button[value=responded]")
    expect(page.locator(".timeline")).to_contain_text(MINE)
    expect(page.locator("#steps [name=reason]")).to_have_value("")


def test_a_technician_is_offered_work_but_no_closing(console: Console, address: str) -> None:
    page = console.visit(console.world.technician).page
    page.goto(address)
    expect(page.locator("button[value=responded]")).to_be_visible()
    expect(page.locator("button[value=cancelled]")).to_have_count(0)
    expect(page.locator("#level")).to_have_count(0)
    expect(page.locator(".rail a[href='/intake/']")).to_have_count(0)


def test_cancelling_asks_for_the_reason(consultant: Visitor, address: str) -> None:
    page = consultant.page
    page.click("button[value=cancelled]")
    expect(page.locator("#steps .wrong")).to_have_text("请说明原因。")
    page.fill("#steps [name=reason]", "客户自行解决。")
    page.click("button[value=cancelled]")
    expect(page.locator(".head")).to_contain_text("已取消")


@pytest.mark.req("R03")
def test_a_foreign_and_an_absent_request_look_the_same(consultant: Visitor) -> None:
    page = consultant.page
    answers = []
    for path in ("/requests/019d0000-0000-7000-8000-000000000000/", "/requests/nothing/"):
        status = consultant.open(path)
        answers.append((status, page.locator("h1").inner_text()))
    assert answers[0] == answers[1] == (404, "这里没有您可以查看的内容")
