"""The app in English: none of its own words stays Chinese, on any screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console, Visitor
from tests.browser.field_steps import PHONE, TECHNICIAN, issue_sheet, rows, take_photo
from tests.browser.test_appearance import overflow, violations
from tests.browser.test_field_checklist import SOURCE, publish

CHINESE = re.compile(r"[\u3400-\u9fff]+")
# A language in its own words, and the product's sign.
OWN_NAMES = ("简体中文", "一诺")
ROUND = (
    SOURCE.replace("phone_round", "english_round")
    .replace("防盗报警巡检", "门禁巡检")
    .replace("Round of an alarm", "Round of the doors")
)
SCREENS = ["step/appointed", "step/declined", "report", "sign", "need", "next"]


def chinese_left(page: Page, told: list[str]) -> list[str]:
    """Chinese in texts, labels and hints that nobody entered as data."""
    said: list[str] = page.evaluate(
        "() => [document.title, document.body.innerText, ...[...document.querySelectorAll("
        "'[aria-label], [placeholder], [title], [alt], [data-signature]')].flatMap((one) =>"
        " ['aria-label', 'placeholder', 'title', 'alt', 'data-signature']"
        ".map((name) => one.getAttribute(name) ?? ''))]"
    )
    text = "\n".join(said)
    for one in sorted({*told, *OWN_NAMES}, key=len, reverse=True):
        text = text.replace(one, "")
    return CHINESE.findall(text)


def look(phone: Visitor, told: list[str], found: dict[str, list[str]], name: str) -> None:
    """Note what is wrong with the screen as it stands."""
    expect(phone.page.locator("h1")).not_to_be_empty()
    wide = [f"{pixels} px too wide"] if (pixels := overflow(phone)) > 0 else []
    if trouble := [*chinese_left(phone.page, told), *wide, *violations(phone)]:
        found[name] = trouble


def entered(page: Page) -> list[str]:
    """Every text in the jobs on the phone that came from a person; of two texts none."""
    found: list[str] = []

    def gather(value: object) -> None:
        if isinstance(value, str) and CHINESE.search(value):
            found.append(value)
        elif isinstance(value, list):
            for one in value:
                gather(one)
        elif isinstance(value, dict):
            for name, one in value.items():
                if name != "zh" or not value.get("en"):
                    gather(one)

    gather(rows(page)["jobs"])
    return [*found, TECHNICIAN]


@pytest.mark.req("B-40", "B-81")
def test_every_screen_speaks_english(console: Console, tmp_path: Path) -> None:
    symptom = "核心交换机丢包（英文界面）"
    _request, sheet = issue_sheet(console, symptom)
    publish(console, ROUND, "门禁巡检")
    phone = console.visit(console.world.technician, **PHONE, locale="en-GB")
    page = phone.page
    page.goto("/field/")
    expect(page.locator("#badge")).to_have_text("All sent")
    card = page.locator("a.card", has_text=symptom)
    expect(card).to_be_visible()
    found: dict[str, list[str]] = {}
    told = entered(page)
    look(phone, told, found, "jobs")
    card.click()
    expect(page.locator("#state")).to_have_text("To be accepted")
    look(phone, told, found, "job")
    home = page.url
    for screen in SCREENS:
        page.goto(f"{home}/{screen}")
        # What cannot be done yet says why in place of its form.
        expect(page.locator("main form, main input, main [role=status]").first).to_be_attached()
        look(phone, told, found, screen)
    for way in ("position", "code", "skipped"):
        page.goto(f"{home}/step/arrived")
        page.check(f"[name=way][value={way}]")
        look(phone, told, found, f"arrived by {way}")
    page.goto(f"{home}/photos")
    take_photo(page, tmp_path)
    look(phone, told, found, "photos")
    page.goto(home)
    page.get_by_role("button", name="Begin: Round of the doors").first.click()
    page.locator("[name=a-voltage]").fill("11.8")
    page.locator("[name=end][value=finish]").check()
    look(phone, told, found, "checklist")
    page.get_by_role("button", name="Save").click()
    look(phone, told, found, "checklist refused")

    # Both sides of what the office did meanwhile.
    expect(page.locator("#badge")).to_have_text("All sent", timeout=40_000)
    page.context.set_offline(True)
    page.goto(home)
    page.locator("#next").get_by_text("Accept", exact=True).click()
    look(phone, told, found, "offline")
    page.goto("/field/#/unsent")
    look(phone, told, found, "waiting")
    desk = console.visit(console.world.manager).page
    desk.goto(sheet)
    desk.locator("#next").get_by_role("button", name="接单").click()
    expect(desk.locator("h1 + p")).to_contain_text("已接单")
    page.context.set_offline(False)
    expect(page.locator("[data-operation]").first).to_be_visible()
    look(phone, told, found, "decision")
    page.goto("/field/#/phone")
    look(phone, told, found, "phone")
    page.goto("/field/devices/")
    look(phone, told, found, "devices")
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look(phone, told, found, "leaving")
    page.get_by_role("button", name="Stay").click()
    assert found == {}
