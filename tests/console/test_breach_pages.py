"""The breach ledger in the browser: sums, one breach, deciding by forms, never by looking."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from tests.factories import make_company, make_member
from tests.factories.breaches import Signs, make_signs

from yinuo.domains.breaches.models import Breach, Entry


@pytest.fixture
def signs(db: None) -> Signs:
    made = make_signs(make_company())
    made.live_through()
    return made


def browser_of(member) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    member.user.refresh_from_db()
    client.force_login(member.user)
    return client


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found.group(1)


def send(client: Client, address: str, **values: str):
    page = text(client.get(address))
    kept = {name: hidden(page, name) for name in ("key", "version")}
    return client.post(address, {**kept, **values})


@pytest.mark.req("SG-10", "B-08", "B-09")
def test_the_ledger_shows_14580_with_clause_computation_and_hands(signs: Signs) -> None:
    director = browser_of(signs.director)
    ledger = text(director.get("/breaches/"))
    assert "14,580.00 CNY" in ledger
    assert "late by 1 h 20 min" in ledger
    assert "late by 1 d 16 h 30 min" in ledger
    page = text(director.get(f"/breaches/{signs.breach('restore').public_id}/"))
    assert "1 % × 486,000.00 × 2 (started 1 day)" in page
    assert "SG-10" in page
    assert "9,720.00 CNY" in page
    legs = text(director.get("/breaches/legs/"))
    assert "Headquarters" in legs
    assert "14,580.00 CNY" in legs
    for address in (
        f"/contracts/{signs.contract.public_id}/",
        f"/customers/{signs.customer.public_id}/",
        f"/requests/{signs.breach('restore').subject_id}/",
    ):
        assert "9,720.00 CNY" in text(director.get(address)), address


@pytest.mark.req("B-08", "R38")
def test_deciding_takes_a_form_and_the_version_that_was_seen(signs: Signs) -> None:
    director = browser_of(signs.director)
    address = f"/breaches/{signs.breach('respond').public_id}/"
    director.get(address + "approve/")
    assert not Entry.objects.filter(approval__isnull=False).exists()
    refused = send(director, address + "waive/", amount="60", reason="")
    assert refused.status_code == 422
    stale = text(director.get(address + "approve/"))
    assert send(director, address + "waive/", amount="60", reason="客户同意").status_code == 302
    kept = {name: hidden(stale, name) for name in ("key", "version")}
    assert director.post(address + "approve/", kept).status_code == 409
    assert send(director, address + "approve/").status_code == 302
    breach = signs.breach("respond")
    assert (breach.state, str(breach.amount)) == ("approved", "4800.00")


@pytest.mark.req("B-08")
def test_who_missed_it_is_offered_no_decision(signs: Signs) -> None:
    consultant = browser_of(signs.consultant)
    address = f"/breaches/{signs.breach('respond').public_id}/"
    assert "/approve/" not in text(consultant.get(address))
    assert consultant.get(address + "waive/").status_code == 403
    assert not Breach.objects.exclude(state="open").exists()


def test_the_workbook_has_every_breach_and_its_amount(signs: Signs) -> None:
    answer = browser_of(signs.director).get("/breaches/?format=xlsx&state=priced")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    heads = [cell.value for cell in sheet[1]]
    amounts = [row[heads.index("Amount")].value for row in sheet.iter_rows(min_row=2)]
    assert sum(amounts) == 14_580


@pytest.mark.parametrize(
    "query", ["state=nonsense", "since=x&until=2026-13-99", "customer=x", "clause=%00", "q=%25"]
)
def test_narrowing_by_nonsense_shows_a_page(signs: Signs, query: str) -> None:
    assert browser_of(signs.director).get(f"/breaches/?{query}").status_code in (200, 400)


def test_limits_are_set_on_a_page_of_the_settings(signs: Signs) -> None:
    admin = browser_of(signs.company.administrator)
    address = "/settings/limits/edit/?role=service_manager"
    assert "5,000.00" in text(admin.get("/settings/limits/"))
    assert send(admin, address, amount="700").status_code == 302
    assert "700.00" in text(admin.get("/settings/limits/"))
    manager = make_member(
        signs.company.administrator, signs.company.headquarters, ["service_manager"]
    )
    assert browser_of(manager).get(address).status_code == 403


@pytest.mark.req("B-08")
def test_the_bar_of_a_missed_promise_leads_to_its_breach(signs: Signs) -> None:
    breach = signs.breach("restore")
    page = text(browser_of(signs.director).get(f"/requests/{breach.subject_id}/"))
    bars = page.partition('class="plain promises"')[2].partition("</ul>")[0]
    assert f'/breaches/{breach.public_id}/">Its breach · <span class="figures">9,720.00 CNY' in bars
    technician = make_member(
        signs.company.administrator, signs.company.headquarters, ["technician"]
    )
    seen = text(browser_of(technician).get(f"/requests/{breach.subject_id}/"))
    assert "Its breach" not in seen
