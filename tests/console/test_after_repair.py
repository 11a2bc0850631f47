"""Problem reports, call-backs, attachments and history on the screen."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader
from tests.console.conftest import Browser, browser_of
from tests.factories import Member
from tests.factories.repairs import RESTORED, Repair, make_repair, state

from yinuo.domains.feedback.models import CallBack
from yinuo.domains.requests.attachments import list_attachments
from yinuo.domains.requests.report_models import ProblemReport
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db

WRITTEN = {
    "field_kind": "network",
    "field_symptom": "链路中断",
    "field_cause": "光模块老化",
    "field_method": "更换光模块",
    "field_loss": "停播 14 小时",
}
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def repair(db: None) -> Repair:
    return make_repair()


def seen_by(member: Member) -> Browser:
    # Who signs in has a password; nobody needs to know it here.
    User.objects.filter(pk=member.user.pk).update(password="argon2$unknown")
    return browser_of(User.objects.get(pk=member.user.pk))


def address(name: str, *ids: object) -> str:
    return reverse(f"console:{name}", args=ids)


def request_page(repair: Repair) -> str:
    return address("requests_one", repair.request.public_id)


def picture() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (60, 40), "red").save(made, "PNG")
    return SimpleUploadedFile("面板.png", made.getvalue(), "text/html")


@pytest.mark.req("BP-11")
def test_a_report_is_drafted_issued_and_delivered(repair: Repair) -> None:
    browser = seen_by(repair.technician)
    draft = address("reports_draft", repair.request.public_id)
    assert "光模块老化" in browser.read(draft)
    assert browser.fill(draft, field_cause="光模块老化").status_code == 302
    report = ProblemReport.objects.get()
    one = address("reports_one", report.public_id)
    assert "once every needed field is written" in browser.read(one)
    assert browser.fill(one).status_code == 422
    assert browser.fill(draft, **WRITTEN).status_code == 302
    assert browser.fill(one).status_code == 302
    delivered = browser.fill(address("reports_delivered", report.public_id), channel="email")
    assert (delivered.status_code, delivered["Location"]) == (302, request_page(repair))
    page = browser.read(request_page(repair))
    assert "Problem report delivered" in page
    assert "Write a correction" in page


@pytest.mark.req("BP-11", "R10")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_comes_as_a_pdf_in_either_language(repair: Repair, language: str) -> None:
    browser = seen_by(repair.technician)
    browser.fill(address("reports_draft", repair.request.public_id), **WRITTEN)
    public_id = ProblemReport.objects.get().public_id
    answer = browser.get(address("reports_pdf", public_id, language))
    assert answer["Content-Disposition"].startswith("attachment")
    content = answer.content
    text = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert ("草稿" if language == "zh" else "Draft") in text
    assert browser.get(address("reports_pdf", public_id, "fr")).status_code == 404


@pytest.mark.req("R38")
def test_a_draft_written_by_two_shows_both(repair: Repair) -> None:
    browser = seen_by(repair.technician)
    draft = address("reports_draft", repair.request.public_id)
    first = browser.hidden(draft)
    assert browser.fill(draft, **WRITTEN).status_code == 302
    stale = browser.send(draft, first | WRITTEN | {"field_loss": "另一种说法"})
    assert stale.status_code == 409
    assert "另一种说法" in stale.content.decode()
    assert ProblemReport.objects.get().answers["loss"] == "停播 14 小时"


@pytest.mark.req("LV-06")
def test_a_call_back_leaves_the_list_when_somebody_was_reached(repair: Repair) -> None:
    browser = seen_by(repair.consultant)
    listed, form = address("callbacks"), address("callbacks_new", repair.request.public_id)
    assert repair.request.number in browser.read(listed)
    assert browser.fill(form, reached="no", opinion="无人接听").status_code == 302
    assert "无人接听" in browser.read(listed)
    assert browser.fill(form, reached="yes").status_code == 422
    answered = {"reached": "yes", "done": "yes", "satisfaction": "very_satisfied"}
    assert browser.fill(form, **answered).status_code == 302
    assert "Everybody was phoned back" in browser.read(listed)
    assert "Very satisfied (5)" in browser.read(request_page(repair))


@pytest.mark.req("LV-06", "R37")
def test_a_second_click_makes_no_second_call_back(repair: Repair) -> None:
    browser = seen_by(repair.consultant)
    form = address("callbacks_new", repair.request.public_id)
    sent = browser.hidden(form) | {"reached": "no", "opinion": "占线"}
    answers = [browser.send(form, sent).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert CallBack.objects.count() == 1


@pytest.mark.req("SV-11")
def test_a_dissatisfied_customer_is_shown_and_can_be_taken_up_again(repair: Repair) -> None:
    browser = seen_by(repair.consultant)
    said = {"reached": "yes", "done": "no", "satisfaction": "dissatisfied", "opinion": "又断了"}
    browser.fill(address("callbacks_new", repair.request.public_id), **said)
    page = browser.read(request_page(repair))
    assert "Reopen the request" in page
    assert "又断了" in browser.read(address("callbacks"))


@pytest.mark.req("BP-11")
def test_what_is_missing_is_named_before_filing(repair: Repair) -> None:
    state(repair, "confirmed_by_customer", RESTORED)
    browser = seen_by(repair.consultant)
    page = browser.read(request_page(repair))
    assert "Missing before it is filed" in page


@pytest.mark.req("BP-12", "BP-05")
def test_the_history_of_customer_and_asset_leads_to_each_thing(repair: Repair) -> None:
    browser = seen_by(repair.consultant)
    customer = browser.read(address("customers_one", repair.customer.public_id))
    history = address("customers_history", repair.customer.public_id)
    assert history in customer
    page = browser.read(history)
    assert "更换光模块与交换板" in page
    assert request_page(repair) in page
    asset_id = re.search(r"/assets/([0-9a-f-]{36})/", customer)
    assert asset_id
    assert repair.request.number in browser.read(address("assets_history", asset_id[1]))
    assert browser.get(history, {"cursor": "forged"}).status_code == 422


@pytest.mark.req("R10", "R25")
def test_a_file_is_attached_shown_and_given_back_as_a_download(repair: Repair) -> None:
    browser = seen_by(repair.technician)
    form = address("files_new", repair.request.public_id)
    assert browser.fill(form, file=picture()).status_code == 302
    [kept] = list_attachments(repair.technician.actor, repair.request.public_id)
    one = address("files_one", repair.request.public_id, kept.public_id)
    assert one in browser.read(request_page(repair))
    download, shown = browser.get(one), browser.get(one + "picture/")
    assert (download["Content-Type"], shown["Content-Type"]) == ("image/png", "image/jpeg")
    assert download["Content-Disposition"].startswith("attachment")
    for answer in (download, shown):
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        answer.close()


@pytest.mark.req("R10", "R38")
def test_what_an_attachment_shows_is_said_with_it_or_later(repair: Repair) -> None:
    browser, request_id = seen_by(repair.technician), repair.request.public_id
    browser.fill(address("files_new", request_id), file=picture(), caption="到场前")
    [kept] = list_attachments(repair.technician.actor, request_id)
    assert kept.caption == "到场前"
    form = address("files_caption", request_id, kept.public_id)
    assert browser.fill(form, caption="更换后").status_code == 302
    assert "<strong>更换后</strong>" in browser.read(request_page(repair))
    assert browser.fill(form, caption="别的", version="1").status_code == 409
    foreign = address("files_caption", request_id, repair.customer.public_id)
    assert browser.get(foreign).status_code == 404
    assert seen_by(repair.stranger).get(form).status_code in {403, 404}


@pytest.mark.req("R25")
@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("图.svg", b"<svg onload='alert(1)'/>", "image/png"),
        SimpleUploadedFile("页.html", b"<html><script>alert(1)</script>", "text/plain"),
        SimpleUploadedFile("页.h\u200btml.pdf", b"<html>", "application/pdf"),
        SimpleUploadedFile("空.pdf", b"", "application/pdf"),
        None,
    ],
)
def test_another_file_is_refused_with_the_reason(repair: Repair, upload: Any) -> None:
    browser = seen_by(repair.technician)
    sent = {"file": upload} if upload else {}
    answer = browser.fill(address("files_new", repair.request.public_id), **sent)
    assert answer.status_code == 422
    assert 'class="wrong"' in answer.content.decode()
    assert not list_attachments(repair.technician.actor, repair.request.public_id)


@pytest.mark.req("R52")
def test_a_body_too_large_is_refused_by_the_page(repair: Repair, settings: Any) -> None:
    settings.UPLOAD_REQUEST_BYTES = 1_000
    browser = seen_by(repair.technician)
    form = address("files_new", repair.request.public_id)
    sent = {"file": SimpleUploadedFile("大.pdf", PDF + b"0" * 5_000)}
    assert browser.fill(form, **sent).status_code == 400


@pytest.mark.req("R02", "R03")
def test_a_stranger_reaches_nothing_of_it(repair: Repair) -> None:
    own = seen_by(repair.technician)
    own.fill(address("files_new", repair.request.public_id), file=picture())
    own.fill(address("reports_draft", repair.request.public_id), **WRITTEN)
    [kept] = list_attachments(repair.technician.actor, repair.request.public_id)
    report = ProblemReport.objects.get().public_id
    request_id = repair.request.public_id
    stranger = seen_by(repair.stranger)
    for foreign in (
        address("files_one", request_id, kept.public_id),
        address("files_picture", request_id, kept.public_id),
        address("files_new", request_id),
        address("reports_one", report),
        address("reports_pdf", report, "zh"),
        address("reports_delivered", report),
        address("reports_draft", request_id),
        address("callbacks_new", request_id),
        address("customers_history", repair.customer.public_id),
    ):
        answer = stranger.get(foreign)
        assert answer.status_code == 404, foreign
    assert repair.request.number not in stranger.read(address("callbacks"))


@pytest.mark.req("R08")
def test_a_reader_is_offered_nothing_and_can_do_nothing(repair: Repair) -> None:
    browser = seen_by(repair.reader)
    page = browser.read(request_page(repair))
    assert "Write the report" not in page
    assert "Attach a file" not in page
    request_id = repair.request.public_id
    for name in ("reports_draft", "callbacks_new", "files_new"):
        assert browser.get(address(name, request_id)).status_code == 403
        assert browser.post(address(name, request_id), {"key": "k" * 32}).status_code == 403
