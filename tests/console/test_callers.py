"""Finding the caller while he speaks: any part of a number, a name, a company or a serial."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.console.conftest import Browser, browser_of
from tests.factories import Company, Member, make_company, make_contact, make_customer, make_member
from tests.factories.company import make_unit

from yinuo.domains.assets.services import AssetData, create_asset
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.models import ServiceUnit
from yinuo.platform.accounts.models import User


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def seller(company: Company) -> Member:
    return make_member(company.administrator, company.headquarters, ["account_manager"])


@pytest.fixture
def consultant(company: Company) -> Browser:
    """A consultant at headquarters."""
    return consultant_of(company, company.headquarters)


@pytest.fixture
def archive(company: Company, seller: Member) -> Customer:
    """A company with a person, a number and a device; and a neighbour who resembles it."""
    customer = make_customer(seller, company.headquarters, "青岛海润_精密100%电子有限公司")
    make_contact(seller, customer, "0769-2688 1234")
    data = AssetData(name="播出服务器", model="NM-4000", serial="SH/K2 0077-B")
    now = datetime.now(UTC)
    create_asset(actor=seller.actor, customer_id=customer.public_id, data=data, now=now)
    other = make_customer(seller, company.headquarters, "青岛海润X精密100号电子有限公司")
    make_contact(seller, other, "0769-1268 8123")
    return customer


def consultant_of(company: Company, unit: ServiceUnit) -> Browser:
    member = make_member(company.administrator, unit, ["service_consultant"])
    # Read anew: getting a role ends the sessions of before.
    return browser_of(User.objects.get(pk=member.user.pk))


def found(browser: Browser, typed: str) -> str:
    answer = browser.get("/intake/find/", {"q": typed})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.req("BP-05", "B-81")
@pytest.mark.parametrize(
    "typed",
    [
        "26881234",
        "1234",
        "0769-2688",
        "688 1",
        "２６８８１２３４",
        "海润_精",
        "精密100%",
        "k2 00",
        "0077-b",
        "Ｋ2 0077",
    ],
)
def test_any_part_of_number_company_or_serial_finds_the_caller(
    consultant: Browser, archive: Customer, typed: str
) -> None:
    page = found(consultant, typed)
    assert str(archive.public_id) in page


@pytest.mark.req("B-81")
@pytest.mark.parametrize("typed", ["海润_精", "100%", "26881234"])
def test_signs_are_taken_as_typed(consultant: Browser, archive: Customer, typed: str) -> None:
    assert found(consultant, typed).count("<a data-candidate") == 1


@pytest.mark.req("B-81")
def test_the_number_that_ends_so_comes_before_those_that_hold_it(
    consultant: Browser, archive: Customer, company: Company, seller: Member
) -> None:
    make_contact(seller, archive, "021-6881 2000")
    last = make_customer(seller, company.headquarters, "东莞新客户")
    make_contact(seller, last, "020-9999 6881")
    page = found(consultant, "6881")
    assert page.index("东莞新客户") < page.index("青岛海润_精密")


@pytest.mark.req("R03")
def test_customers_of_other_units_are_not_found(company: Company, archive: Customer) -> None:
    east = make_unit(company.administrator, company.headquarters)
    elsewhere = consultant_of(company, east)
    assert "青岛海润" not in found(elsewhere, "26881234")
    assert "青岛海润" not in found(elsewhere, "海润")
