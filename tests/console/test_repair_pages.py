"""What a repair order refuses, and what its pages say then."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.console.conftest import Browser, browser_of
from tests.factories import Member, make_member
from tests.factories.archive import make_asset, make_customer
from tests.factories.promises import open_fault
from tests.factories.repair_orders import send_in, take
from tests.factories.repairs import Repair, make_repair

from yinuo.domains.repairs.models import RepairOrder
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Repair:
    now = datetime.now(UTC)
    return make_repair("appliance", "general", at=now, steps=(), restored_at=None)


def browser(member: Member) -> Browser:
    return browser_of(User.objects.get(pk=member.user.pk))


def new(shop: Repair, **typed: str) -> str:
    """What the form of a new order answers; it is refused."""
    address = f"/requests/{shop.request.public_id}/repair/"
    sent = browser(shop.consultant).fill(address, **{"fault": "反复重启", **typed})
    assert sent.status_code in (409, 422), sent.status_code
    return str(sent.content.decode())


@pytest.mark.req("SA-10")
def test_a_serial_that_was_never_delivered_is_refused(shop: Repair) -> None:
    assert "was ever delivered" in new(shop, serial="NEVER-SHIPPED")
    assert not RepairOrder.objects.exists()


@pytest.mark.req("SA-10")
def test_a_device_of_another_customer_is_asked_about_before_it_is_repaired(shop: Repair) -> None:
    other = make_customer(shop.consultant, shop.unit, "江北酒店")
    asset = make_asset(shop.consultant, other)
    assert "江北酒店" in new(shop, serial=asset.serial)
    address = f"/requests/{shop.request.public_id}/repair/"
    asked = {"serial": asset.serial, "fault": "重启", "owner_reason": "江北酒店已转让，合同已核对"}
    assert browser(shop.consultant).fill(address, **asked).status_code == 302
    order = RepairOrder.objects.get()
    assert (order.asset_id, order.customer_id) == (asset.pk, shop.customer.pk)
    assert "已转让" in browser(shop.reader).read(f"/repairs/{order.public_id}/")


@pytest.mark.req("SA-10")
def test_a_device_is_in_repair_once_and_another_unit_is_not_received_for_it(shop: Repair) -> None:
    order = send_in(shop.consultant, shop.request)
    assert order.number in new(shop)
    page = browser(shop.consultant)
    sent = page.fill(f"/repairs/{order.public_id}/do/received/", serial="OTHER-1")
    assert sent.status_code == 422
    assert order.serial in sent.content.decode()


@pytest.mark.req("R38")
def test_two_who_take_an_act_at_once_are_told(shop: Repair) -> None:
    order = send_in(shop.consultant, shop.request)
    page, address = browser(shop.consultant), f"/repairs/{order.public_id}/do/received/"
    hidden = page.hidden(address)
    take(shop.consultant, order, "backup_confirmed")
    assert page.send(address, hidden | {"serial": order.serial}).status_code == 409


@pytest.mark.req("R01")
def test_who_may_only_read_is_offered_no_act(shop: Repair) -> None:
    order = send_in(shop.consultant, shop.request)
    assert "/do/" not in browser(shop.reader).read(f"/repairs/{order.public_id}/")
    refused = browser(shop.reader).get(f"/repairs/{order.public_id}/do/received/")
    assert refused.status_code == 403
    stranger = make_member(
        shop.company.administrator, shop.stranger.person.unit, ["service_consultant"]
    )
    assert browser(stranger).get(f"/repairs/{order.public_id}/").status_code == 404
    free = open_fault(shop.consultant, shop.customer, "general")
    assert "Send a device in" in browser(shop.consultant).read(f"/requests/{free.public_id}/")
