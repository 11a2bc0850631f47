"""Goods ordered, changed, sent in parcels and signed for, through the pages that people use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.console.conftest import Browser, browser_of
from tests.console.test_quotes import plain
from tests.factories import make_contract, make_customer, publish
from tests.factories.breaches import Signs, make_signs
from tests.factories.company import Member, make_company
from tests.factories.goods import make_item, order_goods, send_goods
from tests.factories.promises import PLANS

from yinuo.domains.contracts.models import Contract
from yinuo.domains.goods.models import GoodsItem, GoodsLine, GoodsOrder, GoodsRevision
from yinuo.domains.obligations.models import ObligationRow
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def signs(db: None) -> Signs:
    return make_signs(make_company())


def desk(member: Member) -> Browser:
    return browser_of(User.objects.get(pk=member.user.pk))


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def promise(order: GoodsOrder, clause: str) -> ObligationRow:
    return ObligationRow.objects.get(subject_id=order.public_id, clause=clause)


def act(browser: Browser, order: GoodsOrder, kind: str, **typed: Any) -> Any:
    made = browser.fill(f"/goods/{order.public_id}/{kind}/", **typed)
    order.refresh_from_db()
    return made


def ordered_by_page(browser: Browser, signs: Signs, item: GoodsItem, **typed: Any) -> GoodsOrder:
    sent = {f"item-{item.public_id}": "10", "contract_id": str(signs.contract.public_id), **typed}
    made = browser.fill(f"/customers/{signs.customer.public_id}/goods/new/", **sent)
    assert made.status_code == 302, plain(made)
    return GoodsOrder.objects.latest("id")


@pytest.mark.req("SG-07")
def test_a_replacement_is_ordered_promised_sent_in_parcels_and_signed_for(signs: Signs) -> None:
    manager, seller = desk(signs.manager), desk(signs.consultant)
    made = manager.fill(
        "/goods/catalogue/new/",
        code="door_plate",
        name="门牌",
        measure="块",
        life_months="60",
        active="on",
    )
    assert made.status_code == 302, plain(made)
    item = GoodsItem.objects.get()
    order = ordered_by_page(seller, signs, item, supplied_on="2024-05-01", wished_on=in_days(9))
    page = plain(seller.read(f"/goods/{order.public_id}/"))
    assert "within it, until" in page
    running = promise(order, "replacements.order")
    assert (running.state, running.due_at) == ("running", None), "no day is promised yet"
    assert act(seller, order, "accept", promised_on=in_days(8)).status_code == 302
    running.refresh_from_db()
    assert timezone.localtime(running.due_at).date().isoformat() == in_days(9), "to its end"
    field = f"item-{item.public_id}"
    for number in ("4", "6"):
        sent = act(seller, order, "ship", **{field: number}, carrier="顺丰", waybill="SF1")
        assert sent.status_code == 302, plain(sent)
    first, last = order.shipments.order_by("number")
    assert order.state == "shipped"
    seller.fill(f"/goods/parcels/{last.public_id}/", signed_by="门卫老张")
    running.refresh_from_db()
    assert running.state == "running", "a parcel is still on its way"
    again = seller.hidden(f"/goods/parcels/{first.public_id}/") | {"signed_by": "王主任"}
    for _time in range(2):
        assert seller.send(f"/goods/parcels/{first.public_id}/", again).status_code == 302
    order.refresh_from_db()
    running.refresh_from_db()
    assert (order.state, running.state) == ("delivered", "met")
    assert act(seller, order, "close", text="安装牢固").status_code == 302
    assert order.state == "closed"
    assert order.number in seller.read(f"/customers/{signs.customer.public_id}/")


@pytest.mark.req("SG-07", "R37")
def test_an_order_sent_twice_is_one_order(signs: Signs) -> None:
    seller, item = desk(signs.consultant), make_item(signs.manager)
    address = f"/customers/{signs.customer.public_id}/goods/new/"
    content = seller.hidden(address) | {f"item-{item.public_id}": "3"}
    answers = [seller.send(address, content) for _time in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert GoodsOrder.objects.count() == 1


@pytest.mark.req("SG-07", "R30")
def test_quantities_that_cannot_be_are_refused_at_their_field(signs: Signs) -> None:
    seller, item = desk(signs.consultant), make_item(signs.manager)
    address, field = f"/customers/{signs.customer.public_id}/goods/new/", f"item-{item.public_id}"
    for typed in ("-1", "100001", "1.5", "9" * 40, "viele"):
        assert seller.fill(address, **{field: typed}).status_code == 422, typed
    for nothing in ("", "0"):
        assert "Say how many of which article" in plain(seller.fill(address, **{field: nothing}))
    past = seller.fill(address, **{field: "1"}, wished_on="2020-01-01")
    assert "This day is over already" in plain(past)
    assert not GoodsOrder.objects.exists()


@pytest.mark.req("SG-07", "R39")
def test_never_more_leaves_than_was_ordered(signs: Signs) -> None:
    seller, item = desk(signs.consultant), make_item(signs.manager)
    order = order_goods(signs.consultant, signs.customer, item)
    field = f"item-{item.public_id}"
    early = seller.fill(f"/goods/{order.public_id}/ship/", **{field: "1"}, carrier="顺丰")
    assert early.status_code == 409, "it is not accepted yet"
    send_goods(signs.consultant, order, item, 7)
    over = act(seller, order, "ship", **{field: "4"}, carrier="顺丰")
    assert over.status_code == 422
    assert "Only 3 of it have not left yet" in plain(over)
    line = GoodsLine.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        GoodsLine.objects.filter(pk=line.pk).update(shipped=11)
    line.refresh_from_db()
    assert line.shipped == 7
    assert seller.fill(f"/goods/{order.public_id}/cancel/", text="不要了").status_code == 409


@pytest.fixture
def supplied(signs: Signs) -> Contract:
    """A contract on the plan of the materials supplier, with its urgent orders and changes."""
    admin = signs.company.administrator
    version = publish(admin, (PLANS / "materials.yaml").read_text(encoding="utf-8"))
    customer = make_customer(signs.consultant, signs.company.headquarters)
    return make_contract(signs.consultant, customer, version)


@pytest.mark.req("MS-01")
def test_a_change_is_a_version_with_its_own_promise_and_moves_the_day(
    signs: Signs, supplied: Contract
) -> None:
    seller, item = desk(signs.consultant), make_item(signs.manager)
    order = order_goods(signs.consultant, supplied.customer, item, contract_id=supplied.public_id)
    act(seller, order, "accept", promised_on=in_days(5))
    field = f"item-{item.public_id}"
    said = {"why": "加盖一层楼", "asked_by": "李老师"}
    same = act(seller, order, "change", **{field: "10"}, **said)
    assert "Nothing differs" in plain(same)
    assert act(seller, order, "change", **{field: "16"}, **said).status_code == 302
    assert promise(order, "order_change").state == "running"
    assert GoodsLine.objects.get().quantity == 10, "nothing changes before the answer"
    assert act(seller, order, "ship", **{field: "1"}, carrier="顺丰").status_code == 409
    assert act(seller, order, "change", **{field: "17"}, **said).status_code == 409
    done = act(seller, order, "answer", is_accepted="yes", promised_on=in_days(9))
    assert done.status_code == 302, plain(done)
    assert promise(order, "order_change").state == "met"
    assert GoodsLine.objects.get().quantity == 16
    due = timezone.localtime(promise(order, "deliver").due_at)
    assert due.date().isoformat() == in_days(10)
    revision = GoodsRevision.objects.get(number=2)
    assert (revision.why, revision.asked_by, revision.answer.is_accepted) == (
        "加盖一层楼",
        "李老师",
        True,
    )
    assert "加盖一层楼" in seller.read(f"/goods/{order.public_id}/")


@pytest.mark.req("MS-01")
def test_an_urgent_order_and_one_that_becomes_urgent_have_their_own_promise(
    signs: Signs, supplied: Contract
) -> None:
    seller, item = desk(signs.consultant), make_item(signs.manager)
    given = {"contract_id": supplied.public_id}
    urgent = order_goods(signs.consultant, supplied.customer, item, is_urgent=True, **given)
    soon = promise(urgent, "deliver.urgent")
    assert soon.due_at - soon.started_at == timedelta(hours=24)
    assert not ObligationRow.objects.filter(subject_id=urgent.public_id, clause="deliver").exists()
    order = order_goods(signs.consultant, supplied.customer, item, **given)
    act(seller, order, "accept", promised_on=in_days(5))
    later = timezone.now() + timedelta(hours=3)
    with time_machine.travel(later, tick=False):
        browser, field = desk(signs.consultant), f"item-{item.public_id}"
        said = {"why": "明日开业", "asked_by": "李老师", "is_urgent": "on"}
        act(browser, order, "change", **{field: "10"}, **said)
        act(browser, order, "answer", is_accepted="yes", promised_on=in_days(5))
    assert promise(order, "deliver.urgent").due_at == later + timedelta(hours=24)
    with time_machine.travel(later + timedelta(hours=30), tick=False):
        browser = desk(signs.consultant)
        late = {field: "10", "why": "不急了", "asked_by": "李老师"}
        refused = act(browser, order, "change", **late)
    assert "The promised time is over" in plain(refused), "a miss is not covered up"


@pytest.mark.req("MS-01")
def test_what_has_left_cannot_be_changed_back(signs: Signs) -> None:
    seller, item = desk(signs.consultant), make_item(signs.manager)
    order = order_goods(signs.consultant, signs.customer, item)
    send_goods(signs.consultant, order, item, 7)
    field, said = f"item-{item.public_id}", {"why": "少要", "asked_by": "李老师"}
    fewer = act(seller, order, "change", **{field: "6"}, **said)
    assert fewer.status_code == 422
    assert "7 of it have left already" in plain(fewer)
    send_goods(signs.consultant, order, item, 3)
    assert act(seller, order, "change", **{field: "20"}, **said).status_code == 409


@pytest.mark.req("MS-01")
def test_fewer_wanted_than_before_may_finish_an_order(signs: Signs) -> None:
    """What is left is no longer wanted and the rest has arrived: the order is delivered."""
    seller, item = desk(signs.consultant), make_item(signs.manager)
    order = order_goods(
        signs.consultant, signs.customer, item, contract_id=signs.contract.public_id
    )
    parcel = send_goods(signs.consultant, order, item, 7)
    seller.fill(f"/goods/parcels/{parcel.public_id}/", signed_by="门卫老张")
    said = {"why": "够用了", "asked_by": "李老师"}
    act(seller, order, "change", **{f"item-{item.public_id}": "7"}, **said)
    act(seller, order, "answer", is_accepted="yes", promised_on="")
    assert order.state == "delivered"
    assert promise(order, "replacements.order").state == "met"


@pytest.mark.req("SG-07")
def test_a_cancelled_order_promises_nothing_any_more(signs: Signs) -> None:
    seller, item = desk(signs.consultant), make_item(signs.manager)
    order = ordered_by_page(seller, signs, item)
    act(seller, order, "accept", promised_on=in_days(3))
    assert act(seller, order, "cancel", text="").status_code == 422
    assert act(seller, order, "cancel", text="活动取消").status_code == 302
    assert (order.state, promise(order, "replacements.order").state) == ("cancelled", "void")
    assert act(seller, order, "accept", promised_on=in_days(3)).status_code == 409
