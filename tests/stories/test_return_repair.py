"""Story 5, third row: a return repair after warranty, with its quote, its legs and an extension."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from tests.console.conftest import Browser, browser_of
from tests.factories import Member
from tests.factories.billing import make_quote, publish_prices
from tests.factories.repairs import BEIJING, Repair, make_repair

from yinuo.domains.assets.models import Asset, FormerSerial
from yinuo.domains.billing.models import Quote
from yinuo.domains.billing.services import record_answer, send_quote
from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.repairs.models import RepairOrder
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 9, 21, 10, tzinfo=BEIJING)
DUE = datetime(2026, 10, 27, tzinfo=BEIJING)


def browser(member: Member) -> Browser:
    User.objects.filter(pk=member.user.pk).update(password="argon2$unknown")
    return browser_of(User.objects.get(pk=member.user.pk))


@pytest.fixture
def maker() -> Repair:
    """The customer of the appliance maker whose warranty is over; the fault was reported on time."""
    at = RECEIVED - timedelta(days=2)
    with time_machine.travel(at, tick=True):
        return make_repair("appliance", "general", at=at, steps=(), restored_at=None)


def do(by: Member, order: RepairOrder, at: datetime, kind: str, **typed: Any) -> None:
    with time_machine.travel(at, tick=True):
        sent = browser(by).fill(f"/repairs/{order.public_id}/do/{kind}/", **typed)
    assert sent.status_code == 302, (kind, sent.content.decode())
    order.refresh_from_db()


def promise(order: RepairOrder, clause: str) -> ObligationRow:
    return ObligationRow.objects.get(subject_id=order.public_id, clause=clause)


def opened(maker: Repair) -> RepairOrder:
    with time_machine.travel(RECEIVED - timedelta(hours=2), tick=True):
        sent = browser(maker.consultant).fill(
            f"/requests/{maker.request.public_id}/repair/", fault="电源模块反复重启", pick_up="on"
        )
    assert sent.status_code == 302, sent.content.decode()
    return RepairOrder.objects.get()


def quoted(maker: Repair, at: datetime) -> Quote:
    """The quote of the request, sent."""
    with time_machine.travel(at, tick=True):
        prices = publish_prices(maker.company.administrator)
        quote = make_quote(maker.consultant, maker.customer, prices, maker.request)
        known = {"quote_id": quote.public_id, "version": quote.version, "now": at}
        return send_quote(actor=maker.consultant.actor, **known).quote


@pytest.mark.req("SA-10", "B-52")
def test_a_return_repair_ends_in_time_after_an_extension_told_before_it_was_due(
    maker: Repair,
) -> None:
    by, order = maker.consultant, opened(maker)
    do(by, order, RECEIVED - timedelta(hours=1), "collected", waybill="SF1400900")
    do(by, order, RECEIVED, "received", serial=order.serial, text="外观完好")
    assert promise(order, "return_repair").due_at == DUE
    assert promise(order, "repair.collect").state == "met"

    with time_machine.travel(RECEIVED + timedelta(hours=1), tick=True):
        refused = browser(by).fill(f"/repairs/{order.public_id}/do/diagnosed/", text="电源老化")
    assert refused.status_code == 409
    assert "has not confirmed his backup" in refused.content.decode()
    do(by, order, datetime(2026, 9, 22, 9, tzinfo=BEIJING), "backup_confirmed", said_by="周工")
    do(by, order, datetime(2026, 9, 22, 14, tzinfo=BEIJING), "diagnosed", text="老化", is_paid="on")
    assert (order.is_paid, promise(order, "backup").state) == (True, "met")
    assert promise(order, "repair.quote").state == "running"

    at = datetime(2026, 9, 23, 9, tzinfo=BEIJING)
    quote = quoted(maker, at)
    order.refresh_from_db()
    assert (order.state, promise(order, "repair.quote").state) == ("quoted", "met")
    answer = {"version": quote.version, "outcome": "accepted", "name": "周工", "reason": ""}
    record_answer(actor=by.actor, quote_id=quote.public_id, now=at + timedelta(hours=2), **answer)
    order.refresh_from_db()
    assert order.state == "in_repair"

    told = datetime(2026, 10, 20, 10, tzinfo=BEIJING)
    do(by, order, told, "extended", until="2026-11-06", text="原厂缺件，已电话告知周工")
    assert promise(order, "return_repair").due_at == datetime(2026, 11, 7, tzinfo=BEIJING)
    do(by, order, datetime(2026, 11, 5, 16, tzinfo=BEIJING), "repaired", text="更换电源模块")
    assert promise(order, "return_repair").state == "met"
    for number, kind in enumerate(("tested", "shipped", "refitted")):
        do(by, order, datetime(2026, 11, 6, 9 + number, tzinfo=BEIJING), kind, text="正常")
    assert order.state == "refitted"
    with time_machine.travel(datetime(2026, 11, 7, tzinfo=BEIJING), tick=True):
        shown = browser(maker.reader).read(f"/repairs/{order.public_id}/")
        listed = browser(maker.reader).read("/repairs/?state=refitted")
    assert "SF1400900" in shown
    assert order.number in listed


@pytest.mark.req("SA-10")
def test_an_extension_told_after_the_due_time_leaves_the_promise_missed(maker: Repair) -> None:
    by, order = maker.consultant, opened(maker)
    do(by, order, RECEIVED, "received", serial=order.serial)
    late = DUE + timedelta(hours=10)
    do(by, order, late, "extended", until="2026-11-06", text="已电话告知")
    found = promise(order, "return_repair")
    assert (found.state, found.due_at) == ("missed", DUE)


@pytest.mark.req("SA-10", "SA-04")
def test_a_swapped_unit_goes_on_as_the_asset_under_its_new_serial_number(maker: Repair) -> None:
    by, order = maker.consultant, opened(maker)
    sent, at = order.serial, RECEIVED
    steps: tuple[tuple[str, dict[str, str]], ...] = (
        ("received", {"serial": sent}),
        ("backup_confirmed", {"said_by": "周工"}),
        ("diagnosed", {"text": "主板损坏，厂家责任"}),
        ("sent_to_supplier", {"supplier": "深圳主板厂", "reference": "RMA-7"}),
        ("repaired", {"text": "供应商换新", "new_serial": "SN-NEW-1"}),
        ("claimed", {"supplier": "深圳主板厂", "amount": "860.00"}),
        ("tested", {"text": "拷机 24 小时正常"}),
        ("shipped", {"waybill": "SF1400901"}),
        ("refitted", {}),
        ("claim_settled", {"amount": "500.00", "text": "供应商承担一部分"}),
    )
    for hours, (kind, typed) in enumerate(steps):
        do(by, order, at + timedelta(hours=hours), kind, **typed)
    asset = Asset.objects.get(pk=order.asset_id)
    assert asset.serial == "SN-NEW-1"
    assert FormerSerial.objects.get(asset=asset).serial == sent
    with time_machine.travel(at + timedelta(days=1), tick=True):
        shown = browser(by).read(f"/repairs/{order.public_id}/")
    assert "500.00" in shown
    assert "RMA-7" in shown
