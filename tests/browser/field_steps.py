"""An engineer's phone: signed in once, then used with and without network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console, Visitor
from tests.browser.test_intake import choose_caller, saved
from tests.browser.world import HOTLINE_NUMBER

ALL_SENT = "已全部上传"
TECHNICIAN = "赵强"
ROWS = """
() => new Promise((done, fail) => {
  const asked = indexedDB.open("yinuo-field");
  asked.onerror = fail;
  asked.onsuccess = () => {
    const read = asked.result.transaction([...asked.result.objectStoreNames]);
    const found = {};
    for (const name of read.objectStoreNames) {
      read.objectStore(name).getAll().onsuccess = ({ target }) => (found[name] = target.result);
    }
    read.oncomplete = () => { asked.result.close(); done(found); };
  };
})
"""
PHONE: dict[str, Any] = {"width": 360, "has_touch": True, "is_mobile": True}


def issue_sheet(
    console: Console, symptom: str, number: str = HOTLINE_NUMBER, level: str = "serious"
) -> tuple[str, str]:
    """A call becomes a sheet given to the technician; the addresses of request and sheet."""
    desk = console.visit(console.world.consultant).page
    desk.goto("/intake/")
    choose_caller(desk, number)
    desk.fill("[name=symptom]", symptom)
    desk.locator("[name=asset_id]").first.check()
    desk.check(f"[name=level][value={level}]")
    request = saved(desk)
    desk.get_by_role("link", name="开联络单").click()
    desk.fill("[name=work_wanted]", symptom)
    desk.click("#editor [type=submit]")
    expect(desk.locator("h1")).to_contain_text("服务联络单")
    sheet = desk.url
    manager = console.visit(console.world.manager).page
    manager.goto(sheet)
    manager.locator("#next a.btn-primary").click()
    manager.select_option("[name=assignee_id]", label=named(manager, TECHNICIAN))
    manager.click("#editor [type=submit]")
    expect(manager.locator("h1 + p")).to_contain_text("待接单")
    return request, sheet


def named(page: Page, name: str) -> str:
    """The option of a person, whatever stands behind the name."""
    return page.locator("[name=assignee_id] option", has_text=name).first.inner_text()


def open_app(console: Console, **context: Any) -> Visitor:
    """The technician's phone with the app kept on it, everything fetched."""
    visitor = console.visit(console.world.technician, **{**PHONE, **context})
    open_field(visitor.page)
    return visitor


def open_field(page: Page) -> None:
    """The app on the phone of a signed-in person, everything fetched and kept."""
    page.goto("/field/")
    expect(page.locator("#badge")).to_have_text(ALL_SENT)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def open_job(page: Page, work: str) -> None:
    """From the list into a job."""
    page.goto("/field/#/")
    page.locator("a.card", has_text=work).click()
    expect(page.locator("#state")).to_be_visible()


def press(page: Page, name: str) -> None:
    """The next thing to do, by its words."""
    page.locator("#next").get_by_text(name, exact=True).click()


def save(page: Page, name: str = "保存") -> None:
    """Send the form of the screen into the outbox; the job comes back."""
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("#state")).to_be_visible()


def agree(page: Page, at: str, way: str) -> None:
    """The call before leaving."""
    press(page, "记录约定")
    page.fill("[name=agreed_for]", at)
    page.fill("[name=way]", way)
    save(page, "记录约定")


def arrive_without_proof(page: Page, reason: str) -> None:
    """Neither position nor code; the reason is recorded."""
    press(page, "到场")
    page.check("[name=way][value=skipped]")
    page.fill("[name=reason]", reason)
    save(page, "到场")


def write_report(page: Page, **typed: str) -> None:
    """Fill the report in without saving it."""
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.locator("fieldset", has=page.locator("[name=result]")).get_by_text(
        "已完成", exact=True
    ).click()


def draw(page: Page) -> None:
    """Some strokes across the box."""
    canvas = page.locator("[data-signature] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    for left, right in ((0.15, 0.45), (0.5, 0.85)):
        page.mouse.move(box["x"] + box["width"] * left, box["y"] + box["height"] * 0.3)
        page.mouse.down()
        for part in range(1, 9):
            along = left + (right - left) * part / 8
            up = 0.3 + 0.4 * (part % 2)
            page.mouse.move(box["x"] + box["width"] * along, box["y"] + box["height"] * up)
        page.mouse.up()


def sign(page: Page, name: str) -> None:
    """The customer reads, states and signs."""
    press(page, "请客户签字")
    page.get_by_text("非常满意", exact=True).click()
    page.fill("[name=signer_name]", name)
    draw(page)
    save(page, "签字")


def take_photo(page: Page, folder: Path, size: tuple[int, int] = (2600, 1400)) -> None:
    """A picture as large as phones make them, chosen on the photographs' screen."""
    file = folder / f"{size[0]}.jpg"
    Image.effect_noise(size, 60).convert("RGB").save(file, quality=80)
    page.set_input_files("input[type=file]", file)
    expect(page.locator(".gallery li").last).to_be_visible()


def all_sent(page: Page) -> None:
    """Everything has arrived."""
    expect(page.locator("#badge")).to_have_text(ALL_SENT, timeout=40_000)


def has_unsent(page: Page, number: int) -> None:
    """The badge comes to count so many."""
    expect(page.locator("#badge")).to_have_text(re.compile(rf"^\D*{number}\D*$"))


def kept_on(page: Page) -> list[str]:
    """The app's databases and caches on the phone."""
    names = page.evaluate(
        "Promise.all([indexedDB.databases(), caches.keys()])"
        ".then(([stores, kept]) => [...stores.map((one) => one.name), ...kept])"
    )
    return [one for one in names if "yinuo" in one or "precache" in one]


def keep_from_sending(page: Page) -> None:
    """The API is away; the pages are not."""
    page.context.route("**/api/v1/field/**", lambda route: route.abort())


def rows(page: Page) -> dict[str, list[dict[str, Any]]]:
    """What the app holds, by table."""
    found: dict[str, list[dict[str, Any]]] = page.evaluate(ROWS)
    return found
