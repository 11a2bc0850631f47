"""Which price list counts for a customer and why; paid services with price and terms on a page."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.console.conftest import Browser
from tests.console.test_proposals import desk, paid_request, sent_of, worked
from tests.console.test_quotes import plain
from tests.factories import Member, make_contract, make_member, publish
from tests.factories.billing import make_accepted_quote, price_list_source, publish_prices
from tests.factories.centre import Centre, make_centre

from yinuo.domains.billing.agreed import prices_of_request
from yinuo.domains.billing.models import AgreedPrices, PriceListVersion, Quote
from yinuo.domains.billing.services import publish_price_list
from yinuo.domains.contracts.models import Contract
from yinuo.domains.customers.models import Customer
from yinuo.domains.requests.models import Request
from yinuo.platform.journal.models import AuditEntry

pytestmark = pytest.mark.django_db
APPLIANCE = Path(__file__).parents[2] / "prices" / "appliance.yaml"
SERVICES = {
    "首次安装": ("1,500.00", "上架、通电、基本配置与功能验证"),
    "返厂维修": ("800.00", "20 个工作日内修复，客户须先备份数据"),
    "备机租用": ("200.00", "归还时须完好"),
    "现场维护": ("1,200.00", "每次不超过 8 小时"),
    "定期巡检": ("1,000.00", "含巡检报告"),
    "软件升级服务": ("3,000.00", "付费期内的版本与补丁"),
}


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.fixture
def seller(centre: Centre) -> Member:
    return make_member(centre.company.administrator, centre.unit, ["account_manager"])


def published(centre: Centre, source: str) -> PriceListVersion:
    return publish_price_list(
        actor=centre.company.administrator.actor,
        source=source,
        source_name="prices",
        now=timezone.now(),
    )


def appliance(centre: Centre) -> PriceListVersion:
    return published(centre, APPLIANCE.read_text("utf-8"))


def found(opened: Any) -> Request:
    return Request.objects.get(public_id=opened.public_id)


def agree(browser: Browser, address: str, prices: PriceListVersion | None, reason: str = "") -> Any:
    chosen = str(prices.public_id) if prices else ""
    return browser.fill(address, price_list_id=chosen, reason=reason)


def in_chinese(browser: Browser, address: str) -> str:
    page = browser.get(address, headers={"Accept-Language": "zh-Hans"})
    assert page.status_code == 200
    return plain(page.content.decode())


@pytest.mark.req("SA-16")
def test_after_warranty_the_paid_services_show_price_and_terms_and_are_quoted_with_them(
    centre: Centre, seller: Member
) -> None:
    appliance(centre)
    request = found(paid_request(centre))
    browser = desk(seller)
    address = f"/requests/{request.public_id}/"
    shown = in_chinese(browser, address)
    for name, (price, terms) in SERVICES.items():
        assert name in shown
        assert price in shown, name
        assert terms in shown, name
    page = browser.read(address)
    wanted = f"/customers/{request.customer.public_id}/quotes/new/?request={request.public_id}"
    assert f"{wanted}&amp;service=return_repair" in page
    sent = sent_of(browser.read(f"{wanted}&service=return_repair"))
    assert sent["line-0-code"] == "return_repair"
    made = browser.send(wanted, sent | {"title": "返厂维修"})
    assert made.status_code == 302, plain(made)
    quote = Quote.objects.get()
    assert str(quote.total) == "800.00"
    assert "客户须先备份数据" in in_chinese(browser, f"/quotes/{quote.public_id}/")


@pytest.mark.req("SA-16", "BP-19")
def test_who_is_covered_is_offered_no_paid_service(centre: Centre, seller: Member) -> None:
    appliance(centre)
    page = desk(seller).read(f"/requests/{centre.request.public_id}/")
    assert 'id="paid-services"' not in page


@pytest.mark.req("LV-10")
def test_contract_then_customer_then_accepted_quote_decide_which_list_counts(
    centre: Centre, seller: Member
) -> None:
    goods, visits = appliance(centre), publish_prices(centre.company.administrator)
    request = found(paid_request(centre))
    customer = request.customer

    def decided() -> tuple[str, str]:
        chosen = prices_of_request(seller.actor, request.public_id)
        assert chosen is not None
        return chosen.decided_by.value, chosen.price_list.code

    assert decided() == ("usual", "appliance")
    make_accepted_quote(seller, customer, visits)
    assert decided() == ("quote", "lowvoltage")
    browser = desk(seller)
    assert agree(browser, f"/customers/{customer.public_id}/prices/", goods).status_code == 302
    assert decided() == ("customer", "appliance")
    contract = make_contract(seller, customer, publish(centre.company.administrator))
    Request.objects.filter(pk=request.pk).update(contract=contract)
    assert decided() == ("customer", "appliance")
    assert agree(browser, f"/contracts/{contract.public_id}/prices/", visits).status_code == 302
    assert decided() == ("contract", "lowvoltage")
    order = worked(centre, request)
    page = plain(browser.read(f"/requests/{request.public_id}/"))
    assert order.number in page
    assert f"agreed in contract {contract.number}" in page
    ended = agree(browser, f"/contracts/{contract.public_id}/prices/", None, "改按客户价")
    assert ended.status_code == 302
    assert decided() == ("customer", "appliance")
    assert AgreedPrices.objects.count() == 3
    assert AuditEntry.objects.filter(action="contract.agree_prices").count() == 2


@pytest.mark.req("LV-10", "R42")
def test_a_contract_stays_with_its_version_and_a_customer_follows_the_newest(
    centre: Centre, seller: Member
) -> None:
    old = publish_prices(centre.company.administrator)
    contract = Contract.objects.get()
    browser = desk(seller)
    agree(browser, f"/contracts/{contract.public_id}/prices/", old)
    agree(browser, f"/customers/{contract.customer.public_id}/prices/", old)
    new = published(centre, price_list_source().replace("inner: 400", "inner: 450"))
    assert (old.number, new.number) == (1, 2)
    page = plain(browser.read(f"/contracts/{contract.public_id}/"))
    assert "Prices for low-voltage systems v1 agreed in contract" in page
    assert "There is a version 2 of it" in page
    page = plain(browser.read(f"/customers/{contract.customer.public_id}/"))
    assert "Prices for low-voltage systems v2 agreed with the customer" in page


@pytest.mark.req("R01")
def test_only_who_writes_contracts_agrees_on_prices(centre: Centre, seller: Member) -> None:
    prices = publish_prices(centre.company.administrator)
    contract = Contract.objects.get()
    address = f"/contracts/{contract.public_id}/prices/"
    clerk = desk(centre.specialist)
    assert clerk.get(address).status_code == 403
    sent = {"key": "k" * 22, "price_list_id": str(prices.public_id), "reason": ""}
    assert clerk.send(address, sent).status_code == 403
    nothing = agree(desk(seller), address, None, "无")
    assert nothing.status_code == 422
    assert "No list is agreed here" in plain(nothing)
    without = agree(desk(seller), address, None)
    assert without.status_code == 422
    assert AgreedPrices.objects.count() == 0


@pytest.mark.req("LV-10", "R42")
def test_a_price_list_changed_while_a_quote_is_open_leaves_the_quote_as_it_was(
    centre: Centre, seller: Member
) -> None:
    old = publish_prices(centre.company.administrator)
    customer = Customer.objects.get()
    browser = desk(seller)
    address = f"/customers/{customer.public_id}/quotes/new/"
    lines = {"line-0-code": "visit", "line-0-quantity": "1", "line-0-zone": "inner"}
    typed = {
        **lines,
        "title": "上门",
        "valid_until": (timezone.localdate() + timedelta(days=9)).isoformat(),
        "price_list_id": str(old.public_id),
    }
    published(centre, price_list_source().replace("inner: 400", "inner: 450"))
    assert browser.fill(address, **typed).status_code == 302
    quote = Quote.objects.get()
    assert (str(quote.total), quote.price_list_id) == ("400.00", old.pk)
    page = plain(browser.read(f"/quotes/{quote.public_id}/"))
    assert "v1" in page
    assert "400.00" in page
