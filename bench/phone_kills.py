"""Web, database and browser killed at random while a phone sends: nothing lost or doubled (B-40).

    python -m bench.phone_kills [--kills 6] [--seed 1] [--json]

A fresh database and the field app in a real Chromium with a profile that stays. An engineer works
through visits in it: calls agreed, departures, arrivals, notes, photographs, reports, signatures.
At seeded random moments the web processes, the database or the whole browser are killed with
SIGKILL and started again. What the app showed as saved is never typed again; what a kill cut off is
looked for on the phone and with the server, as a person would, and typed again only where neither
has it. At the end everything is there exactly once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import (
    BrowserContext,
    FilePayload,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as BrowserGone

from bench.company import PORT, kept_company, start_web, wait_for
from bench.field import engineer_with_sheets, office
from bench.kills import kill as kill_web

ADDRESS = f"http://localhost:{PORT}"
ENGINEER, PASSWORD = "engineer", "a third long pass phrase"
TARGETS = ("web", "web", "browser", "browser", "both", "database")
SHORTEST_LIFE_SECONDS, LONGEST_LIFE_SECONDS = 0.3, 6.0
# The keeper of the database starts it again by itself, unless it falls again and again.
CALM_SECONDS = 60
PATIENCE_MS = 60_000
SENT = ("已全部上传", "All sent")
ON_PHONE = """
() => new Promise((done, fail) => {
  const asked = indexedDB.open("yinuo-field");
  asked.onerror = fail;
  asked.onsuccess = () => {
    const read = asked.result.transaction([...asked.result.objectStoreNames]);
    const found = {};
    for (const name of read.objectStoreNames) {
      read.objectStore(name).getAll().onsuccess = ({ target }) => (found[name] = target.result);
    }
    read.oncomplete = () => {
      asked.result.close();
      done({
        operations: found.operations.map(
          ({ job, kind, body, state }) => ({ job, kind, body, state }),
        ),
        photos: found.photos.map(({ caption }) => caption),
      });
    };
  };
})
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the engineer does: on which sheet, what, and the words it is known by."""

    sheet: str
    kind: str
    words: str


@dataclass(eq=False)
class Killer(threading.Thread):
    """Kills at random moments until the last one; the browser is started again by its engineer."""

    kills: int
    dice: random.Random
    profile: Path
    database: Path
    web: Any = None
    counted: Counter[str] = field(default_factory=Counter)
    has_browser: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.web = start_web(1)
        self.fell_at = 0.0

    def run(self) -> None:
        """One kill after the other."""
        try:
            for _ in range(self.kills):
                self.has_browser.wait()
                time.sleep(self.dice.uniform(SHORTEST_LIFE_SECONDS, LONGEST_LIFE_SECONDS))
                self.strike(self.dice.choice(TARGETS))
        finally:
            self.over.set()

    def strike(self, target: str) -> None:
        """SIGKILL, and the server's parts up again."""
        if target == "database" and time.monotonic() - self.fell_at < CALM_SECONDS:
            target = "web"
        self.counted[target] += 1
        if target in ("browser", "both"):
            self.has_browser.clear()
            kill_browser(self.profile)
        if target in ("web", "both"):
            kill_web(self.web)
            self.web = start_web(1)
        if target == "database":
            self.fell_at = time.monotonic()
            first_line = (self.database / "data" / "postmaster.pid").read_text().splitlines()[0]
            os.kill(int(first_line), signal.SIGKILL)
            time.sleep(1)
            wait_for(f"http://127.0.0.1:{PORT}/readyz")


def kill_browser(profile: Path) -> None:
    """End every process of the browser with this profile at once."""
    mark = f"--user-data-dir={profile}".encode()
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if mark in (entry / "cmdline").read_bytes().split(b"\0"):
                os.kill(int(entry.name), signal.SIGKILL)


class Engineer:
    """Somebody with a phone who goes on where he was, whatever dies under his fingers."""

    def __init__(self, playwright: Playwright, killer: Killer, dice: random.Random) -> None:
        self.playwright, self.killer, self.dice = playwright, killer, dice
        self.context: BrowserContext | None = None
        self.page: Page | None = None
        self.again = 0

    def phone(self) -> Page:
        """The app on the screen; the browser is started when there is none."""
        if self.page is None:
            self.context = self.playwright.chromium.launch_persistent_context(
                self.killer.profile,
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox", "--disable-gpu", "--no-first-run"],
                viewport={"width": 360, "height": 800},
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
            )
            self.page = self.context.new_page()
            self.page.set_default_timeout(PATIENCE_MS)
            self.killer.has_browser.set()
        if "/field/" not in self.page.url:
            self.page.goto(f"{ADDRESS}/field/")
        expect(self.page.locator("#badge")).to_be_attached(timeout=PATIENCE_MS)
        return self.page

    def sign_in(self) -> None:
        """Once, before anything is killed."""
        page = self.phone()
        page.goto(f"{ADDRESS}/accounts/login/?next=/field/")
        page.fill("[name=login]", ENGINEER)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        expect(page.locator("a.card").first).to_be_visible(timeout=PATIENCE_MS)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def until_all_is_sent(self, page: Page) -> None:
        """The badge says so."""
        expect(page.locator("#badge")).to_have_text(SENT[0], timeout=5 * PATIENCE_MS)

    def leave(self) -> None:
        """The browser is not there any more."""
        self.page = self.context = None

    def does(self, entry: Entry, is_with_server: Callable[[Entry], bool]) -> None:
        """Until the app shows it as saved, or phone or server have it after a cut."""
        for attempt in range(30):
            try:
                page = self.phone()
                if attempt and (self.is_on_phone(page, entry) or is_with_server(entry)):
                    return
                self.again += attempt > 0
                ACTS[entry.kind](page, entry)
                return
            except (BrowserGone, AssertionError) as error:
                if self.killer.has_browser.is_set() and not self.is_gone():
                    raise
                print(
                    f"cut off: {entry.kind} {entry.words} ({type(error).__name__})", file=sys.stderr
                )
                self.leave()
        raise SystemExit(f"could not be done: {entry}")

    def is_gone(self) -> bool:
        """True when the browser died."""
        try:
            assert self.page is not None
            self.page.evaluate("1")
        except BrowserGone:
            return True
        return False

    def is_on_phone(self, page: Page, entry: Entry) -> bool:
        """The outbox or the photographs hold it."""
        found = page.evaluate(ON_PHONE)
        return entry.words in found["photos"] or any(
            one["job"] == entry.sheet and is_of(entry, one["kind"], one["body"])
            for one in found["operations"]
        )


def is_of(entry: Entry, kind: str, body: dict[str, Any]) -> bool:
    """Whether an operation is what an entry wanted."""
    if kind == "step":
        return bool(body["kind"] == entry.kind)
    return kind == entry.kind and (kind != "need" or body["text"] == entry.words)


def home(page: Page, entry: Entry) -> None:
    """The screen of the sheet."""
    page.evaluate("(to) => { location.hash = to; }", f"#/job/{entry.sheet}")
    expect(page.locator("#state")).to_be_visible(timeout=PATIENCE_MS)


def screen(page: Page, entry: Entry, name: str) -> None:
    """A form of the sheet."""
    home(page, entry)
    page.evaluate("(to) => { location.hash = to; }", f"#/job/{entry.sheet}/{name}")
    expect(page.locator(f"form[data-draft='{entry.sheet}/{name}']")).to_be_visible(
        timeout=PATIENCE_MS
    )


def save(page: Page) -> None:
    """What was typed is kept: the sheet's screen comes back."""
    page.click("form [type=submit]")
    expect(page.locator("#state")).to_be_visible(timeout=PATIENCE_MS)


def agree(page: Page, entry: Entry) -> None:
    """The call before leaving."""
    screen(page, entry, "step/appointed")
    page.fill("[name=agreed_for]", "2027-01-05T10:30")
    page.fill("[name=way]", "地铁")
    save(page)


def depart(page: Page, entry: Entry) -> None:
    """One touch."""
    home(page, entry)
    page.locator("#next").get_by_text("出发", exact=True).click()
    expect(page.locator("#state")).to_have_text("途中", timeout=PATIENCE_MS)


def arrive(page: Page, entry: Entry) -> None:
    """Neither position nor code."""
    screen(page, entry, "step/arrived")
    page.check("[name=way][value=skipped]")
    page.fill("[name=reason]", "地下室无信号")
    save(page)


def need(page: Page, entry: Entry) -> None:
    """Something is missing."""
    screen(page, entry, "need")
    page.check("[name=what][value=other]")
    page.fill("[name=text]", entry.words)
    save(page)


def photograph(page: Page, entry: Entry) -> None:
    """A picture as large as phones make them."""
    home(page, entry)
    page.evaluate("(to) => { location.hash = to; }", f"#/job/{entry.sheet}/photos")
    page.fill("[name=caption]", entry.words)
    noise = BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(noise, "JPEG", quality=80)
    taken: FilePayload = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": noise.getvalue()}
    page.set_input_files("input[type=file]", taken)
    expect(page.locator(".gallery li", has_text=entry.words)).to_be_visible(timeout=PATIENCE_MS)


def report(page: Page, entry: Entry) -> None:
    """What was done."""
    screen(page, entry, "report")
    page.fill("[name=work_done]", "更换电源模块并测试")
    page.locator("[name=result]").first.check()
    page.fill("[name=persons]", "1")
    save(page)


def sign(page: Page, entry: Entry) -> None:
    """The customer signs."""
    screen(page, entry, "sign")
    page.fill("[name=signer_name]", "王工")
    box = page.locator("[data-signature] canvas")
    box.scroll_into_view_if_needed()
    at = box.bounding_box()
    assert at is not None
    page.mouse.move(at["x"] + 30, at["y"] + 30)
    page.mouse.down()
    for part in range(1, 9):
        page.mouse.move(at["x"] + 30 + part * 20, at["y"] + 30 + 15 * (part % 2))
    page.mouse.up()
    save(page)


ACTS: dict[str, Callable[[Page, Entry], None]] = {
    "appointed": agree,
    "departed": depart,
    "arrived": arrive,
    "need": need,
    "photo": photograph,
    "report": report,
    "sign": sign,
}
DAY = (
    "appointed", "need", "departed", "photo", "need", "arrived", "photo", "need", "report", "sign",
)  # fmt: skip


def entries(sheets: list[str]) -> Iterator[Entry]:
    """Visits one after the other; on the last sheet notes and photographs without end."""
    number = 0
    for sheet in sheets[:-1]:
        for kind in DAY:
            number += 1
            yield Entry(sheet, kind, f"第{number:04d}项")
    while True:
        for kind in ("need", "need", "photo"):
            number += 1
            yield Entry(sheets[-1], kind, f"第{number:04d}项")


class Office:
    """What the database holds; it may be away for a moment. Asked from a thread of its own, as the
    browser's loop runs in this one."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1)

    def times(self, entry: Entry) -> int:
        """How often an entry is there."""
        return self.thread.submit(self._times, entry).result()

    def _times(self, entry: Entry) -> int:
        from django.db import OperationalError, connection

        for _ in range(60):
            try:
                return counted(entry)
            except OperationalError:
                connection.close()
                time.sleep(1)
        raise SystemExit("the database stays away")


def counted(entry: Entry) -> int:
    """How often the database holds an entry."""
    from yinuo.domains.fieldwork.models import SignOff, WorkOrder
    from yinuo.domains.obligations.models import FactRow
    from yinuo.domains.requests.models import StepWords
    from yinuo.platform.files.models import StoredFile

    order = WorkOrder.objects.get(public_id=entry.sheet)
    if entry.kind == "photo":
        return StoredFile.objects.filter(caption=entry.words).count()
    if entry.kind == "need":
        return StepWords.objects.filter(words__text=entry.words).count()
    if entry.kind == "sign":
        return SignOff.objects.filter(work_order=order).count()
    if entry.kind == "appointed":
        return FactRow.objects.filter(subject_id=order.public_id, kind="contacted").count()
    kind = {"report": "restored"}.get(entry.kind, entry.kind)
    return FactRow.objects.filter(subject_id=order.request.public_id, kind=kind).count()


def main() -> int:
    """Kill, count, print; 1 when something was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with kept_company(), tempfile.TemporaryDirectory(prefix="yinuo-profile-") as profile:
        figures = survived(options.kills, random.Random(options.seed), Path(profile))
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:32}{value:>12}")
    return int(bool(figures["lost"] or figures["doubled"] or figures["stuck"]))


def survived(kills: int, dice: random.Random, profile: Path) -> dict[str, int]:
    """Work and kill until the last kill, then let everything be sent, and count."""
    admin, taker, manager = office()
    sheets = engineer_with_sheets(admin, taker, manager, ENGINEER, max(2, kills // 4))[1]
    killer = Killer(kills, dice, profile, Path(os.environ["YINUO_VAR"]) / "postgres")
    books, done = Office(), list[Entry]()
    try:
        with sync_playwright() as playwright:
            engineer = Engineer(playwright, killer, dice)
            engineer.sign_in()
            killer.start()
            for entry in entries([sheet for sheet, _version in sheets]):
                engineer.does(entry, lambda one: books.times(one) > 0)
                done.append(entry)
                if killer.over.is_set():
                    break
            page = engineer.phone()
            engineer.until_all_is_sent(page)
            outbox = page.evaluate(ON_PHONE)["operations"]
            stuck = [one for one in outbox if one["state"] != "applied"]
            found = {one: books.times(one) for one in done}
    finally:
        killer.over.wait(0)
        kill_browser(profile)
        kill_web(killer.web)
    times = Counter(found.values())
    for one in [one for one, number in found.items() if number != 1]:
        print(f"{one.kind} {one.words}: {found[one]} times", file=sys.stderr)
    return {
        **{f"kills_{name}": killer.counted[name] for name in sorted(set(TARGETS))},
        "entries": len(done),
        "typed_again": engineer.again,
        "lost": times[0],
        "doubled": len(done) - times[0] - times[1],
        "stuck": len(stuck),
    }


if __name__ == "__main__":
    sys.exit(main())
