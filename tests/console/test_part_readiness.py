"""Whether parts are where they are needed: fill rate of a depot, models that no depot covers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.console.conftest import browser_of
from tests.factories import (
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_site,
    publish,
)
from tests.factories.promises import open_fault
from tests.factories.stock import fill, make_ask, make_depot, make_part

from yinuo.domains.assets.models import Asset
from yinuo.domains.parts.readiness import fill_rates, uncovered_models
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.req("SV-04", "BP-16")
def test_a_depot_that_had_not_everything_and_a_model_without_a_part_are_named() -> None:
    company = make_company()
    admin, unit = company.administrator, company.headquarters
    keeper = make_member(admin, unit, ["parts_manager"])
    desk = make_member(admin, unit, ["service_consultant", "account_manager"])
    customer = make_customer(desk, unit)
    site = make_site(desk, customer)
    for serial, model in (("A1", "SG-9"), ("A2", "SG-9"), ("B1", "RAID-2")):
        asset = make_asset(desk, customer, site)
        Asset.objects.filter(pk=asset.pk).update(model=model, serial=serial)
    make_contract(desk, customer, publish(admin))
    request = open_fault(desk, customer)
    depot = make_depot(keeper, unit)
    part = make_part(keeper, models=("raid-2",))
    known = make_part(keeper, models=("SG-9",))
    fill(keeper, depot, part, 1)
    make_ask(desk, request.public_id, depot, part)
    make_ask(desk, request.public_id, depot, known, 2)
    now = datetime.now(UTC)
    [rate] = fill_rates(keeper.actor, now - timedelta(days=1), now + timedelta(days=1))
    assert (rate.asked, rate.filled, rate.share) == (2, 1, 50)
    [missing] = uncovered_models(keeper.actor)
    assert (missing.model, missing.assets, missing.customers) == ("SG-9", 2, 1)
    assert missing.is_known
    page = browser_of(User.objects.get(pk=keeper.user.pk)).read("/parts/readiness/")
    assert "SG-9" in page
    assert "RAID-2" not in page
