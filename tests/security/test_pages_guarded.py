"""What holds for every page: its headers, no markup of its own style, no act without a token."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.api.conftest import World
from tests.security.addresses import WORDS, Address, addresses

from yinuo.platform.journal.models import AuditEntry

ALL = addresses()
PATHS = [one.path for one in ALL]
EVIL = "https://evil.example/"
# A script or style in the page itself, or an attribute that would run or dress something.
INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|\son[a-z]+=[\"']|\shx-on|\sstyle=|javascript:")


def ids_in(world: World) -> dict[str, str]:
    made = {name: str(uuid4()) for name in ("token_id", "filter_id", "use_id", "device_id")}
    return {**world.own.ids, **made, **WORDS, "secret": "A" * 22}


def policy(response: HttpResponse) -> dict[str, list[str]]:
    """The content policy, by directive."""
    parts = response.headers["Content-Security-Policy"].split(";")
    return {name: values for name, *values in (part.split() for part in parts)}


def assert_guarded(response: HttpResponse) -> None:
    """The headers every answer carries, whatever it is; a download may do nothing at all."""
    directives = policy(response)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert re.search("private|no-store", response.headers["Cache-Control"])
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        assert directives == {"default-src": ["'none'"], "sandbox": []}
        return
    assert directives["default-src"] == ["'self'"]
    assert directives["frame-ancestors"] == directives["object-src"] == ["'none'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & {
        word for words in directives.values() for word in words
    }
    assert response.headers["Referrer-Policy"] in {"same-origin", "strict-origin"}
    assert response.headers["X-Request-Id"]
    assert not INLINE.search(response.content.decode())


@pytest.mark.req("R21")
@pytest.mark.parametrize("address", ALL, ids=PATHS)
def test_every_page_carries_the_policy_and_stays_private(
    browser: Client, world: World, address: Address
) -> None:
    shown = browser.get(address.at(ids_in(world)))
    assert shown.status_code in {200, 302, 400, 403, 404, 405, 422}
    assert_guarded(shown)


@pytest.mark.req("R21", "R30")
@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/nothing/", {}, 404),
        ("/requests/x/", {}, 404),
        ("/static/nothing.css", {}, 404),
        ("/accounts/login/", {"Host": "evil.example"}, 400),
        ("/requests/?q=%00", {}, 400),
    ],
)
def test_a_page_of_an_error_is_guarded_and_tells_no_internals(
    browser: Client, path: str, headers: dict[str, str], status: int
) -> None:
    shown = browser.get(path, headers=headers)
    assert shown.status_code == status
    assert_guarded(shown)
    assert not re.search(r"Traceback|site-packages|\.py|SELECT|Django", shown.content.decode())


@pytest.mark.req("R30")
def test_a_page_that_breaks_says_its_number_and_nothing_else(
    shaken_browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_anything: object) -> None:
        raise RuntimeError("SELECT secret FROM /srv/yinuo/passwords.py")

    monkeypatch.setattr("yinuo.surfaces.console.views.lists.list_customers", break_down)
    shown = shaken_browser.get("/customers/")
    assert shown.status_code == 500
    assert_guarded(shown)
    text = shown.content.decode()
    assert shown.headers["X-Request-Id"] in text
    assert not re.search(r"Traceback|SELECT|secret|\.py", text)


@pytest.mark.req("R21", "R36")
@pytest.mark.parametrize("address", ALL, ids=PATHS)
def test_a_form_without_its_token_is_refused_and_changes_nothing(
    browser: Client, world: World, address: Address
) -> None:
    before = AuditEntry.objects.count()
    refused = browser.post(address.at(ids_in(world)), {"name": "x"}, headers={"Origin": EVIL})
    assert refused.status_code == (405 if address.path in {"/healthz", "/readyz"} else 403)
    assert_guarded(refused)
    assert AuditEntry.objects.count() == before
    assert browser.get("/accounts/sessions/").status_code == 200


@pytest.mark.parametrize("address", ALL, ids=PATHS)
def test_looking_at_an_address_changes_nothing(
    browser: Client, world: World, address: Address
) -> None:
    before = AuditEntry.objects.count()
    for _ in range(2):
        browser.get(address.at(ids_in(world)), {"language": "en", "appearance": "dark", "do": "x"})
    assert AuditEntry.objects.count() == before
    assert not {"yinuo_language", "yinuo_appearance"} & set(browser.cookies)
    assert browser.get("/accounts/sessions/").status_code == 200


@pytest.mark.req("R14")
def test_sign_out_has_the_browser_forget_the_pages(lax_browser: Client) -> None:
    left = lax_browser.post("/accounts/logout/")
    assert left.headers["Clear-Site-Data"] == '"cache"'
    assert lax_browser.get("/accounts/sessions/").status_code == 302


@pytest.mark.req("R21")
@pytest.mark.parametrize("target", [EVIL, "//evil.example/", "/\\evil.example", "javascript:1"])
def test_nothing_leads_to_another_host(lax_browser: Client, target: str) -> None:
    answers = [
        lax_browser.get("/language/", {"next": target}),
        lax_browser.post("/language/", {"language": "en", "next": target}),
        lax_browser.post("/appearance/", {"appearance": "dark"}, headers={"Referer": target}),
        lax_browser.get("/accounts/login/", {"next": target}),
        lax_browser.post("/accounts/logout/", {"next": target}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        assert re.match(r"/(?![/\\])", answer.headers["Location"]), answer.headers["Location"]
