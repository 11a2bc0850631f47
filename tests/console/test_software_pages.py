"""Software versions: who is entitled by the cover of today, what was given, helped and sold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.console.conftest import Browser, browser_of
from tests.console.test_quotes import plain
from tests.factories import make_company, make_customer, make_member, open_fault, publish
from tests.factories.company import Member
from tests.factories.promises import PLANS
from tests.factories.software import make_release

from yinuo.domains.assets.models import Asset
from yinuo.domains.assets.services import AssetData, create_asset
from yinuo.domains.contracts.services import ContractData, create_contract
from yinuo.domains.customers.models import Customer
from yinuo.domains.obligations.models import FactRow
from yinuo.domains.software.models import SoftwareDelivery, SoftwareHelp, SoftwareRelease
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db
ROLES = ("administrator", "service_manager", "account_manager", "service_consultant")


@dataclass(frozen=True)
class Maker:
    """A maker of appliances with one customer; devices are bought some days ago."""

    member: Member
    customer: Customer
    browser: Browser

    def device(self, bought_days_ago: int, serial: str) -> Asset:
        bought = datetime.now(UTC).date() - timedelta(days=bought_days_ago)
        data = AssetData("防火墙", model="FW-9000", serial=serial, purchased_on=bought)
        return create_asset(
            actor=self.member.actor,
            customer_id=self.customer.public_id,
            data=data,
            now=datetime.now(UTC),
        )

    def release(self, **more: Any) -> SoftwareRelease:
        return make_release(self.member, Asset(model="FW-9000"), **more)


@pytest.fixture
def maker(db: None) -> Maker:
    company = make_company()
    member = make_member(company.administrator, company.headquarters, ROLES)
    customer = make_customer(member, company.headquarters)
    version = publish(company.administrator, (PLANS / "appliance.yaml").read_text("utf-8"))
    sale = ContractData("XS-1", version.public_id, starts_on=date(2020, 1, 1), ends_on=None)
    create_contract(
        actor=member.actor, customer_id=customer.public_id, data=sale, now=datetime.now(UTC)
    )
    return Maker(member, customer, browser_of(User.objects.get(pk=member.user.pk)))


def pay_for_software(maker: Maker, asset: Asset, ends_on: date) -> None:
    """A paid period that names this device and covers its software."""
    version = publish(maker.member, (PLANS / "appliance.yaml").read_text("utf-8"))
    data = ContractData(
        "FW-1",
        version.public_id,
        starts_on=date(2026, 1, 1),
        ends_on=ends_on,
        annual_fee=Decimal(9000),
        covers=("labour", "software"),
        asset_ids=[asset.public_id],
    )
    create_contract(
        actor=maker.member.actor,
        customer_id=maker.customer.public_id,
        data=data,
        now=datetime.now(UTC),
    )


def give(maker: Maker, release: SoftwareRelease, asset: Asset, **typed: Any) -> Any:
    address = f"/software/{release.public_id}/assets/{asset.public_id}/deliver/"
    return maker.browser.fill(address, way="mail", to_whom="李工", **typed)


@pytest.mark.req("SA-06")
def test_who_is_entitled_and_not_on_a_version_is_listed_and_gets_it_free(maker: Maker) -> None:
    young, old = maker.device(100, "SN-YOUNG"), maker.device(500, "SN-OLD")
    made = maker.browser.fill(
        "/software/new/",
        number="V5.2",
        released_on=datetime.now(UTC).date().isoformat(),
        model="fw-9000",
        notes_zh="修复漏洞",
        kind="update",
    )
    assert made.status_code == 302, plain(made)
    release = SoftwareRelease.objects.get()
    page = maker.browser.read(f"/software/{release.public_id}/")
    assert "SN-YOUNG" in page
    assert "SN-OLD" not in page, "its software warranty is over"
    everything = maker.browser.read(f"/software/{release.public_id}/?state=waiting")
    assert "The term for software is over." in everything
    assert f"/customers/{maker.customer.public_id}/quotes/new/" in everything
    assert give(maker, release, young, is_installed="on").status_code == 302
    young.refresh_from_db()
    assert (young.software, SoftwareDelivery.objects.get().cover) == ("V5.2", "warranty")
    waiting = maker.browser.read(f"/software/{release.public_id}/")
    assert f"/assets/{young.public_id}/deliver/" not in waiting
    assert "V5.2" in maker.browser.read(f"/assets/{young.public_id}/")
    refused = give(maker, release, old)
    assert refused.status_code == 422
    assert not SoftwareDelivery.objects.filter(asset=old).exists()
    assert give(maker, release, old, paid_as="BJ-2026-7").status_code == 302
    assert SoftwareDelivery.objects.get(asset=old).paid_as == "BJ-2026-7"


@pytest.mark.req("SA-11")
def test_after_the_warranty_the_paid_period_decides(maker: Maker) -> None:
    today = datetime.now(UTC).date()
    paid, over = maker.device(500, "SN-PAID"), maker.device(500, "SN-OVER")
    pay_for_software(maker, paid, today + timedelta(days=30))
    release = maker.release()
    page = maker.browser.read(f"/software/{release.public_id}/")
    assert "SN-PAID" in page
    assert "SN-OVER" not in page
    assert give(maker, release, paid).status_code == 302
    assert SoftwareDelivery.objects.get().cover == "contract"
    assert give(maker, release, over).status_code == 422


@pytest.mark.req("SA-06")
def test_a_paid_feature_and_a_withdrawn_version_are_nobodys_by_cover(maker: Maker) -> None:
    device = maker.device(10, "SN-NEW")
    feature = maker.release(is_paid_feature=True)
    page = maker.browser.read(f"/software/{feature.public_id}/?state=waiting")
    assert "A paid feature is not included." in page
    assert give(maker, feature, device).status_code == 422
    bad = maker.release()
    maker.browser.fill(f"/software/{bad.public_id}/withdraw/", reason="升级后重启")
    assert give(maker, bad, device, paid_as="BJ-1").status_code == 409
    assert not SoftwareDelivery.objects.exists()


@pytest.mark.req("SA-06", "R42")
def test_help_is_recorded_and_a_delivery_ends_the_promise_of_its_request(maker: Maker) -> None:
    device, release = maker.device(10, "SN-NEW"), maker.release()
    request = open_fault(maker.member, maker.customer, asset=device)
    given = give(maker, release, device, request_id=str(request.public_id))
    assert given.status_code == 302, plain(given)
    facts = FactRow.objects.filter(subject_id=request.public_id, kind="patch_delivered")
    assert facts.count() == 1
    address = f"/software/{release.public_id}/assets/{device.public_id}/help/"
    for minutes in ("0", "-5", "1441", "x"):
        bad = maker.browser.fill(address, way="remote", minutes=minutes, text="协助升级")
        assert bad.status_code == 422, minutes
    done = maker.browser.fill(address, way="remote", minutes="25", text="协助升级")
    assert done.status_code == 302, plain(done)
    assert SoftwareHelp.objects.get().minutes == 25
    assert "协助升级" in maker.browser.read(f"/assets/{device.public_id}/")
    with pytest.raises(DatabaseError), transaction.atomic():
        SoftwareHelp.objects.update(minutes=1)
