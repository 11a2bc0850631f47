"""Agreements among today's promises; the price of a renewal in its offer, quote and notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.console.conftest import Browser, Company

from yinuo.domains.billing.models import Quote
from yinuo.domains.billing.services import publish_price_list
from yinuo.domains.contracts.models import Agreement, Contract, PlanVersion
from yinuo.domains.contracts.services import publish_plan, remind_of_contracts
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.models import Person
from yinuo.domains.notices.models import Notice
from yinuo.platform.accounts.models import User


def administrator() -> Any:
    return get_actor(User.objects.get(username="chen.min").pk)


def sign(company: Company, customer: Customer, plan: PlanVersion, **more: Any) -> Contract:
    company.browser.fill(
        f"/customers/{customer.public_id}/contracts/new/",
        number="HT-1",
        plan_version_id=plan.public_id,
        starts_on=timezone.localdate() - timedelta(days=300),
        **more,
    )
    return Contract.objects.get()


def agree(company: Company, contract: Contract, text: str, days: int) -> None:
    today = timezone.localdate()
    company.browser.fill(
        f"/contracts/{contract.public_id}/agree/",
        text=text,
        agreed_on=today - timedelta(days=60),
        due_on=today + timedelta(days=days),
    )


@pytest.mark.req("MS-07")
def test_agreements_stand_among_todays_promises_until_they_are_settled(
    company: Company, customer: Customer, plan: PlanVersion
) -> None:
    contract = sign(company, customer, plan)
    agree(company, contract, "补交竣工图", -1)
    agree(company, contract, "切换演练", 7)
    agree(company, contract, "年度总结", 8)
    page = company.browser.read("/promises/")
    assert page.index("补交竣工图") < page.index("切换演练")
    assert "年度总结" not in page
    assert "Missed" in page.partition('id="agreements-due"')[2].partition("补交竣工图")[0]
    narrowed = company.browser.read(f"/promises/?customer={customer.public_id}")
    assert "补交竣工图" in narrowed
    assert "补交竣工图" not in company.browser.read("/promises/?state=paused")
    Agreement.objects.filter(text="补交竣工图").update(kept_on=timezone.localdate())
    assert "补交竣工图" not in company.browser.read("/promises/")


@pytest.mark.req("MS-07")
def test_a_missed_agreement_is_told_once_to_whoever_is_responsible(
    company: Company, customer: Customer, plan: PlanVersion
) -> None:
    contract = sign(company, customer, plan)
    agree(company, contract, "补交竣工图", -1)
    person = Person.objects.get()
    Agreement.objects.update(responsible=person)
    assert remind_of_contracts(now=timezone.now()) == 1
    assert remind_of_contracts(now=timezone.now()) == 0
    assert Notice.objects.get(person=person).topic == "contract.agreement_missed"
    page = company.browser.read("/notices/")
    assert "An agreement was missed" in page
    assert "补交竣工图" in page


@pytest.mark.req("BP-19", "LV-01")
def test_five_percent_of_the_bid_total_stand_in_offer_quote_and_notice(
    company: Company, customer: Customer, colleague: Callable[..., Browser], settings: Any
) -> None:
    actor, now = administrator(), timezone.now()
    source = (settings.PLANS_FOLDER / "broadcast.yaml").read_text(encoding="utf-8")
    plan = publish_plan(actor=actor, source=source, source_name="broadcast.yaml", now=now)
    prices = (settings.PRICES_FOLDER / "broadcast.yaml").read_text(encoding="utf-8")
    publish_price_list(actor=actor, source=prices, source_name="broadcast.yaml", now=now)
    ends_on = timezone.localdate() + timedelta(days=30)
    contract = sign(company, customer, plan, total="2860000", ends_on=ends_on)
    seller = colleague("account_manager")
    assert "143,000.00" in seller.read(f"/contracts/{contract.public_id}/")
    assert 'value="143000.00"' in seller.read(f"/contracts/{contract.public_id}/renew/")
    address = f"/customers/{customer.public_id}/quotes/new/?renew={contract.public_id}"
    form = seller.read(address)
    assert "Renewal of contract HT-1" in form
    assert 'value="2860000.00"' in form
    assert "143,000.00" in form
    Notice.objects.all().delete()
    remind_of_contracts(now=now)
    told = [one.data.get("price") for one in Notice.objects.filter(topic="contract.ending")]
    assert told == ["143,000.00 CNY"]
    assert not Quote.objects.exists()
