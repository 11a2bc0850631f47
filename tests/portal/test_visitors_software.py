"""A customer downloads what his own devices are entitled to; the address alone opens nothing."""

from __future__ import annotations

from uuid import UUID

import pytest
from tests.factories.software import add_file, make_release
from tests.portal.conftest import World, browser, invited

from yinuo.domains.contracts.models import Contract
from yinuo.domains.software.models import SoftwareDelivery


def address(release_id: UUID, asset_id: UUID, file_id: UUID) -> str:
    return f"/my/software/{release_id}/{asset_id}/{file_id}/"


@pytest.mark.req("SA-06", "R06", "R15")
def test_he_downloads_for_an_entitled_device_and_that_is_a_delivery(world: World) -> None:
    manager = world.member
    Contract.objects.filter(customer=world.own.customer).update(
        covers=["labour", "software"], annual_fee=100
    )
    release = make_release(manager, world.own.asset)
    file = add_file(manager, release)
    assert release.number in world.visitor.get("/my/software/").content.decode()
    mine = address(release.public_id, world.own.asset.public_id, file.public_id)
    assert world.visitor.get(mine).status_code == 405, "looking at it gives nothing"
    given = world.visitor.post(mine)
    assert given.status_code == 200
    assert release.number in b"".join(given.streaming_content).decode()
    delivery = SoftwareDelivery.objects.get()
    assert (delivery.way, delivery.to_whom, delivery.cover) == (
        "download",
        world.own.contact.name,
        "contract",
    )
    # Forwarded to somebody whose devices are not entitled, or for a device that is not his.
    other = browser(invited(manager, world.foreign.contact, "zhao.lei"))
    assert other.post(mine).status_code == 404
    theirs = address(release.public_id, world.foreign.asset.public_id, file.public_id)
    assert other.post(theirs).status_code == 404, "nobody pays for their software"
    assert world.visitor.post(theirs).status_code == 404
    assert release.number not in other.get("/my/software/").content.decode()
    assert SoftwareDelivery.objects.count() == 1


@pytest.mark.req("SA-11", "R06")
def test_when_the_paid_period_is_over_the_download_is_gone(world: World) -> None:
    release = make_release(world.member, world.own.asset)
    file = add_file(world.member, release)
    mine = address(release.public_id, world.own.asset.public_id, file.public_id)
    assert world.visitor.post(mine).status_code == 404
    assert not SoftwareDelivery.objects.exists()
