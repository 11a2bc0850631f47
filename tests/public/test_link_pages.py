"""Pages behind links: what GET and POST do, what each end says, and that the secret stays one."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.factories import make_company

from yinuo.domains.network.types import SYSTEM
from yinuo.platform.errors import InvalidInput
from yinuo.platform.files.types import Owner
from yinuo.platform.identifiers import new_public_id
from yinuo.platform.journal.models import AuditEntry
from yinuo.platform.journal.work import writing
from yinuo.platform.links.models import SecretLink
from yinuo.platform.links.services import issue_link, revoke_links
from yinuo.platform.links.types import Holder, Link
from yinuo.platform.web.logs import JsonFormatter, RequestIdFilter
from yinuo.surfaces.public import pages
from yinuo.surfaces.public.forms import AnswerForm
from yinuo.surfaces.public.pages.page import Document, PublicPage

THING = Owner("billing.thing", UUID("018f0000-0000-7000-8000-000000000001"))


def act(link: Link, form: AnswerForm, now: datetime) -> None:
    if form.cleaned_data["reason"] == "refuse":
        raise InvalidInput({"reason": "Not so."})
    with writing(actor=Holder(form.cleaned_data["name"]), now=now) as work:
        work.audit("thing.answer", SecretLink.objects.get(public_id=link.public_id))


PAGE = PublicPage(
    template="public/page.html",
    look=lambda _link: {"zone": "Asia/Shanghai"},
    act=act,
    make=lambda _link, language, _now: Document(f"{language}.pdf", "application/pdf", b"%PDF"),
)


@pytest.fixture(autouse=True)
def thing_page(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    make_company()
    monkeypatch.setitem(pages.PAGES, "thing", PAGE)


@pytest.fixture
def secret() -> str:
    return issue()


def issue(days: float = 7, purpose: str = "thing", ago: float = 0, owner: Owner = THING) -> str:
    now = datetime.now(UTC) - timedelta(days=ago)
    until = now + timedelta(days=days)
    return issue_link(purpose=purpose, owner=owner, expires_at=until, actor=SYSTEM, now=now)


def phone(language: str = "en", **options: bool) -> Client:
    return Client(headers={"Accept-Language": language}, **options)


def answer(client: Client, secret: str, **typed: str) -> HttpResponse:
    return client.post(f"/l/{secret}/", {"name": "王磊", "outcome": "accepted", **typed})


def answered() -> int:
    return AuditEntry.objects.filter(action="thing.answer").count()


@pytest.mark.req("R15")
def test_looking_changes_nothing_however_often(secret: str) -> None:
    before = (AuditEntry.objects.count(), list(SecretLink.objects.values()))
    for _ in range(3):
        assert phone().get(f"/l/{secret}/").status_code == 200
        assert phone().head(f"/l/{secret}/").status_code == 200
        phone().get(f"/l/{secret}/", {"outcome": "accepted", "name": "王磊"})
        phone().get(f"/l/{secret}/document/")
    assert (AuditEntry.objects.count(), list(SecretLink.objects.values())) == before


@pytest.mark.req("R15", "R37")
def test_an_answer_acts_once_and_then_says_by_whom_and_when(secret: str) -> None:
    client = phone()
    sent = answer(client, secret)
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/l/{secret}/")
    again = answer(phone(), secret)
    assert (again.status_code, answered()) == (409, 1)
    for page in (again, client.get(f"/l/{secret}/")):
        text = page.content.decode()
        assert "Accepted" in text
        assert "王磊" in text
        assert "<form class=" not in text
    other = answer(phone(), secret, outcome="declined", name="李芳")
    assert other.status_code == 409
    assert "王磊" in other.content.decode()
    assert answered() == 1


@pytest.mark.req("R15", "R30")
def test_each_end_of_a_link_is_said_plainly_in_both_languages() -> None:
    late = issue(days=1, ago=2, owner=Owner("billing.thing", new_public_id()))
    withdrawn = issue()
    revoke_links(purpose="thing", owner=THING, actor=SYSTEM, now=datetime.now(UTC))
    wanted = {
        (late, "en"): (410, "This link has run out"),
        (late, "zh-hans"): (410, "链接已过期"),
        (withdrawn, "en"): (410, "This link was withdrawn"),
        (withdrawn, "zh-hans"): (410, "链接已撤回"),
        ("x" * 22, "en"): (404, "There is no such link"),
        ("x" * 22, "zh-hans"): (404, "没有这个链接"),
    }
    for (secret, language), (status, words) in wanted.items():
        page = phone(language).get(f"/l/{secret}/")
        assert (page.status_code, words in page.content.decode()) == (status, True)
        assert answer(phone(language), secret).status_code in {404, 409, 410}
        assert phone(language).get(f"/l/{secret}/document/").status_code == status
    assert answered() == 0


@pytest.mark.req("R15")
def test_an_answered_document_is_shown_no_longer_than_the_link_would_have_lived(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret = issue(days=1)
    answer(phone(), secret)
    monkeypatch.setattr(
        "yinuo.surfaces.public.views.timezone.now", lambda: datetime.now(UTC) + timedelta(days=2)
    )
    page = phone().get(f"/l/{secret}/")
    assert page.status_code == 410
    assert "王磊" in page.content.decode()
    assert phone().get(f"/l/{secret}/document/").status_code == 410


@pytest.mark.req("R03")
def test_unknown_malformed_and_of_no_page_look_the_same() -> None:
    unregistered = issue(purpose="nothing")
    shown = {
        re.sub(r'[0-9a-f]{32}|(value|data-now)="[^"]*"', "", page.content.decode())
        for page in (
            phone().get(f"/l/{one}/")
            for one in (unregistered, "A" * 22, "short", "x" * 300, "%00", "ü")
        )
        if page.status_code == 404
    }
    assert len(shown) == 1


@pytest.mark.req("R12", "R52", "R57")
def test_trying_addresses_is_slowed_down_and_a_good_link_still_works(secret: str) -> None:
    client = phone()
    tries = [client.get(f"/l/{number:022d}/") for number in range(32)]
    assert [one.status_code for one in tries[:30]] == [404] * 30
    assert tries[-1].status_code == 429
    assert tries[-1].headers["Retry-After"] == "10"
    assert client.get(f"/l/{secret}/").status_code == 200


@pytest.mark.req("R52")
def test_documents_of_one_link_are_limited(secret: str) -> None:
    asked = [phone().get(f"/l/{secret}/document/").status_code for _ in range(12)]
    assert asked == [200] * 10 + [429] * 2


@pytest.mark.req("R21", "R36")
def test_an_answer_without_its_token_is_refused(secret: str) -> None:
    assert answer(phone(enforce_csrf_checks=True), secret).status_code == 403
    assert answered() == 0


@pytest.mark.req("R30")
def test_what_is_wrong_stands_at_its_field_and_the_link_stays_open(secret: str) -> None:
    for typed, words in (
        ({"name": " "}, "Give your name, in at most 80 characters."),
        ({"name": "x" * 81}, "Give your name, in at most 80 characters."),
        ({"outcome": "both"}, "Choose one."),
        ({"outcome": ""}, "Choose one."),
        ({"reason": "refuse"}, "Not so."),
    ):
        refused = answer(phone(), secret, **typed)
        assert refused.status_code == 422
        assert words in refused.content.decode()
    assert answered() == 0
    assert answer(phone(), secret).status_code == 302


@pytest.mark.req("R15", "R21")
def test_no_answer_may_be_indexed_kept_or_name_its_address_elsewhere(secret: str) -> None:
    for path in (f"/l/{secret}/", f"/l/{secret}/document/", "/l/nothing/"):
        headers = phone().get(path).headers
        assert "noindex" in headers["X-Robots-Tag"]
        assert headers["Referrer-Policy"] == "strict-origin"
        assert headers["Cache-Control"] == "private, no-store"


@pytest.fixture
def written() -> Iterator[list[str]]:
    """Every line that reaches the log, formatted as in service."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Kept()
    handler.setFormatter(JsonFormatter())
    handler.addFilter(RequestIdFilter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)


@pytest.mark.req("R15", "R58")
def test_the_secret_is_in_no_log_line(
    secret: str, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logging.getLogger().setLevel(logging.INFO)
    phone().get(f"/l/{secret}/")
    answer(phone(enforce_csrf_checks=True), secret)
    phone().get(f"/l/{secret}/nothing/")
    phone().put(f"/l/{secret}/")

    def break_down(_link: Link) -> dict[str, object]:
        raise RuntimeError(f"GET /l/{secret}/")

    monkeypatch.setitem(pages.PAGES, "thing", replace(PAGE, look=break_down))
    assert phone(raise_request_exception=False).get(f"/l/{secret}/").status_code == 500
    assert len(written) >= 6
    assert any("/l/…" in line for line in written)
    assert not [line for line in written if secret in line]
