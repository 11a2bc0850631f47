"""Letters of contact in the browser's pages: written, refused in words, answered on paper, listed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from openpyxl import load_workbook
from tests.console.conftest import Browser, browser_of
from tests.factories import Member
from tests.factories.billing import price_list_source, publish_prices
from tests.factories.centre import Centre, make_centre
from tests.factories.documents import words_of_docx, words_of_pdf
from tests.factories.letters import make_letter, make_sent_letter
from tests.factories.work import make_work_order

from yinuo.domains.billing.letter_models import Letter
from yinuo.domains.billing.services import publish_price_list
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db
WORDS = {
    "findings": "主机主板烧毁",
    "work_planned": "更换主板",
    "time_needed": "1 天",
    "valid_until": "2099-12-31",
}
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


def browser(member: Member) -> Browser:
    return browser_of(User.objects.get(pk=member.user.pk))


def costs(*lines: tuple[str, str, str, str]) -> dict[str, list[str]]:
    """Lines of the cost as the form sends them, with an empty one behind."""
    columns = zip(*lines, ("", "", "", ""), strict=True)
    names = ("title", "quantity", "unit", "unit_price")
    return {f"costs_{name}": list(texts) for name, texts in zip(names, columns, strict=True)}


@pytest.mark.req("LV-11")
def test_a_letter_is_written_from_the_sheet_and_stands_beside_it(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "arrived")
    road = browser(centre.technician)
    sheet = f"/work/{order.public_id}/"
    assert f"/letters/new/?sheet={order.public_id}" in road.read(sheet)
    made = road.fill(
        f"/requests/{centre.request.public_id}/letters/new/?sheet={order.public_id}",
        **WORDS,
        **costs(("人工", "２", "人次", "￥400"), ("主板", "1", "块", "1,280.5")),
    )
    letter = Letter.objects.get()
    assert made.headers["Location"] == f"/letters/{letter.public_id}/"
    assert (str(letter.total), letter.work_order_id) == ("2080.50", order.pk)
    for page in (road.read(sheet), road.read("/letters/")):
        assert letter.number in page
    page = road.read(f"/letters/{letter.public_id}/")
    assert "人民币贰仟零捌拾元伍角整" in page
    assert "/confirm/" not in page, "a technician does not confirm for the company"
    assert "/confirm/" in browser(centre.manager).read(f"/letters/{letter.public_id}/")
    refused = road.fill(
        f"/work/{order.public_id}/worked/", findings="x", work_done="x", result="done"
    )
    assert refused.status_code == 409
    assert letter.number in refused.content.decode()


PICKED = {
    "line-0-code": "visit",
    "line-0-quantity": "1",
    "line-0-persons": "2",
    "line-0-zone": "inner",
}


@pytest.mark.req("LV-10", "LV-11", "B-71")
def test_cost_is_picked_from_a_price_list_and_what_no_list_has_is_typed(centre: Centre) -> None:
    prices = publish_prices(centre.company.administrator)
    road = browser(centre.technician)
    address = f"/requests/{centre.request.public_id}/letters/new/"
    assert 'name="price_list_id"' in road.read(address)
    sent = {**WORDS, **PICKED, "price_list_id": str(prices.public_id)}
    typed = costs(("承运商账单", "1", "项", "86.5"))
    wrong = road.fill(address, **sent | {"line-0-zone": ""}, **typed)
    assert wrong.status_code == 422
    assert 'id="id_line-0-zone_error"' in wrong.content.decode()
    assert 'value="承运商账单"' in wrong.content.decode()
    assert road.fill(address, **sent, **typed).status_code == 302
    letter = Letter.objects.get()
    assert str(letter.total) == "886.50"
    page = road.read(f"/letters/{letter.public_id}/")
    for said in ("800.00", "86.50", "886.50", "2 persons × 1, inner districts"):
        assert said in page
    later = road.fill(f"/letters/{letter.public_id}/edit/", **sent | {"line-0-persons": "3"})
    assert later.status_code == 302
    letter.refresh_from_db()
    assert (str(letter.total), letter.costs) == ("1200.00", [])
    docx = words_of_docx(road.get(f"/letters/{letter.public_id}/docx/zh/").content)
    pdf = words_of_pdf(road.get(f"/letters/{letter.public_id}/pdf/zh/").content)
    for said in ("上门服务", "3 人次", "1,200.00", "人民币壹仟贰佰元整"):
        assert said in docx
        assert said in pdf


@pytest.mark.req("B-70")
def test_a_later_price_list_changes_no_letter_already_written(centre: Centre) -> None:
    prices = publish_prices(centre.company.administrator)
    road = browser(centre.technician)
    address = f"/requests/{centre.request.public_id}/letters/new/"
    road.fill(address, **WORDS, **PICKED, price_list_id=str(prices.public_id))
    dearer = price_list_source().replace("inner: 400", "inner: 450")
    now = datetime.now(UTC)
    publish_price_list(
        actor=centre.company.administrator.actor, source=dearer, source_name="prices", now=now
    )
    letter = Letter.objects.get()
    assert "800.00" in road.read(f"/letters/{letter.public_id}/")
    form = road.read(f"/letters/{letter.public_id}/edit/")
    assert f'value="{prices.public_id}" selected' in form


@pytest.mark.req("LV-11", "R30")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("人工", "zwei", "次", "1"), "Line 1: This is not a number"),
        (("人工", "1", "次", ""), "Line 1: Give quantity and price."),
        (("", "1", "次", "1"), "Line 1: say what it is for"),
        (("人工", "0", "次", "1"), "Line 1: the quantity is above zero."),
        (("人工", "1", "次", "-1"), "Line 1: the price is not below zero."),
        (("人工", "1", "次", "0.001"), "Line 1: this figure has too many decimal places."),
        (("人工", "1e9999999", "次", "1"), "Line 1: "),
    ],
)
def test_a_wrong_line_is_named_and_what_was_typed_stays(
    centre: Centre, line: tuple[str, str, str, str], said: str
) -> None:
    address = f"/requests/{centre.request.public_id}/letters/new/"
    refused = browser(centre.specialist).fill(address, **WORDS, **costs(line))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert said in page
    assert all(f'value="{text}"' in page for text in line if text)
    assert not Letter.objects.exists()


@pytest.mark.req("LV-11")
def test_the_link_is_shown_once_and_a_fresh_one_voids_it(centre: Centre) -> None:
    letter = make_sent_letter(centre.manager, centre.request)
    desk, address = browser(centre.specialist), f"/letters/{letter.public_id}/send/"

    def link(page: HttpResponse) -> str:
        found = re.search(r'value="http://testserver(/l/[^"]+/)"', page.content.decode())
        assert found is not None
        return found[1]

    content = desk.hidden(address)
    first = link(desk.send(address, content))
    again = desk.send(address, content)
    assert again.status_code == 302
    assert first not in desk.read(f"/letters/{letter.public_id}/")
    second = link(desk.fill(address))
    assert desk.get(first).status_code == 410
    assert desk.get(second).status_code == 200


@pytest.mark.req("LV-11", "R10")
def test_an_answer_on_paper_is_kept_with_the_paper(centre: Centre) -> None:
    letter = make_sent_letter(centre.manager, centre.request)
    desk, address = browser(centre.specialist), f"/letters/{letter.public_id}/paper/"
    missing = desk.fill(address, outcome="accepted", name="王磊")
    assert missing.status_code == 422
    assert "Add the signed letter." in missing.content.decode()
    paper = SimpleUploadedFile("签回.pdf", PDF, "application/pdf")
    assert desk.fill(address, outcome="accepted", name="王磊", file=paper).status_code == 302
    page = desk.read(f"/letters/{letter.public_id}/")
    assert "签回.pdf" in page
    kept = desk.get(f"/letters/{letter.public_id}/proof/")
    assert b"".join(kept.streaming_content) == PDF
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert browser(centre.stranger).get(f"/letters/{letter.public_id}/proof/").status_code == 404


@pytest.mark.req("LV-11", "B-71", "R27")
def test_letters_are_listed_searched_and_taken_out_as_a_workbook(centre: Centre) -> None:
    letter = make_letter(centre.specialist, centre.request)
    desk = browser(centre.specialist)
    assert letter.number in desk.read(f"/letters/?q={letter.number[-4:]}&state=drafted")
    assert letter.number not in desk.read("/letters/?state=accepted")
    sheet = load_workbook(BytesIO(desk.get("/letters/?format=xlsx").content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert letter.number in rows[-1]
    assert 800 in rows[-1]
    assert letter.number not in browser(centre.stranger).read("/letters/")
