"""A real installation with a real browser in front of it; one for all tests of this folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright
from tests.browser.world import PASSWORD, World
from tests.system.installation import Installation, environment

from yinuo.platform.postgres import running_server, server_folder

# A crowded machine may take its time; a wrong page stays wrong.
expect.set_options(timeout=15_000)

ROOT = Path(__file__).resolve().parents[2]
BUILD = "import django; django.setup(); from tests.browser.{world} import main; main()"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    # A microphone that hums, for what is told instead of typed.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


@dataclass
class Console:
    """An installation with its world, and browsers of the people in it."""

    address: str
    world: World
    browser: Browser
    signed_in: dict[str, Any]
    pages: list[Visitor] = field(default_factory=list)

    def visit(self, username: str, *, width: int = 1280, **context: object) -> Visitor:
        """A signed-in person's page; `context` goes to the browser context."""
        if username not in self.signed_in:
            visitor = self.stranger()
            visitor.open("/accounts/login/")
            visitor.page.fill("[name=login]", username)
            visitor.page.fill("[name=password]", PASSWORD)
            visitor.page.press("[name=password]", "Enter")
            visitor.page.wait_for_selector(".rail-person", state="attached")
            self.signed_in[username] = visitor.page.context.storage_state()
        visitor = self.stranger(width=width, storage_state=self.signed_in[username], **context)
        visitor.open("/")
        return visitor

    def stranger(self, *, width: int = 1280, **context: object) -> Visitor:
        """Somebody's page before sign-in."""
        settings = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **context}
        page = self.browser.new_context(
            viewport={"width": width, "height": 900}, base_url=self.address, **settings
        ).new_page()
        visitor = Visitor(page, self.address)
        self.pages.append(visitor)
        return visitor


@dataclass
class Visitor:
    """A page, and everything that must not happen on it."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self._hear(said.text))
        self.page.on("request", self._see)

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text or "Content-Security-Policy" in text:
            self.complaints.append(text)

    def _see(self, request: Request) -> None:
        if not request.url.startswith((self.address, f"blob:{self.address}", "data:")):
            self.elsewhere.append(request.url)

    def open(self, path: str) -> int:
        """Go to a path; gives the status."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status


@pytest.fixture(scope="session")
def installation() -> Iterator[tuple[str, World]]:
    """`yinuo up` on an empty folder, filled with the world of these tests."""
    with installed("build") as (address, made):
        yield address, World(**made)


@contextmanager
def installed(world: str) -> Iterator[tuple[str, Any]]:
    """`yinuo up` on an empty folder, filled by the module `world`: its address, what was made."""
    var = Path(tempfile.mkdtemp(prefix="yinuo-browser-"))
    running = Installation(var)
    try:
        running.wait_ready()
        found = running_server(server_folder(var))
        assert found is not None
        variables = environment(
            **found[1].environment(),
            DJANGO_SETTINGS_MODULE="yinuo.config.settings",
            YINUO_VAR=str(var),
            PYTHONPATH=os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        )
        made = subprocess.run(
            [sys.executable, "-c", BUILD.format(world=world)],
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        yield f"http://localhost:{running.port}", json.loads(made.stdout)
    finally:
        running.end()
        running.clear_up()
        shutil.rmtree(var, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's chromium, without a way to the internet."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Browser tests need chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[str, Any]:
    """The cookies of those who signed in already: the password hash costs time on purpose."""
    return {}


@pytest.fixture
def console(
    installation: tuple[str, World], chromium: Browser, signed_in: dict[str, Any]
) -> Iterator[Console]:
    """The console; at the end nothing was refused by the content policy or asked elsewhere."""
    address, world = installation
    opened = Console(address, world, chromium, signed_in)
    yield opened
    complaints = [one for visitor in opened.pages for one in visitor.complaints]
    elsewhere = [one for visitor in opened.pages for one in visitor.elsewhere]
    for visitor in opened.pages:
        visitor.page.context.close()
    assert complaints == []
    assert elsewhere == []


@pytest.fixture
def consultant(console: Console) -> Visitor:
    """The consultant at the hotline, on the intake."""
    return console.visit(console.world.consultant)
