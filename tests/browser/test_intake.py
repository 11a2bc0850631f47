"""Intake in a real browser: a call becomes a request with its promises, whatever goes wrong."""

from __future__ import annotations

import re
import threading

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import Console, Visitor
from tests.browser.steps import take_step
from tests.browser.world import CONTACT, CUSTOMER, HOTLINE_NUMBER, SERIAL

SYMPTOM = "业务全部中断，防火墙无法启动，电源模块故障灯常亮。"
REPORTED = "2026-05-01T23:10"
INTAKE = re.compile(r"/intake/(\?.*)?$")


def choose_caller(page: Page, typed: str = HOTLINE_NUMBER) -> None:
    """Type what is known of the caller and take the first candidate."""
    page.fill("#finder", typed)
    page.locator("[data-candidate]").first.click()
    expect(page.locator("#who [name=customer_id]")).to_be_attached()


def describe(page: Page, level: str, symptom: str = SYMPTOM) -> None:
    """Symptom, asset, level and time of the report."""
    page.fill("[name=symptom]", symptom)
    page.locator("[name=asset_id]").first.check()
    page.check(f"[name=level][value={level}]")
    page.click("summary:has-text('不是现在报修的')")
    page.fill("[name=reported_at]", REPORTED)


def due(page: Page, title: str) -> str:
    """The due time that a promise bar shows, as machines read it."""
    bar = page.locator(".promise", has_text=title)
    return bar.locator(".promise-foot time").first.get_attribute("datetime") or ""


def saved(page: Page) -> str:
    """Save by keyboard; gives the address of the request."""
    page.focus("[name=symptom]")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}/$"))
    return page.url


@pytest.mark.req("SA-05", "SA-07", "SA-14", "B-02", "B-06", "B-81")
def test_a_serious_fault_gets_its_three_due_times(consultant: Visitor) -> None:
    page = consultant.page
    choose_caller(page)
    expect(page.locator("#who")).to_contain_text(CUSTOMER)
    expect(page.locator("#id_contact_id option:checked")).to_contain_text(CONTACT)
    expect(page.locator("#who")).to_contain_text("合同有效")
    describe(page, "serious")
    expect(page.locator("#dues")).to_contain_text("5月1日 23:40")
    expect(page.locator("#dues")).to_contain_text("5月2日 03:10")
    saved(page)
    assert due(page, "响应") == "2026-05-01T23:40:00+08:00"
    assert due(page, "当地工程师到场") == "2026-05-02T03:10:00+08:00"
    page.locator(".promise", has_text="响应").locator("summary").click()
    why = page.locator(".promise", has_text="响应").locator(".why")
    expect(why).to_contain_text("SA-14")
    expect(why).to_contain_text("23:40")
    late = {"late_reason": "补录"}
    take_step(page, "responded", occurred_at="2026-05-01T23:30", **late)
    take_step(page, "development_requested", occurred_at="2026-05-02T06:00", **late)
    expect(page.locator(".timeline")).to_contain_text("已请求研发工程师")
    assert due(page, "研发工程师到场") == "2026-05-03T06:00:00+08:00"


@pytest.mark.req("SA-14")
def test_a_general_fault_gets_a_day_and_no_development_engineer_on_site(
    consultant: Visitor,
) -> None:
    page = consultant.page
    choose_caller(page, SERIAL)
    describe(page, "general")
    expect(page.locator("#dues")).to_contain_text("5月2日 23:10")
    saved(page)
    assert due(page, "响应") == "2026-05-01T23:40:00+08:00"
    assert due(page, "当地工程师到场") == "2026-05-02T23:10:00+08:00"
    take_step(page, "responded")
    take_step(page, "development_requested")
    expect(page.locator(".promise", has_text="研发工程师远程支持")).to_have_count(1)
    expect(page.locator(".promise", has_text="研发工程师到场")).to_have_count(0)


@pytest.mark.req("R37")
def test_back_and_save_again_gives_the_same_request(consultant: Visitor) -> None:
    page = consultant.page
    choose_caller(page)
    describe(page, "serious")
    first = saved(page)
    page.go_back()
    expect(page.locator("[name=symptom]")).to_have_value(SYMPTOM)
    page.check("[name=level][value=serious]")
    assert saved(page) == first


@pytest.mark.req("R37")
def test_a_double_click_opens_one_request(console: Console, consultant: Visitor) -> None:
    page = consultant.page
    choose_caller(page)
    describe(page, "serious", symptom="只开一次 双击")
    page.dblclick("button:has-text('保存请求')")
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}/$"))
    page.goto("/requests/?state=all&q=只开一次 双击")
    expect(page.locator("table.list tbody tr")).to_have_count(1)


@pytest.mark.req("R37", "B-81")
@pytest.mark.parametrize("taken", [False, True], ids=["never arrived", "answer lost"])
def test_a_network_cut_while_saving_loses_no_word_and_opens_one_request(
    consultant: Visitor, taken: bool
) -> None:
    page = consultant.page
    symptom = f"断网保存 {taken}"
    choose_caller(page)
    describe(page, "serious", symptom=symptom)
    address = page.url

    def cut(route: Route) -> None:
        if route.request.method == "POST" and taken:
            route.fetch(max_redirects=0)
        route.abort("connectionreset")

    page.route(INTAKE, cut)
    with page.expect_event("requestfailed", lambda asked: asked.method == "POST"):
        page.click("button:has-text('保存请求')")
    page.unroute(INTAKE, cut)
    page.goto(address)
    expect(page.locator("[name=symptom]")).to_have_value(symptom)
    expect(page.locator("[name=level][value=serious]")).to_be_checked()
    saved(page)
    page.goto(f"/requests/?state=all&q={symptom}")
    expect(page.locator("table.list tbody tr")).to_have_count(1)


@pytest.mark.req("B-81")
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"[name=symptom]": " "}, "请按来电人的说法描述问题。"),
        ({"[name=reported_at]": "2031-05-01T23:10"}, "这个时间在未来，请更正。"),
        ({"[name=caller_name]": "长" * 81}, "最多 80 个字。"),
    ],
)
def test_a_mistake_is_named_at_its_field_and_everything_typed_stays(
    consultant: Visitor, wrong: dict[str, str], message: str
) -> None:
    page = consultant.page
    choose_caller(page)
    describe(page, "serious", symptom="😀 <script>alert(1)</script> ０７５５ “引号” & 第二行")
    for field, value in wrong.items():
        page.fill(field, value)
    kept = page.input_value("[name=symptom]")
    page.click("button:has-text('保存请求')")
    expect(page.locator(".wrong", has_text=message).first).to_be_visible()
    assert page.input_value("[name=symptom]") == kept
    assert page.is_checked("[name=level][value=serious]")
    expect(page.locator("#who [name=customer_id]")).to_be_attached()


def test_nothing_is_saved_without_a_customer_or_a_level(consultant: Visitor) -> None:
    page = consultant.page
    page.fill("[name=symptom]", SYMPTOM)
    page.click("button:has-text('保存请求')")
    expect(page.locator(".wrong", has_text="请先选择客户。")).to_be_visible()
    choose_caller(page)
    page.click("button:has-text('保存请求')")
    expect(page.locator(".wrong", has_text="请选择级别")).to_be_visible()
    assert page.input_value("[name=symptom]") == SYMPTOM


def test_fifty_thousand_characters_with_markup_come_through_unharmed(consultant: Visitor) -> None:
    page = consultant.page
    long = ("<b>粗体</b> 断电 & 重启 😀\n" * 2600)[:50_000].strip()
    choose_caller(page)
    describe(page, "serious")
    # Pasted, not typed: the browser's own insertion of so many lines takes it minutes.
    page.evaluate("(text) => { document.querySelector('[name=symptom]').value = text }", long)
    saved(page)
    assert page.locator(".symptom").inner_text().replace("\r", "").strip() == long
    assert page.locator(".symptom b").count() == 0


def test_an_unknown_number_becomes_a_customer_without_losing_a_word(consultant: Visitor) -> None:
    page = consultant.page
    page.fill("[name=symptom]", SYMPTOM)
    page.fill("#finder", "０２０-３８８８ ７７７７")
    page.click("button[data-candidate]")
    page.click("#newcomer button")
    expect(page.locator("#newcomer .wrong")).to_contain_text("请填写公司或个人。")
    page.fill("#id_company", "东莞松山湖某某精密电子（集团）有限公司")
    page.fill("#id_person", "黎工")
    page.click("#newcomer button")
    expect(page.locator("#who")).to_contain_text("东莞松山湖某某精密电子")
    expect(page.locator("#follows")).to_contain_text("没有承诺时限")
    assert page.input_value("[name=symptom]") == SYMPTOM
    saved(page)
    expect(page.locator(".head")).to_contain_text("付费服务")
    page.goto("/intake/")
    page.fill("#finder", "02038887777")
    expect(page.locator("[data-candidate]").first).to_contain_text("黎工")


@pytest.mark.req("B-81")
def test_words_survive_a_reload_and_a_change_of_language(consultant: Visitor) -> None:
    page = consultant.page
    choose_caller(page)
    page.fill("[name=symptom]", SYMPTOM)
    page.reload()
    expect(page.locator("[name=symptom]")).to_have_value(SYMPTOM)
    page.click(".rail-foot > summary")
    page.click("[name=language][value=en]")
    expect(page.locator("h1")).to_have_text("Intake")
    expect(page.locator("[name=symptom]")).to_have_value(SYMPTOM)
    expect(page.locator("#who")).to_contain_text(CUSTOMER)


@pytest.mark.req("B-81")
def test_what_is_typed_before_the_script_arrived_is_searched(consultant: Visitor) -> None:
    page = consultant.page
    arrives = threading.Event()
    held: list[Route] = []

    def hold(route: Route) -> None:
        if arrives.is_set():
            route.continue_()
        else:
            held.append(route)

    page.route("**/*.js", hold)
    page.goto("/intake/", wait_until="commit")
    page.locator("#finder").press_sequentially("26881234")
    assert page.locator("[data-candidate]").count() == 0
    assert held
    arrives.set()
    for route in held:
        route.continue_()
    expect(page.locator("[data-candidate]")).to_have_count(1)


@pytest.mark.req("B-81")
def test_a_level_chosen_while_the_due_times_are_on_their_way_stays_chosen(
    consultant: Visitor,
) -> None:
    page = consultant.page

    def late(route: Route) -> None:
        answer = route.fetch()
        page.wait_for_timeout(800)
        route.fulfill(response=answer)

    page.route("**/intake/follows/**", late)
    page.locator("#finder").fill("26881234")
    page.locator("[data-candidate]").click()
    page.locator("[name=symptom]").fill("慢线路：电源灯不亮")
    level = page.locator("[name=level]").first
    level.check(force=True)
    expect(page.locator("#dues")).to_contain_text("响应")
    expect(level).to_be_checked()


def test_what_was_asked_before_the_caller_was_known_does_not_take_his_place(
    consultant: Visitor,
) -> None:
    page = consultant.page
    early: list[Route] = []
    known = threading.Event()

    def hold(route: Route) -> None:
        # What is asked from the click on knows the caller: the product itself answers.
        if known.is_set():
            route.continue_()
        else:
            early.append(route)

    page.route("**/intake/follows/**", hold)
    with page.expect_request("**/intake/follows/**"):
        page.check("[name=kind] >> nth=1", force=True)
    page.fill("#finder", HOTLINE_NUMBER)
    expect(page.locator("[data-candidate]")).to_have_count(1)
    known.set()
    page.locator("[data-candidate]").click()
    expect(page.locator("[name=level]").first).to_be_attached()
    assert early, "the question of before the caller was known is still held back"
    for route in early:
        route.fulfill(body="<p>来迟的答复</p>", content_type="text/html")
    page.wait_for_timeout(300)
    expect(page.locator("#follows")).not_to_contain_text("来迟的答复")
    expect(page.locator("[name=level]").first).to_be_attached()


def test_the_hotline_screen_works_by_keyboard_alone(consultant: Visitor) -> None:
    page = consultant.page
    keys = page.keyboard
    keys.type("26881234")
    expect(page.locator("[data-candidate]")).to_have_count(1)
    keys.press("Enter")
    expect(page.locator("[name=symptom]")).to_be_focused()
    keys.type("键盘：电源灯不亮")
    for _ in range(40):
        keys.press("Tab")
        if page.evaluate("document.activeElement.name") == "level":
            break
    keys.press("Space")
    expect(page.locator("#dues")).to_contain_text("响应")
    keys.press("Control+Enter")
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}/$"))
    expect(page.locator(".symptom")).to_have_text("键盘：电源灯不亮")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field of that name has the focus."""
    for _ in range(60):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by Tab")


@pytest.mark.req("B-16", "B-81")
def test_the_guided_questions_choose_the_level_by_keyboard_unless_somebody_chose_another(
    consultant: Visitor,
) -> None:
    page = consultant.page
    keys = page.keyboard
    keys.type("26881234")
    expect(page.locator("[data-candidate]")).to_have_count(1)
    keys.press("Enter")
    expect(page.locator("[name=symptom]")).to_be_focused()
    keys.type("键盘：设备完全不能用")
    tab_to(page, "answer_still_usable")
    keys.press("ArrowDown")
    expect(page.locator("[name=level][value=serious]")).to_be_checked()
    expect(page.locator("#dues")).to_contain_text("当地工程师到场")
    page.check("[name=level][value=general]")
    page.focus("[name=answer_still_usable]:checked")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    expect(page.locator("[name=answer_still_usable][value=not_at_all]")).to_be_checked()
    expect(page.locator("[name=level][value=general]")).to_be_checked()
    saved(page)
    expect(page.locator("body")).to_contain_text("完全不能用")
