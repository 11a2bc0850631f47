"""Story 5 in a browser: what the appliance's warranty covers, what it does not, and why."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console
from tests.browser.test_appearance import overflow, violations

ADMINISTRATOR = "chen.min"
POWER, MEMORY, NEW_POWER = "PSU-2023-0042", "DIMM-2025-0007", "PSU-2026-0108"


def add_part(page: Page, asset_id: str, name: str, serial: str, *, factory: bool) -> None:
    """Put a part of the asset on record."""
    page.goto(f"/assets/{asset_id}/components/new/")
    page.fill("[name=name]", name)
    page.fill("[name=serial]", serial)
    page.set_checked("[name=factory]", factory)
    if not factory:
        page.fill("[name=added_on]", "2025-06-01")
    send(page)


def send(page: Page) -> None:
    """Send the form of a form page."""
    with page.expect_navigation():
        page.click("#editor button.btn-primary")


def bill(page: Page) -> dict[str, str | None]:
    """What applies to each part of the bill, as the page shows it."""
    parts = page.locator(".cover-parts > [data-item]")
    return {
        str(one.get_attribute("data-item")): one.get_attribute("data-kind") for one in parts.all()
    }


def decide(page: Page, **known: str) -> dict[str, str | None]:
    """Fill in what is known, and read the answer."""
    for name in ("category", "component"):
        page.select_option(f"[name={name}]", known.get(name, ""))
    with page.expect_navigation():
        page.click("form[method=get] button[type=submit]")
    return bill(page)


@pytest.mark.req("SA-04", "SA-11", "B-22")
def test_the_power_module_is_covered_upgrade_and_later_memory_are_not(console: Console) -> None:
    asset_id = console.world.asset_id
    visitor = console.visit(ADMINISTRATOR)
    page = visitor.page
    add_part(page, asset_id, "电源模块", POWER, factory=True)
    add_part(page, asset_id, "内存条", MEMORY, factory=False)
    asked = {"customer": console.world.customer_id, "asset": asset_id, "at": "2026-05-01T23:10"}
    page.goto(f"/cover/?{urlencode(asked)}")
    power = decide(page, category="hardware", component=POWER)
    assert (power["labour"], power["parts"], power["travel"]) == ("warranty",) * 3
    expect(page.locator(".cover-candidates .wins").first).to_contain_text("2026")
    expect(page.locator(".cover-candidates .wins").first).to_contain_text("8月14日")
    upgrade = decide(page, category="upgrade")
    assert set(upgrade.values()) == {"paid"}
    expect(page.locator(".cover-candidates")).to_contain_text("升级与补丁")
    memory = decide(page, category="hardware", component=MEMORY)
    assert (memory["labour"], memory["parts"]) == ("paid", "paid")
    expect(page.locator(".cover-candidates")).to_contain_text("不属于出厂配置")
    # After the repair the unit's warranty still ends on the same day, and the new part has it.
    page.goto(f"/assets/{asset_id}/")
    page.locator("li, tr").filter(has_text=POWER).locator("a[href*='/replace/']").first.click()
    page.fill("[name=serial]", NEW_POWER)
    page.fill("[name=on]", "2026-05-02")
    page.locator("[name=reason]").fill("电源模块故障")
    send(page)
    page.goto(f"/cover/?{urlencode({**asked, 'at': '2026-08-14T23:59'})}")
    assert decide(page, category="hardware", component=NEW_POWER)["parts"] == "warranty"
    page.goto(f"/cover/?{urlencode({**asked, 'at': '2026-08-15T00:00'})}")
    assert decide(page, category="hardware", component=NEW_POWER)["parts"] == "paid"
    assert violations(visitor) == []
    assert visitor.complaints == []


@pytest.mark.req("B-22")
def test_the_consultant_opens_the_reasons_while_the_caller_speaks(console: Console) -> None:
    world = console.world
    visitor = console.visit(world.consultant, width=360)
    page = visitor.page
    page.goto(f"/intake/?customer={world.customer_id}&asset={world.asset_id}")
    page.locator("#follows .cover-ask summary").click()
    expect(page.locator("#follows .cover-candidates")).to_contain_text("YF-2026-018")
    assert overflow(visitor) == 0
