"""Price lists and quotes on screen: priced while written, sent by link, answered once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from tests.console.conftest import Browser, Company
from tests.factories.documents import rows_of_xlsx, words_of_docx, words_of_pdf

from yinuo.domains.billing.models import PriceListVersion, Quote
from yinuo.domains.billing.services import expire_quotes
from yinuo.domains.customers.models import Customer
from yinuo.platform.journal.models import AuditEntry

PRICES = Path(__file__).resolve().parents[2] / "prices" / "lowvoltage.yaml"
VISITS = {
    "line-0-code": "visit",
    "line-0-quantity": "1",
    "line-0-persons": "2",
    "line-0-zone": "inner",
    "line-1-code": "second_visit",
    "line-1-quantity": "1",
    "line-1-persons": "２",
    "line-1-zone": "inner",
    "line-2-code": "transport",
    "line-2-quantity": "2",
    "line-2-zone": "inner",
}


def plain(page: Any) -> str:
    """The words of a page."""
    text = page if isinstance(page, str) else page.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def prices(company: Company) -> PriceListVersion:
    """The shipped list, published from its file."""
    company.browser.fill("/prices/publish/", source=PRICES.read_text("utf-8"), do="publish")
    return PriceListVersion.objects.get()


def head(prices: PriceListVersion, **more: object) -> dict[str, object]:
    """The fields of a quote beside its lines."""
    until = timezone.localdate() + timedelta(days=10)
    return {
        "title": "上门维修",
        "valid_until": until.isoformat(),
        "price_list_id": str(prices.public_id),
        **more,
    }


@pytest.fixture
def writer(colleague: Callable[..., Browser]) -> Browser:
    """Somebody who writes quotes and decides nothing about prices."""
    return colleague("account_manager")


@pytest.fixture
def quote(writer: Browser, customer: Customer, prices: PriceListVersion) -> Quote:
    """A draft over 1,840.00."""
    answer = writer.fill(f"/customers/{customer.public_id}/quotes/new/", **head(prices), **VISITS)
    assert answer.status_code == 302, plain(answer)
    return Quote.objects.get()


def send(writer: Browser, quote: Quote) -> str:
    """The link that sending the quote shows."""
    page = writer.fill(f"/quotes/{quote.public_id}/send/")
    found = re.search(r'id="quote-link"[^>]*value="([^"]+)"', page.content.decode())
    assert found, plain(page)
    return found[1].replace("http://testserver", "")


@pytest.mark.req("B-70", "LV-13")
def test_a_list_is_published_shown_in_words_and_compared(
    company: Company, prices: PriceListVersion
) -> None:
    page = plain(company.browser.read(f"/prices/{prices.public_id}/"))
    assert "inner districts 400.00, rest of the city 600.00" in page
    assert "between them the tier below" in page
    later = PRICES.read_text("utf-8").replace("inner: 400", "inner: 420")
    checked = company.browser.fill("/prices/publish/", source=later, do="check")
    assert "What changes from v1" in plain(checked)
    assert "420.00" in plain(checked)
    assert PriceListVersion.objects.count() == 1
    company.browser.fill("/prices/publish/", source=later, do="publish")
    assert PriceListVersion.objects.filter(number=2).count() == 1


@pytest.mark.req("B-70", "LV-13")
def test_a_wrong_list_is_refused_with_line_and_column(company: Company) -> None:
    wrong = PRICES.read_text("utf-8").replace("{over: 5, up_to: 10", "{over: 4, up_to: 10")
    answer = company.browser.fill("/prices/publish/", source=wrong, do="publish")
    assert answer.status_code == 422
    assert "two tiers hold above 4" in plain(answer)
    assert not PriceListVersion.objects.exists()


@pytest.mark.req("LV-10", "B-70", "B-71")
def test_a_quote_shows_its_lines_total_and_capitals(writer: Browser, quote: Quote) -> None:
    page = plain(writer.read(f"/quotes/{quote.public_id}/"))
    for figure in ("800.00", "640.00", "400.00", "1,840.00 CNY", "人民币壹仟捌佰肆拾元整"):
        assert figure in page
    assert quote.number.startswith("BJ-")
    assert quote.state == "drafted"


@pytest.mark.req("B-70", "B-71")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_document_has_the_lines_and_the_sum(
    writer: Browser, quote: Quote, language: str
) -> None:
    chosen = {"Accept-Language": language}
    address = f"/quotes/{quote.public_id}"
    pdf = words_of_pdf(writer.get(f"{address}/pdf/", headers=chosen).content)
    docx = words_of_docx(writer.get(f"{address}/docx/", headers=chosen).content)
    for words in (pdf, docx):
        for figure in ("800.00", "640.00", "1,840.00", "上门维修"):
            assert figure in words
        assert ("人民币壹仟捌佰肆拾元整" in words) == (language == "zh-hans")
    assert quote.number in pdf
    rows = rows_of_xlsx(writer.get(f"{address}/xlsx/", headers=chosen).content)
    assert [row[4] for row in rows] == [800, 640, 400, 1840]


@pytest.mark.req("B-70")
def test_prices_follow_what_is_typed_and_mistakes_stand_at_their_field(
    writer: Browser, prices: PriceListVersion, customer: Customer
) -> None:
    sent = {"price_list_id": str(prices.public_id), **VISITS}
    address = f"/quotes/lines/?customer={customer.public_id}"
    assert "1,840.00 CNY" in plain(writer.send(address, sent))
    more = writer.send(address + "&add=1", sent | {"add": "exchange"})
    assert 'name="line-3-size"' in more.content.decode()
    assert "1,840.00 CNY" not in plain(more)
    sized = {"line-3-code": "exchange", "line-3-quantity": "1", "line-3-size": "128"}
    assert "2,840.00 CNY" in plain(writer.send(address, sent | sized))
    assert "640.00" not in plain(writer.send(address + "&remove=1", sent))
    for value, message in (("0", "must be above zero"), ("-1", "must be above zero")):
        wrong = writer.send(address, sent | {"line-0-quantity": value})
        assert message in plain(wrong)
        assert 'id="id_line-0-quantity_error"' in wrong.content.decode()
    assert "This is not a number" in plain(writer.send(address, sent | {"line-2-quantity": "zwei"}))


@pytest.mark.req("B-70")
def test_a_quote_with_a_wrong_line_is_not_saved_and_nothing_typed_is_lost(
    writer: Browser, customer: Customer, prices: PriceListVersion
) -> None:
    address = f"/customers/{customer.public_id}/quotes/new/"
    wrong = VISITS | {"line-1-quantity": "0"}
    answer = writer.fill(address, **head(prices), **wrong)
    assert answer.status_code == 422
    assert "must be above zero" in plain(answer)
    assert 'value="上门维修"' in answer.content.decode()
    assert writer.fill(address, **head(prices)).status_code == 422
    assert not Quote.objects.exists()


@pytest.mark.req("B-70")
def test_a_later_list_changes_nothing_about_a_quote(
    company: Company, writer: Browser, quote: Quote
) -> None:
    later = PRICES.read_text("utf-8").replace("inner: 400", "inner: 999")
    company.browser.fill("/prices/publish/", source=later, do="publish")
    link = send(writer, quote)
    assert "1,840.00" in plain(Client().get(link, headers={"Accept-Language": "en"}))
    assert "1,840.00 CNY" in plain(writer.read(f"/quotes/{quote.public_id}/"))


@pytest.mark.req("B-70")
def test_a_quote_is_accepted_by_name_once_and_says_so_afterwards(
    writer: Browser, quote: Quote
) -> None:
    link = send(writer, quote)
    holder = Client(headers={"Accept-Language": "en"})
    page = plain(holder.get(link))
    assert "1,840.00 CNY" in page
    Client().get(link)
    quote.refresh_from_db()
    assert quote.state == "sent"
    accepted = holder.post(link, {"name": " 王  主任 ", "outcome": "accepted"})
    assert accepted.status_code == 302
    quote.refresh_from_db()
    assert (quote.state, quote.ended_by) == ("accepted", "王 主任")
    assert quote.ended_at is not None
    again = Client(headers={"Accept-Language": "en"})
    assert "Accepted 王 主任" in plain(again.get(link))
    late = again.post(link, {"name": "别人", "outcome": "declined", "reason": "太贵"})
    assert late.status_code == 409
    quote.refresh_from_db()
    assert (quote.state, quote.ended_by) == ("accepted", "王 主任")
    entry = AuditEntry.objects.get(action="quote.accepted")
    assert entry.actor_label == "王 主任"
    assert entry.user_id is None
    assert "王 主任" in plain(writer.read(f"/quotes/{quote.public_id}/"))


@pytest.mark.req("B-70")
def test_declining_needs_a_reason(writer: Browser, quote: Quote) -> None:
    link = send(writer, quote)
    holder = Client(headers={"Accept-Language": "en"})
    assert holder.post(link, {"name": "王", "outcome": "declined"}).status_code == 422
    holder.post(link, {"name": "王", "outcome": "declined", "reason": "太贵"})
    quote.refresh_from_db()
    assert (quote.state, quote.ended_reason) == ("declined", "太贵")


@pytest.mark.req("B-70")
def test_a_withdrawn_quote_and_an_older_link_say_so(writer: Browser, quote: Quote) -> None:
    first = send(writer, quote)
    second = send(writer, quote)
    holder = Client(headers={"Accept-Language": "en"})
    assert holder.get(first).status_code == 410
    assert holder.get(second).status_code == 200
    writer.fill(f"/quotes/{quote.public_id}/withdraw/", reason="算错了")
    gone = holder.post(second, {"name": "王", "outcome": "accepted"})
    assert gone.status_code == 410
    quote.refresh_from_db()
    assert quote.state == "withdrawn"
    assert "算错了" in plain(writer.read(f"/quotes/{quote.public_id}/"))


@pytest.mark.req("B-70")
def test_nobody_accepts_after_the_last_day(writer: Browser, quote: Quote) -> None:
    link = send(writer, quote)
    later = timezone.now() + timedelta(days=11)
    with time_machine.travel(later, tick=False):
        holder = Client(headers={"Accept-Language": "en"})
        assert holder.get(link).status_code == 410
        assert holder.post(link, {"name": "王", "outcome": "accepted"}).status_code == 410
    quote.refresh_from_db()
    assert quote.state == "sent"
    assert expire_quotes(now=timezone.now()) == 0
    assert expire_quotes(now=later) == 1
    assert expire_quotes(now=later) == 0
    quote.refresh_from_db()
    assert quote.state == "expired"


@pytest.mark.req("B-70", "R38")
def test_an_answer_by_phone_is_taken_down_and_voids_the_link(writer: Browser, quote: Quote) -> None:
    link = send(writer, quote)
    writer.fill(f"/quotes/{quote.public_id}/answer/", outcome="accepted", name="李工")
    quote.refresh_from_db()
    assert (quote.state, quote.ended_by) == ("accepted", "李工")
    assert Client().get(link).status_code == 410


@pytest.mark.req("R39")
def test_a_quote_once_sent_is_not_edited(
    writer: Browser, quote: Quote, prices: PriceListVersion
) -> None:
    address = f"/quotes/{quote.public_id}/edit/"
    form = writer.hidden(address)
    send(writer, quote)
    answer = writer.send(address, form | head(prices) | VISITS | {"line-0-persons": "9"})
    assert answer.status_code == 409
    quote.refresh_from_db()
    assert str(quote.total) == "1840.00"


@pytest.mark.req("R01", "R03")
def test_who_may_not_sees_no_quote_and_no_price(
    colleague: Callable[..., Browser], quote: Quote
) -> None:
    technician = colleague("technician")
    assert technician.get(f"/quotes/{quote.public_id}/").status_code == 404
    assert technician.get("/quotes/").status_code == 403
    assert technician.get("/prices/").status_code == 403
    reader = colleague("leadership")
    assert "1,840.00" in plain(reader.read(f"/quotes/{quote.public_id}/"))
    assert reader.get(f"/quotes/{quote.public_id}/withdraw/").status_code == 200
    refused = reader.fill(f"/quotes/{quote.public_id}/withdraw/", reason="x")
    assert refused.status_code == 403
    assert reader.get("/prices/publish/").status_code == 403


@pytest.mark.req("B-71")
def test_the_list_pages_filters_and_exports(writer: Browser, quote: Quote) -> None:
    assert quote.number in writer.read("/quotes/?state=drafted")
    assert quote.number not in writer.read("/quotes/?state=sent")
    answer = writer.get("/quotes/?format=xlsx", headers={"Accept-Language": "en"})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[1][0] == quote.number
    assert rows[1][4] == 1840
