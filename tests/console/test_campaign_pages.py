"""An open campaign is named where it matters: at its asset and while the call is taken."""

from __future__ import annotations

import pytest
from tests.console.conftest import browser_of
from tests.factories import make_asset, make_company, make_customer, make_member
from tests.factories.campaigns import make_campaign

from yinuo.platform.accounts.models import User


@pytest.mark.req("B-23")
def test_the_asset_and_the_intake_name_an_open_campaign(db: None) -> None:
    company = make_company()
    unit = company.headquarters
    member = make_member(company.administrator, unit, ["service_manager", "account_manager"])
    customer = make_customer(member, unit)
    asset, other = make_asset(member, customer), make_asset(member, customer)
    campaign = make_campaign(member, unit, asset)
    browser = browser_of(User.objects.get(pk=member.user.pk))
    address = f"/campaigns/{campaign.public_id}/"
    assert address in browser.get(f"/assets/{asset.public_id}/").content.decode()
    assert address not in browser.get(f"/assets/{other.public_id}/").content.decode()
    call = {"customer_id": str(customer.public_id), "asset_id": "", "category": "", "symptom": ""}
    assert address in browser.post("/intake/known/", call).content.decode()
    page = browser.get(address).content.decode()
    assert asset.serial in page
    assert other.serial not in page
