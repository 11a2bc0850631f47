"""The end of a contract that counts, what has ended, and the offer to renew it, on every page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.console.conftest import Browser, Company

from yinuo.domains.contracts.models import Contract, PlanVersion
from yinuo.domains.customers.models import Customer
from yinuo.kernel.contract_stages import Stage


def days(number: int) -> date:
    """A day so far from today."""
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def sign(company: Company, customer: Customer, plan: PlanVersion) -> Callable[..., Contract]:
    """Sign a contract that began long ago and ends on a day."""

    def signed(number: str, ends_on: date | str = "", **more: Any) -> Contract:
        company.browser.fill(
            f"/customers/{customer.public_id}/contracts/new/",
            number=number,
            plan_version_id=plan.public_id,
            starts_on=days(-700),
            ends_on=ends_on,
            **more,
        )
        return Contract.objects.get(number=number)

    return signed


def supplement(browser: Browser, contract: Contract, ends_on: date, from_: date) -> None:
    browser.fill(
        f"/contracts/{contract.public_id}/supplement/",
        number="补 1",
        effective_on=from_,
        ends_on=ends_on,
    )


@pytest.mark.req("LV-01", "B-22")
def test_ended_contract_says_so_and_offers_renewal_on_list_page_and_customer(
    company: Company, customer: Customer, sign: Callable[..., Contract]
) -> None:
    contract = sign("OVER", days(0))
    sign("LAST-DAY", days(1))
    browser = company.browser
    for address in (
        "/contracts/",
        f"/contracts/{contract.public_id}/",
        f"/customers/{customer.public_id}/",
    ):
        page = browser.read(address)
        assert page.count('data-standing="ended"') == 1, address
        assert f"/contracts/{contract.public_id}/renew/" in page
    assert "has ended" in browser.read(f"/contracts/{contract.public_id}/edit/")
    only = browser.read("/contracts/?ended=1")
    assert "OVER" in only
    assert "LAST-DAY" not in only


@pytest.mark.req("LV-01", "B-22")
def test_supplement_in_effect_moves_the_end_shown_and_a_coming_one_does_not(
    company: Company, sign: Callable[..., Contract]
) -> None:
    browser = company.browser
    longer, shorter, later = sign("LONG", days(-5)), sign("SHORT", days(90)), sign("LATE", days(-5))
    supplement(browser, longer, days(200), days(-10))
    supplement(browser, shorter, days(-1), days(-30))
    supplement(browser, later, days(200), days(10))
    standings = {
        one: 'data-standing="ended"' in browser.read(f"/contracts/{one.public_id}/")
        for one in (longer, shorter, later)
    }
    assert standings == {longer: False, shorter: True, later: True}
    page = browser.read(f"/contracts/{longer.public_id}/")
    assert days(199).isoformat() in page
    assert "as first signed" in page
    assert "By its supplements the last day is" in browser.read(
        f"/contracts/{longer.public_id}/edit/"
    )


@pytest.mark.req("LV-01")
def test_renewing_an_ended_contract_enters_s_and_the_old_one_names_the_new(
    company: Company, sign: Callable[..., Contract]
) -> None:
    contract = sign("OLD", days(-1), total="2860000")
    supplement(company.browser, contract, days(0), days(-90))
    Contract.objects.filter(pk=contract.pk).update(stage=Stage.SERVICE)
    address = f"/contracts/{contract.public_id}/renew/"
    assert f'value="{days(0).isoformat()}"' in company.browser.read(address)
    company.browser.fill(address, number="NEW", starts_on=days(0))
    contract.refresh_from_db()
    made = Contract.objects.get(number="NEW")
    assert (contract.stage, made.stage, made.renews_id) == (
        Stage.FOLLOW_UP,
        Stage.SIGNING,
        contract.pk,
    )
    assert made.starts_on == days(0)
    page = company.browser.read(f"/contracts/{contract.public_id}/")
    assert f"/contracts/{made.public_id}/" in page
    assert f"/contracts/{contract.public_id}/renew/" not in page
    assert "OLD" not in company.browser.read("/contracts/?ended=1").partition("<tbody")[2]


@pytest.mark.req("LV-01")
def test_customer_page_says_the_stage_and_what_is_missing_for_the_next(
    company: Company, customer: Customer, sign: Callable[..., Contract]
) -> None:
    sign("HT-1")
    page = company.browser.read(f"/customers/{customer.public_id}/")
    assert "Q · Signing" in page
    assert "missing for “Y · Acceptance”" in page
    for lack in ("neither total nor annual fee", "no project is named", "no site with an address"):
        assert lack in page
