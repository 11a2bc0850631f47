"""Document templates in the browser: written, looked at, published, withdrawn."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.console.conftest import Browser, browser_of
from tests.factories import make_company, make_member
from tests.factories.checklists import picture_bytes
from tests.factories.company import Member
from tests.factories.document_templates import publish_written
from tests.factories.documents import words_of_pdf

from yinuo.domains.document_templates.models import DocumentTemplate, TemplateText

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-71")]
QUOTE = "/documents/quote-zh/"


@dataclass(frozen=True)
class Writer:
    """Who writes documents, and somebody who only reads."""

    member: Member
    browser: Browser
    reader: Browser
    stranger: Browser


@pytest.fixture
def writer(db: None) -> Writer:
    company = make_company()
    member, reader, stranger = (
        make_member(company.administrator, company.headquarters, roles)
        for roles in (["quality"], ["service_manager"], ["technician"])
    )
    for one in (member, reader, stranger):
        # Receiving roles ends older sessions.
        one.user.refresh_from_db()
    browsers = (browser_of(one.user) for one in (member, reader, stranger))
    return Writer(member, *browsers)


def test_a_version_is_written_looked_at_and_published(writer: Writer) -> None:
    browser = writer.browser
    assert "as shipped" in browser.read("/documents/")
    logo = SimpleUploadedFile("logo.png", picture_bytes(), "image/png")
    sent = browser.fill(
        QUOTE + "edit/",
        title="报价单（样式一）",
        closing="收款账号 6222-0000",
        word_customer="甲方",
        left_out=["source"],
        logo=logo,
    )
    assert sent.status_code == 302, sent.content.decode()
    text = TemplateText.objects.get()
    page = browser.read(QUOTE)
    assert "not published" in page
    assert "收款账号 6222-0000" in page
    preview = browser.get(f"/document-versions/{text.public_id}/preview/")
    assert preview["Content-Type"] == "application/pdf"
    assert "报价单（样式一）" in words_of_pdf(preview.content)
    assert "报价单（样式一）" not in words_of_pdf(browser.get(QUOTE + "preview/").content)
    address = f"/document-versions/{text.public_id}/publish/"
    assert browser.fill(address).status_code == 302
    assert "Version 1 is in force." in browser.read(QUOTE)
    assert "报价单（样式一）" in words_of_pdf(browser.get(QUOTE + "preview/").content)
    again = browser.send(address, {"key": "x" * 32, "version": "3"})
    assert again.status_code == 409
    assert "This version is in force already." in again.content.decode()
    assert browser.fill(QUOTE + "withdraw/").status_code == 302
    assert "What the product ships with is in force." in browser.read(QUOTE)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Give the title."),
        ({"title": "报价单", "head": "见 {bank}"}, "is not known"),
        ({"title": "报价单", "word_source": "价目表"}, "Keep {list} in it"),
        ({"title": "报价单", "left_out": ["total"]}, "This template has no"),
    ],
)
def test_what_cannot_be_printed_is_said_at_its_field(
    writer: Writer, typed: dict[str, object], said: str
) -> None:
    sent = writer.browser.fill(QUOTE + "edit/", **typed)
    assert sent.status_code == 422
    assert said in sent.content.decode()
    assert not DocumentTemplate.objects.exists()


def test_a_file_that_is_no_picture_or_too_large_is_refused(writer: Writer) -> None:
    for content, said in ((b"MZ", "not what its name says"), (b"x" * 1_000_001, "too large")):
        logo = SimpleUploadedFile("logo.png", content, "image/png")
        sent = writer.browser.fill(QUOTE + "edit/", title="报价单", logo=logo)
        assert sent.status_code == 422
        assert said in sent.content.decode()


def test_somebody_faster_is_compared_and_not_overwritten(writer: Writer) -> None:
    form = writer.browser.hidden(QUOTE + "edit/")
    publish_written(writer.member, "quote-zh", title="别人的标题")
    sent = writer.browser.send(QUOTE + "edit/", form | {"title": "我的标题"})
    assert sent.status_code == 409
    assert "别人的标题" in sent.content.decode()


def test_who_only_reads_sees_no_way_to_write(writer: Writer) -> None:
    text = publish_written(writer.member, "quote-zh", title="报价单")
    page = writer.reader.read(QUOTE)
    assert not re.search(r"/(edit|publish|withdraw)/", page)
    assert writer.reader.get(QUOTE + "edit/").status_code == 403
    assert writer.reader.get(f"/document-versions/{text.public_id}/publish/").status_code == 403
    assert writer.stranger.get("/documents/").status_code == 403
    assert writer.stranger.get(f"/document-versions/{text.public_id}/preview/").status_code == 404
    for absent in ("/documents/quote-fr/", "/documents/nothing-zh/", "/documents/zh/"):
        assert writer.reader.get(absent).status_code == 404
