"""Arrival by the code on the machine: read by the camera where the phone can, else typed (B-41)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Console
from tests.browser.field_steps import agree, all_sent, issue_sheet, open_app, open_job, press, save
from tests.browser.test_appearance import overflow, violations
from tests.browser.world import SERIAL

# Phones read codes themselves, the Chromium of a test does not. The camera and its picture are the
# browser's; only what is read in a picture that moves is given.
READER = f"""
window.BarcodeDetector = class {{
  async detect(video) {{
    const isSeen = video.videoWidth > 0 && !video.paused && video.currentTime > 0;
    return isSeen ? [{{ rawValue: "https://example.com/a/{SERIAL}" }}] : [];
  }}
}};
"""
TRACKS = "(video) => video.srcObject.getTracks().map((one) => one.readyState)"


def set_out(page: Page, symptom: str) -> None:
    """On the way, without network, in front of the machine."""
    open_job(page, symptom)
    page.context.set_offline(True)
    press(page, "接单")
    agree(page, "2027-01-05T10:30", "上门")
    press(page, "出发")
    press(page, "到场")
    page.check("[name=way][value=code]")


def shown_to_the_office(console: Console, sheet: str) -> None:
    """The office reads that the code was the machine's."""
    desk = console.visit(console.world.manager).page
    desk.goto(sheet)
    expect(desk.locator("main")).to_contain_text("已扫设备编码")


@pytest.mark.req("B-41")
def test_the_camera_reads_the_code_on_the_machine(console: Console) -> None:
    symptom = "防火墙电源告警（扫码到场）"
    _request, sheet = issue_sheet(console, symptom)
    phone = open_app(console, permissions=["camera"])
    page = phone.page
    page.context.add_init_script(READER)
    page.reload()
    set_out(page, symptom)
    assert violations(phone) == []
    assert overflow(phone) <= 0
    page.get_by_role("button", name="扫码").click()
    expect(page.locator("[name=code]")).to_have_value(f"https://example.com/a/{SERIAL}")
    # The camera is let go.
    expect(page.locator("video")).to_be_hidden()
    assert set(page.locator("video").evaluate(TRACKS)) == {"ended"}
    save(page, "到场")
    page.context.set_offline(False)
    all_sent(page)
    shown_to_the_office(console, sheet)


@pytest.mark.req("B-41")
def test_without_a_reader_the_code_is_typed(console: Console) -> None:
    symptom = "防火墙风扇异响（手输编号到场）"
    _request, sheet = issue_sheet(console, symptom)
    page = open_app(console).page
    page.context.add_init_script("delete window.BarcodeDetector")
    page.reload()
    set_out(page, symptom)
    expect(page.get_by_role("button", name="扫码")).to_have_count(0)
    page.fill("[name=code]", SERIAL.lower())
    save(page, "到场")
    page.context.set_offline(False)
    all_sent(page)
    shown_to_the_office(console, sheet)
