"""A phone whose storage is full: nothing kept is lost, nothing typed either, and the person is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, expect
from tests.browser.conftest import Console
from tests.browser.field_steps import (
    PHONE,
    agree,
    all_sent,
    has_unsent,
    issue_sheet,
    open_field,
    open_job,
    press,
    save,
    take_photo,
)
from tests.browser.test_appearance import overflow, violations

# Writes what cannot be made smaller until not a byte more is taken.
FILL = """
async () => {
  const asked = indexedDB.open("filler", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("all", { autoIncrement: true });
  await new Promise((done) => (asked.onsuccess = done));
  const isTaken = (size) => new Promise((done) => {
    const content = new Uint8Array(size);
    for (let at = 0; at < size; at += 65536) crypto.getRandomValues(content.subarray(at, at + 65536));
    const write = asked.result.transaction("all", "readwrite");
    write.objectStore("all").put(content);
    write.oncomplete = () => done(true);
    write.onabort = () => done(false);
  });
  for (const size of [300_000, 10_000, 100, 1]) while (await isTaken(size));
  asked.result.close();
}
"""
ROOM = 6_000_000


def give_room(browser: CDPSession, origin: str, size: int | None) -> None:
    """As many bytes as the app may use; None: as many as the machine has."""
    room: dict[str, Any] = {} if size is None else {"quotaSize": size}
    browser.send("Storage.overrideQuotaForOrigin", {"origin": origin, **room})


@pytest.mark.req("B-40", "R56")
def test_a_full_phone_loses_neither_photographs_nor_what_is_typed(
    console: Console, tmp_path: Path
) -> None:
    symptom = "存储服务器告警（手机存储已满）"
    request, sheet = issue_sheet(console, symptom)
    phone = console.visit(console.world.technician, **PHONE)
    page = phone.page
    browser = page.context.new_cdp_session(page)
    # From the beginning: the browser reckons for a while with the room it once saw.
    give_room(browser, console.address, ROOM)
    open_field(page)
    open_job(page, symptom)
    page.context.set_offline(True)
    press(page, "接单")
    agree(page, "2027-01-05T10:30", "上门，北门登记")
    page.locator(".task", has_text="照片").click()
    take_photo(page, tmp_path)
    has_unsent(page, 3)

    page.evaluate(FILL)
    page.set_input_files("input[type=file]", tmp_path / "2600.jpg")
    expect(page.locator("main .note")).to_contain_text("存储已满")
    expect(page.locator(".gallery li")).to_have_count(1)
    page.locator(".back").click()
    press(page, "出发")
    expect(page.locator("#status")).to_contain_text("存储已满")
    expect(page.locator("#state")).to_have_text("已约定")
    page.locator(".task", has_text="再次上门").click()
    page.fill("[name=on]", "2027-01-12")
    page.fill("[name=note]", "清理磁盘阵列")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("form .note")).to_contain_text("存储已满")
    assert violations(phone) == []
    assert overflow(phone) <= 0
    # Whoever leaves to free some room may find the page closed by the system.
    page.reload()
    expect(page.locator("[name=note]")).to_have_value("清理磁盘阵列")

    # What was kept before goes to the office all the same.
    page.context.set_offline(False)
    all_sent(page)
    desk = console.visit(console.world.manager).page
    desk.goto(sheet)
    expect(desk.locator("h1 + p")).to_contain_text("已约定")
    desk.goto(request)
    expect(desk.locator("main img, main a[href*='/files/']").first).to_be_attached()

    give_room(browser, console.address, None)
    save(page)
    press(page, "出发")
    all_sent(page)
    expect(page.locator("#status")).not_to_contain_text("存储已满")
    desk.goto(sheet)
    expect(desk.locator("h1 + p")).to_contain_text("途中")
    desk.goto(request)
    expect(desk.locator("main")).to_contain_text("清理磁盘阵列")
