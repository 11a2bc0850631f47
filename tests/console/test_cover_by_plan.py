"""What the vendors' own warranty terms say on the page that decides covers, as a person asks it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from tests.console.conftest import Browser, Company

from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.services import publish_plan
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.actors import get_actor
from yinuo.platform.accounts.models import User

_PART = re.compile(r'data-item="(\w+)" data-kind="(\w+)"')


@pytest.fixture
def sell(company: Company, customer: Customer, settings: Any) -> Callable[..., Contract]:
    """Sign a contract of a shipped plan that began some days ago."""

    def signed(plan: str, days_ago: int, **figures: object) -> Contract:
        actor, now = get_actor(User.objects.get(username="chen.min").pk), timezone.now()
        source = (settings.PLANS_FOLDER / f"{plan}.yaml").read_text(encoding="utf-8")
        version = publish_plan(actor=actor, source=source, source_name=plan, now=now)
        company.browser.fill(
            f"/customers/{customer.public_id}/contracts/new/",
            number="HT-1",
            plan_version_id=version.public_id,
            starts_on=timezone.localdate() - timedelta(days=days_ago),
            **figures,
        )
        contract = Contract.objects.get()
        day = (timezone.localdate() - timedelta(days=days_ago)).isoformat()
        days = {"accepted_on": day, "handed_over_on": day}
        Contract.objects.update(parameters={**contract.parameters, **days})
        return contract

    return signed


def ask(browser: Browser, customer: Customer, **known: str) -> tuple[dict[str, str], str]:
    """The kind of cover of each part of the bill, and the page."""
    page = browser.read(f"/cover/?{urlencode({'customer': customer.public_id, **known})}")
    return dict(_PART.findall(page)), page


@pytest.mark.req("SG-01", "SG-02", "B-22")
def test_signs_are_mended_free_for_the_years_agreed_unless_the_user_broke_them(
    company: Company, customer: Customer, sell: Callable[..., Contract]
) -> None:
    sell("signage", 700, parameter_free_years="2")
    for cause in ("making", "installing"):
        bill, page = ask(company.browser, customer, cause=cause)
        assert bill == {"labour": "warranty", "parts": "warranty", "travel": "warranty"}
        assert "repaired free of charge" in page
    bill, page = ask(company.browser, customer, cause="user")
    assert set(bill.values()) == {"paid"}
    assert "excluded by its terms" in page
    later = timezone.localdate() + timedelta(days=40)
    bill, page = ask(company.browser, customer, cause="making", at=f"{later}T10:00")
    assert set(bill.values()) == {"paid"}
    assert "its term is over" in page


@pytest.mark.req("BP-01", "B-21")
@pytest.mark.parametrize(
    ("tried", "step"),
    [
        ("", "repaired free of charge"),
        ("repair_failed", "part replaced free of charge"),
        ("not_replaceable", "whole unit replaced free of charge"),
    ],
)
def test_the_page_says_which_rung_of_the_warranty_applies(
    company: Company, customer: Customer, sell: Callable[..., Contract], tried: str, step: str
) -> None:
    sell("broadcast", 200, total="2860000")
    bill, page = ask(company.browser, customer, tried=tried)
    assert bill["labour"] == "warranty"
    assert step in page
    paid, page = ask(company.browser, customer, tried=tried, cause="people")
    assert paid["labour"] == "paid"
    assert step not in page.partition("cover-why")[2].partition("</ul>")[0]


@pytest.mark.req("B-22", "SG-14")
def test_goodwill_agreed_with_the_contract_is_entered_in_its_form_and_named_on_the_page(
    company: Company, customer: Customer, sell: Callable[..., Contract]
) -> None:
    contract = sell("signage", 740, parameter_free_years="2", parameter_goodwill_days="30")
    assert contract.parameters["goodwill_days"] == "30"
    bill, page = ask(company.browser, customer)
    assert bill == {"labour": "goodwill", "parts": "goodwill", "travel": "goodwill"}
    assert "goodwill for 30 days after the end" in page
    refused = company.browser.fill(
        f"/contracts/{contract.public_id}/supplement/",
        number="B1",
        effective_on=timezone.localdate(),
        parameter_goodwill_days="-1",
    )
    assert refused.status_code == 422
