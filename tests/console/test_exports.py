"""A list as a workbook: the same rows as on the screen, and texts that stay texts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.console.conftest import Browser, browser_of
from tests.factories import (
    Company,
    Member,
    make_company,
    make_contact,
    make_contract,
    make_customer,
    make_member,
    make_unit,
    open_fault,
    publish,
)

from yinuo.domains.assets.services import AssetData, create_asset
from yinuo.domains.customers.models import Customer
from yinuo.platform.accounts.models import User
from yinuo.platform.spreadsheets import XLSX

FORMULA = '=HYPERLINK("http://x","点我")'


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def seller(company: Company) -> Member:
    roles = ["account_manager", "service_consultant"]
    return make_member(company.administrator, company.headquarters, roles)


@pytest.fixture
def browser(seller: Member) -> Browser:
    return browser_of(User.objects.get(pk=seller.user.pk))


@pytest.fixture
def customer(company: Company, seller: Member) -> Customer:
    made = make_customer(seller, company.headquarters, FORMULA)
    make_contact(seller, made)
    return made


def sheet(browser: Browser, address: str) -> Worksheet:
    answer = browser.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == XLSX
    assert answer.headers["Content-Disposition"].startswith("attachment")
    found = load_workbook(BytesIO(answer.content)).active
    assert isinstance(found, Worksheet)
    return found


def rows(browser: Browser, address: str) -> list[tuple[Any, ...]]:
    return list(sheet(browser, address).iter_rows(min_row=2, values_only=True))


@pytest.mark.req("R27")
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_a_text_like_a_formula_stays_a_text(
    browser: Browser, company: Company, seller: Member, start: str
) -> None:
    name = f"{start}SUM(A1:A9)公司"
    make_customer(seller, company.headquarters, name)
    cell = sheet(browser, "/customers/?format=xlsx")["A2"]
    assert cell.value == name.strip()
    assert cell.data_type == "s"
    assert cell.quotePrefix


@pytest.mark.req("R27")
def test_figures_days_and_instants_are_typed_and_numbers_stay_readable(
    browser: Browser, company: Company, seller: Member, customer: Customer
) -> None:
    now = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    data = AssetData(name="防火墙", serial="013800138000", purchased_on=date(2023, 8, 15))
    create_asset(actor=seller.actor, customer_id=customer.public_id, data=data, now=now)
    [asset] = rows(browser, "/assets/?format=xlsx")
    assert asset[2] == "013800138000"
    assert asset[6] == datetime(2023, 8, 15)  # noqa: DTZ001 - a workbook knows no zone
    ends_on = date(2027, 1, 1)
    version = publish(company.administrator)
    contract = make_contract(seller, customer, version, ends_on=ends_on)
    contract.total = Decimal("2860000.05")
    contract.save()
    [row] = rows(browser, "/contracts/?format=xlsx")
    assert row[4] == datetime(2026, 12, 31)  # noqa: DTZ001
    assert Decimal(str(row[7])) == Decimal("2860000.05")


@pytest.mark.req("R01", "R03")
def test_the_workbook_has_what_the_list_shows_and_nothing_of_other_units(
    browser: Browser, company: Company, seller: Member, customer: Customer
) -> None:
    east = make_unit(company.administrator, company.headquarters)
    elsewhere = make_member(company.administrator, east, ["account_manager"])
    other = browser_of(User.objects.get(pk=elsewhere.user.pk))
    make_customer(elsewhere, east, "东部客户")
    assert [row[0] for row in rows(other, "/customers/?format=xlsx")] == ["东部客户"]
    assert len(rows(browser, "/customers/?format=xlsx")) == 2
    assert [row[0] for row in rows(browser, "/customers/?format=xlsx&q=东部")] == ["东部客户"]


@pytest.mark.req("R01")
def test_requests_are_exported_as_narrowed_on_the_screen(
    browser: Browser, company: Company, seller: Member, customer: Customer
) -> None:
    number = open_fault(seller, customer, level="").number
    assert [row[0] for row in rows(browser, "/requests/?format=xlsx")] == [number]
    assert rows(browser, "/requests/?format=xlsx&state=archived") == []


@pytest.mark.req("R01")
def test_more_rows_than_a_page_come_all(browser: Browser, company: Company, seller: Member) -> None:
    names = [f"客户{number:03}" for number in range(203)]
    for name in names:
        make_customer(seller, company.headquarters, name)
    assert [row[0] for row in rows(browser, "/customers/?format=xlsx")] == names
