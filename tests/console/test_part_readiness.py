"""Whether parts are where they are needed: fill rate of a depot, models that no depot covers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

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
from tests.factories.routing import make_network, place_unit
from tests.factories.stock import fill, make_ask, make_depot, make_part

from yinuo.domains.assets.models import Asset
from yinuo.domains.parts.readiness import fill_rates, uncovered_models
from yinuo.domains.parts.services import approve_parts
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


@pytest.mark.req("SV-04")
def test_the_nearest_depot_counts_wherever_the_part_comes_from() -> None:
    network = make_network()
    top = network.company.headquarters
    place_unit(network.centre)
    place_unit(top, latitude=Decimal("39.900000"), longitude=Decimal("116.400000"))
    keeper = make_member(network.company.administrator, top, ["parts_manager"])
    city, far = make_depot(keeper, network.centre), make_depot(keeper, top, "headquarters")
    part = make_part(keeper)
    fill(keeper, far, part, 5)
    request = network.open()
    form = browser_of(User.objects.get(pk=network.desk.user.pk)).read(
        f"/requests/{request.public_id}/parts/"
    )
    assert form.index(f"{city.name} · 0 km") < form.index(far.name)
    missed = make_ask(network.desk, request.public_id, far, part)
    fill(keeper, city, part, 1)
    hit = make_ask(network.desk, request.public_id, far, part)
    assert [(one.nearest, one.filled) for one in (missed, hit)] == [(city, False), (city, True)]
    # Given from elsewhere, the case still tells of the depot that should have had it.
    approve_parts(actor=keeper.actor, ask_id=missed.public_id, version=1, now=datetime.now(UTC))
    now = datetime.now(UTC)
    rates = fill_rates(keeper.actor, now - timedelta(days=1), now + timedelta(days=1))
    assert [(one.depot_name, one.asked, one.filled) for one in rates] == [
        (city.name, 2, 1),
        (far.name, 0, 0),
    ]
