"""Arrival by the code on the machine: read by the camera where there is one, else typed (B-41)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect
from qrcode.main import QRCode
from tests.browser.conftest import ARGUMENTS, Console, Visitor
from tests.browser.field_steps import agree, all_sent, issue_sheet, open_app, open_job, press, save
from tests.browser.test_appearance import overflow, violations
from tests.browser.world import SERIAL

CODE = f"https://example.com/a/{SERIAL}"
SIZE = (640, 480)
# Some phones read codes themselves, the Chromium of a test does not. The camera and its picture are
# the browser's; only what is read in a picture that moves is given.
READER = f"""
window.BarcodeDetector = class {{
  static async getSupportedFormats() {{ return ["qr_code"]; }}
  async detect(video) {{
    const isSeen = video.videoWidth > 0 && !video.paused && video.currentTime > 0;
    return isSeen ? [{{ rawValue: "{CODE}" }}] : [];
  }}
}};
"""
# A phone without the services that its reader is built on.
KNOWS_NONE = "window.BarcodeDetector = class { static async getSupportedFormats() { return []; } };"
NO_CAMERA = "Object.defineProperty(navigator, 'mediaDevices', { value: undefined });"
# Long enough for several looks at it.
SEEN_LONG = """
(video) => new Promise((done) => {
  const look = () => (video.currentTime > 2 ? done() : setTimeout(look, 100));
  look();
})
"""
LENT = """
window.lent = [];
const lend = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await lend(wanted);
  window.lent.push(...stream.getTracks());
  return stream;
};
"""


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
    lent_tracks(phone)
    set_out(page, symptom)
    assert violations(phone) == []
    assert overflow(phone) <= 0
    page.get_by_role("button", name="扫码").click()
    expect(page.locator("[name=code]")).to_have_value(CODE)
    camera_is_off(page)
    save(page, "到场")
    page.context.set_offline(False)
    all_sent(page)
    shown_to_the_office(console, sheet)


@contextmanager
def in_front_of(console: Console, picture: Image.Image, folder: Path) -> Iterator[Console]:
    """The console in a browser whose camera sees a picture."""
    film = folder / "camera.y4m"
    bright, *colours = picture.convert("YCbCr").split()
    parts = [bright, *(one.resize((SIZE[0] // 2, SIZE[1] // 2)) for one in colours)]
    frame = b"FRAME\n" + b"".join(one.tobytes() for one in parts)
    film.write_bytes(b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % SIZE + frame * 5)
    browser = console.browser.browser_type.launch(
        executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
        args=[*ARGUMENTS, f"--use-file-for-fake-video-capture={film}"],
    )
    try:
        yield replace(console, browser=browser)
    finally:
        browser.close()


def wall() -> Image.Image:
    """A surface like any other, with the grain of a camera."""
    return Image.effect_noise(SIZE, 40).convert("RGB")


def code_on_a_wall() -> Image.Image:
    """The machine's code as a hand holds the phone: small, turned, grey and grained."""
    code = QRCode(box_size=5)
    code.add_data(CODE)
    plate = code.make_image(fill_color="#333", back_color="#ccc").get_image().convert("RGB")
    turned = plate.rotate(11, expand=True, resample=Image.Resampling.BICUBIC, fillcolor="#999")
    seen = Image.new("RGB", SIZE, "#999")
    seen.paste(turned, (250, 120))
    return ImageChops.blend(seen, wall(), 0.25)


def camera_is_off(page: Page) -> None:
    """The camera is let go."""
    expect(page.locator("video")).to_be_hidden()
    assert set(page.evaluate("window.lent.map((one) => one.readyState)")) == {"ended"}


def lent_tracks(phone: Visitor) -> None:
    """Remembers what of the camera was lent to the page, from the next load on."""
    phone.page.context.add_init_script(LENT)
    phone.page.reload()


@pytest.mark.req("B-41")
def test_a_phone_without_a_reader_reads_the_code_in_a_real_picture_without_network(
    console: Console, tmp_path: Path
) -> None:
    symptom = "防火墙电源告警（自带扫码到场）"
    _request, sheet = issue_sheet(console, symptom)
    with in_front_of(console, code_on_a_wall(), tmp_path) as site:
        phone = open_app(site, permissions=["camera"])
        page = phone.page
        lent_tracks(phone)
        assert page.evaluate("typeof window.BarcodeDetector") == "undefined"
        set_out(page, symptom)
        page.get_by_role("button", name="扫码").click()
        expect(page.locator("[name=code]")).to_have_value(CODE)
        camera_is_off(page)
        save(page, "到场")
        page.context.set_offline(False)
        all_sent(page)
    shown_to_the_office(console, sheet)


@pytest.mark.req("B-41")
def test_a_picture_without_a_code_changes_nothing_and_the_code_can_be_typed(
    console: Console, tmp_path: Path
) -> None:
    symptom = "防火墙风扇异响（手输编号到场）"
    _request, sheet = issue_sheet(console, symptom)
    with in_front_of(console, wall(), tmp_path) as site:
        phone = open_app(site, permissions=["camera"])
        page = phone.page
        page.context.add_init_script(KNOWS_NONE)
        lent_tracks(phone)
        set_out(page, symptom)
        page.get_by_role("button", name="扫码").click()
        page.locator("video").evaluate(SEEN_LONG)
        expect(page.locator("[name=code]")).to_have_value("")
        expect(page.locator("main .note")).to_have_count(0)
        page.fill("[name=code]", SERIAL.lower())
        camera_is_off(page)
        save(page, "到场")
        page.context.set_offline(False)
        all_sent(page)
    shown_to_the_office(console, sheet)


@pytest.mark.req("B-41")
def test_without_a_camera_there_is_no_button_for_it(console: Console) -> None:
    symptom = "防火墙接口松动（没有摄像头）"
    issue_sheet(console, symptom)
    page = open_app(console).page
    page.context.add_init_script(NO_CAMERA)
    page.reload()
    set_out(page, symptom)
    expect(page.locator("[name=code]")).to_be_visible()
    expect(page.get_by_role("button", name="扫码")).to_have_count(0)
