"""A certificate's end is told once, in time, with the contracts that lose cover."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import (
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_site,
    publish,
)
from tests.factories.qualified import make_certificate

from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts.losing import losses_with
from yinuo.domains.contracts.services.warning import warn_of_certificates
from yinuo.domains.network.qualified import get_certificate
from yinuo.domains.notices.models import Notice
from yinuo.platform.errors import InvalidInput


@pytest.mark.req("B-34", "SV-02")
def test_the_warning_names_what_loses_cover_and_comes_once(db: None) -> None:
    now = datetime.now(UTC)
    company = make_company()
    admin, unit = company.administrator, company.headquarters
    manager = make_member(admin, unit, ["service_manager", "account_manager"])
    engineer, other = (make_member(admin, unit, ["technician"]) for _ in range(2))
    customer = make_customer(manager, unit)
    asset = make_asset(manager, customer, make_site(manager, customer))
    Asset.objects.filter(pk=asset.pk).update(asset_class="服务器")
    contract = make_contract(manager, customer, publish(admin))
    row = make_certificate(manager, engineer.person, until=now.date() + timedelta(days=20))
    far = make_certificate(manager, other.person, line="台式机")
    assert warn_of_certificates(now=now) == 1
    assert warn_of_certificates(now=now) == 0
    told = Notice.objects.filter(topic="certificate.ending")
    assert {one.person_id for one in told} == {manager.person.pk, engineer.person.pk}
    assert {one.subject_id for one in told} == {row.public_id} != {far.public_id}
    data = told[0].data
    assert (data["contracts"], data["numbers"], data["others"]) == (1, [contract.number], 0)
    # Somebody else who stays certified keeps the cover.
    make_certificate(manager, other.person)
    found = get_certificate(manager.actor, row.public_id)
    loss = losses_with(manager.actor, [found], now.date())[row.pk]
    assert (loss.others, loss.contracts) == (1, 0)


def test_a_certificate_belongs_to_somebody(db: None) -> None:
    company = make_company()
    manager = make_member(company.administrator, company.headquarters, ["service_manager"])
    row = make_certificate(manager, company.headquarters)
    assert get_certificate(manager.actor, row.public_id).holder == company.headquarters.name
    with pytest.raises(InvalidInput):
        make_certificate(manager, company.headquarters, warn_days=-1)
