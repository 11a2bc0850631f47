"""Story 3's inspection: the shipped sheet for burglar alarms, filled in on a phone in a basement."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console
from tests.browser.field_steps import (
    agree,
    all_sent,
    arrive_without_proof,
    issue_sheet,
    open_app,
    open_job,
    press,
    save,
)
from tests.factories.documents import words_of_docx, words_of_pdf

SHIPPED = Path(__file__).parents[2] / "checklists" / "intrusion_alarm.yaml"
CHOSEN = {
    "host_dust": "是",
    "host_battery": "需更换",
    "host_arming": "正常",
    "host_instructions": "不清晰，已修补",
    "host_use": "是",
    "passive_walk": "正常",
}
COUNTED = {
    "host_zones": {"checked": 24, "normal": 23},
    "beams_cleaned": {"checked": 16, "normal": 15},
    "beams_voltage": {"checked": 16, "mended": 0},
    "beams_area": {"checked": 16, "mended": 2},
    "passive_cleaned": {"checked": 40, "mended": 1},
    "passive_batteries": {"checked": 12, "changed": 12},
}
FOLLOWING = ["修复测试不正常的防区", "更换主机蓄电池", "修复不正常的对射"]


def fill_in(page: Page) -> None:
    """Every line as the story has it."""
    for code, answer in CHOSEN.items():
        page.locator(f".line[data-item={code}]").get_by_text(answer, exact=True).click()
    for code, counts in COUNTED.items():
        for name, number in counts.items():
            page.fill(f"[name=a-{code}-{name}]", str(number))


@pytest.mark.req("LV-16", "B-40", "B-42", "B-71", "SV-09")
def test_the_inspection_of_an_alarm_opens_three_works_and_prints_every_line(
    console: Console,
) -> None:
    symptom = "红外报警系统季度巡检"
    _request, sheet = issue_sheet(console, symptom)
    office = console.visit("chen.min").page
    office.goto("/checklists/publish/")
    office.fill("[name=source]", SHIPPED.read_text(encoding="utf-8"))
    office.click("#editor [value=publish]")
    expect(office.locator("h1")).to_contain_text("红外报警系统定期检查单")
    page = open_app(console).page
    expect(page.locator("a.card", has_text=symptom)).to_be_visible()
    page.context.set_offline(True)
    page.reload()
    open_job(page, symptom)
    press(page, "接单")
    agree(page, "2027-01-07T09:30", "上门巡检")
    press(page, "出发")
    arrive_without_proof(page, "二维码脱落")
    page.get_by_role("button", name="开始填写：红外报警系统定期检查单").click()
    fill_in(page)
    page.locator("[name=end][value=finish]").check()
    save(page)
    page.context.set_offline(False)
    all_sent(page)

    desk = console.visit(console.world.manager).page
    desk.goto(sheet)
    desk.get_by_role("link", name="红外报警系统定期检查单").first.click()
    works = desk.locator("main a[href^='/requests/']").filter(has_text="FW-")
    expect(works).to_have_count(len(FOLLOWING))
    opened = [one.get_attribute("href") for one in works.all()]
    list_page = desk.url
    said = ""
    for address in opened:
        desk.goto(str(address))
        said += desk.locator("main").inner_text()
    assert [one for one in FOLLOWING if one not in said] == []
    desk.goto(list_page)
    form = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    lines = [item["title"]["zh"] for one in form["sections"] for item in one["items"]]
    printed = words_of_pdf(desk.request.get(f"{desk.url}pdf/").body())
    written = words_of_docx(desk.request.get(f"{desk.url}docx/").body())
    for line in lines:
        assert bare(line) in bare(printed)
        assert bare(line) in bare(written)
    for document in (printed, written):
        assert "24" in document
        assert "23" in document


def bare(text: str) -> str:
    """Without the white space that columns break lines with."""
    return "".join(text.split())
