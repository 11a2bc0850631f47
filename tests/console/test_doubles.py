"""The same fault reported twice is noticed while the second call is taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.console.conftest import Browser, browser_of
from tests.factories import (
    Company,
    Member,
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    publish,
)

from yinuo.domains.assets.models import Asset
from yinuo.domains.customers.models import Customer
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, StepFact
from yinuo.platform.accounts.models import User

SYMPTOM = "门诊楼防火墙不转发，外网全部中断"


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def seller(company: Company) -> Member:
    roles = ["account_manager", "service_consultant"]
    return make_member(company.administrator, company.headquarters, roles)


@pytest.fixture
def consultant(seller: Member) -> Browser:
    return browser_of(User.objects.get(pk=seller.user.pk))


@pytest.fixture
def customer(company: Company, seller: Member) -> Customer:
    made = make_customer(seller, company.headquarters)
    make_contract(seller, made, publish(company.administrator))
    return made


@pytest.fixture
def asset(seller: Member, customer: Customer) -> Asset:
    return make_asset(seller, customer)


def report(by: Member, customer: Customer, days_ago: float = 1, **more: object) -> str:
    now = datetime.now(UTC)
    given = {"symptom": SYMPTOM, "level": "serious", "reported_at": now - timedelta(days=days_ago)}
    intake = Intake(customer_id=customer.public_id, **given | more)  # type: ignore[arg-type]
    return open_request(actor=by.actor, intake=intake, now=now).number


def hint(browser: Browser, customer: Customer, **told: object) -> str:
    answer = browser.post("/intake/known/", {"customer_id": customer.public_id, **told})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.req("B-16")
def test_an_open_request_about_the_same_asset_is_shown(
    consultant: Browser, seller: Member, customer: Customer, asset: Asset
) -> None:
    number = report(seller, customer, symptom="别的现象", asset_id=asset.public_id)
    assert number in hint(consultant, customer, asset_id=asset.public_id, symptom="完全不同")
    assert number not in hint(consultant, customer, asset_id="", symptom="完全不同")


@pytest.mark.req("B-16")
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (SYMPTOM, True),
        ("防火墙不转发 外网中断！", True),
        ("打印机卡纸", False),
        ("门", False),
        ("", False),
        ("门诊楼" + "很长" * 20_000, False),
        ("<script>alert(1)</script>", False),
    ],
)
def test_words_at_least_half_alike_are_shown_with_their_likeness(
    consultant: Browser, seller: Member, customer: Customer, typed: str, shown: bool
) -> None:
    number = report(seller, customer)
    assert (number in hint(consultant, customer, symptom=typed)) is shown


@pytest.mark.req("B-16")
def test_what_is_older_than_thirty_days_is_not_the_same_fault(
    consultant: Browser, seller: Member, customer: Customer
) -> None:
    old = report(seller, customer, days_ago=30.01)
    young = report(seller, customer, days_ago=29.99)
    page = hint(consultant, customer, symptom=SYMPTOM)
    assert old not in page
    assert young in page


@pytest.mark.req("B-16", "R03")
def test_requests_of_other_customers_and_units_stay_hidden(
    consultant: Browser, seller: Member, company: Company, customer: Customer
) -> None:
    neighbour = make_customer(seller, company.headquarters)
    number = report(seller, neighbour, level="")
    assert number not in hint(consultant, customer, symptom=SYMPTOM)
    absent = consultant.post("/intake/known/", {"customer_id": "nonsense", "symptom": SYMPTOM})
    assert absent.status_code == 404
    nobody = consultant.post("/intake/known/", {"customer_id": "", "symptom": SYMPTOM})
    assert nobody.status_code == 200


@pytest.mark.req("BP-05")
def test_the_last_repair_and_what_was_replaced_are_shown(
    consultant: Browser, seller: Member, customer: Customer, asset: Asset
) -> None:
    now = datetime.now(UTC)
    intake = Intake(
        customer_id=customer.public_id,
        symptom=SYMPTOM,
        level="serious",
        asset_id=asset.public_id,
        reported_at=now - timedelta(days=100),
    )
    request = open_request(actor=seller.actor, intake=intake, now=now - timedelta(days=100))
    facts = [
        StepFact("responded", now - timedelta(days=100)),
        StepFact("restored", now - timedelta(days=99), words={"method": "更换电源模块"}),
    ]
    record_steps(
        actor=seller.actor,
        request_id=request.public_id,
        facts=facts,
        source="console",
        now=now - timedelta(days=99),
    )
    page = hint(consultant, customer, asset_id=asset.public_id)
    assert request.number in page
    assert "更换电源模块" in page
    other = make_asset(seller, customer)
    assert request.number not in hint(consultant, customer, asset_id=other.public_id)
