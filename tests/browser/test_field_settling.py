"""What was not taken on the phone is settled there: limits said in the form, a signature drawn anew."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console
from tests.browser.field_steps import (
    agree,
    all_sent,
    arrive_without_proof,
    draw,
    has_unsent,
    issue_sheet,
    open_app,
    open_job,
    press,
    save,
    sign,
    write_report,
)
from tests.browser.test_field_checklist import line, publish

SOURCE = """
checklist: settled_round
title: {zh: 门禁电源检查, en: Power of the doors}
sections:
  - code: host
    title: {zh: 主机, en: Host}
    items:
      - code: voltage
        kind: number
        title: {zh: 输出电压, en: Voltage}
        unit: {zh: 伏, en: V}
        places: 1
"""
# A need noted on the phone, behind something that is nowhere.
BEHIND_NOTHING = """
(symptom) => new Promise((done, fail) => {
  const asked = indexedDB.open("yinuo-field");
  asked.onerror = fail;
  asked.onsuccess = () => {
    const change = asked.result.transaction(["jobs", "operations"], "readwrite");
    change.objectStore("jobs").getAll().onsuccess = ({ target }) => {
      const { job } = target.result.find((one) => one.job.work_order.work_wanted === symptom);
      change.objectStore("operations").put({
        id: crypto.randomUUID(), job: job.work_order.id, order: 1, kind: "need",
        body: { what: "part", text: "电源模块" }, occurred_at: new Date().toISOString(),
        offset_ms: null, base_version: job.work_order.version, after: crypto.randomUUID(),
        instead_of: null, state: "queued", message: "", fields: {}, present: null,
      });
    };
    change.oncomplete = () => { asked.result.close(); done(); };
  };
})
"""


def on_site(page: Page, symptom: str) -> None:
    """From the list to the arrival."""
    open_job(page, symptom)
    press(page, "接单")
    agree(page, "2027-01-05T10:30", "上门")
    press(page, "出发")
    arrive_without_proof(page, "二维码脱落")


@pytest.mark.req("B-40", "B-42", "R53", "R55")
def test_the_customer_signs_when_all_is_finished_and_anew_when_it_changed(
    console: Console,
) -> None:
    symptom = "门禁断电（签字后内容有变）"
    _request, sheet = issue_sheet(console, symptom)
    publish(console, SOURCE, "门禁电源检查")
    page = open_app(console).page
    on_site(page, symptom)
    page.get_by_role("button", name="开始填写：门禁电源检查").click()
    line(page, "voltage").locator("input").first.fill("13.25")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("form .note")).to_contain_text("最多保留 1 位小数")
    line(page, "voltage").locator("input").first.fill("13.2")
    save(page)
    press(page, "填写处理情况")
    write_report(page, findings="电源烧毁", work_done="更换电源")
    save(page)
    # The server takes no signature as long as the checklist is open.
    expect(page.locator("#next")).to_contain_text("还有检查表未完成")
    expect(page.locator("#next").get_by_text("请客户签字", exact=True)).to_have_count(0)
    page.locator("#next").get_by_role("link", name="门禁电源检查").click()
    page.locator("[name=end][value=finish]").check()
    save(page)
    all_sent(page)

    page.context.set_offline(True)
    sign(page, "马工")
    has_unsent(page, 1)
    desk = console.visit(console.world.consultant).page
    desk.goto(f"{sheet}edit/")
    desk.fill("[name=work_wanted]", f"{symptom}，另查门锁")
    desk.click("#editor [type=submit]")
    expect(desk.locator("main")).to_contain_text("另查门锁")
    page.context.set_offline(False)
    page.goto("/field/#/unsent")
    refused = page.locator("[data-operation]")
    expect(refused).to_be_visible(timeout=40_000)
    expect(refused.get_by_role("button", name="作为新内容重发")).to_have_count(0)
    refused.get_by_role("link", name="重新签字").click()
    page.fill("[name=signer_name]", "马工")
    # Not the same drawing, which would count for the sheet as it was.
    draw(page)
    draw(page)
    save(page, "签字")
    all_sent(page)
    desk.goto(sheet)
    expect(desk.locator("h1 + p")).to_contain_text("已签字")


@pytest.mark.req("B-40", "R53")
def test_what_comes_after_something_that_is_nowhere_is_sent(console: Console) -> None:
    symptom = "缺件登记（前一项已不存在）"
    issue_sheet(console, symptom)
    page = open_app(console).page
    expect(page.locator("a.card", has_text=symptom)).to_be_visible()
    page.evaluate(BEHIND_NOTHING, symptom)
    page.reload()
    all_sent(page)
