"""The plan workshop: form and file, live findings, two editors, tests, approval, publication."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.console.conftest import PLAN_FILE, Browser, Company

from yinuo.domains.contracts.models import PlanDraft, PlanTest, PlanVersion

TEXT = PLAN_FILE.read_text(encoding="utf-8")
LATER = TEXT.replace("limit: 30 minutes", "limit: 20 minutes", 1)


def plain(page: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.fixture
def draft(company: Company, plan: PlanVersion) -> PlanDraft:
    """A draft of the next version, begun from the published one."""
    address = f"/plans/publish/?from={plan.public_id}"
    hidden = company.browser.hidden(address)
    answer = company.browser.send(address, hidden | {"source": LATER, "do": "draft"})
    assert answer.status_code == 302
    return PlanDraft.objects.get()


@pytest.fixture
def second(colleague: Callable[..., Browser]) -> Browser:
    """Another person who may do everything with plans."""
    return colleague("administrator")


def live(browser: Browser, draft: PlanDraft, source: str, **act: object) -> str:
    """What the editor is answered while somebody works in it."""
    answer = browser.send(f"/plans/drafts/{draft.public_id}/form/", {"source": source} | act)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_draft_opens_as_form_and_file(company: Company, draft: PlanDraft) -> None:
    assert draft.based_on is not None
    page = company.browser.read(f"/plans/drafts/{draft.public_id}/write/")
    assert 'id="plan-form"' in page
    assert "limit: 20 minutes" in unescape(page)
    clause = live(company.browser, draft, LATER, at="clauses/0")
    assert 'data-path="clauses/0/limit"' in clause
    assert draft.code in company.browser.read("/plans/drafts/")


def test_an_act_in_the_form_changes_the_text_and_mistakes_stand_at_their_field(
    company: Company, draft: PlanDraft
) -> None:
    act = {"at": "clauses/0", "act": "set", "path": "clauses/0/limit", "value": "20 minuts"}
    page = live(company.browser, draft, LATER, **act)
    text = unescape(page.partition('<textarea id="plan-text" hidden>')[2].partition("</")[0])
    assert "20 minuts" in text
    assert 'aria-invalid="true"' in page
    assert "did you mean" in plain(page)
    mended = live(company.browser, draft, text, **(act | {"value": "15 minutes"}))
    assert "15 minutes" in mended
    assert "No mistakes" in plain(mended)


@pytest.mark.parametrize(
    "source", ["a: &x [1]\nb: *x", "plan: [", "\tplan: x", "plan: a\nplan: b", "", "x" * 600_000]
)
@pytest.mark.req("R30")
def test_a_text_that_cannot_be_read_keeps_the_editor_alive(
    company: Company, draft: PlanDraft, source: str
) -> None:
    page = live(company.browser, draft, source, act="set", path="title", value="x")
    assert "cannot be read as it stands" in page
    assert "mistake" in page
    answer = company.browser.fill(f"/plans/drafts/{draft.public_id}/write/", source=source)
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.source == LATER


@pytest.mark.req("R38")
def test_the_later_of_two_editors_gets_both_texts_merged(
    company: Company, draft: PlanDraft, second: Browser
) -> None:
    address = f"/plans/drafts/{draft.public_id}/write/"
    mine = company.browser.hidden(address)
    theirs = LATER.replace("limit: 20 minutes", "limit: 25 minutes", 1)
    assert second.fill(address, source=theirs).status_code == 302
    answer = company.browser.send(address, mine | {"source": LATER + "# note\n"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody else changed this meanwhile" in page
    shown = re.search(r'name="source"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)
    assert shown is not None
    assert unescape(shown[1]).rstrip() == (theirs + "# note\n").rstrip()
    again = dict(re.findall(r'name="(key|version)" value="([^"]*)"', page))
    saved = company.browser.send(address, again | {"source": unescape(shown[1])})
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert "25 minutes" in draft.source
    assert "# note" in draft.source


def test_from_trying_a_case_to_the_published_version(
    company: Company, draft: PlanDraft, second: Browser
) -> None:
    address = f"/plans/drafts/{draft.public_id}/"
    page = plain(company.browser.read(address))
    assert "30 minutes → 20 minutes" in page
    assert "a second person approves it" in page
    tried = company.browser.fill(address, do="try", s_level="serious", total="120000")
    assert tried.status_code == 200
    assert 'id="tried"' in tried.content.decode()
    assert company.browser.fill(address, do="keep", name="", s_level="serious").status_code == 422
    assert company.browser.fill(address, do="keep", name="P1", s_level="serious").status_code == 302
    assert PlanTest.objects.count() == 1
    draft.refresh_from_db()
    mine = company.browser.send(f"{address}approve/", {"version": draft.version})
    assert mine.status_code == 403
    assert "second person" in mine.content.decode()
    early = company.browser.send(
        f"{address}publish/", {"key": "k-early-1", "version": draft.version}
    )
    assert early.status_code == 409
    assert second.send(f"{address}approve/", {"version": draft.version}).status_code == 302
    stale = second.send(f"{address}publish/", {"key": "k-stale-1", "version": draft.version})
    assert stale.status_code == 409
    draft.refresh_from_db()
    sent = {"key": "k-right-1", "version": draft.version}
    assert company.browser.send(f"{address}publish/", sent).status_code == 302
    assert company.browser.send(f"{address}publish/", sent).status_code in (302, 409)
    assert PlanVersion.objects.count() == 2
    version = PlanVersion.objects.get(number=2)
    assert "Published with the tests" in company.browser.read(f"/plans/{version.public_id}/")


def test_a_failing_test_shows_expected_and_got(company: Company, draft: PlanDraft) -> None:
    address = f"/plans/drafts/{draft.public_id}/"
    company.browser.fill(address, do="keep", name="P1", s_level="serious")
    slower = LATER.replace("limit: 20 minutes", "limit: 50 minutes", 1)
    assert company.browser.fill(f"{address}write/", source=slower).status_code == 302
    page = plain(company.browser.read(address))
    assert "1 test does not come out as expected" in page
    assert "expected" in page
    assert "got" in page


def test_a_withdrawn_version_says_so_and_is_withdrawn_once(
    company: Company, plan: PlanVersion
) -> None:
    address = f"/plans/{plan.public_id}/"
    assert company.browser.fill(f"{address}withdraw/", reason="").status_code == 422
    assert company.browser.fill(f"{address}withdraw/", reason="条款有误").status_code == 302
    assert "条款有误" in company.browser.read(address)
    assert company.browser.fill(f"{address}withdraw/", reason="再次").status_code == 409


def test_an_uploaded_file_of_five_megabytes_is_refused_with_a_clear_message(
    company: Company,
) -> None:
    upload = SimpleUploadedFile("plan.yaml", b"# " + b"x" * 5_000_000)
    answer = company.browser.fill("/plans/publish/", file=upload, do="draft")
    assert answer.status_code in (413, 422)
    assert "at most" in answer.content.decode()
    assert not PlanDraft.objects.exists()


def test_a_file_in_another_encoding_is_refused_and_shown_legibly(company: Company) -> None:
    upload = SimpleUploadedFile("plan.yaml", "plan: x\ntitle: 方案\n".encode("gb18030"))
    answer = company.browser.fill("/plans/publish/", file=upload, do="draft")
    page = answer.content.decode()
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert "UTF-8" in page


def test_a_request_nobody_may_see_is_no_test(company: Company, draft: PlanDraft) -> None:
    address = f"/plans/drafts/{draft.public_id}/case/"
    for number in ("", "SR-0000-00000", "x" * 3000):
        sent = company.browser.send(address, {"number": number, "case_name": "实例"})
        assert sent.status_code == 422
        assert "no such request" in sent.content.decode()
    assert not PlanTest.objects.exists()


@pytest.mark.req("R01", "R03")
def test_who_does_not_own_plans_finds_no_workshop(
    company: Company, draft: PlanDraft, colleague: Callable[..., Browser]
) -> None:
    reader = colleague("technician")
    for path in ("", "write/"):
        assert reader.get(f"/plans/drafts/{draft.public_id}/{path}").status_code in (403, 404)
    for path in ("form/", "approve/", "publish/", "drop/"):
        sent = reader.post(f"/plans/drafts/{draft.public_id}/{path}", {"source": "x"})
        assert sent.status_code in (403, 404)
    assert reader.get("/plans/drafts/").status_code == 403
    draft.refresh_from_db()
    assert draft.version == 1
